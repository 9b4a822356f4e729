// Public holidays by region, from the calendars of https://github.com/commenthol/date-holidays.
import Holidays from 'date-holidays';
import type { Day } from './facts.ts';

/** The public holidays of a region; `isKnown` is false where no calendar exists for the code. */
export interface RegionHolidays {
  readonly isKnown: boolean;
  isHoliday(day: Day): boolean;
}

const cache = new Map<string, RegionHolidays>();

/**
 * Holidays of a region such as `US`, `DE` or `DE-BY` (ISO 3166 country, optionally its subdivision).
 * An unknown subdivision falls back to its country; an unknown country has no holidays and says so.
 */
export function holidaysOf(region: string | null): RegionHolidays {
  const code = (region ?? '').trim().toUpperCase();
  const known = cache.get(code);
  if (known) return known;
  const made = load(code);
  cache.set(code, made);
  return made;
}

function load(code: string): RegionHolidays {
  const [country = '', state] = code.split('-');
  const calendar = new Holidays();
  if (!Object.hasOwn(calendar.getCountries(), country)) return { isKnown: false, isHoliday: () => false };
  const states: Readonly<Record<string, string>> = calendar.getStates(country) ?? {};
  if (state && Object.hasOwn(states, state)) calendar.init(country, state);
  else calendar.init(country);
  const years = new Map<string, ReadonlySet<Day>>();
  const daysOf = (year: string): ReadonlySet<Day> => {
    const found = years.get(year) ?? new Set(publicDays(calendar, Number(year)));
    years.set(year, found);
    return found;
  };
  return { isKnown: true, isHoliday: (day) => daysOf(day.slice(0, 4)).has(day) };
}

function publicDays(calendar: Holidays, year: number): Day[] {
  const holidays = calendar.getHolidays(year).filter((holiday) => holiday.type === 'public');
  return holidays.map((holiday) => holiday.date.slice(0, 10));
}
