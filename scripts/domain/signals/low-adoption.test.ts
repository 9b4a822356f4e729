import { describe } from 'node:test';
import {
  PILOT_START,
  accountDays,
  measuredCriterion,
  used,
  usersActive,
  workdays,
} from '../../testing/evaluation-fixture.ts';
import { testRules } from '../../testing/rule-rows.ts';
import type { CriterionInput } from '../evaluation.ts';

/** A criterion that asks for so many weekly active users. */
function activeUsers(target: number): CriterionInput {
  return measuredCriterion({
    name: 'People active in a week',
    kind: 'Adoption',
    metric: 'active_users',
    window: 'Last 7 days',
    unit: 'people',
    target,
    actual: null,
    measuredOn: null,
  });
}

describe('LOW_ADOPTION speaks just above its threshold and not just below', () => {
  testRules([
    {
      code: 'LOW_ADOPTION',
      when: '14 of 25 are active, upper bound 0.73 under 0.80',
      input: used(usersActive(14, workdays(PILOT_START, '2026-10-26')), '2026-10-26'),
      expected: {
        state: 'Watch',
        since: '2026-10-26',
        values: { active: 14, users: 25, target: 20, never: 11, champion: 'Priya Shah' },
      },
    },
    {
      code: 'LOW_ADOPTION',
      when: '17 of 25, upper bound 0.83',
      input: used(usersActive(17, workdays(PILOT_START, '2026-10-26')), '2026-10-26'),
      expected: null,
      because: 'reached',
    },
    {
      code: 'LOW_ADOPTION',
      when: "the pilot's own criterion asks for 12 people, though the policy would ask for 20",
      input: used(usersActive(14, workdays(PILOT_START, '2026-10-26')), '2026-10-26', {
        criteria: [activeUsers(12)],
      }),
      expected: null,
      because: 'reached',
    },
    {
      code: 'LOW_ADOPTION',
      when: 'it asks for 24, though the policy would ask for 5',
      input: used(
        usersActive(14, workdays(PILOT_START, '2026-10-26')),
        '2026-10-26',
        { criteria: [activeUsers(24)] },
        { adoptionTargetPercent: 20 },
      ),
      expected: { values: { active: 14, users: 25, target: 24, never: 11, champion: 'Priya Shah' } },
    },
    {
      code: 'LOW_ADOPTION',
      when: 'the ramp is not over',
      input: used(usersActive(3, workdays(PILOT_START, '2026-10-22')), '2026-10-22'),
      expected: null,
      because: 'tooEarly',
    },
    {
      code: 'LOW_ADOPTION',
      when: 'the data know no users, of whom none can be missing',
      input: used({}, '2026-11-20', {}, {}, accountDays(30, 30)),
      expected: null,
      because: 'needsUsers',
    },
    {
      code: 'LOW_ADOPTION',
      when: 'three of 25 are active and the rhythm is month-end: no week is a measure',
      input: used(usersActive(3, workdays(PILOT_START, '2026-11-06')), '2026-11-06', { rhythm: 'Month-end' }),
      expected: null,
      because: 'monthlyRhythm',
    },
    {
      code: 'LOW_ADOPTION',
      when: 'features are restricted, not users',
      input: used(usersActive(3, workdays(PILOT_START, '2026-11-06')), '2026-11-06', {
        restriction: 'Features',
      }),
      expected: null,
      because: 'noUserCap',
    },
  ]);
});
