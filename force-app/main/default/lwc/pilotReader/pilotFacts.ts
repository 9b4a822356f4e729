// The numbers of the week, as the header says them and a check-in keeps them.
import type { Pilot } from 'c/pilotRecord';
import type { Say } from './say';

/** "Active a week 0 of 25 (target 20)" or, where everybody may use it, "Active a week 31, departments in use 4 (planned 6)"; "Criteria 1 of 4 met, 2 on pace"; what is not known is left out. */
export function weekNumbers(pilot: Pilot, say: Say): string[] {
  return [activeFact(pilot, say), criteriaFact(pilot, say)].filter((fact) => fact !== null);
}

function activeFact(pilot: Pilot, say: Say): string | null {
  const { activeUsers7d: active, licensedUsers, plannedUsers, signals } = pilot;
  // A number that may not be believed any more would read like the present one.
  if (active === null || pilot.health === 'Unknown') return null;
  if (pilot.isOpenToAll) return spreadFact(pilot, active, say);
  const users = licensedUsers ?? plannedUsers;
  if (users === null) return say('Pilot_Head_active_uncounted', { active });
  const target = signals?.adoptionTarget ?? null;
  return target === null
    ? say('Pilot_Head_active', { active, users })
    : say('Pilot_Head_active_target', { active, users, target });
}

/** Where everybody may use it, how far it has come says more than how many of a number. */
function spreadFact(
  { activeDepartments: departments, plannedDepartments: planned }: Pilot,
  active: number,
  say: Say,
): string {
  if (departments === null) return say('Pilot_Head_active_uncounted', { active });
  return planned === null
    ? say('Pilot_Head_spread', { active, departments })
    : say('Pilot_Head_spread_planned', { active, departments, planned });
}

function criteriaFact({ criteriaCount, criteriaMet, criteria }: Pilot, say: Say): string | null {
  if (criteriaCount === null || criteriaMet === null || criteriaCount === 0) return null;
  const pace = criteria?.filter((criterion) => criterion.pace === 'On pace').length ?? 0;
  const values = { met: criteriaMet, criteria: criteriaCount, pace };
  return say(pace > 0 ? 'Pilot_Head_criteria_pace' : 'Pilot_Head_criteria', values);
}
