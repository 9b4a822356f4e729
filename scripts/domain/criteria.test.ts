import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { factsOf, usersActive } from '../testing/evaluation-fixture.ts';
import { scoreCriterion } from './criteria.ts';
import { addDays } from './day.ts';
import type { CriterionInput } from './evaluation.ts';
import type { MetricFacts, PilotFacts } from './facts.ts';

const pilot = { startDate: '2026-10-12', endDate: '2026-12-18' };
const policy = { criteriaSlackPoints: 25 };

const criterion: CriterionInput = {
  id: 'c1',
  name: 'Documents saved',
  kind: 'Adoption',
  isMustHave: true,
  metric: 'docs_saved',
  window: 'Whole pilot',
  direction: 'At least',
  unit: null,
  baseline: 0,
  target: 100,
  actual: 7,
  measuredOn: '2026-11-01',
  metOn: null,
};

function facts(
  value: number | null,
  weekly: readonly (number | null)[],
  window: MetricFacts['window'] = 'Whole pilot',
): PilotFacts {
  const history = weekly.map((one, index) => ({ weekEnd: addDays('2026-10-18', 7 * index), value: one }));
  const metrics = [{ metric: 'docs_saved', window, value, count: 50, weekly: history }];
  return factsOf(usersActive(3, ['2026-10-12']), '2026-11-17', { metrics });
}

function score(changes: Partial<CriterionInput>, data: PilotFacts | null, today = '2026-11-18') {
  return scoreCriterion({ criterion: { ...criterion, ...changes }, pilot, facts: data, policy, today });
}

describe('a measured criterion', () => {
  test('is met from the first week end of the unbroken run', () => {
    const met = score({}, facts(140, [20, 105, 90, 110, 130]));
    assert.deepEqual(
      [met.actual, met.measuredOn, met.metOn, met.pace, met.projected],
      [140, '2026-11-17', '2026-11-08', 'Met', null],
    );
  });

  test('keeps an earlier day on which it was found met, and loses it when it is no longer', () => {
    assert.equal(score({ metOn: '2026-11-04' }, facts(140, [20, 40, 60, 110, 130])).metOn, '2026-11-04');
    assert.equal(score({ metOn: '2026-11-04' }, facts(99, [20, 40, 60, 110, 99])).metOn, null);
  });

  test('is on pace when the line of its weeks reaches the target at the end', () => {
    const rising = score({}, facts(60, [12, 24, 36, 48, 60]));
    // 12 a week from 60 on 15 November: 33 days later 60 + 33 × 12 / 7.
    assert.ok(Math.abs(rising.projected! - (60 + (33 * 12) / 7)) < 1e-4);
    assert.equal(rising.pace, 'On pace');
  });

  test('is behind when only the range reaches it, unlikely when not even that does', () => {
    const behind = score({ target: 100 }, facts(52, [5, 25, 20, 45, 46]));
    assert.ok(behind.projected! < 100 && behind.projectedHigh! >= 100, JSON.stringify(behind));
    assert.equal(behind.pace, 'Behind');
    assert.equal(score({ target: 100 }, facts(25, [5, 10, 15, 20, 25])).pace, 'Unlikely');
  });

  test('no count is projected below 0, no share above 1 and no time below none; a plain number may be', () => {
    const falling = [40, 30, 20, 10];
    const withBounds = (bounds: MetricFacts['bounds'], weekly: readonly number[]): PilotFacts => {
      const data = facts(weekly.at(-1)!, weekly);
      return { ...data, metrics: data.metrics.map((one) => ({ ...one, ...(bounds ? { bounds } : {}) })) };
    };
    const interval = ({ projected, projectedLow, projectedHigh }: ReturnType<typeof score>) => [
      projectedLow,
      projected,
      projectedHigh,
    ];
    const people = score({ target: 80 }, withBounds({ low: 0, high: null }, falling));
    assert.deepEqual(interval(people), [0, 0, 0]);
    assert.equal(people.pace, 'Unlikely');
    const uneven = score({ target: 80 }, withBounds({ low: 0, high: null }, [20, 31, 18, 30, 22]));
    assert.equal(uneven.projectedLow! >= 0 && uneven.projected! > 0, true);
    const share = score({ target: 1 }, withBounds({ low: 0, high: 1 }, [0.5, 0.6, 0.8, 0.9]));
    assert.equal(share.projected, 1);
    assert.equal(share.projectedHigh, 1);
    assert.equal(share.pace, 'On pace');
    assert.deepEqual(
      interval(score({ target: 80, unit: 'minutes' }, withBounds(undefined, falling))),
      [0, 0, 0],
    );
    const balance = score({ target: 80, unit: 'EUR' }, withBounds(undefined, falling));
    assert.ok(balance.projected! < 0, 'nothing says that this number cannot fall below 0');
  });

  test('"at most" is met from below and projected downwards', () => {
    const window = 'Last 7 days';
    const falling = score({ direction: 'At most', target: 1, window }, facts(3, [7, 6, 5, 4, 3], window));
    assert.equal(falling.pace, 'On pace');
    assert.equal(
      score({ direction: 'At most', target: 1, window }, facts(1, [7, 5, 3, 1], window)).pace,
      'Met',
    );
  });

  test('two weeks say nothing about the end', () => {
    const early = score({}, facts(24, [12, 24]));
    assert.deepEqual([early.actual, early.projected, early.pace], [24, null, 'Unknown']);
  });

  for (const [name, data] of [
    ['no facts', null],
    ['a metric without a value', facts(null, [])],
    ['another window', facts(50, [], 'Last 7 days')],
    ['data that end nowhere', { ...facts(50, []), completeThrough: null }],
  ] as const) {
    test(`${name} leaves what is stored and is Unknown, never zero`, () => {
      const kept = score({}, data);
      assert.deepEqual([kept.actual, kept.measuredOn, kept.pace], [7, '2026-11-01', 'Unknown']);
    });
  }
});

describe('a criterion entered by hand', () => {
  const byHand = { metric: null };

  test('keeps its value and is compared with the time gone', () => {
    // 37 of 67 days are gone, 55 %: 30 points are within the slack of 25, 29 are not.
    assert.equal(score({ ...byHand, actual: 31 }, null).pace, 'On pace');
    assert.equal(score({ ...byHand, actual: 30 }, null).pace, 'Behind');
    assert.equal(score({ ...byHand, actual: 31 }, null).isMeasured, false);
  });

  test('is met on the day it was measured', () => {
    const met = score({ ...byHand, actual: 100 }, null);
    assert.deepEqual([met.pace, met.metOn], ['Met', '2026-11-01']);
  });

  test('is Unknown without a value, a target or dates', () => {
    assert.equal(score({ ...byHand, actual: null }, null).pace, 'Unknown');
    assert.equal(score({ ...byHand, target: null }, null).pace, 'Unknown');
    assert.equal(
      scoreCriterion({
        criterion: { ...criterion, ...byHand },
        pilot: { startDate: null, endDate: null },
        facts: null,
        policy,
        today: '2026-11-18',
      }).pace,
      'Unknown',
    );
  });
});
