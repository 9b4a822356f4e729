import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { UnlinkedKey } from './facts.ts';
import { suggestLinks, type AccountTraits } from './suggest-links.ts';

const KEY: UnlinkedKey = {
  source: 'product',
  key: 'acme-eu',
  users: 10,
  events: 400,
  eventsLastWeek: 90,
  firstDay: '2026-10-03',
  lastDay: '2026-11-17',
  domain: { name: 'acme.com', share: 0.6 },
};
const ACCOUNT: AccountTraits = {
  accountId: 'a1',
  website: 'https://www.acme.com/en',
  contactDomains: [],
  livePilotIds: ['p1'],
};
const domain = (name: string, share = 1) => ({ ...KEY, domain: { name, share } });

describe('a workspace is suggested', () => {
  const cases: readonly {
    name: string;
    key?: UnlinkedKey;
    accounts: readonly AccountTraits[];
    because: string;
  }[] = [
    { name: 'for the account with that website', accounts: [ACCOUNT], because: 'website' },
    {
      name: 'whatever the form of the website',
      accounts: [{ ...ACCOUNT, website: ' ACME.com ' }],
      because: 'website',
    },
    {
      name: 'for the account with two contacts of that domain',
      accounts: [{ ...ACCOUNT, website: null, contactDomains: ['acme.com', 'x.org', 'Acme.com'] }],
      because: 'contacts',
    },
  ];
  for (const { name, key = KEY, accounts, because } of cases)
    it(name, () => {
      assert.deepEqual(suggestLinks([key], accounts), [
        { pilotId: 'p1', key, domain: 'acme.com', people: 6, because },
      ]);
    });

  it('the one with most people first', () => {
    const small = { ...KEY, key: 'acme-sandbox', users: 5 };
    assert.deepEqual(
      suggestLinks([small, KEY], [ACCOUNT]).map(({ key }) => key.key),
      ['acme-eu', 'acme-sandbox'],
    );
  });
});

describe('nothing is suggested', () => {
  const cases: readonly { name: string; key?: UnlinkedKey; accounts?: readonly AccountTraits[] }[] = [
    { name: 'under 60 % of the people', key: domain('acme.com', 0.59) },
    { name: 'without any address', key: { ...KEY, domain: null } },
    {
      name: 'by a free mail domain',
      key: domain('gmail.com'),
      accounts: [{ ...ACCOUNT, website: 'gmail.com' }],
    },
    { name: 'by one contact only', accounts: [{ ...ACCOUNT, website: null, contactDomains: ['acme.com'] }] },
    { name: 'by a resemblance of names', key: domain('acme-group.com') },
    { name: 'by a website that only ends alike', accounts: [{ ...ACCOUNT, website: 'notacme.com' }] },
    {
      name: 'where two live pilots are on the account',
      accounts: [{ ...ACCOUNT, livePilotIds: ['p1', 'p2'] }],
    },
    {
      name: 'where two accounts match',
      accounts: [ACCOUNT, { ...ACCOUNT, accountId: 'a2', livePilotIds: ['p2'] }],
    },
    { name: 'for a website that is no address', accounts: [{ ...ACCOUNT, website: 'http://' }] },
  ];
  for (const { name, key = KEY, accounts = [ACCOUNT] } of cases)
    it(name, () => assert.deepEqual(suggestLinks([key], accounts), []));
});
