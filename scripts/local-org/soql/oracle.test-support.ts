// A second opinion on queries: plain loops over rows in memory, written from Salesforce's documentation alone
// (addresses at each rule). It shares the fixture with the tests and no code with the translator.
import { FIXTURE_NOW, STAGES, type FixtureData, type FixtureRow } from './fixture.test-support.ts';

export type Literal =
  string | number | boolean | null | { readonly date: string } | { readonly period: string };

export type Clause =
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Clause[] }
  | { readonly kind: 'not'; readonly part: Clause }
  | {
      readonly kind: 'compare';
      readonly path: string;
      readonly sign: '=' | '!=' | '<' | '<=' | '>' | '>=';
      readonly literal: Literal;
    }
  | {
      readonly kind: 'in';
      readonly path: string;
      readonly isNegated: boolean;
      readonly literals: readonly Literal[];
    }
  | { readonly kind: 'like'; readonly path: string; readonly pattern: string }
  | {
      readonly kind: 'includes';
      readonly path: string;
      readonly isNegated: boolean;
      readonly values: readonly string[];
    }
  | { readonly kind: 'lines'; readonly isNegated: boolean; readonly least: number };

export interface Sorting {
  readonly path: string;
  readonly isDescending: boolean;
  readonly nulls: 'FIRST' | 'LAST' | null;
}

export interface Asked {
  readonly where: Clause | null;
  readonly orderBy: readonly Sorting[];
  readonly limit: number | null;
  readonly offset: number;
}

export type Cell = string | number | boolean | null;
const CHECKBOXES = ['Is_Open__c', 'Is_Big__c', 'Seller__r.Is_Vip__c'];
const PERIODS: Readonly<Record<string, readonly [string, string]>> = {
  // 20 November 2026 is a Friday; in New York it is 10:30 in the morning.
  TODAY: ['2026-11-20', '2026-11-21'],
  YESTERDAY: ['2026-11-19', '2026-11-20'],
  TOMORROW: ['2026-11-21', '2026-11-22'],
  THIS_WEEK: ['2026-11-15', '2026-11-22'],
  LAST_MONTH: ['2026-10-01', '2026-11-01'],
  THIS_QUARTER: ['2026-10-01', '2027-01-01'],
  NEXT_YEAR: ['2027-01-01', '2028-01-01'],
  'LAST_N_DAYS:3': ['2026-11-17', '2026-11-21'],
  'NEXT_N_DAYS:2': ['2026-11-21', '2026-11-23'],
};

/** Ids of the deals a query finds, in order. */
export function oracleDeals(data: FixtureData, asked: Asked): string[] {
  const found = rows(data, 'Deal__c').filter(
    (deal) => asked.where === null || holds(asked.where, deal, data),
  );
  found.sort((a, b) => compareRows(a, b, asked.orderBy, data));
  const end = asked.limit === null ? undefined : asked.offset + asked.limit;
  return found.slice(asked.offset, end).map(({ Id }) => String(Id));
}

/** Ids of a deal's lines, largest quantity first, blanks last, at most `limit`. */
export function oracleLines(data: FixtureData, dealId: string, limit: number): string[] {
  const own = rows(data, 'Line__c').filter((line) => line['Deal__c'] === dealId);
  own.sort(
    (a, b) =>
      Number(b['Quantity__c'] ?? -1) - Number(a['Quantity__c'] ?? -1) ||
      (String(a['Id']) < String(b['Id']) ? -1 : 1),
  );
  return own.slice(0, limit).map(({ Id }) => String(Id));
}

/** The value of a path on a deal, formula fields included. */
export function cell(deal: FixtureRow, path: string, data: FixtureData): Cell {
  const seller = parent(deal, 'Seller__c', data);
  const amount = deal['Amount__c'] ?? null;
  const share = deal['Share__c'] ?? null;
  const weighted =
    amount === null || share === null ? null : Math.round(Number(amount) * Number(share)) / 100;
  switch (path) {
    case 'Weighted__c':
      return weighted;
    case 'Is_Big__c':
      return weighted !== null && weighted > 100;
    case 'Seller_City__c':
      return typeof seller?.['City__c'] === 'string' ? seller['City__c'].toUpperCase() : null;
    case 'Days_Left__c': {
      const closes = deal['Closes_On__c'] ?? null;
      return closes === null ? null : (Date.parse(String(closes)) - Date.parse('2026-11-20')) / 86_400_000;
    }
    case 'Seller__r.City__c':
      return seller?.['City__c'] ?? null;
    case 'Seller__r.Boss__c':
      return seller?.['Boss__c'] ?? null;
    case 'Seller__r.Boss__r.City__c':
      return (seller && parent(seller, 'Boss__c', data))?.['City__c'] ?? null;
    // "a Boolean through an absent parent is false": sforce_api_calls_soql_null
    case 'Seller__r.Is_Vip__c':
      return seller?.['Is_Vip__c'] === 1;
    case 'Is_Open__c':
      return deal['Is_Open__c'] === 1;
    default:
      return deal[path] ?? null;
  }
}

/** What `TYPEOF About__r WHEN Person__c THEN City__c, Boss__r.City__c ELSE Name, Type, IsActive END` shows. */
export function oracleAbout(deal: FixtureRow, data: FixtureData): Record<string, unknown> | null {
  // sforce_api_calls_soql_select_typeof: the fields of the matching WHEN, else those of ELSE, fields of the Name object.
  const person = parent(deal, 'About__c', data);
  if (person) {
    const boss = parent(person, 'Boss__c', data);
    return { City__c: person['City__c'] ?? null, Boss__r: boss && { City__c: boss['City__c'] ?? null } };
  }
  const line = (data['Line__c'] ?? []).find(({ Id }) => Id === deal['About__c']);
  return line ? { Name: line['Name'], Type: 'Line__c', IsActive: false } : null;
}

export const rows = (data: FixtureData, object: string) =>
  (data[object] ?? []).filter((row) => row['IsDeleted'] !== 1);

const parent = (row: FixtureRow, key: string, data: FixtureData) =>
  (data['Person__c'] ?? []).find(({ Id }) => Id !== undefined && Id === row[key]) ?? null;

/** Whether a deal meets a condition. */
export function holds(clause: Clause, deal: FixtureRow, data: FixtureData): boolean {
  switch (clause.kind) {
    case 'and':
      return clause.parts.every((part) => holds(part, deal, data));
    case 'or':
      return clause.parts.some((part) => holds(part, deal, data));
    case 'not':
      return !holds(clause.part, deal, data);
    case 'compare':
      return compare(cell(deal, clause.path, data), clause.sign, clause.literal, clause.path);
    case 'in':
      return (
        clause.literals.some((literal) =>
          compare(cell(deal, clause.path, data), '=', literal, clause.path),
        ) !== clause.isNegated
      );
    case 'like':
      return like(cell(deal, clause.path, data), clause.pattern);
    case 'includes': {
      // sforce_api_calls_soql_querying_multiselect_picklists: "AAA;BBB" means both, a comma means either.
      const chosen = String(cell(deal, clause.path, data) ?? '').split(';');
      return (
        clause.values.some((wanted) => wanted.split(';').every((value) => chosen.includes(value))) !==
        clause.isNegated
      );
    }
    case 'lines': {
      const has = rows(data, 'Line__c').some(
        (line) => line['Deal__c'] === deal['Id'] && Number(line['Quantity__c'] ?? -1) > clause.least,
      );
      return has !== clause.isNegated;
    }
  }
}

function compare(value: Cell, sign: string, literal: Literal, path: string): boolean {
  if (literal === null || literal === '') {
    const isBlank = CHECKBOXES.includes(path) ? value === false : value === null;
    return (sign === '=') === isBlank;
  }
  if (typeof literal === 'object' && 'period' in literal) return inPeriod(value, sign, literal.period, path);
  const given = typeof literal === 'object' ? literal.date : literal;
  if (sign === '=') return value !== null && same(value, given, path);
  // `!=` finds blanks too.
  if (sign === '!=') return value === null || !same(value, given, path);
  if (value === null) return false;
  const [a, b] =
    typeof value === 'string' ? [value.toUpperCase(), String(given).toUpperCase()] : [value, given];
  if (sign === '<') return a < b;
  if (sign === '<=') return a <= b;
  return sign === '>' ? a > b : a >= b;
}

// "String comparisons are case-insensitive" but for fields declared case-sensitive: sforce_api_calls_soql_select_fieldexpression
const same = (value: Cell, given: Cell, path: string) =>
  typeof value === 'string' && path !== 'Code__c'
    ? value.toLowerCase() === String(given).toLowerCase()
    : value === given;

function inPeriod(value: Cell, sign: string, name: string, path: string): boolean {
  const [start = '', end = ''] = PERIODS[name] ?? [];
  if (value === null) return sign === '!=';
  // A date/time belongs to the day it has in New York.
  const day = path === 'Touched_At__c' ? newYorkDay(String(value)) : String(value);
  const isInside = day >= start && day < end;
  switch (sign) {
    case '=':
      return isInside;
    case '!=':
      return !isInside;
    case '<':
      return day < start;
    case '<=':
      return day < end;
    case '>':
      return day >= end;
    default:
      return day >= start;
  }
}

const newYorkDay = (instant: string) =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: 'America/New_York', dateStyle: 'short' }).format(
    new Date(instant),
  );

// `%` is any run of characters, `_` exactly one, a backslash makes either plain.
function like(value: Cell, pattern: string): boolean {
  if (value === null) return false;
  const text = [...String(value).toLowerCase()];
  const marks = [...pattern.toLowerCase()];
  const matches = (at: number, mark: number): boolean => {
    if (mark === marks.length) return at === text.length;
    if (marks[mark] === '%') return matches(at, mark + 1) || (at < text.length && matches(at + 1, mark));
    const isPlain = marks[mark] === '\\';
    const wanted = marks[mark + (isPlain ? 1 : 0)];
    const hits = at < text.length && ((!isPlain && wanted === '_') || wanted === text[at]);
    return hits && matches(at + 1, mark + (isPlain ? 2 : 1));
  };
  return matches(0, 0);
}

// sforce_api_calls_soql_select_orderby: blanks first unless said otherwise, on top whatever is said when a parent's
// field orders; picklists in setup order; text by upper case. Equal rows by id, which is this org's own promise.
function compareRows(a: FixtureRow, b: FixtureRow, orderBy: readonly Sorting[], data: FixtureData): number {
  for (const { path, isDescending, nulls } of orderBy) {
    const [left, right] = [sortKey(cell(a, path, data), path), sortKey(cell(b, path, data), path)];
    if (left === right) continue;
    const areNullsFirst = nulls !== 'LAST' || path.includes('.');
    if (left === null) return areNullsFirst ? -1 : 1;
    if (right === null) return areNullsFirst ? 1 : -1;
    return (left < right ? -1 : 1) * (isDescending ? -1 : 1);
  }
  return String(a['Id']) < String(b['Id']) ? -1 : 1;
}

/** What a value sorts by: picklists by their place, text by upper case. */
export function sortKey(value: Cell, path: string): Cell {
  if (path === 'Stage__c')
    return value === null ? null : (STAGES as readonly string[]).indexOf(String(value));
  if (typeof value === 'string' && !['Closes_On__c', 'Touched_At__c'].includes(path))
    return value.toUpperCase();
  return value;
}

if (FIXTURE_NOW.toISOString() !== '2026-11-20T15:30:00.000Z')
  throw new Error('The periods above belong to another day');
