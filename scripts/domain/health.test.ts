import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Health, Signal, SignalGroup } from './evaluation.ts';
import { rollUp } from './health.ts';

function soft(group: SignalGroup, since: string, state: Health = 'At risk'): Signal {
  return { code: 'NO_USAGE', group, state, since, values: {}, variant: null, owner: 'rep' };
}

const PAIRS: readonly [SignalGroup, SignalGroup, 'Stalled' | 'At risk'][] = [
  ['usage', 'usage', 'At risk'],
  ['outcome', 'outcome', 'At risk'],
  ['usage', 'outcome', 'Stalled'],
  ['usage', 'people', 'Stalled'],
  ['usage', 'deal', 'Stalled'],
  ['outcome', 'people', 'Stalled'],
  ['outcome', 'deal', 'Stalled'],
  ['people', 'deal', 'At risk'],
];

for (const [one, other, health] of PAIRS)
  test(`soft signals about ${one} and ${other} add up to ${health}`, () => {
    const stalledSince = health === 'Stalled' ? '2026-11-04' : null;
    const pair = [soft(one, '2026-11-02'), soft(other, '2026-11-04')];
    assert.deepEqual(rollUp(pair, true), { health, stalledSince });
    assert.deepEqual(rollUp(pair.toReversed(), true), { health, stalledSince });
  });

test('a hint beside a soft signal of another group does not', () => {
  const signals = [soft('usage', '2026-11-02', 'Watch'), soft('deal', '2026-11-04')];
  assert.deepEqual(rollUp(signals, true), { health: 'At risk', stalledSince: null });
});
