// Groups and aggregates computed by plain loops, from the documentation alone:
// sforce_api_calls_soql_select_agg_functions, …_groupby, …_groupby_rollup, …_groupby_cube, …_having.
import type { FixtureData, FixtureRow } from './fixture.test-support.ts';
import { cell, holds, rows, sortKey, type Cell, type Clause } from './oracle.test-support.ts';

export type CallName = 'COUNT' | 'COUNT_DISTINCT' | 'SUM' | 'AVG' | 'MIN' | 'MAX';

export interface Call {
  readonly name: CallName;
  readonly path: string;
}

/** A field, or a part of a date: `CALENDAR_YEAR(Closes_On__c)`. */
export interface Group {
  readonly part: string | null;
  readonly path: string;
}

export interface Having {
  readonly call: Call;
  readonly sign: '=' | '<' | '<=' | '>' | '>=';
  readonly value: number;
}

/** `place` counts through the groups and then the calls. */
export interface GroupOrder {
  readonly place: number;
  readonly isDescending: boolean;
  readonly nulls: 'FIRST' | 'LAST' | null;
}

export interface AskedGroups {
  readonly where: Clause | null;
  readonly groups: readonly Group[];
  readonly subtotals: 'ROLLUP' | 'CUBE' | null;
  readonly calls: readonly Call[];
  readonly having: readonly Having[];
  readonly orderBy: readonly GroupOrder[];
  readonly limit: number | null;
}

/** Values of the groups, then GROUPING() of each when there are subtotals, then those of the calls. */
export type GroupedRow = readonly Cell[];

/** The rows a grouped query finds, in order; rows that sort alike are in no certain order. */
export function oracleGroups(data: FixtureData, asked: AskedGroups): GroupedRow[] {
  const deals = rows(data, 'Deal__c').filter(
    (deal) => asked.where === null || holds(asked.where, deal, data),
  );
  const found = keptGroups(asked).flatMap((kept) => summarise(deals, kept, asked, data));
  found.sort((a, b) => compare(a, b, asked));
  return asked.limit === null ? found : found.slice(0, asked.limit);
}

/** Which groups are kept: all, and with subtotals the shorter lists from the right (ROLLUP) or every subset (CUBE). */
function keptGroups({ groups, subtotals }: AskedGroups): boolean[][] {
  if (subtotals === 'ROLLUP')
    return [...groups, null].map((_, left) => groups.map((__, index) => index < groups.length - left));
  if (subtotals === null) return [groups.map(() => true)];
  return groups.reduce<boolean[][]>(
    (sets, _) =>
      sets.flatMap((set) => [
        [...set, true],
        [...set, false],
      ]),
    [[]],
  );
}

function summarise(
  deals: readonly FixtureRow[],
  kept: readonly boolean[],
  { groups, subtotals, calls, having }: AskedGroups,
  data: FixtureData,
): GroupedRow[] {
  const byKey = new Map<string, { readonly key: Cell[]; readonly members: FixtureRow[] }>();
  // Without GROUP BY there is one row, also of nothing.
  if (groups.length === 0) byKey.set('[]', { key: [], members: [] });
  for (const deal of deals) {
    const key = groups.map((group, index) => (kept[index] === true ? groupValue(deal, group, data) : null));
    const known = byKey.get(JSON.stringify(key)) ?? { key, members: [] };
    known.members.push(deal);
    byKey.set(JSON.stringify(key), known);
  }
  return [...byKey.values()]
    .filter(({ members }) => having.every((one) => meets(members, one, data)))
    .map(({ key, members }) => [
      ...key,
      ...(subtotals === null ? [] : kept.map((isKept) => (isKept ? 0 : 1))),
      ...calls.map((call) => aggregate(members, call, data)),
    ]);
}

function meets(members: readonly FixtureRow[], { call, sign, value }: Having, data: FixtureData): boolean {
  const found = aggregate(members, call, data);
  if (found === null) return false;
  const difference = Number(found) - value;
  if (sign === '=') return difference === 0;
  if (sign.startsWith('<')) return difference < 0 || (sign === '<=' && difference === 0);
  return difference > 0 || (sign === '>=' && difference === 0);
}

// "All aggregate functions ignore null values, except for COUNT() and COUNT(Id)"; of nothing but blanks COUNT is 0 and
// the others are blank. MIN and MAX of a picklist go by the order of its values.
function aggregate(members: readonly FixtureRow[], { name, path }: Call, data: FixtureData): Cell {
  const values = members.map((deal) => cell(deal, path, data)).filter((value) => value !== null);
  if (name === 'COUNT') return values.length;
  if (name === 'COUNT_DISTINCT') return new Set(values).size;
  if (values.length === 0) return null;
  if (name === 'SUM' || name === 'AVG') {
    const sum = values.reduce<number>((total, value) => total + Number(value), 0);
    return name === 'SUM' ? sum : sum / values.length;
  }
  const sorted = values.sort((a, b) => Number(sortKey(a, path)! > sortKey(b, path)!) || -1);
  return (name === 'MIN' ? sorted[0] : sorted.at(-1)) ?? null;
}

function groupValue(deal: FixtureRow, { part, path }: Group, data: FixtureData): Cell {
  const value = cell(deal, path, data);
  if (part === null || value === null) return value;
  // sforce_api_calls_soql_select_date_functions; date/times are read in UTC.
  const date = new Date(String(value));
  switch (part) {
    case 'CALENDAR_YEAR':
    case 'FISCAL_YEAR':
      return date.getUTCFullYear();
    case 'CALENDAR_QUARTER':
      return Math.floor(date.getUTCMonth() / 3) + 1;
    case 'CALENDAR_MONTH':
      return date.getUTCMonth() + 1;
    case 'DAY_IN_WEEK':
      return date.getUTCDay() + 1;
    case 'DAY_ONLY':
      return date.toISOString().slice(0, 10);
    default:
      throw new RangeError(`${part} has no oracle`);
  }
}

/** By the order asked for; 0 where it does not say. */
export function compare(
  a: GroupedRow,
  b: GroupedRow,
  { groups, subtotals, calls, orderBy }: AskedGroups,
): number {
  const flags = subtotals === null ? 0 : groups.length;
  for (const { place, isDescending, nulls } of orderBy) {
    const group = groups[place];
    const path = group ? (group.part === null ? group.path : '') : (calls[place - groups.length]?.path ?? '');
    const isCount = group === undefined && /^COUNT/.test(calls[place - groups.length]?.name ?? '');
    const key = (row: GroupedRow): Cell => {
      const value = row[group ? place : place + flags] ?? null;
      return isCount ? value : sortKey(value, path);
    };
    const [left, right] = [key(a), key(b)];
    if (left === right) continue;
    const areNullsFirst = nulls !== 'LAST' || path.includes('.');
    if (left === null) return areNullsFirst ? -1 : 1;
    if (right === null) return areNullsFirst ? 1 : -1;
    return (left < right ? -1 : 1) * (isDescending ? -1 : 1);
  }
  return 0;
}
