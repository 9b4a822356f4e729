import { describe } from 'node:test';
import { measuredCriterion, usedWell } from '../../testing/evaluation-fixture.ts';
import { testRules } from '../../testing/rule-rows.ts';

const met = measuredCriterion({ actual: 12, metOn: '2026-10-20' });

describe('CRITERIA_BEHIND speaks just above its thresholds and not just below', () => {
  testRules([
    {
      code: 'CRITERIA_BEHIND',
      when: 'none of two is met after more than 25 % of the time',
      input: usedWell('2026-10-30', {
        criteria: [measuredCriterion({ actual: 0 }), measuredCriterion({ id: 'c2', actual: 0 })],
      }),
      expected: { state: 'At risk', since: '2026-10-29', variant: null },
    },
    {
      code: 'CRITERIA_BEHIND',
      when: 'none of two is met by then, and both are on pace to arrive',
      input: usedWell('2026-10-30', { criteria: [measuredCriterion(), measuredCriterion({ id: 'c2' })] }),
      expected: { state: 'Watch', since: '2026-10-29' },
    },
    {
      code: 'CRITERIA_BEHIND',
      when: 'none of two is met by then, and only one is on pace to arrive',
      input: usedWell('2026-10-30', {
        criteria: [measuredCriterion(), measuredCriterion({ id: 'c2', actual: 0 })],
      }),
      expected: { state: 'At risk', since: '2026-10-29' },
    },
    {
      code: 'CRITERIA_BEHIND',
      when: 'at 25 % of the time',
      input: usedWell('2026-10-28', { criteria: [measuredCriterion({ measuredOn: '2026-10-27' })] }),
      expected: null,
      because: 'onPace',
    },
    {
      code: 'CRITERIA_BEHIND',
      when: 'half are met at 60 %',
      input: usedWell('2026-11-21', { criteria: [met, measuredCriterion({ measuredOn: '2026-11-20' })] }),
      expected: null,
      because: 'onPace',
    },
    {
      code: 'CRITERIA_BEHIND',
      when: 'nothing is measured: paperwork, no more than Watch',
      input: usedWell('2026-11-12', { criteria: [measuredCriterion({ actual: null, measuredOn: null })] }),
      expected: { state: 'Watch' },
    },
    {
      code: 'CRITERIA_BEHIND',
      when: 'a must-have is unmeasured at half-time',
      input: usedWell('2026-11-15', {
        criteria: [met, measuredCriterion({ id: 'c2', actual: null, isMustHave: true, measuredOn: null })],
      }),
      expected: { state: 'Watch', variant: 'unmeasured', since: '2026-11-15' },
    },
    {
      code: 'CRITERIA_BEHIND',
      when: 'a must-have is unmeasured the day before',
      input: usedWell('2026-11-14', {
        criteria: [met, measuredCriterion({ id: 'c2', actual: null, isMustHave: true, measuredOn: null })],
      }),
      expected: null,
      because: 'onPace',
    },
    {
      code: 'CRITERIA_BEHIND',
      when: 'nothing moved for 15 days',
      input: usedWell('2026-11-05', {
        criteria: [met, measuredCriterion({ id: 'c2', measuredOn: '2026-10-21' })],
      }),
      expected: { variant: 'still', state: 'Watch', since: '2026-11-05' },
    },
    {
      code: 'CRITERIA_BEHIND',
      when: 'nothing moved for 14 days',
      input: usedWell('2026-11-04', {
        criteria: [met, measuredCriterion({ id: 'c2', measuredOn: '2026-10-21' })],
      }),
      expected: null,
      because: 'onPace',
    },
    {
      code: 'CRITERIA_BEHIND',
      when: 'all are met',
      input: usedWell('2026-12-10', { criteria: [met] }),
      expected: null,
      because: 'allMet',
    },
  ]);
});
