// What spreading adds to the rules: whoever brought in the others is a key user, and a pilot that restricts features is
// asked for newcomers instead of a share of its users.
import { describe } from 'node:test';
import { PILOT_START, STEADY, factsOf, inputOf, workdays } from '../../testing/evaluation-fixture.ts';
import { testRules } from '../../testing/rule-rows.ts';
import type { EvaluationInput, PilotInput } from '../evaluation.ts';

/** Ten steady people and one who was last there on 30 October; the first so many of the ten came through them. */
function invitedBy(inviter: string, invited: number, pilot: Partial<PilotInput> = {}): EvaluationInput {
  const facts = factsOf(
    { ...STEADY, u91: { days: workdays(PILOT_START, '2026-10-30'), address: 'dana' } },
    '2026-11-09',
  );
  const users = facts.users.map((user, at) => (at < invited ? { ...user, invitedBy: inviter } : user));
  return inputOf({ facts: { ...facts, users }, pilot });
}

const sponsor = { customerSponsor: { id: '003000000000001AAA', name: 'Dana Ortiz', addressHash: 'dana' } };
const AWAY = { champion: 'Priya Shah', share: 5, last: '2026-10-30', gap: 1 };

describe('whoever brought in the others is a key user', () => {
  testRules([
    {
      code: 'KEY_USER_AWAY',
      when: 'who brought in five of eleven people is away',
      input: invitedBy('u91', 5),
      expected: {
        state: 'Watch',
        since: '2026-11-10',
        variant: 'inviter',
        values: { ...AWAY, inviter: null, reach: 5, users: 11 },
      },
    },
    {
      code: 'KEY_USER_AWAY',
      when: 'and is the sponsor, who has a name',
      input: invitedBy('u91', 6, sponsor),
      expected: { variant: 'inviter', values: { ...AWAY, inviter: 'Dana Ortiz', reach: 6, users: 11 } },
    },
    {
      code: 'KEY_USER_AWAY',
      when: 'who brought in four is away: four are no network',
      input: invitedBy('u91', 4),
      expected: null,
      because: 'recentUsage',
    },
    {
      code: 'KEY_USER_AWAY',
      when: 'somebody outside the pilot invited everybody',
      input: invitedBy('nobody of the pilot', 10),
      expected: null,
      because: 'recentUsage',
    },
  ]);
});

/** Ten people, of whom the last came on the given day; the first two are there every day. */
function spreading(newcomer: string, to: string, pilot: Partial<PilotInput> = {}): EvaluationInput {
  const days = (at: number) => (at < 2 ? workdays(PILOT_START, to) : [at === 9 ? newcomer : PILOT_START]);
  const users = Object.fromEntries(
    Array.from({ length: 10 }, (_, at) => [
      `u${at}`,
      { days: days(at), department: at < 5 ? 'Sales' : 'HR' },
    ]),
  );
  return inputOf({ facts: factsOf(users, to), pilot: { restriction: 'Features', ...pilot } });
}

describe('a pilot that restricts features is judged by whether it spreads', () => {
  testRules([
    {
      code: 'LOW_ADOPTION',
      when: 'nobody new came for twenty business days',
      input: spreading('2026-10-19', '2026-11-16'),
      expected: {
        state: 'Watch',
        since: '2026-11-17',
        variant: 'spread',
        values: { newest: '2026-10-19', people: 10, departments: 2, champion: 'Priya Shah' },
      },
    },
    {
      code: 'LOW_ADOPTION',
      when: 'nineteen have passed',
      input: spreading('2026-10-19', '2026-11-13'),
      expected: null,
      because: 'noUserCap',
    },
    {
      code: 'LOW_ADOPTION',
      when: 'as many came as were planned',
      input: spreading('2026-10-19', '2026-11-16', { plannedUsers: 10 }),
      expected: null,
      because: 'reached',
    },
    {
      code: 'LOW_ADOPTION',
      when: 'few of many licensed are active, for no number of users is its measure',
      input: spreading('2026-11-02', '2026-11-16', { licensedUsers: 500 }),
      expected: null,
      because: 'noUserCap',
    },
    {
      code: 'LOW_ADOPTION',
      when: 'both users and features are restricted: the users count',
      input: spreading('2026-11-02', '2026-11-16', { restriction: 'Both' }),
      expected: { variant: null },
    },
  ]);
});
