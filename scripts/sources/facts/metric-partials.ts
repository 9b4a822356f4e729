import { literal } from '../engine/sql.ts';
import { isNumberCondition, type MetricCondition, type MetricDefinition } from '../metric-definition.ts';
import { numberColumn, textColumn } from './event-columns.ts';
import type { Measured } from './metric-spans.ts';

/** What the days of one pilot hold of one part of a metric, as the engine hands it over. */
export type MetricColumn = readonly unknown[];

/**
 * One part of a metric: `row` aggregates typed rows (of one user's day), `day` aggregates such parts over a pilot's day.
 * Nothing but these parts is needed for any span of days, so the events are read once.
 */
export interface MetricPart {
  readonly row: string;
  readonly day: (part: string) => string;
  /** Grows with the values it has seen, instead of being a number. */
  readonly isList: boolean;
}

/**
 * The parts of a metric. `row` is in the SQL that DuckDB and Postgres share; `moment` is the one expression they do
 * not: the time of a typed row as a number.
 */
export function metricParts(metric: MetricDefinition, moment = DUCKDB_MOMENT): MetricPart[] {
  const events = (where: readonly MetricCondition[]): MetricPart => ({
    row: `sum(n) FILTER (WHERE ${condition(where)})`,
    day: (part) => `coalesce(sum(${part}), 0)::DOUBLE`,
    isList: false,
  });
  switch (metric.fn) {
    case 'count':
    case 'rate_per_user':
      return [events(metric.where)];
    case 'ratio':
      return [events(metric.where), events(metric.of)];
    case 'distinct': {
      if (isActiveUsers(metric)) return [];
      const column = metric.column === 'user_id' ? 'user_id' : textColumn(metric.column);
      const where = `${column} IS NOT NULL AND ${condition(metric.where)}`;
      return [listed(`array_agg(DISTINCT ${column}) FILTER (WHERE ${where})`, 'list_distinct')];
    }
    default:
      return numberParts(metric, numberColumn(metric.column), moment);
  }
}

const DUCKDB_MOMENT = `epoch_us(coalesce(t, r."day"::TIMESTAMPTZ))::DOUBLE`;

/** The commonest metric needs nothing but the days of each user. */
function isActiveUsers(metric: Extract<MetricDefinition, { fn: 'distinct' }>): boolean {
  return metric.column === 'user_id' && metric.where.length === 0;
}

function listed(row: string, merge = ''): MetricPart {
  return {
    row,
    day: (part) => `coalesce(${merge}(flatten(list(${part}) FILTER (${part} IS NOT NULL))), [])`,
    isList: true,
  };
}

function numberParts(
  metric: Extract<MetricDefinition, { fn: 'sum' | 'mean' | 'median' | 'quantile' | 'first' | 'last' }>,
  column: string,
  moment: string,
): MetricPart[] {
  const known = `FILTER (WHERE ${column} IS NOT NULL AND ${condition(metric.where)})`;
  const count: MetricPart = {
    row: `count(*) ${known}`,
    day: (part) => `sum(${part})::DOUBLE`,
    isList: false,
  };
  switch (metric.fn) {
    case 'sum':
    case 'mean':
      return [
        { row: `sum(${column}) ${known}`, day: (part) => `sum(${part})::DOUBLE`, isList: false },
        count,
      ];
    case 'median':
    case 'quantile':
      return [listed(`array_agg(${column}) ${known}`)];
    case 'first':
    case 'last': {
      const edge = metric.fn === 'first' ? 'min' : 'max';
      return [
        {
          row: `${edge}(ARRAY[${moment}, ${column}]) ${known}`,
          day: (part) => `${edge}(${part})`,
          isList: false,
        },
        count,
      ];
    }
  }
}

/** The metric over the days from `from` up to before `to`; `activeUsers` is the number of people active on any of them. */
export function measure(
  metric: MetricDefinition,
  parts: readonly MetricColumn[],
  from: number,
  to: number,
  activeUsers: () => number,
): Measured {
  const sum = (part: number) => sumOf(parts[part]!, from, to);
  switch (metric.fn) {
    case 'count': {
      const events = sum(0);
      return { value: events, count: events };
    }
    case 'ratio':
      return { value: sum(1) === 0 ? null : sum(0) / sum(1), count: sum(1) };
    case 'rate_per_user': {
      const users = activeUsers();
      return { value: users === 0 ? null : sum(0) / users, count: users };
    }
    case 'distinct': {
      if (isActiveUsers(metric)) return { value: activeUsers(), count: activeUsers() };
      const { size } = new Set(parts[0]!.slice(from, to).flat());
      return { value: size, count: size };
    }
    case 'sum':
      return { value: sum(1) === 0 ? null : steady(sum(0)), count: sum(1) };
    case 'mean':
      return { value: sum(1) === 0 ? null : steady(sum(0) / sum(1)), count: sum(1) };
    case 'median':
      return quantile(parts[0]!.slice(from, to), 0.5);
    case 'quantile':
      return quantile(parts[0]!.slice(from, to), metric.q);
    case 'first':
    case 'last': {
      const edges = parts[0]!.slice(from, to).filter((edge) => edge !== null);
      const edge = metric.fn === 'first' ? edges[0] : edges.at(-1);
      return { value: edge ? Number((edge as number[])[1]) : null, count: sum(1) };
    }
  }
}

function sumOf(values: MetricColumn, from: number, to: number): number {
  let total = 0;
  for (let at = from; at < to; at++) total += Number(values[at] ?? 0);
  return total;
}

/**
 * Sums of fractions differ in their last bits with the order in which threads add; a mean halfway between two values of its
 * field would then be written anew by every other run. Thirteen digits hold cents of ten billions.
 */
export function steady(value: number): number {
  return Number.isInteger(value) ? value : Number(value.toPrecision(13));
}

/** Linear between the two nearest ranks, as `quantile_cont` and spreadsheets have it. */
function quantile(lists: MetricColumn, q: number): Measured {
  const values = Float64Array.from(lists.flat() as number[]).sort();
  const place = (values.length - 1) * q;
  const below = values[Math.floor(place)];
  if (below === undefined) return { value: null, count: 0 };
  return { value: below + (values[Math.ceil(place)]! - below) * (place % 1), count: values.length };
}

function condition(where: readonly MetricCondition[]): string {
  if (where.length === 0) return 'true';
  return where.map((one) => `(${test(one)})`).join(' AND ');
}

function test(one: MetricCondition): string {
  const isNumber = isNumberCondition(one);
  const column = isNumber ? numberColumn(one.column) : textColumn(one.column);
  const value = (raw: string | number) => (isNumber ? `${Number(raw)}::FLOAT8` : literal(String(raw)));
  switch (one.op) {
    case 'is blank':
      return `${column} IS NULL`;
    case 'is not blank':
      return `${column} IS NOT NULL`;
    case 'in':
      // NULL is no match, as everywhere in a FILTER; a coalesce would keep postgres_fdw from shipping the condition.
      return `${column} IN (${one.value.map(value).join(', ')})`;
    case '!=':
      return `${column} IS DISTINCT FROM ${value(one.value)}`;
    default:
      return `${column} ${one.op} ${value(one.value)}`;
  }
}
