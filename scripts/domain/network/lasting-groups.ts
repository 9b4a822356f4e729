// Which departments are groups that last, week by week, and since when: what the stage of adoption is made of.
import { addDays } from '../day.ts';
import type { Day } from '../facts.ts';
import type { DepartmentGrid, PeopleGrid } from './people-grid.ts';
import { SUSTAINED_OF } from './people-grid.ts';

/** A group begins to last with two people of sustained use: one person's habit is not a group's. */
export const LASTING_PEOPLE = 2;
/** It stops only after so many counting weeks without them, so that a holiday moves no stage. */
const FADING_WEEKS = 4;

/** How things stood when a counting week was over. */
export interface WeekEnd {
  /** The week's Sunday. */
  readonly day: Day;
  /** Departments with use in the four counting weeks up to then. */
  readonly active: number;
  readonly lasting: number;
  /** People who had come by an invitation from another department by then. */
  readonly between: number;
  /** Everybody seen by then. */
  readonly users: number;
}

/** By department (in the grid's order) and counting week: does the group last? */
export function lastingGroups({ departments }: Pick<PeopleGrid, 'departments'>): boolean[][] {
  return departments.map(lastingWeeks);
}

function lastingWeeks({ sustained }: DepartmentGrid): boolean[] {
  let lasts = false;
  let without = 0;
  return [...sustained].map((people) => {
    without = people >= LASTING_PEOPLE ? 0 : without + 1;
    lasts = people >= LASTING_PEOPLE || (lasts && without < FADING_WEEKS);
    return lasts;
  });
}

/** The ends of the counting weeks, oldest first; `newWeekly` and `betweenWeekly` are over all weeks of the grid. */
export function weekEnds(
  grid: PeopleGrid,
  lasting: readonly (readonly boolean[])[],
  newWeekly: Uint32Array,
  betweenWeekly: Uint32Array,
): WeekEnd[] {
  const until = (counts: Uint32Array, week: number): number =>
    counts.subarray(0, week + 1).reduce((sum, count) => sum + count, 0);
  return grid.counting.map((week, at) => ({
    day: addDays(grid.mondays[week]!, 6),
    active: grid.departments.filter(({ weekly }) =>
      grid.counting.slice(Math.max(0, at + 1 - SUSTAINED_OF), at + 1).some((one) => weekly[one]! > 0),
    ).length,
    lasting: lasting.filter((weeks) => weeks[at]).length,
    between: until(betweenWeekly, week),
    users: until(newWeekly, week),
  }));
}
