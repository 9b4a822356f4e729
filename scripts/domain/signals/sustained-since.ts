// Since when? The rule is asked about earlier days: the start of the unbroken run that reaches to now.
import type { Day } from '../facts.ts';

/** The earliest of `days` (newest first) from which on the condition holds without a gap; the newest must hold. */
export function sustainedSince(days: Iterable<Day>, holds: (day: Day) => boolean): Day | null {
  let since: Day | null = null;
  for (const day of days) {
    if (!holds(day)) break;
    since = day;
  }
  return since;
}
