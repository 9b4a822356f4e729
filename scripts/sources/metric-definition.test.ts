import assert from 'node:assert/strict';
import { test } from 'node:test';
import { metricBounds, MetricDefinition } from './metric-definition.ts';

const saved = { column: 'event', op: '=', value: 'saved' };
const sales = { column: 'department', op: '=', value: 'Sales' };

const CASES: readonly (readonly [definition: object, bounds: ReturnType<typeof metricBounds>])[] = [
  [{ fn: 'count' }, { low: 0, high: null }],
  [
    { fn: 'distinct', column: 'user_id' },
    { low: 0, high: null },
  ],
  [{ fn: 'rate_per_user' }, { low: 0, high: null }],
  [
    { fn: 'ratio', where: [saved] },
    { low: 0, high: 1 },
  ],
  [
    { fn: 'ratio', where: [saved, sales], of: [sales] },
    { low: 0, high: 1 },
  ],
  // Saved per opened: more may be saved than opened.
  [
    { fn: 'ratio', where: [saved], of: [sales] },
    { low: 0, high: null },
  ],
  [{ fn: 'sum', column: 'amount' }, null],
  [{ fn: 'median', column: 'minutes' }, null],
];

test('a metric is bounded by what it counts', () => {
  for (const [definition, bounds] of CASES) {
    const metric = MetricDefinition.parse({ name: 'metric', ...definition });
    assert.deepEqual(metricBounds(metric), bounds, JSON.stringify(definition));
  }
});

test('refuses a name of the sync’s own metrics, which nobody misses', () => {
  const { error } = MetricDefinition.safeParse({ name: 'network:gated', fn: 'count' });
  assert.deepEqual(
    error?.issues.map(({ path, message }) => [path, message]),
    [[['name'], 'must not start with network:']],
  );
});
