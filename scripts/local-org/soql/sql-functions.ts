// What SQLite lacks: text in any script compared without case, LIKE with SOQL's escapes, multi-select values,
// parts of dates. Registered once per database.
import type { DatabaseSync } from 'node:sqlite';
import { dateInZone, toDays } from '../formula/civil-date.ts';
import type { DateFunction } from './ast.ts';

const prepared = new WeakSet<DatabaseSync>();

type Text = string | null;

/** Makes the functions known to a database; further calls do nothing. */
export function registerSqlFunctions(database: DatabaseSync): void {
  if (prepared.has(database)) return;
  prepared.add(database);
  const options = { deterministic: true };
  database.function('soql_fold', options, ((text: Text) => (text === null ? null : foldText(text))) as never);
  database.function('soql_like', options, like as never);
  database.function('soql_has', options, hasAll as never);
  for (const [functionName, part] of Object.entries(DATE_PARTS)) {
    const call = (moment: Text, timeZone: Text) =>
      moment === null ? null : part(localText(moment, timeZone));
    database.function(`soql_${functionName.toLowerCase()}`, options, call as never);
  }
}

/** Upper case, which is also the order English locales sort by. */
export const foldText = (text: string) => text.toUpperCase();

const patterns = new Map<string, RegExp>();
const MAX_PATTERNS = 500;

function like(text: Text, pattern: string): number {
  if (text === null) return 0;
  let expression = patterns.get(pattern);
  if (!expression) {
    if (patterns.size >= MAX_PATTERNS) patterns.clear();
    expression = likeExpression(pattern);
    patterns.set(pattern, expression);
  }
  return Number(expression.test(text));
}

/** `%` any run, `_` one character, `\%` and `\_` themselves; case is ignored. */
function likeExpression(pattern: string): RegExp {
  const body = pattern.replace(/\\([%_\\])|%+|[^]/gu, (match, escaped: string | undefined) => {
    if (escaped !== undefined) return escapeLetter(escaped);
    if (match[0] === '%') return '[^]*?';
    return match === '_' ? '[^]' : escapeLetter(match);
  });
  return new RegExp(`^${body}$`, 'iu');
}

const escapeLetter = (letter: string) => letter.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');

// "AAA;BBB" asks for both: https://developer.salesforce.com/docs/atlas.en-us.soql_sosl.meta/soql_sosl/sforce_api_calls_soql_querying_multiselect_picklists.htm
function hasAll(selected: Text, wanted: string): number {
  if (selected === null) return 0;
  const values = new Set(selected.split(';').map(foldText));
  return Number(wanted.split(';').every((value) => values.has(foldText(value))));
}

/** A date as it is; a date/time on the calendar of a zone (UTC without one), with its time. */
function localText(moment: string, timeZone: Text): string {
  if (moment.length === 10 || timeZone === null) return moment;
  const instant = new Date(moment);
  const hour = new Intl.DateTimeFormat('en-US', { hour: '2-digit', hourCycle: 'h23', timeZone }).format(
    instant,
  );
  return `${dateInZone(instant, timeZone)}T${hour}`;
}

// https://developer.salesforce.com/docs/atlas.en-us.soql_sosl.meta/soql_sosl/sforce_api_calls_soql_select_date_functions.htm
const DATE_PARTS: Readonly<Record<DateFunction, (moment: string) => number | string>> = {
  CALENDAR_YEAR: (moment) => Number(moment.slice(0, 4)),
  CALENDAR_QUARTER: (moment) => Math.ceil(Number(moment.slice(5, 7)) / 3),
  CALENDAR_MONTH: (moment) => Number(moment.slice(5, 7)),
  DAY_IN_MONTH: (moment) => Number(moment.slice(8, 10)),
  DAY_IN_WEEK: (moment) => weekday(moment.slice(0, 10)) + 1,
  DAY_IN_YEAR: (moment) => dayInYear(moment),
  DAY_ONLY: (moment) => moment.slice(0, 10),
  WEEK_IN_MONTH: (moment) => Math.ceil(Number(moment.slice(8, 10)) / 7),
  WEEK_IN_YEAR: (moment) => Math.ceil(dayInYear(moment) / 7),
  // The org's fiscal year begins in January (Organization.FiscalYearStartMonth).
  FISCAL_YEAR: (moment) => Number(moment.slice(0, 4)),
  FISCAL_QUARTER: (moment) => Math.ceil(Number(moment.slice(5, 7)) / 3),
  FISCAL_MONTH: (moment) => Number(moment.slice(5, 7)),
  HOUR_IN_DAY: (moment) => Number(moment.slice(11, 13)),
};

const dayInYear = (moment: string) => toDays(moment.slice(0, 10)) - toDays(`${moment.slice(0, 4)}-01-01`) + 1;

/** 0 is Sunday. */
const weekday = (date: string) => (((toDays(date) + 4) % 7) + 7) % 7;
