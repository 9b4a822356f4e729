import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runTorture } from './run-torture.ts';

test('25 syncs under random faults end with the org of a night without faults', async () => {
  const outcomes = await runTorture({ runs: 25, seed: 'in npm test', retries: true });
  assert.equal(outcomes.length, 25);
  assert.deepEqual(
    outcomes.filter(({ failure }) => failure !== null),
    [],
  );
  const late = outcomes.filter(({ isAfterFirstWrite }) => isAfterFirstWrite).length;
  assert.ok(late >= 10, `only ${late} runs were hit after the first write`);
});

test('a sync that repeats nothing does not pass', async () => {
  const outcomes = await runTorture({ runs: 8, seed: 'no retries', retries: false });
  assert.ok(outcomes.some(({ failure }) => failure?.startsWith('gave up')));
});
