import type { Day } from '../../domain/facts.ts';

const DAY_MS = 86_400_000;

// Thousands of pilots ask for the same few hundred days.
const named: Record<number, Day> = [];
const numbered = new Map<Day, number>();

/** Days since 1970-01-01. */
export function dayNumber(day: Day): number {
  let number = numbered.get(day);
  if (number === undefined) numbered.set(day, (number = Math.round(Date.parse(day) / DAY_MS)));
  return number;
}

export function dayName(number: number): Day {
  return (named[number] ??= new Date(number * DAY_MS).toISOString().slice(0, 10));
}

export function addDays(day: Day, days: number): Day {
  return dayName(dayNumber(day) + days);
}

/** 0 is Sunday, as in `Date`. */
export function weekday(day: Day): number {
  return new Date(day).getUTCDay();
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** The calendar day of an instant in an IANA zone. */
export function dayOf(instant: Date, timeZone: string): Day {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-CA', {
      timeZone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    });
    formats.set(timeZone, format);
  }
  return format.format(instant);
}

/** The instant at which a calendar day begins in a zone (its first midnight, or the end of a gap there). */
export function startOfDay(day: Day, timeZone: string): Date {
  let low = Date.parse(day) - 15 * 3_600_000;
  let high = low + 30 * 3_600_000;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (dayOf(new Date(middle), timeZone) < day) low = middle;
    else high = middle;
  }
  return new Date(high);
}

/** The last day that has wholly passed at `instant`, in a zone. */
export function lastWholeDay(instant: Date, timeZone: string): Day {
  return addDays(dayOf(instant, timeZone), -1);
}
