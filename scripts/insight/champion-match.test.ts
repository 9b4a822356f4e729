import assert from 'node:assert/strict';
import { test } from 'node:test';
import { factsOf } from '../testing/evaluation-fixture.ts';
import { championMatch } from './champion-match.ts';

const DAYS = ['2026-11-02'];
const TO = '2026-11-03';
const champion = { id: '003000000000001AAA', name: 'Priya Shah', addressHash: 'h1' };
const known = factsOf({ u1: { days: DAYS, address: 'h1' }, u2: DAYS }, TO);
const others = factsOf({ u1: { days: DAYS, address: 'h2' } }, TO);
const unknown = factsOf({ u1: DAYS }, TO);

const CASES = [
  { when: 'a user has the address', person: champion, facts: known, match: 'matched' },
  { when: 'only others have one', person: champion, facts: others, match: 'notSeen' },
  { when: 'the data hold no address', person: champion, facts: unknown, match: 'noUserAddresses' },
  {
    when: 'the contact has none: users without one are not the champion',
    person: { ...champion, addressHash: null },
    facts: unknown,
    match: 'noAddress',
  },
  { when: 'nobody was seen', person: champion, facts: factsOf({}, TO), match: 'noData' },
  { when: 'there are no facts', person: champion, facts: null, match: 'noData' },
  { when: 'no champion is named', person: null, facts: known, match: 'notNamed' },
];

for (const { when, person, facts, match } of CASES)
  test(`the champion when ${when}: ${match}`, () =>
    assert.deepEqual(championMatch(person, facts), { name: person?.name ?? null, match }));
