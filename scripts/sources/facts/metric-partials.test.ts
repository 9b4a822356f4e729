import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { steady } from './metric-partials.ts';

const mean = (values: readonly number[]): number =>
  values.reduce((total, value) => total + value, 0) / values.length;

test('a mean does not depend on the order in which its values are added', () => {
  let differing = 0;
  const hundredths = fc.array(
    fc.integer({ min: 1, max: 1_000_000 }).map((value) => value / 100),
    { minLength: 2, maxLength: 200 },
  );
  fc.assert(
    fc.property(hundredths, (values) => {
      const [one, other] = [mean(values), mean(values.toReversed())];
      if (one !== other) differing += 1;
      assert.equal(steady(one), steady(other));
    }),
    { seed: 7, numRuns: 2000 },
  );
  assert.ok(differing > 200, `only ${differing} sums differed before`);
});

test('a whole number stays as it is, and so do cents of ten billions', () => {
  assert.equal(steady(9_007_199_254_740_991), 9_007_199_254_740_991);
  assert.equal(steady(12_345_678_901.23), 12_345_678_901.23);
});
