import { describe } from 'node:test';
import { PILOT_START, used, workdays } from '../../testing/evaluation-fixture.ts';
import { testRules } from '../../testing/rule-rows.ts';

describe('NARROW speaks just above its threshold and not just below', () => {
  testRules([
    {
      code: 'NARROW',
      when: 'one makes 61 % of the events',
      input: used(
        {
          a: { days: workdays(PILOT_START, '2026-10-30'), events: 61 },
          b: { days: workdays(PILOT_START, '2026-10-30'), events: 39 },
        },
        '2026-11-01',
      ),
      expected: { state: 'Watch', variant: 'user', since: '2026-11-02' },
    },
    {
      code: 'NARROW',
      when: 'one makes 60 %',
      input: used(
        {
          a: { days: workdays(PILOT_START, '2026-10-30'), events: 60 },
          b: { days: workdays(PILOT_START, '2026-10-30'), events: 40 },
        },
        '2026-11-01',
      ),
      expected: null,
      because: 'wide',
    },
    {
      code: 'NARROW',
      when: 'one makes all of them and is the only one licensed',
      input: used({ a: { days: workdays(PILOT_START, '2026-10-30'), events: 61 } }, '2026-11-01', {
        licensedUsers: 1,
      }),
      expected: null,
      because: 'wide',
    },
    {
      code: 'NARROW',
      when: 'one makes all of them and two are licensed',
      input: used({ a: { days: workdays(PILOT_START, '2026-10-30'), events: 61 } }, '2026-11-01', {
        licensedUsers: 2,
      }),
      expected: { variant: 'user', since: '2026-11-02' },
    },
    {
      code: 'NARROW',
      when: 'one makes all of them on the day before the ramp ends',
      input: used({ a: { days: workdays(PILOT_START, '2026-10-23'), events: 61 } }, '2026-10-24'),
      expected: null,
      because: 'tooEarly',
    },
    {
      code: 'NARROW',
      when: 'one makes all of them on the last day of the ramp',
      input: used({ a: { days: workdays(PILOT_START, '2026-10-23'), events: 61 } }, '2026-10-25'),
      expected: { variant: 'user', since: '2026-10-26' },
    },
    {
      code: 'NARROW',
      when: 'one of two planned departments is active',
      input: used(
        {
          a: { days: workdays(PILOT_START, '2026-11-02'), department: 'Sales' },
          b: { days: workdays(PILOT_START, '2026-11-02'), department: 'Sales' },
        },
        '2026-11-02',
        { plannedDepartments: 2 },
      ),
      expected: { variant: 'departments', since: '2026-10-26' },
    },
    {
      code: 'NARROW',
      when: 'both are',
      input: used(
        {
          a: { days: workdays(PILOT_START, '2026-11-02'), department: 'Sales' },
          b: { days: workdays(PILOT_START, '2026-11-02'), department: 'Finance' },
        },
        '2026-11-02',
        { plannedDepartments: 2 },
      ),
      expected: null,
      because: 'wide',
    },
  ]);
});
