// Exposure: the days on which use could be expected and would have been seen.
import { addDays, daysBetween, weekday } from './day.ts';
import type { Day } from './facts.ts';
import { holidaysOf } from './holidays.ts';

export type DayOff = 'weekend' | 'holiday' | 'closed' | 'incomplete';

export interface BusinessCalendar {
  /** Why a day counts for nothing; null for a business day. */
  whyOff(day: Day): DayOff | null;
  isBusinessDay(day: Day): boolean;
  /** Business days from `from` to `to`, both included. */
  count(from: Day, to: Day): number;
  /** The `count`-th business day after `day`. */
  after(day: Day, count: number): Day;
  /** The last business day on or before `day`. */
  onOrBefore(day: Day): Day;
}

export interface CalendarInput {
  readonly region: string | null;
  readonly closedDays: readonly { readonly from: Day; readonly to: Day }[];
  /** Days that the source under-counted: no exposure, before and after. */
  readonly incompleteDays: readonly Day[];
}

// A closure entered for ever must not make a search endless: past this many days the answer is
// simply "not within sight", a day later than any data.
const SIGHT_DAYS = 1_500;

// Most pilots share the plain calendar of a region, and every verdict asks for one: those are made once.
const plainCalendars = new Map<string | null, BusinessCalendar>();

/** The business days of one pilot: weekends, its region's holidays, closed and incomplete days taken out. */
export function businessCalendar(input: CalendarInput): BusinessCalendar {
  if (input.closedDays.length + input.incompleteDays.length > 0) return makeCalendar(input);
  const known = plainCalendars.get(input.region) ?? makeCalendar(input);
  plainCalendars.set(input.region, known);
  return known;
}

function makeCalendar(input: CalendarInput): BusinessCalendar {
  const { isHoliday } = holidaysOf(input.region);
  const incomplete = new Set(input.incompleteDays);
  const known = new Map<Day, DayOff | null>();
  const whyOff = (day: Day): DayOff | null => {
    const found = known.get(day);
    if (found !== undefined) return found;
    const why = find(day);
    known.set(day, why);
    return why;
  };
  const find = (day: Day): DayOff | null => {
    const number = weekday(day);
    if (number === 0 || number === 6) return 'weekend';
    if (isHoliday(day)) return 'holiday';
    if (input.closedDays.some((closed) => closed.from <= day && day <= closed.to)) return 'closed';
    return incomplete.has(day) ? 'incomplete' : null;
  };
  const isBusinessDay = (day: Day): boolean => whyOff(day) === null;
  const total = runningTotal(isBusinessDay);
  return {
    whyOff,
    isBusinessDay,
    count: (from, to) => (to < from ? 0 : total(to) - total(addDays(from, -1))),
    after: (day, count) => nthDay(day, count, 1, isBusinessDay),
    onOrBefore: (day) => (isBusinessDay(day) ? day : nthDay(day, 1, -1, isBusinessDay)),
  };
}

/** Business days up to a day, less those up to the first day ever asked for: a difference of two counts a stretch. */
function runningTotal(counts: (day: Day) => boolean): (day: Day) => number {
  let origin: Day | null = null;
  const after = [0];
  const before = [0];
  return (day) => {
    const start = (origin ??= day);
    const offset = daysBetween(start, day);
    for (let next = after.length; next <= offset; next += 1)
      after.push(after[next - 1]! + Number(counts(addDays(start, next))));
    for (let next = before.length; next <= -offset; next += 1)
      before.push(before[next - 1]! - Number(counts(addDays(start, 1 - next))));
    return offset >= 0 ? after[offset]! : before[-offset]!;
  };
}

function nthDay(day: Day, count: number, step: 1 | -1, counts: (day: Day) => boolean): Day {
  let found = 0;
  let current = day;
  for (let walked = 0; found < count && walked < SIGHT_DAYS; walked += 1) {
    current = addDays(current, step);
    if (counts(current)) found += 1;
  }
  return current;
}
