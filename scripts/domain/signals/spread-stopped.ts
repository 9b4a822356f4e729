// A pilot that restricts features lets people in freely, so no number of users is its measure, but that it spreads is:
// LOW_ADOPTION speaks for it when nobody new has come for four weeks of business days.
import { addDays } from '../day.ts';
import type { PilotView, UsageView } from '../pilot-view.ts';
import { silent, speaks } from './rule.ts';
import type { Finding } from './rule.ts';

const NEWCOMER_DAYS = 20;

export function spreadStopped({ calendar, pilot, today, policy }: PilotView, usage: UsageView): Finding {
  const { users, asOf, start } = usage;
  const newest = users.reduce((last, { activeDays }) => (activeDays[0]! > last ? activeDays[0]! : last), '');
  // Nobody at all is NO_FIRST_VALUE's to tell.
  if (newest === '') return silent('noUsers');
  const without = calendar.count(addDays(newest, 1), asOf);
  const departments = new Set(users.flatMap(({ department }) => department || [])).size;
  const measured = {
    observed: { people: users.length, withoutNewcomerBusinessDays: without },
    threshold: { withoutNewcomerBusinessDays: NEWCOMER_DAYS, plannedUsers: pilot.plannedUsers },
  };
  if (pilot.plannedUsers && users.length >= pilot.plannedUsers) return silent('reached', measured);
  const since = calendar.after(newest, NEWCOMER_DAYS + 1);
  if (without < NEWCOMER_DAYS || since > today || asOf < addDays(start, policy.rampWeeks * 7 - 1))
    return silent('noUserCap', measured);
  const values = {
    newest,
    people: users.length,
    departments: departments || null,
    champion: pilot.champion?.name ?? null,
  };
  return speaks(
    { state: 'Watch', since, values, variant: departments > 0 ? 'spread' : 'spread_people' },
    measured,
  );
}
