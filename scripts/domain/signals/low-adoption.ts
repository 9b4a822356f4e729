// After the ramp even the upper Wilson bound of weekly active ÷ licensed users is below the target: what the pilot's
// own criterion asks for, else the policy's percentage. A pilot that restricts features is asked whether it spreads.
import { addDays } from '../day.ts';
import type { Day } from '../facts.ts';
import type { PilotView, UsageView } from '../pilot-view.ts';
import { wilsonInterval } from '../statistics/wilson.ts';
import { silent, speaks } from './rule.ts';
import type { Finding, Rule } from './rule.ts';
import { spreadStopped } from './spread-stopped.ts';
import { sustainedSince } from './sustained-since.ts';

export const lowAdoption: Rule = { code: 'LOW_ADOPTION', group: 'usage', owner: 'success manager', judge };

function judge(view: PilotView): Finding {
  const { usage, policy, calendar, pilot, today } = view;
  if (!usage) return silent(view.usageSilence ?? 'noData');
  if (usage.grain === 'account-day') return silent('needsUsers');
  if (pilot.rhythm === 'Month-end') return silent('monthlyRhythm');
  if (pilot.restriction === 'Features') return spreadStopped(view, usage);
  const target = adoptionTarget(view);
  if (!usage.licensed || !target) return silent('noLicences');
  const rampEnd = addDays(usage.start, policy.rampWeeks * 7 - 1);
  const licensed = usage.licensed;
  const activeOn = (day: Day): number => weeklyActive(view, usage, day);
  const isLow = (day: Day): boolean =>
    wilsonInterval(Math.min(activeOn(day), licensed), licensed).high < target / licensed;
  const active = activeOn(usage.asOf);
  const measured = {
    observed: { active, licensed, upperBound: wilsonInterval(Math.min(active, licensed), licensed).high },
    threshold: { target, rampEnds: rampEnd },
  };
  const firstLow = sustainedSince(usage.asOf, rampEnd, isLow);
  const since = firstLow && calendar.after(firstLow, 1);
  if (!since || since > today) return silent(usage.asOf < rampEnd ? 'tooEarly' : 'reached', measured);
  const never = licensed - usage.users.length;
  const values = {
    active,
    users: licensed,
    target,
    never: Math.max(0, never),
    champion: pilot.champion?.name ?? null,
  };
  return speaks(
    { state: 'Watch', since, values, variant: never > 1 ? null : never === 1 ? 'one_left' : 'all_seen' },
    measured,
  );
}

/** Weekly active users to reach: what the pilot's criteria ask for, else the policy's share of the users; null where no number is a cap. */
export function adoptionTarget(view: Pick<PilotView, 'pilot' | 'policy' | 'criteria'>): number | null {
  const { pilot, policy } = view;
  const licensed = pilot.restriction === 'Features' ? null : (pilot.licensedUsers ?? pilot.plannedUsers);
  if (!licensed) return null;
  return agreedUsers(view) ?? Math.ceil((policy.adoptionTargetPercent / 100) * licensed);
}

/** Name under which the shipped configuration counts active users; a criterion about anything else says nothing here. */
const ACTIVE_USERS_METRIC = 'active_users';

/** The weekly active users that the pilot's criteria ask for, the highest first; null where none does. */
function agreedUsers({ criteria }: Pick<PilotView, 'criteria'>): number | null {
  const targets = criteria
    .filter(
      ({ metric, window }) =>
        metric === ACTIVE_USERS_METRIC && (window === 'Last 7 days' || window === 'Per week'),
    )
    .flatMap(({ direction, target }) =>
      direction !== 'At most' && target !== null && target > 0 ? [target] : [],
    );
  return targets.length > 0 ? Math.max(...targets) : null;
}

/** Users active in the last five business days and the days off between them: a week, whatever was closed. */
function weeklyActive({ calendar }: PilotView, usage: UsageView, day: Day): number {
  let from = calendar.onOrBefore(day);
  for (let counted = 1; counted < 5; counted += 1) from = calendar.onOrBefore(addDays(from, -1));
  return usage.users.filter((user) => user.activeDays.some((active) => from <= active && active <= day))
    .length;
}
