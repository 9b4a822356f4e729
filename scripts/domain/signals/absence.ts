// Is somebody away for longer than is usual for that very person?
import { addDays } from '../day.ts';
import type { Day, UserFacts } from '../facts.ts';
import type { PilotView } from '../pilot-view.ts';
import { rhythmDays } from './rhythm.ts';

export interface Absence {
  /** Last day of use. */
  readonly last: Day;
  /** Median of the business days from one day of use to the next, at least 1; null with fewer than three days of use. */
  readonly gap: number | null;
  /** Business days since `last`, and how many of them are still usual. */
  readonly awayDays: number;
  readonly limit: number;
  readonly isAway: boolean;
}

/** With fewer days of use nobody has a usual gap. */
export const MIN_ACTIVE_DAYS = 3;

/** One person as of the end of a day; null when there was no use yet. Without a usual gap the pilot's rhythm stands in. */
export function absenceOf(
  { calendar, policy, pilot }: PilotView,
  user: UserFacts,
  asOf: Day,
): Absence | null {
  const days = user.activeDays.filter((day) => day <= asOf);
  const last = days.at(-1);
  if (last === undefined) return null;
  const gap = usualGap(days, (from, to) => calendar.count(addDays(from, 1), to));
  const limit = Math.floor(
    Math.max(policy.keyUserAwayDays, policy.keyUserGapFactor * (gap ?? rhythmDays(pilot))),
  );
  const awayDays = calendar.count(addDays(last, 1), asOf);
  return { last, gap, awayDays, limit, isAway: awayDays > limit };
}

/** Whether somebody who used it by then is away as of the end of a day. */
export function isAwayOn(view: PilotView, user: UserFacts, day: Day): boolean {
  const last = user.activeDays.findLast((one) => one <= day);
  // A usual gap only ever lengthens the limit: most people need not be asked for theirs.
  if (last === undefined || view.calendar.count(addDays(last, 1), day) <= view.policy.keyUserAwayDays)
    return false;
  return absenceOf(view, user, day)?.isAway ?? false;
}

function usualGap(activeDays: readonly Day[], between: (from: Day, to: Day) => number): number | null {
  if (activeDays.length < MIN_ACTIVE_DAYS) return null;
  const gaps = activeDays.slice(1).map((day, index) => between(activeDays[index]!, day));
  const sorted = gaps.toSorted((a, b) => a - b);
  return Math.max(1, sorted[Math.floor(sorted.length / 2)]!);
}
