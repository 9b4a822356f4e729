import type { DateFunction } from '../soql/ast.ts';

/** The name in `groupBy` and the name in the answer. */
export const DATE_FUNCTIONS: Readonly<Record<DateFunction, string>> = {
  CALENDAR_MONTH: 'calendarMonth',
  CALENDAR_QUARTER: 'calendarQuarter',
  CALENDAR_YEAR: 'calendarYear',
  DAY_IN_MONTH: 'dayInMonth',
  DAY_IN_WEEK: 'dayInWeek',
  DAY_IN_YEAR: 'dayInYear',
  DAY_ONLY: 'dayOnly',
  FISCAL_MONTH: 'fiscalMonth',
  FISCAL_QUARTER: 'fiscalQuarter',
  FISCAL_YEAR: 'fiscalYear',
  HOUR_IN_DAY: 'hourInDay',
  WEEK_IN_MONTH: 'weekInMonth',
  WEEK_IN_YEAR: 'weekInYear',
};
/** Of a moment, not of a day. */
const ONLY_MOMENTS: readonly string[] = ['DAY_ONLY', 'HOUR_IN_DAY'];

/** The functions that a type of field knows. https://developer.salesforce.com/docs/platform/graphql/guide/aggregate-support.html */
export function dateFunctionsOf(family: string): DateFunction[] {
  const all = Object.keys(DATE_FUNCTIONS) as DateFunction[];
  if (family === 'DateTime') return all;
  return family === 'Date' ? all.filter((name) => !ONLY_MOMENTS.includes(name)) : [];
}
