import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { seededRandom } from '../insight/simulation/random.ts';
import { bootstrap } from './bootstrap.ts';
import { brierScore, fifths, fitLogistic, heldOutFlags, heldOutRisks, leaveOneOut } from './held-out.ts';

const close = (actual: number, expected: number, tolerance: number): void =>
  assert.ok(Math.abs(actual - expected) <= tolerance, `${actual} is not within ${tolerance} of ${expected}`);

describe('the logistic fit', () => {
  // https://en.wikipedia.org/wiki/Logistic_regression#Example: hours of study and passing, β0 −4.1, β1 1.5.
  test('agrees with the published example of twenty students', () => {
    const hours = [
      0.5, 0.75, 1, 1.25, 1.5, 1.75, 1.75, 2, 2.25, 2.5, 2.75, 3, 3.25, 3.5, 4, 4.25, 4.5, 4.75, 5, 5.5,
    ];
    const passed = [0, 0, 0, 0, 0, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 1, 1, 1, 1, 1];
    const fit = fitLogistic(hours.map((evidence, index) => ({ evidence, died: passed[index] === 1 })));
    close(fit.base, -4.0777, 5e-4);
    close(fit.slope, 1.5046, 5e-4);
  });

  test('of cases that the evidence separates is finite', () => {
    const { base, slope } = fitLogistic([-2, -1, 1, 2].map((evidence) => ({ evidence, died: evidence > 0 })));
    assert.ok(Number.isFinite(base) && Number.isFinite(slope) && slope > 1);
  });
});

describe('cross-validation', () => {
  const died = Array.from({ length: 40 }, (_, index) => index % 2 === 0);

  test('scores a case without having seen it', () => {
    // Two kinds of evidence, on each of which half of twenty died: without the case itself 10 or 9 of 19 did.
    const cases = died.map((dies, index) => ({ evidence: Math.floor(index / 2) % 2, died: dies }));
    const { risks, fits } = heldOutRisks(cases, leaveOneOut(cases.length));
    assert.equal(fits.length, 40);
    for (const [index, risk] of risks.entries()) close(risk, (10 - Number(died[index])) / 19, 1e-6);
  });

  test('takes the thresholds that the other folds prefer', () => {
    const folds = died.map((_, index) => (index < 20 ? 0 : 1));
    // The first row is right on the first half alone, the second on the second half alone.
    const grid = [
      died.map((dies, index) => (index < 20 ? dies : !dies)),
      died.map((dies, index) => (index < 20 ? !dies : dies)),
    ];
    assert.deepEqual(
      heldOutFlags(grid, died, folds),
      died.map((dies) => !dies),
    );
  });

  test('makes fifths of equal size that the order of the cases does not change', () => {
    const keys = died.map((_, index) => `key-${(index * 7) % 40}`);
    const folds = fifths(keys);
    for (const fold of [0, 1, 2, 3, 4]) assert.equal(folds.filter((one) => one === fold).length, 8);
    assert.deepEqual(fifths(keys.toReversed()), folds.toReversed());
  });

  test('the Brier score of a coin is a quarter, of the truth nothing', () => {
    assert.equal(brierScore(died.map((dies) => ({ risk: 0.5, died: dies }))), 0.25);
    assert.equal(brierScore(died.map((dies) => ({ risk: Number(dies), died: dies }))), 0);
  });
});

test('the interval of a mean is that of its standard error, and the same for the same seed', () => {
  const random = seededRandom(7);
  const values = Array.from({ length: 400 }, () => random());
  const mean = (drawn: readonly number[]) => drawn.reduce((sum, value) => sum + value, 0) / drawn.length;
  const { value, low, high } = bootstrap(values, mean, seededRandom(1));
  // A uniform variable's standard deviation is 1/√12.
  const error = 1.96 / Math.sqrt(12 * 400);
  close(low, value - error, 0.004);
  close(high, value + error, 0.004);
  assert.deepEqual(bootstrap(values, mean, seededRandom(1)), { value, low, high });
});
