// Silence, and a person who is away. Dates are those of the lines in the product's table.
import { describe } from 'node:test';
import {
  PILOT_START,
  STEADY,
  accountDays,
  inputOf,
  used,
  usersActive,
  workdays,
} from '../../testing/evaluation-fixture.ts';
import { testRules } from '../../testing/rule-rows.ts';
import type { Day } from '../facts.ts';

const checkIn = (heldOn: Day, sponsorAttended: boolean) => ({ heldOn, sponsorAttended });

const champion = { champion: { id: '003000000000002AAA', name: 'Priya Shah', addressHash: 'priya' } };
const sponsor = { customerSponsor: { id: '003000000000001AAA', name: 'Dana Ortiz', addressHash: 'dana' } };
const priya = (days: readonly Day[]) => ({ days, address: 'priya' });

// Far more events than everybody else together, and then none.
const dana = { days: workdays(PILOT_START, '2026-10-30'), events: 900, address: 'dana' };
const AWAY = { share: 77, last: '2026-10-30', gap: 1 };

describe('a usage rule speaks just above its threshold and is silent just below', () => {
  testRules([
    {
      code: 'NO_FIRST_VALUE',
      when: 'five business days pass without anyone',
      input: { ...used({}, '2026-10-16'), today: '2026-10-19' },
      expected: {
        state: 'At risk',
        since: '2026-10-19',
        variant: null,
        values: { users: 25, start: PILOT_START },
      },
    },
    {
      code: 'NO_FIRST_VALUE',
      when: 'only four have passed',
      input: used({}, '2026-10-15'),
      expected: null,
      because: 'tooEarly',
    },
    {
      code: 'NO_FIRST_VALUE',
      when: 'the fifth has passed but it is the weekend',
      input: used({}, '2026-10-16'),
      expected: null,
      because: 'tooEarly',
    },
    {
      code: 'NO_FIRST_VALUE',
      when: 'one person came on the fifth day',
      input: { ...used({ u1: ['2026-10-16'] }, '2026-10-18') },
      expected: null,
      because: 'hasUsage',
    },
    {
      code: 'NO_FIRST_VALUE',
      when: 'a short pilot gives three days',
      input: used({}, '2026-10-14', { endDate: '2026-10-30' }),
      expected: { since: '2026-10-15' },
    },
    {
      code: 'NO_FIRST_VALUE',
      when: 'a short pilot used weekly gives a whole week',
      input: used({}, '2026-10-15', { endDate: '2026-10-30', rhythm: 'Weekly' }),
      expected: null,
      because: 'tooEarly',
    },
    {
      code: 'NO_FIRST_VALUE',
      when: 'a pilot used at month-end passes its 21st business day',
      input: used({}, '2026-11-09', { rhythm: 'Month-end' }),
      expected: { since: '2026-11-10' },
    },
    {
      code: 'NO_FIRST_VALUE',
      when: 'it passes the 20th',
      input: used({}, '2026-11-08', { rhythm: 'Month-end' }),
      expected: null,
      because: 'tooEarly',
    },
    {
      code: 'NO_FIRST_VALUE',
      when: 'a holiday of the region takes a day out',
      input: used({}, '2026-10-18', { holidayRegion: 'US' }),
      expected: null,
      because: 'tooEarly',
    },
    {
      code: 'NO_FIRST_VALUE',
      when: 'use before the start only',
      input: used({ u1: ['2026-10-08'] }, '2026-10-18'),
      expected: { since: '2026-10-19' },
    },
    {
      code: 'NO_FIRST_VALUE',
      when: 'no seats are counted',
      input: used({}, '2026-10-18', { licensedUsers: null, plannedUsers: null }),
      expected: { variant: 'uncounted' },
    },

    {
      code: 'NO_USAGE',
      when: 'ten business days are silent',
      input: used(usersActive(5, ['2026-10-19']), '2026-11-02'),
      expected: {
        state: 'Stalled',
        since: '2026-11-03',
        variant: null,
        values: { users: 25, last: '2026-10-19', champion: 'Priya Shah' },
      },
    },
    {
      code: 'NO_USAGE',
      when: 'nine are',
      input: used(usersActive(5, ['2026-10-19']), '2026-11-01'),
      expected: { state: 'Watch', since: '2026-10-27' },
    },
    {
      code: 'NO_USAGE',
      when: 'five are',
      input: used(usersActive(5, ['2026-10-19']), '2026-10-26'),
      expected: { state: 'Watch', since: '2026-10-27' },
    },
    {
      code: 'NO_USAGE',
      when: 'four are',
      input: used(usersActive(5, ['2026-10-19']), '2026-10-25'),
      expected: null,
      because: 'recentUsage',
    },
    {
      code: 'NO_USAGE',
      when: 'the expected rhythm is month-end: 42 days count, not 41',
      input: used(usersActive(5, [PILOT_START]), '2026-12-09', {
        rhythm: 'Month-end',
        endDate: '2027-03-01',
      }),
      expected: { state: 'Stalled', since: '2026-12-10' },
    },
    {
      code: 'NO_USAGE',
      when: 'month-end, one day before',
      input: used(usersActive(5, [PILOT_START]), '2026-12-08', {
        rhythm: 'Month-end',
        endDate: '2027-03-01',
      }),
      expected: { state: 'Watch' },
    },
    {
      code: 'NO_USAGE',
      when: 'the customer was closed for a week of it',
      input: used(usersActive(5, ['2026-10-19']), '2026-11-02', {
        closedDays: [{ from: '2026-10-26', to: '2026-10-30', reason: 'freeze' }],
      }),
      expected: { state: 'Watch' },
    },
    {
      code: 'NO_USAGE',
      when: 'a day is under-counted at the source',
      input: used(usersActive(5, ['2026-10-19']), '2026-11-02', {}, {}, { incompleteDays: ['2026-10-28'] }),
      expected: { state: 'Watch' },
    },
    {
      code: 'NO_USAGE',
      when: 'the sponsor came to a check-in 21 days ago',
      input: used(usersActive(5, ['2026-10-19']), '2026-11-02', { checkIns: [checkIn('2026-10-13', true)] }),
      expected: { state: 'At risk', since: '2026-11-03' },
    },
    {
      code: 'NO_USAGE',
      when: 'that is 22 days ago',
      input: used(usersActive(5, ['2026-10-19']), '2026-11-03', { checkIns: [checkIn('2026-10-13', true)] }),
      expected: { state: 'Stalled', since: '2026-11-04' },
    },
    {
      code: 'NO_USAGE',
      when: 'the check-in to which the sponsor came is dated tomorrow',
      input: used(usersActive(5, ['2026-10-19']), '2026-11-02', { checkIns: [checkIn('2026-11-04', true)] }),
      expected: { state: 'Stalled', since: '2026-11-03' },
    },
    {
      code: 'NO_USAGE',
      when: 'the sponsor who came has left',
      input: used(usersActive(5, ['2026-10-19']), '2026-11-02', {
        checkIns: [checkIn('2026-10-29', true)],
        sponsorLeftOn: '2026-11-01',
      }),
      expected: { state: 'Stalled' },
    },
    {
      code: 'NO_USAGE',
      when: 'nobody ever came',
      input: used({}, '2026-10-25'),
      expected: { state: 'Stalled', since: '2026-10-26', variant: 'never' },
    },
    {
      code: 'NO_USAGE',
      when: 'use was thin: ten silent business days are worth less than three user-days',
      input: used({ u1: ['2026-10-12', '2026-10-26', '2026-11-09'] }, '2026-11-23'),
      expected: { state: 'Watch', since: '2026-11-17' },
    },
    {
      code: 'NO_USAGE',
      when: 'use was thin and the silence is twice as long',
      input: used({ u1: ['2026-10-12', '2026-10-26', '2026-11-09'] }, '2026-12-07'),
      expected: { state: 'Stalled', since: '2026-12-08' },
    },
    {
      code: 'NO_USAGE',
      when: 'one of eight logs in once in ten business days',
      input: used(
        { ...usersActive(8, workdays(PILOT_START, '2026-11-13')), u9: ['2026-11-19'] },
        '2026-11-29',
      ),
      expected: {
        state: 'Stalled',
        since: '2026-11-30',
        variant: 'scarce',
        values: { users: 25, last: '2026-11-19', champion: 'Priya Shah', recent: 1, usual: 69, days: 10 },
      },
    },
    {
      code: 'NO_USAGE',
      when: 'in review',
      input: used(usersActive(5, [PILOT_START]), '2026-11-30', { status: 'In Review' }),
      expected: null,
      because: 'inReview',
    },
    {
      code: 'NO_USAGE',
      when: 'there is no telemetry by agreement',
      input: { ...inputOf({ pilot: { usageSource: 'None by agreement' }, facts: null }) },
      expected: null,
      because: 'noTelemetry',
    },
    {
      code: 'NO_USAGE',
      when: 'switched off',
      input: used(usersActive(5, [PILOT_START]), '2026-11-30', {}, { off: new Set(['NO_USAGE']) }),
      expected: null,
      because: 'off',
    },
    {
      code: 'NO_USAGE',
      when: 'silence only since the planned end',
      input: used(usersActive(5, workdays(PILOT_START, '2026-12-18')), '2026-12-22', {
        readoutDate: '2027-02-01',
      }),
      expected: null,
      because: 'recentUsage',
    },

    {
      code: 'KEY_USER_AWAY',
      when: 'the champion has been away six business days',
      input: used({ ...STEADY, u1: priya(workdays(PILOT_START, '2026-10-30')) }, '2026-11-09', champion),
      expected: {
        state: 'Watch',
        since: '2026-11-10',
        variant: null,
        values: { champion: 'Priya Shah', person: null, share: 5, last: '2026-10-30', gap: 1 },
      },
    },
    {
      code: 'KEY_USER_AWAY',
      when: 'five',
      input: used({ ...STEADY, u1: priya(workdays(PILOT_START, '2026-10-30')) }, '2026-11-08', champion),
      expected: null,
      because: 'recentUsage',
    },
    {
      code: 'KEY_USER_AWAY',
      when: 'a champion who comes weekly is away ten',
      input: used(
        { ...STEADY, u1: priya(['2026-10-12', '2026-10-19', '2026-10-26']) },
        '2026-11-09',
        champion,
      ),
      expected: null,
      because: 'recentUsage',
    },
    {
      code: 'KEY_USER_AWAY',
      when: 'eleven',
      input: used(
        { ...STEADY, u1: priya(['2026-10-12', '2026-10-19', '2026-10-26']) },
        '2026-11-10',
        champion,
      ),
      expected: { since: '2026-11-11' },
    },
    {
      code: 'KEY_USER_AWAY',
      when: 'the most active user is away',
      input: used({ ...STEADY, u9: dana }, '2026-11-09', champion),
      expected: { variant: 'top_user', values: { ...AWAY, champion: 'Priya Shah', person: null } },
    },
    {
      code: 'KEY_USER_AWAY',
      when: 'the most active user is the sponsor',
      input: used({ ...STEADY, u9: dana }, '2026-11-09', { ...champion, ...sponsor }),
      expected: { variant: 'top_user', values: { ...AWAY, champion: 'Priya Shah', person: 'Dana Ortiz' } },
    },
    {
      code: 'KEY_USER_AWAY',
      when: 'the champion is away under one id and there under another',
      input: used(
        {
          ...STEADY,
          u1: priya(workdays(PILOT_START, '2026-10-30')),
          u2: priya(workdays('2026-10-26', '2026-11-06')),
        },
        '2026-11-09',
        champion,
      ),
      expected: null,
      because: 'recentUsage',
    },
    {
      code: 'KEY_USER_AWAY',
      when: 'somebody else than the champion is away and nobody knows an address',
      input: used({ ...STEADY, u1: workdays(PILOT_START, '2026-10-30') }, '2026-11-09', {
        champion: { id: '003000000000002AAA', name: 'Priya Shah', addressHash: null },
      }),
      expected: null,
      because: 'recentUsage',
    },
    {
      code: 'KEY_USER_AWAY',
      when: 'the data know no users',
      input: used({}, '2026-11-20', {}, {}, accountDays(30, 30)),
      expected: null,
      because: 'needsUsers',
    },
  ]);
});
