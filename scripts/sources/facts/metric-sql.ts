import type { BoundValue } from '../engine/engine.ts';
import { isNumberCondition, type MetricCondition, type MetricDefinition } from '../metric-definition.ts';
import { numberColumn, textColumn } from './event-columns.ts';

export interface MetricQuery {
  readonly sql: string;
  readonly values: readonly BoundValue[];
}

/**
 * One metric over every row of the table `span` (pilot, id, first and last day), read from the batch in `used`.
 * Yields `pilot_id`, `id`, `value`, `observations`; a span without events yields no row.
 */
export function metricQuery(metric: MetricDefinition): MetricQuery {
  const values: BoundValue[] = [];
  const bind = (value: BoundValue) => `$${values.push(value)}`;
  const [value, observations] = aggregates(metric, bind);
  const sql = `SELECT s.pilot_id AS "pilotId", s.id AS "id", (${value})::DOUBLE AS "value",
      coalesce(${observations}, 0)::DOUBLE AS "observations"
    FROM span s JOIN used u ON u.pilot_id = s.pilot_id AND u."day" BETWEEN s.first_day AND s.last_day
    GROUP BY s.pilot_id, s.id`;
  return { sql, values };
}

/** What a metric is where there was no event at all: nothing counted is 0, nothing measured is unknown. */
export function metricOfNothing(metric: MetricDefinition): number | null {
  return metric.fn === 'count' || metric.fn === 'distinct' ? 0 : null;
}

type Bind = (value: BoundValue) => string;

function aggregates(metric: MetricDefinition, bind: Bind): [value: string, observations: string] {
  const filter = (where: readonly MetricCondition[]) => `FILTER (${condition(where, bind)})`;
  const events = (where: readonly MetricCondition[]) => `coalesce(sum(u.n) ${filter(where)}, 0)`;
  switch (metric.fn) {
    case 'count':
      return [events(metric.where), events(metric.where)];
    case 'ratio':
      return [`${events(metric.where)} / nullif(${events(metric.of)}, 0)`, events(metric.of)];
    case 'rate_per_user':
      return [`${events(metric.where)} / nullif(count(DISTINCT u.user_id), 0)`, 'count(DISTINCT u.user_id)'];
    case 'distinct': {
      const distinct = () => `count(DISTINCT u.${textColumn(metric.column)}) ${filter(metric.where)}`;
      return [distinct(), distinct()];
    }
    default: {
      const column = `u.${numberColumn(metric.column)}`;
      const known = () => `FILTER (${column} IS NOT NULL AND ${condition(metric.where, bind)})`;
      return [`${numberAggregate(metric, column)} ${known()}`, `count(${column}) ${known()}`];
    }
  }
}

function numberAggregate(
  metric: Extract<MetricDefinition, { fn: 'sum' | 'mean' | 'median' | 'quantile' | 'first' | 'last' }>,
  column: string,
): string {
  switch (metric.fn) {
    case 'sum':
      return `sum(${column})`;
    case 'mean':
      return `avg(${column})`;
    case 'median':
      return `median(${column})`;
    case 'quantile':
      // DuckDB wants a constant here; the number has passed zod.
      return `quantile_cont(${column}, ${metric.q})`;
    case 'first':
      return `arg_min(${column}, (u.moment, ${column}))`;
    case 'last':
      return `arg_max(${column}, (u.moment, ${column}))`;
  }
}

function condition(where: readonly MetricCondition[], bind: Bind): string {
  if (where.length === 0) return 'true';
  return where.map((one) => `(${test(one, bind)})`).join(' AND ');
}

function test(one: MetricCondition, bind: Bind): string {
  const isNumber = isNumberCondition(one);
  const column = `u.${isNumber ? numberColumn(one.column) : textColumn(one.column)}`;
  const bound = (value: BoundValue) => bind(isNumber ? value : String(value));
  switch (one.op) {
    case 'is blank':
      return `${column} IS NULL`;
    case 'is not blank':
      return `${column} IS NOT NULL`;
    case 'in':
      return `${column} IN (${one.value.map(bound).join(', ')})`;
    case '!=':
      return `${column} IS DISTINCT FROM ${bound(one.value)}`;
    default:
      return `${column} ${one.op} ${bound(one.value)}`;
  }
}
