// Dates as `YYYY-MM-DD`, date/times as ISO text in UTC. `Date` is used as a calendar only, never as a clock.

const DAY_MS = 86_400_000;
const PARTS = ['year', 'month', 'day', 'hour', 'minute', 'second'] as const;
const formats = new Map<string, Intl.DateTimeFormat>();

/** Days since 1970-01-01. */
export const toDays = (date: string) => Date.parse(`${date}T00:00:00Z`) / DAY_MS;

const fromDays = (days: number) => new Date(days * DAY_MS).toISOString().slice(0, 10);

export const addDays = (date: string, days: number) => fromDays(toDays(date) + days);

/** The date, or null when the calendar has no such day. */
export function civilDate(year: number, month: number, day: number): string | null {
  if (!(year >= 1 && year <= 9999)) return null;
  const text = [
    String(year).padStart(4, '0'),
    String(month).padStart(2, '0'),
    String(day).padStart(2, '0'),
  ].join('-');
  return isCivilDate(text) ? text : null;
}

export function isCivilDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/** Adds months; the last day of a month stays the last day (github.com/salesforce/formula-engine FunctionAddMonths). */
export function addMonths(date: string, months: number): string {
  const next = addDays(date, 1);
  const isLastDay = next.slice(5, 7) !== date.slice(5, 7);
  const [year, month, day] = (isLastDay ? next : date).split('-').map(Number) as [number, number, number];
  const first = new Date(Date.UTC(2000, month - 1 + months, 1));
  first.setUTCFullYear(first.getUTCFullYear() - 2000 + year);
  const lastDay = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  first.setUTCDate(Math.min(day, lastDay));
  const moved = first.toISOString().slice(0, 10);
  return isLastDay ? addDays(moved, -1) : moved;
}

/** The calendar date at an instant in an IANA time zone. */
export function dateInZone(instant: Date, timeZone: string): string {
  return new Date(instant.getTime() + offsetMs(instant.getTime(), timeZone)).toISOString().slice(0, 10);
}

/** The instant at which a date begins in an IANA time zone. */
export function startOfDay(date: string, timeZone: string): Date {
  const local = Date.parse(`${date}T00:00:00Z`);
  const guess = local - offsetMs(local, timeZone);
  return new Date(local - offsetMs(guess, timeZone));
}

function offsetMs(time: number, timeZone: string): number {
  let format = formats.get(timeZone);
  if (!format) {
    const options = Object.fromEntries(PARTS.map((part) => [part, 'numeric']));
    format = new Intl.DateTimeFormat('en-US', {
      ...options,
      timeZone,
      hourCycle: 'h23',
      calendar: 'iso8601',
    });
    formats.set(timeZone, format);
  }
  const found = new Map(format.formatToParts(time).map(({ type, value }) => [type, Number(value)]));
  const [year, month, day, hour, minute, second] = PARTS.map((part) => found.get(part) ?? 0) as number[];
  const local = Date.UTC(year ?? 0, (month ?? 1) - 1, day, hour, minute, second);
  return local - Math.floor(time / 1000) * 1000;
}
