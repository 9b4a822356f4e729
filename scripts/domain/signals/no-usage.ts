// No activity, or as good as none, for 10 business days, or twice the expected rhythm if that is longer. Hard; half
// of it is Watch. Where use was thin, silence must last until it is worth a few user-days, twice as long at most:
// on real projects that removes false stalls and loses no true one (`npm run bench:activity`).
import { addDays, later } from '../day.ts';
import type { Day } from '../facts.ts';
import { lastActivity } from '../pilot-view.ts';
import type { PilotView, UsageView } from '../pilot-view.ts';
import { usualUserDays } from '../usual-use.ts';
import { rhythmDays } from './rhythm.ts';
import { silent, speaks } from './rule.ts';
import type { Finding, Measured, Rule, Values } from './rule.ts';
import { isScarce, stretchTo } from './scarce-use.ts';
import { engagedUntil } from './sponsor-engagement.ts';
import { sustainedSince } from './sustained-since.ts';
import { trendStart } from './trend-window.ts';

export const noUsage: Rule = { code: 'NO_USAGE', group: 'usage', owner: 'rep', judge };

/** Business days of silence that call for each state. */
interface Limits {
  /** Half of what the policy and the rhythm ask for. */
  readonly watch: number;
  /** What they ask for. */
  readonly usual: number;
  /** The same, or longer where use was thin. */
  readonly stalled: number;
}

function judge(view: PilotView): Finding {
  const { usage, calendar, today } = view;
  if (!usage) return silent(view.usageSilence ?? 'noData');
  const limits = limitsOf(view, usage);
  const last = lastActivity(usage);
  const idleDays = calendar.count(addDays(last.day, 1), usage.asOf);
  const measured = measure(view, usage, limits, idleDays);
  // Known on the business day after the last silent one: a run on a Saturday says what Friday's said.
  const knownAfter = (days: number) => calendar.after(last.day, days + 1);
  const isReached = (days: number): boolean => idleDays >= days && knownAfter(days) <= today;
  const { values, variant } = idleWords(view, usage);
  if (isReached(limits.stalled)) return stall(view, knownAfter(limits.stalled), values, variant, measured);
  const scarce = scarceSince(view, usage, limits.usual);
  if (scarce)
    return stall(view, scarce, { ...values, ...scarceValues(view, usage, limits) }, 'scarce', measured);
  if (isReached(limits.watch))
    return speaks({ state: 'Watch', since: knownAfter(limits.watch), values, variant }, measured);
  return silent(usage.asOf < usage.start ? 'tooEarly' : 'recentUsage', measured);
}

function limitsOf({ calendar, pilot, policy }: PilotView, usage: UsageView): Limits {
  const base = Math.max(policy.idleBusinessDays, policy.rhythmFactor * rhythmDays(pilot));
  const usual = usualUserDays(calendar, usage, usage.asOf);
  const worth = usual > 0 ? Math.ceil(policy.stallUserDays / usual) : base;
  return { watch: Math.ceil(base / 2), usual: base, stalled: Math.min(2 * base, Math.max(base, worth)) };
}

function measure(view: PilotView, usage: UsageView, limits: Limits, idleDays: number): Measured {
  const { recent, usual } = stretchTo(view, usage, limits.usual, usage.asOf);
  return {
    observed: {
      idleBusinessDays: idleDays,
      lastActiveOn: usage.days.at(-1)?.day ?? null,
      dataTo: usage.asOf,
      recentUserDays: recent,
      usualUserDays: Math.round(usual * 10) / 10,
      sponsorEngagedUntil: engagedUntil(view),
    },
    threshold: {
      idleBusinessDays: limits.stalled,
      watchBusinessDays: limits.watch,
      scarcePercent: view.policy.scarceUsePercent,
      stallUserDays: view.policy.stallUserDays,
    },
  };
}

/** Low usage alone does not stall a pilot whose sponsor is demonstrably engaged. */
function stall(
  view: PilotView,
  reachedOn: Day,
  values: Values,
  variant: string | null,
  measured: Measured,
): Finding {
  const engaged = engagedUntil(view);
  const isCarried = engaged !== null && view.today <= engaged;
  const since = engaged && !isCarried ? later(reachedOn, addDays(engaged, 1)) : reachedOn;
  return speaks({ state: isCarried ? 'At risk' : 'Stalled', since, values, variant }, measured);
}

/** Since when a whole limit's worth of business days holds next to nothing: one log-in must not end a stall. */
function scarceSince(view: PilotView, usage: UsageView, businessDays: number): Day | null {
  const isScarceOn = (day: Day): boolean =>
    isScarce(view, stretchTo(view, usage, businessDays, day), view.policy.stallUserDays);
  const first = sustainedSince(usage.asOf, trendStart(view, usage), isScarceOn);
  const since = first && view.calendar.after(first, 1);
  return since && since <= view.today ? since : null;
}

function scarceValues(view: PilotView, usage: UsageView, limits: Limits): Values {
  const { recent, usual } = stretchTo(view, usage, limits.usual, usage.asOf);
  return { recent, usual: Math.round(usual), days: limits.usual };
}

function idleWords(
  { pilot }: PilotView,
  usage: UsageView,
): { readonly values: Values; readonly variant: string | null } {
  const last = lastActivity(usage);
  const seen = usage.users.length > 0 ? usage.users.length : null;
  const values = {
    users: usage.licensed ?? seen,
    last: last.isNever ? usage.start : last.day,
    champion: pilot.champion?.name ?? null,
  };
  const variant = [last.isNever && 'never', values.users === null && 'uncounted'].filter(Boolean).join('_');
  return { values, variant: variant || null };
}
