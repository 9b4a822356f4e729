// Facts of pilots that spread, from little: who used it when, in which department, and who brought them in.
import { workdays } from '../../testing/evaluation-fixture.ts';
import { addDays } from '../day.ts';
import type { Day, FormerDepartment, PilotFacts, UserFacts } from '../facts.ts';

/** A Monday. */
export const START = '2026-08-31';

export interface Person {
  readonly id: string;
  readonly days: readonly Day[];
  readonly department?: string | null;
  readonly former?: readonly FormerDepartment[];
  readonly invitedBy?: string;
  readonly address?: string;
}

export function peopleFacts(people: readonly Person[], completeThrough: Day | null): PilotFacts {
  const users = people.map(
    ({ id, days, department = null, former, invitedBy = null, address }): UserFacts => ({
      user: id,
      ...(address === undefined ? {} : { addressHash: address }),
      department,
      ...(former === undefined ? {} : { formerDepartments: former }),
      events: days.length,
      activeDays: days,
      invitedBy,
    }),
  );
  return {
    pilotId: 'a00000000000001AAA',
    grain: 'event',
    days: [],
    users,
    completeThrough,
    completeThroughInstant: null,
    incompleteDays: [],
    metrics: [],
  };
}

/** The business days of the given weeks after `START`, 0 the first. */
export function inWeeks(...weeks: readonly number[]): Day[] {
  return weeks.flatMap((week) => workdays(addDays(START, 7 * week), addDays(START, 7 * week + 4)));
}

/** The Sunday that ends a week after `START`. */
export function sunday(week: number): Day {
  return addDays(START, 7 * week + 6);
}

/** 32 hexadecimal digits, as the sources' hashes have. */
export function hashed(number: number): string {
  return number.toString(16).padStart(32, '0');
}
