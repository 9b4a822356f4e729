import { z } from 'zod';

const Scalar = z.union([z.string(), z.number()]);
const values = z.array(Scalar).min(1, { error: 'must hold at least one value' }).max(200);

/**
 * Metrics with such a name are the sync's own counts of rare events (invitations, attempts at gated features): nobody
 * misses their events when they do not come, and no criterion reads them.
 */
export const OWN_METRIC = 'network:';

/** One condition on a column of the usage data; `column` is a mapped name (`event`) or a header name. */
export const MetricCondition = z.discriminatedUnion('op', [
  z.strictObject({ column: z.string().min(1), op: z.enum(['=', '!=']), value: Scalar }),
  z.strictObject({ column: z.string().min(1), op: z.enum(['>', '>=', '<', '<=']), value: z.number() }),
  z.strictObject({ column: z.string().min(1), op: z.literal('in'), value: values }),
  z.strictObject({ column: z.string().min(1), op: z.enum(['is blank', 'is not blank']) }),
]);
export type MetricCondition = z.infer<typeof MetricCondition>;

const name = z
  .string()
  .min(1)
  .max(80)
  .refine((text) => !text.startsWith(OWN_METRIC), { error: `must not start with ${OWN_METRIC}` });
const column = z.string().min(1);
const where = z.array(MetricCondition).max(20).default([]);
/** Names of the sources that have the columns; all of them when left out. */
const sources = z
  .array(z.string().min(1))
  .min(1, { error: 'must name at least one source; leave the key out for all of them' })
  .optional();

/**
 * What a criterion can be measured by, as data. Every metric is of one pilot and one window:
 * `count` events · `distinct` values of a column · `sum`, `mean`, `median`, `quantile` of a number column ·
 * `ratio` events matching `where` per event matching `of` · `rate_per_user` events per active user ·
 * `first`, `last` value of a number column in order of time.
 */
export const MetricDefinition = z.discriminatedUnion('fn', [
  z.strictObject({ name, sources, fn: z.literal('count'), where }),
  z.strictObject({ name, sources, fn: z.literal('distinct'), column, where }),
  z.strictObject({ name, sources, fn: z.enum(['sum', 'mean', 'median', 'first', 'last']), column, where }),
  z.strictObject({ name, sources, fn: z.literal('quantile'), column, q: z.number().min(0).max(1), where }),
  z.strictObject({ name, sources, fn: z.literal('ratio'), where, of: where }),
  z.strictObject({ name, sources, fn: z.literal('rate_per_user'), where }),
]);
export type MetricDefinition = z.infer<typeof MetricDefinition>;

/**
 * What no value of the metric can leave: nothing is counted below 0, and no share exceeds 1. A ratio is a share where
 * each event that counts above the line also counts below it. Number columns may hold anything.
 */
export function metricBounds(metric: MetricDefinition): { low: number; high: number | null } | null {
  switch (metric.fn) {
    case 'count':
    case 'distinct':
    case 'rate_per_user':
      return { low: 0, high: null };
    case 'ratio': {
      const above = new Set(metric.where.map((one) => JSON.stringify(one)));
      return { low: 0, high: metric.of.every((one) => above.has(JSON.stringify(one))) ? 1 : null };
    }
    default:
      return null;
  }
}

const NUMBER_FUNCTIONS = new Set(['sum', 'mean', 'median', 'quantile', 'first', 'last']);

/** True when the condition compares numbers rather than texts. */
export function isNumberCondition(condition: MetricCondition): boolean {
  if (!('value' in condition)) return false;
  const values = Array.isArray(condition.value) ? condition.value : [condition.value];
  return values.every((value) => typeof value === 'number');
}

function conditionsOf(metric: MetricDefinition): readonly MetricCondition[] {
  return metric.fn === 'ratio' ? [...metric.where, ...metric.of] : metric.where;
}

/** Columns that a metric reads, and whether as a number (a text there makes the row a rejected one). */
export function metricColumns(metric: MetricDefinition): { column: string; isNumber: boolean }[] {
  const own =
    'column' in metric ? [{ column: metric.column, isNumber: NUMBER_FUNCTIONS.has(metric.fn) }] : [];
  const tested = conditionsOf(metric).map((condition) => ({
    column: condition.column,
    isNumber: isNumberCondition(condition),
  }));
  return [...own, ...tested];
}
