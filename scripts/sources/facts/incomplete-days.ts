import type { Day } from '../../domain/facts.ts';
import { addDays } from './calendar-day.ts';

export interface IncompleteDayRule {
  /** A day under this share of the median of the last four same weekdays is incomplete. */
  readonly percent: number;
  /** The rule speaks only where that median is at least this. */
  readonly minEvents: number;
}

export interface IncompleteDay {
  readonly day: Day;
  readonly events: number;
  readonly median: number;
}

const WEEKS = 4;

/**
 * Days whose total over all keys is implausibly small (product.md, "When data may be believed").
 * `totals` holds the days with events; a day without any is as incomplete as one with few.
 */
export function incompleteDays(
  totals: ReadonlyMap<Day, number>,
  last: Day,
  rule: IncompleteDayRule,
): IncompleteDay[] {
  const first = [...totals.keys()].reduce((a, b) => (a < b ? a : b), last);
  const found: IncompleteDay[] = [];
  for (let day = addDays(first, 7 * WEEKS); day <= last; day = addDays(day, 1)) {
    const before = Array.from({ length: WEEKS }, (_, week) => totals.get(addDays(day, -7 * (week + 1))) ?? 0);
    const [, second = 0, third = 0] = before.sort((a, b) => a - b);
    const median = (second + third) / 2;
    const events = totals.get(day) ?? 0;
    if (median >= rule.minEvents && events < (median * rule.percent) / 100)
      found.push({ day, events, median });
  }
  return found;
}
