import { describe } from 'node:test';
import { PILOT_START, measuredCriterion, usedWell } from '../../testing/evaluation-fixture.ts';
import { testRules } from '../../testing/rule-rows.ts';
import type { Day } from '../facts.ts';

const checkIn = (heldOn: Day, sponsorAttended: boolean) => ({ heldOn, sponsorAttended });
const commitment = (dueOn: Day, isDone = false) => ({
  id: 'm1',
  name: 'SSO access',
  party: 'Customer' as const,
  dueOn,
  isDone,
});

describe('paperwork is listed just above its threshold and not just below', () => {
  testRules([
    {
      code: 'NO_SPONSOR',
      when: 'nobody is named',
      input: usedWell('2026-11-02', { customerSponsor: null }),
      expected: { state: 'On track', since: PILOT_START },
    },
    {
      code: 'NO_SPONSOR',
      when: 'somebody is',
      input: usedWell('2026-11-02', {}),
      expected: null,
      because: 'hasSponsor',
    },

    {
      code: 'SINGLE_THREADED',
      when: 'one contact is known',
      input: usedWell('2026-11-02', { contactCount: 1 }),
      expected: { state: 'On track', variant: null },
    },
    {
      code: 'SINGLE_THREADED',
      when: 'two are',
      input: usedWell('2026-11-02', { contactCount: 2 }),
      expected: null,
      because: 'severalContacts',
    },

    {
      code: 'NO_NEXT_STEP',
      when: 'the last check-in was eight days ago and none is booked',
      input: usedWell('2026-11-05', {
        readsActivities: true,
        nextCheckIn: null,
        checkIns: [checkIn('2026-10-28', true)],
      }),
      expected: { state: 'On track', since: '2026-11-05', values: { last: '2026-10-28' } },
    },
    {
      code: 'NO_NEXT_STEP',
      when: 'seven days ago',
      input: usedWell('2026-11-04', {
        readsActivities: true,
        nextCheckIn: null,
        checkIns: [checkIn('2026-10-28', true)],
      }),
      expected: null,
      because: 'recentCheckIn',
    },
    {
      code: 'NO_NEXT_STEP',
      when: 'the last check-in is long ago and a meeting was held last week',
      input: usedWell('2026-11-17', {
        readsActivities: true,
        checkIns: [checkIn('2026-10-20', true)],
        lastMeetingOn: '2026-11-10',
        nextCheckIn: null,
      }),
      expected: null,
      because: 'recentCheckIn',
    },
    {
      code: 'NO_NEXT_STEP',
      when: 'the check-in that was booked is past',
      input: usedWell('2026-11-17', {
        readsActivities: true,
        checkIns: [checkIn('2026-10-20', true)],
        nextCheckIn: '2026-11-16',
      }),
      expected: { since: '2026-10-28' },
    },
    {
      code: 'NO_NEXT_STEP',
      when: 'the next is booked for today',
      input: usedWell('2026-11-05', { readsActivities: true, nextCheckIn: '2026-11-05' }),
      expected: null,
      because: 'booked',
    },
    {
      code: 'NO_NEXT_STEP',
      when: 'the org shows no activities',
      input: usedWell('2026-11-05', { nextCheckIn: null }),
      expected: null,
      because: 'noActivities',
    },

    {
      code: 'COMMITMENT_OVERDUE',
      when: 'it was due yesterday',
      input: usedWell('2026-11-03', { accountName: 'Acme', commitments: [commitment('2026-11-02')] }),
      expected: {
        since: '2026-11-03',
        values: { what: 'SSO access', party: 'Acme', due: '2026-11-02', more: 0 },
      },
    },
    {
      code: 'COMMITMENT_OVERDUE',
      when: 'it is due today',
      input: usedWell('2026-11-02', {
        commitments: [commitment('2026-11-02'), commitment('2026-10-20', true)],
      }),
      expected: null,
      because: 'nothingOverdue',
    },

    {
      code: 'UNMEASURED',
      when: '15 days have passed without a value',
      input: usedWell('2026-10-27', { criteria: [measuredCriterion({ actual: null })] }),
      expected: { since: '2026-10-27', values: { criterion: 'Reply time', more: 0 } },
    },
    {
      code: 'UNMEASURED',
      when: '14 have',
      input: usedWell('2026-10-26', { criteria: [measuredCriterion({ actual: null })] }),
      expected: null,
      because: 'tooEarly',
    },
  ]);
});
