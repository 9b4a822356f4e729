// No activity for 10 business days, or twice the expected rhythm if that is longer. Hard; half of it is Watch.
import { addDays, later } from '../day.ts';
import type { PilotInput } from '../evaluation.ts';
import { lastActivity } from '../pilot-view.ts';
import type { PilotView, UsageView } from '../pilot-view.ts';
import { silent, speaks } from './rule.ts';
import type { Finding, Rule } from './rule.ts';
import { engagedUntil } from './sponsor-engagement.ts';

export const noUsage: Rule = { code: 'NO_USAGE', group: 'usage', owner: 'rep', judge };

// Business days between two uses; a month has 21 of them, rounded (252 trading days / 12).
const RHYTHM_DAYS: Readonly<Record<NonNullable<PilotInput['rhythm']>, number>> = {
  Daily: 1,
  Weekly: 5,
  'Month-end': 21,
};

function judge(view: PilotView): Finding {
  const { usage, calendar, policy, pilot, today } = view;
  if (!usage) return silent(view.usageSilence ?? 'noData');
  const limit = Math.max(policy.idleBusinessDays, policy.rhythmFactor * RHYTHM_DAYS[pilot.rhythm ?? 'Daily']);
  const half = Math.ceil(limit / 2);
  const last = lastActivity(usage);
  const idleDays = calendar.count(addDays(last.day, 1), usage.asOf);
  const measured = {
    observed: {
      idleBusinessDays: idleDays,
      lastActiveOn: last.isNever ? null : last.day,
      dataTo: usage.asOf,
      sponsorEngagedUntil: engagedUntil(view),
    },
    threshold: { idleBusinessDays: limit, watchBusinessDays: half },
  };
  // Known on the business day after the last silent one: a run on a Saturday says what Friday's said.
  const knownAfter = (days: number) => calendar.after(last.day, days + 1);
  const isReached = (days: number): boolean => idleDays >= days && knownAfter(days) <= today;
  if (!isReached(half)) return silent(usage.asOf < usage.start ? 'tooEarly' : 'recentUsage', measured);
  const values = idleValues(view, usage);
  const variant =
    [last.isNever && 'never', values.users === null && 'uncounted'].filter(Boolean).join('_') || null;
  if (!isReached(limit))
    return speaks({ state: 'Watch', since: knownAfter(half), values, variant }, measured);
  // Low usage alone does not stall a pilot whose sponsor is demonstrably engaged.
  const engaged = engagedUntil(view);
  const isCarried = engaged !== null && today <= engaged;
  const since = engaged && !isCarried ? later(knownAfter(limit), addDays(engaged, 1)) : knownAfter(limit);
  return speaks({ state: isCarried ? 'At risk' : 'Stalled', since, values, variant }, measured);
}

function idleValues(
  { pilot }: PilotView,
  usage: UsageView,
): { users: number | null; last: string; champion: string | null } {
  const last = lastActivity(usage);
  const seen = usage.users.length > 0 ? usage.users.length : null;
  return {
    users: usage.licensed ?? seen,
    last: last.isNever ? usage.start : last.day,
    champion: pilot.champion?.name ?? null,
  };
}
