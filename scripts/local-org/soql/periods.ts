import { addDays, addMonths, dateInZone, toDays } from '../formula/civil-date.ts';
import type { Viewer } from '../formula/formula.ts';
import { notImplemented } from '../api-error.ts';

/** Dates from `start` up to but not including `end`. */
export interface Period {
  readonly start: string;
  readonly end: string;
}

type Unit = 'DAYS' | 'WEEKS' | 'MONTHS' | 'QUARTERS' | 'YEARS';

/**
 * The days a date literal means on the viewer's calendar.
 * https://developer.salesforce.com/docs/atlas.en-us.soql_sosl.meta/soql_sosl/sforce_api_calls_soql_select_dateformats.htm
 * Weeks begin on Sunday, as in the locale en_US. Fiscal years begin in January (Organization.FiscalYearStartMonth),
 * which makes a fiscal literal mean what its calendar twin means.
 */
export function periodOf(fiscalLiteral: string, count: number, viewer: Viewer): Period {
  const literal = fiscalLiteral.replace('_FISCAL_', '_');
  const today = dateInZone(viewer.now, viewer.timeZone);
  const fixed = /^(LAST|THIS|NEXT)_(WEEK|MONTH|QUARTER|YEAR)$/.exec(literal);
  if (fixed)
    return relative(`${fixed[2]}S` as Unit, { LAST: -1, THIS: 0, NEXT: 1 }[fixed[1] as 'LAST'] ?? 0, today);
  const counted =
    /^(?:(LAST|NEXT)_N_(DAYS|WEEKS|MONTHS|QUARTERS|YEARS)|N_(DAYS|WEEKS|MONTHS|QUARTERS|YEARS)_AGO)$/.exec(
      literal,
    );
  if (counted?.[3]) return relative(counted[3] as Unit, -count, today);
  if (counted) return several(counted[1] as 'LAST' | 'NEXT', counted[2] as Unit, count, today);
  switch (literal) {
    case 'YESTERDAY':
      return relative('DAYS', -1, today);
    case 'TODAY':
      return relative('DAYS', 0, today);
    case 'TOMORROW':
      return relative('DAYS', 1, today);
    case 'LAST_90_DAYS':
      return several('LAST', 'DAYS', 90, today);
    case 'NEXT_90_DAYS':
      return several('NEXT', 'DAYS', 90, today);
    default:
      throw notImplemented(`the date literal ${literal}`);
  }
}

/** The unit that lies `steps` away from the one that holds today. */
function relative(unit: Unit, steps: number, today: string): Period {
  const start = step(startOf(unit, today), unit, steps);
  return { start, end: step(start, unit, 1) };
}

// "LAST_N_DAYS:n: starts 12:00:00 a.m. n days before the current day and continues up to the current second",
// so today is part of it. "NEXT_N_DAYS:n: starts 12:00:00 a.m. of the next day and continues for n days."
// The larger units are whole ones and leave the current one out.
function several(direction: 'LAST' | 'NEXT', unit: Unit, count: number, today: string): Period {
  const current = startOf(unit, today);
  const next = step(current, unit, 1);
  if (direction === 'NEXT') return { start: next, end: step(next, unit, count) };
  return { start: step(current, unit, -count), end: unit === 'DAYS' ? next : current };
}

function startOf(unit: Unit, date: string): string {
  const month = Number(date.slice(5, 7));
  switch (unit) {
    case 'DAYS':
      return date;
    case 'WEEKS':
      return addDays(date, -((((toDays(date) + 4) % 7) + 7) % 7));
    case 'MONTHS':
      return `${date.slice(0, 7)}-01`;
    case 'QUARTERS':
      return `${date.slice(0, 5)}${String(month - ((month - 1) % 3)).padStart(2, '0')}-01`;
    case 'YEARS':
      return `${date.slice(0, 4)}-01-01`;
  }
}

function step(start: string, unit: Unit, count: number): string {
  switch (unit) {
    case 'DAYS':
      return addDays(start, count);
    case 'WEEKS':
      return addDays(start, 7 * count);
    case 'MONTHS':
      return addMonths(start, count);
    case 'QUARTERS':
      return addMonths(start, 3 * count);
    case 'YEARS':
      return addMonths(start, 12 * count);
  }
}
