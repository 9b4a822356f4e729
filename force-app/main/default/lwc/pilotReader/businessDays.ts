// Monday to Friday without public holidays. No imports, so that a test drives the same days through the sync's calendar.

const DAY_MS = 86_400_000;
const YEAR_SETS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcde';

/** Public holidays by ISO country, written as scripts/package/write-holidays.ts says. */
export interface HolidayTable {
  readonly firstYear: number;
  readonly years: number;
  readonly byCountry: Readonly<Record<string, string>>;
}

export interface BusinessDays {
  isBusinessDay(day: string): boolean;
  /** The business day `count` after a day. */
  after(day: string, count: number): string;
  /** Whether the public holidays of the years of these days are known. */
  knows(...days: readonly string[]): boolean;
}

/**
 * The business days of a region such as `DE` or `DE-BY`, which counts as its country. Where country or year is not in
 * the table, Monday to Friday.
 */
export function businessDays(region: string | null, table: HolidayTable): BusinessDays {
  const country = (region ?? '').trim().toUpperCase().split('-')[0] ?? '';
  const isListed = Object.hasOwn(table.byCountry, country);
  const holidays = isListed ? decoded(table.byCountry[country] ?? '', table) : new Set<string>();
  const isBusinessDay = (day: string): boolean => !isWeekend(day) && !holidays.has(day);
  return {
    isBusinessDay,
    after: (day, count) => {
      let moved = day;
      for (let left = count; left > 0; left -= isBusinessDay(moved) ? 1 : 0) moved = addDays(moved, 1);
      return moved;
    },
    knows: (...days) => {
      const years = days.map((day) => Number(day.slice(0, 4)) - table.firstYear);
      return isListed && years.every((year) => year >= 0 && year < table.years);
    },
  };
}

export function addDays(day: string, count: number): string {
  return new Date(Date.parse(day) + count * DAY_MS).toISOString().slice(0, 10);
}

/** Every day of a period, both ends included; empty when it ends before it begins. */
export function daysOf(from: string, to: string): string[] {
  const count = Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS) + 1;
  return Array.from({ length: Math.max(0, count) }, (_, index) => addDays(from, index));
}

function isWeekend(day: string): boolean {
  return [0, 6].includes(new Date(day).getUTCDay());
}

function decoded(text: string, { firstYear, years }: HolidayTable): Set<string> {
  const days = [...text.matchAll(/(\d\d)(\d\d)([A-Za-e]?)/g)].flatMap(([, month, day, set = '']) =>
    Array.from({ length: years }, (_, index) => index)
      .filter((index) => set === '' || (YEAR_SETS.indexOf(set) + 1) & (1 << index))
      .map((index) => `${firstYear + index}-${month}-${day}`),
  );
  return new Set(days);
}
