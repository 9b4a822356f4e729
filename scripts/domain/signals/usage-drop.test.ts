// USAGE_DROP: the tests of whole weeks, and next to nothing of the usual in the last business days.
import { describe } from 'node:test';
import {
  PILOT_START,
  STEADY,
  accountDays,
  used,
  usersActive,
  workdays,
} from '../../testing/evaluation-fixture.ts';
import type { UsersByName } from '../../testing/evaluation-fixture.ts';
import { testRules } from '../../testing/rule-rows.ts';
import type { Day } from '../facts.ts';

const halved = (count: number): UsersByName => ({
  ...usersActive(10, workdays(PILOT_START, '2026-12-04')),
  ...Object.fromEntries(
    Array.from({ length: count }, (_, index) => [`u${index + 1}`, workdays(PILOT_START, '2026-11-20')]),
  ),
});

/** Daily use until Friday 30 October, then two days in the week of 2 November. */
function pairedFall(people: number, later: readonly Day[] = []): UsersByName {
  return usersActive(people, [...workdays(PILOT_START, '2026-10-30'), '2026-11-02', '2026-11-04', ...later]);
}

/** Three people who come daily until `last`, and one who came on the `others` business days before Tuesday 24 November. */
function coreGone(last: Day, others: number): UsersByName {
  return {
    ...usersActive(3, workdays('2026-10-19', last)),
    u4: workdays(PILOT_START, '2026-11-23').slice(-others),
  };
}

/** Every third business day, the last one Friday 13 November. */
const everyThird = workdays(PILOT_START, '2026-11-13').filter((_, index) => index % 3 === 0);

describe('a drop is told just above its threshold and not just below', () => {
  testRules([
    {
      code: 'USAGE_DROP',
      when: 'seven of ten left two weeks ago',
      input: used(halved(7), '2026-12-06', { licensedUsers: 10, endDate: '2027-01-15' }),
      expected: {
        state: 'At risk',
        since: '2026-11-30',
        variant: null,
        values: { active: 3, users: 10, before: 10, champion: 'Priya Shah' },
      },
    },
    {
      code: 'USAGE_DROP',
      when: 'two of ten left: 20 % is below 30 %',
      input: used(halved(2), '2026-12-06', { licensedUsers: 10, endDate: '2027-01-15' }),
      expected: null,
      because: 'noDrop',
    },
    {
      code: 'USAGE_DROP',
      when: 'three of ten left: 30 % lower and p 0.03',
      input: used(halved(3), '2026-12-06', { licensedUsers: 10, endDate: '2027-01-15' }),
      expected: { values: { active: 7, users: 10, before: 10, champion: 'Priya Shah' } },
    },
    {
      code: 'USAGE_DROP',
      when: 'one of two left: too few people for a test',
      input: used(
        { u1: workdays(PILOT_START, '2026-11-20'), u2: workdays(PILOT_START, '2026-12-04') },
        '2026-12-06',
        {
          licensedUsers: 2,
          endDate: '2027-01-15',
        },
      ),
      expected: null,
      because: 'noDrop',
    },
    {
      code: 'USAGE_DROP',
      when: 'on the Saturday after, with its first date',
      input: used(halved(7), '2026-12-04', { licensedUsers: 10, endDate: '2027-01-15' }),
      expected: { since: '2026-11-30' },
    },
    {
      code: 'USAGE_DROP',
      when: 'paired, from 5 days a week to 2, on the 20th business day',
      input: used(pairedFall(8), '2026-11-08', { licensedUsers: 10 }),
      expected: {
        state: 'Watch',
        since: '2026-11-09',
        variant: 'short',
        values: { people: 8, rate: 2, before: 5, champion: 'Priya Shah' },
      },
    },
    {
      code: 'USAGE_DROP',
      when: 'paired, a second bad week confirms it, with the first date',
      input: used(pairedFall(8, ['2026-11-09', '2026-11-11']), '2026-11-15', { licensedUsers: 10 }),
      expected: { state: 'At risk', since: '2026-11-09', variant: 'short' },
    },
    {
      code: 'USAGE_DROP',
      when: 'confirmed, but the last five business days are as busy as before',
      input: used(
        pairedFall(8, ['2026-11-09', '2026-11-11', ...workdays('2026-11-16', '2026-11-20')]),
        '2026-11-20',
        { licensedUsers: 10 },
      ),
      expected: { state: 'Watch', since: '2026-11-09' },
    },
    {
      code: 'USAGE_DROP',
      when: 'five business days hold an eighth of the usual user-days',
      input: used(
        { ...usersActive(8, workdays(PILOT_START, '2026-11-13')), u1: workdays(PILOT_START, '2026-11-18') },
        '2026-11-22',
      ),
      expected: {
        state: 'At risk',
        since: '2026-11-23',
        variant: 'faded',
        values: { recent: 3, usual: 36, days: 5, users: 25, last: '2026-11-18', champion: 'Priya Shah' },
      },
    },
    {
      code: 'USAGE_DROP',
      when: 'five business days are silent',
      input: used(usersActive(4, workdays(PILOT_START, '2026-11-13')), '2026-11-22'),
      expected: {
        state: 'At risk',
        since: '2026-11-23',
        variant: 'silent',
        values: { recent: 0, usual: 20, days: 5, users: 25, last: '2026-11-13', champion: 'Priya Shah' },
      },
    },
    {
      code: 'USAGE_DROP',
      when: 'four are',
      input: used(usersActive(4, workdays(PILOT_START, '2026-11-13')), '2026-11-19'),
      expected: null,
      because: 'noDrop',
    },
    {
      code: 'USAGE_DROP',
      when: 'five silent days, but less than one user-day is usual in as many',
      input: used({ u1: ['2026-10-12', '2026-10-26', '2026-11-09'] }, '2026-11-20'),
      expected: null,
      because: 'noDrop',
    },
    {
      code: 'USAGE_DROP',
      when: 'those who made 88 % of the user-days are away for six business days, one newcomer is not',
      input: used(coreGone('2026-11-13', 8), '2026-11-23', {}, { dropPValue: 0 }),
      expected: {
        state: 'At risk',
        since: '2026-11-24',
        variant: 'gone',
        values: { people: 3, seen: 4, share: 88, last: '2026-11-13', champion: 'Priya Shah' },
      },
    },
    {
      code: 'USAGE_DROP',
      when: 'the same on the fifth business day',
      input: used(coreGone('2026-11-13', 8), '2026-11-20', {}, { dropPValue: 0 }),
      expected: null,
      because: 'noDrop',
    },
    {
      code: 'USAGE_DROP',
      when: 'those who made 86 % are away',
      input: used(coreGone('2026-11-13', 9), '2026-11-23', {}, { dropPValue: 0 }),
      expected: null,
      because: 'noDrop',
    },
    {
      code: 'USAGE_DROP',
      when: 'they are away for six business days and usually come every third',
      input: used(
        { u1: everyThird, u2: everyThird, u3: everyThird, u4: ['2026-11-19'] },
        '2026-11-23',
        {},
        { dropPValue: 0 },
      ),
      expected: null,
      because: 'noDrop',
    },
    {
      code: 'USAGE_DROP',
      when: 'five silent days of a pilot that is used weekly',
      input: used(
        usersActive(4, ['2026-10-15', '2026-10-22', '2026-10-29', '2026-11-05', '2026-11-12']),
        '2026-11-20',
        {
          rhythm: 'Weekly',
        },
      ),
      expected: null,
    },
    {
      code: 'USAGE_DROP',
      when: 'paired, but the week is not over',
      input: used(pairedFall(8), '2026-11-07', { licensedUsers: 10 }),
      expected: null,
      because: 'tooEarly',
    },
    {
      code: 'USAGE_DROP',
      when: 'paired, with four people: p 0.0625',
      input: used(pairedFall(4), '2026-11-08', { licensedUsers: 10 }),
      expected: null,
      because: 'noDrop',
    },
    {
      code: 'USAGE_DROP',
      when: 'paired, nothing fell',
      input: used(STEADY, '2026-11-08', { licensedUsers: 10 }),
      expected: null,
      because: 'noDrop',
    },
    {
      code: 'USAGE_DROP',
      when: 'account-day events fall to a third',
      input: used({}, '2026-12-06', { endDate: '2027-01-15' }, {}, accountDays(30, 10)),
      expected: { variant: 'events', since: '2026-11-30' },
    },
    {
      code: 'USAGE_DROP',
      when: 'account-day events fall by a fifth',
      input: used({}, '2026-12-06', { endDate: '2027-01-15' }, {}, accountDays(30, 24)),
      expected: null,
      because: 'noDrop',
    },
    {
      code: 'USAGE_DROP',
      when: 'the rhythm is month-end',
      input: used(halved(7), '2026-12-06', { licensedUsers: 10, endDate: '2027-01-15', rhythm: 'Month-end' }),
      expected: null,
      because: 'monthlyRhythm',
    },
  ]);
});
