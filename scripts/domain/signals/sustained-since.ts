// Since when? The rule is asked about earlier days: the start of the unbroken run that reaches to now.
import { addDays } from '../day.ts';
import type { Day } from '../facts.ts';

/** The earliest day of the run of days down to `floor` on which the condition holds; null when it does not hold on `newest`. */
export function sustainedSince(newest: Day, floor: Day, holds: (day: Day) => boolean): Day | null {
  let since: Day | null = null;
  for (let day = newest; day >= floor && holds(day); day = addDays(day, -1)) since = day;
  return since;
}
