import { OWN_METRIC, type MetricDefinition } from '../metric-definition.ts';

/** Events that a metric names by `event = x` or `event in [...]`; none of the sync's own, which may be rare. */
export function namedEvents(metric: MetricDefinition): string[] {
  if (metric.name.startsWith(OWN_METRIC)) return [];
  const where = metric.fn === 'ratio' ? [...metric.where, ...metric.of] : metric.where;
  return where
    .filter(({ column }) => column === 'event')
    .flatMap((one) => (one.op === '=' ? [String(one.value)] : one.op === 'in' ? one.value.map(String) : []));
}
