// What is usual for this pilot, counted in user-days: one person on one day, however many events.
import type { BusinessCalendar } from './business-calendar.ts';
import { addDays, earlier } from './day.ts';
import type { Day, DayFacts } from './facts.ts';
import type { UsageView } from './pilot-view.ts';

/** User-days from `from` to `to`, both included. A source that counts no people has one a day with activity. */
export function userDaysBetween(usage: UsageView, from: Day, to: Day): number {
  return usage.days
    .filter((day) => from <= day.day && day.day <= to)
    .reduce((sum, day) => sum + userDaysOf(day), 0);
}

export function userDaysOf(day: DayFacts): number {
  return Math.max(1, day.activeUsers);
}

/** What was seen in fewer business days than these says little about what is usual: a kick-off is not a rhythm. */
const MIN_BUSINESS_DAYS = 10;

/**
 * User-days per business day from the start to the last day of use up to `asOf`; 0 before any use. Silence
 * after that last day does not lower it: a pilot that has gone quiet is still compared with what it was.
 */
export function usualUserDays(calendar: BusinessCalendar, usage: UsageView, asOf: Day): number {
  const last = usage.days.findLast((day) => day.day <= asOf)?.day;
  if (!last) return 0;
  return (
    userDaysBetween(usage, usage.start, last) / Math.max(MIN_BUSINESS_DAYS, calendar.count(usage.start, last))
  );
}

/** First day of the stretch of `count` business days that ends with `day`, the days off between them included. */
export function startOfLast(calendar: BusinessCalendar, count: number, day: Day): Day {
  let from = calendar.onOrBefore(day);
  for (let counted = 1; counted < count; counted += 1) from = calendar.onOrBefore(addDays(from, -1));
  return earlier(from, day);
}
