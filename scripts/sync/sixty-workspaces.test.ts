// Sixty workspaces as a real product has them: plain, of two regions, with a sandbox, shared, split, reused, renamed,
// our own, stamped, of nobody. For each the test says what must come out.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { PilotInput } from '../domain/evaluation.ts';
import type { PilotFacts } from '../domain/facts.ts';
import { suggestLinks, type AccountTraits } from '../domain/suggest-links.ts';
import type { PilotAccount } from '../salesforce/read-accounts.ts';
import { derivedKeys, type KeyRow } from './derived-keys.ts';
import { unclaimedKeys } from './not-linked.ts';
import { openSources } from './open-sources.ts';
import { parseConfig } from './read-config.ts';
import { readUsage, type UsageRead } from './read-usage.ts';
import { usageLinks, type Links } from './usage-links.ts';

const NOW = new Date('2026-11-16T12:00:00Z');
const WEEKDAYS = ['2026-11-02', '2026-11-03', '2026-11-04', '2026-11-05', '2026-11-06'];
const EARLIER = ['2026-08-03', '2026-08-04'];
const folder = mkdtempSync(join(tmpdir(), 'pilot-sixty-'));
after(() => rmSync(folder, { recursive: true }));

const events: string[] = [];
const workspaces = new Set<string>();
const pilots: PilotInput[] = [];
const keys: KeyRow[] = [];
const accounts: PilotAccount[] = [];
const traits: AccountTraits[] = [];

/** Every user once a day, in the department of that name. */
function use(
  workspace: string,
  users: readonly string[],
  days = WEEKDAYS,
  department = '',
  stamp = '',
): void {
  workspaces.add(workspace);
  for (const day of days)
    for (const user of users)
      events.push(`${day}T10:00:00Z,${workspace},${user},open,${department},${stamp}`);
}

const people = (domain: string, ...names: string[]) => names.map((name) => `${name}@${domain}`);

function pilot(id: string, more: Partial<PilotInput> = {}, account: Partial<PilotAccount> = {}): string {
  const dates = { startDate: '2026-10-26', endDate: '2026-12-11', timeZone: 'UTC', usageSource: 'Linked' };
  const recordId = `a0P${id}`.padEnd(15, 'x').slice(0, 15);
  pilots.push({ id: recordId, name: id, ...dates, ...more } as PilotInput);
  accounts.push({
    pilotId: recordId,
    opportunityId: `${`006${id}`.padEnd(15, 'x')}AAA`,
    accountId: null,
    website: null,
    fields: {},
    ...account,
  });
  return recordId;
}

function key(pilotId: string, workspace: string, more: Partial<KeyRow> = {}): void {
  const row = { Id: `k${keys.length}`, Pilot__c: pilotId, Source__c: 'product', Key__c: workspace };
  keys.push({ ...row, From__c: null, To__c: null, Filter__c: null, ...more });
}

for (let number = 1; number <= 14; number++) {
  const workspace = `plain-${number}`;
  key(pilot(`plain${number}`), workspace);
  use(workspace, people(`plain${number}.example`, 'a', 'b', 'c'));
}
for (const number of [1, 2, 3, 4]) {
  const id = pilot(`regions${number}`);
  key(id, `regions-eu-${number}`);
  key(id, `regions-us-${number}`);
  if (number === 1) key(id, 'regions-apac');
  use(`regions-eu-${number}`, people('r.example', 'a', 'b', 'c'));
  use(`regions-us-${number}`, people('r.example', 'c', 'd'));
}
for (const number of [1, 2, 3]) {
  const id = pilot(`sandbox${number}`);
  key(id, `sandbox-${number}`);
  key(id, `production-${number}`);
  use(`sandbox-${number}`, people('s.example', 'a'), WEEKDAYS.slice(0, 2));
  use(`production-${number}`, people('s.example', 'a', 'b'), WEEKDAYS.slice(2));

  key(pilot(`shared${number}a`), `shared-${number}`);
  key(pilot(`shared${number}b`), `shared-${number}`);
  use(`shared-${number}`, people('sh.example', 'a', 'b'));

  for (const department of ['Sales', 'Finance'])
    key(pilot(`split${number}${department}`), `split-${number}`, { Filter__c: `department = ${department}` });
  use(`split-${number}`, people('sp.example', 'a', 'b', 'c'), WEEKDAYS, 'Sales');
  use(`split-${number}`, people('sp.example', 'd'), WEEKDAYS, 'Finance');

  key(pilot(`poc${number}`, { startDate: '2026-10-12', endDate: '2026-11-03' }), `window-${number}`);
  key(pilot(`next${number}`, { startDate: '2026-11-04' }), `window-${number}`);
  use(`window-${number}`, people('w.example', 'a', 'b'));

  key(pilot(`reused${number}`), `reused-${number}`);
  use(`reused-${number}`, people('former.example', 'x', 'y', 'z'), EARLIER);
  use(`reused-${number}`, people('new.example', 'a'));

  key(pilot(`internal${number}`), `internal-${number}`);
  use(`internal-${number}`, people('ourcompany.example', 'seller'));
  use(`internal-${number}`, ['svc-monitor']);

  const stamped = pilot(`stamped${number}`);
  const stamp = number === 1 ? `${stamped}AAA` : number === 2 ? stamped : '006stamped3xxxx';
  use(`stamped-${number}`, people('st.example', 'a', 'b'), WEEKDAYS, '', stamp);
}
const renamed = pilot('renamed1');
key(renamed, 'before-1');
use('before-1', people('renamed.example', 'a', 'b'), WEEKDAYS.slice(0, 2));
use('after-1', people('renamed.example', 'a', 'b'), WEEKDAYS.slice(2));
traits.push(account('renamed', 'https://www.renamed.example', [renamed]));
const followed = pilot('renamed2');
key(followed, 'before-2');
key(followed, 'after-2');
use('before-2', people('f.example', 'a', 'b'), WEEKDAYS.slice(0, 2));
use('after-2', people('f.example', 'a', 'b'), WEEKDAYS.slice(2));
key(pilot('case'), 'Acme');
use('acme', people('case.example', 'a'));
pilot('field', {}, { fields: { Workspace_Id__c: 'field-1' } });
use('field-1', people('field.example', 'a', 'b', 'c', 'd'));
const unlinked = pilot('unlinked');
use('stray-website', [...people('acme.example', 'a', 'b', 'c'), ...people('other.example', 'd', 'e')]);
traits.push(account('acme', 'acme.example', [unlinked]));
use('stray-mixed', [...people('acme.example', 'a'), ...people('other.example', 'd', 'e')]);
use('stray-free', people('gmail.com', 'a', 'b', 'c'));
use('stray-two-pilots', people('two.example', 'a', 'b', 'c'));
traits.push(account('two', 'two.example', [pilot('two1'), pilot('two2')]));
key(pilot('filtered'), 'filtered-1', { Filter__c: 'cost centre = 7' });
use('filtered-1', people('fi.example', 'a'));
for (const number of [1, 2, 3]) use(`nobody-${number}`, people('nobody.example', 'a'));
key(pilot('typo'), 'plian-1');

function account(accountId: string, website: string, livePilotIds: readonly string[]): AccountTraits {
  return { accountId, website, contactDomains: [], livePilotIds };
}

let links: Links;
let usage: UsageRead;
const idOf = (name: string) => pilots.find((one) => one.name === name)!.id;
const factsOf = (name: string): PilotFacts => {
  const facts = usage.facts.get(idOf(name));
  assert.ok(facts, `${name} has no facts`);
  return facts;
};
const countsOf = (name: string) => {
  const { days, users } = factsOf(name);
  return { events: days.reduce((sum, day) => sum + day.events, 0), users: users.length, days: days.length };
};

before(async () => {
  const path = join(folder, 'usage.csv');
  writeFileSync(path, `event_time,usage_key,user_id,event,department,pilot_id\n${events.join('\n')}\n`);
  const config = parseConfig(
    `sources:
  - { name: product, kind: files, paths: ['${path}'], lag_hours: 0, time_zone: UTC,
      columns: { user_id: user_id, event: event, department: department, stamp: pilot_id },
      exclude: { user_domains: [ourcompany.example], users: ['svc-*'] } }
link: { account_fields: [{ source: product, field: Workspace_Id__c }] }
run: { folder: '${folder}' }`,
    'sync.yaml',
  );
  links = usageLinks(pilots, [...keys, ...derivedKeys(config, keys, accounts)], {
    sources: ['product'],
    timeZone: 'UTC',
    daysBeforeStart: config.link.days_before_start,
    daysAfterEnd: config.link.days_after_end,
  });
  const sources = openSources(config, 'sixty workspaces, no secret');
  usage = await readUsage(sources, links.links, { now: NOW }, () => undefined);
  assert.deepEqual([...usage.failures], []);
});

describe('of sixty workspaces', () => {
  it('there are sixty', () => assert.equal(workspaces.size, 60));

  const cases: readonly { of: string; expected: { events: number; users: number; days: number } }[] = [
    ...Array.from({ length: 14 }, (_, index) => ({
      of: `plain${index + 1}`,
      expected: { events: 15, users: 3, days: 5 },
    })),
    // Three in Europe, two in America, one of them the same person.
    ...[1, 2, 3, 4].map((number) => ({
      of: `regions${number}`,
      expected: { events: 25, users: 4, days: 5 },
    })),
    ...[1, 2, 3].flatMap((number) => [
      { of: `sandbox${number}`, expected: { events: 8, users: 2, days: 5 } },
      { of: `split${number}Sales`, expected: { events: 15, users: 3, days: 5 } },
      { of: `split${number}Finance`, expected: { events: 5, users: 1, days: 5 } },
      { of: `poc${number}`, expected: { events: 4, users: 2, days: 2 } },
      { of: `next${number}`, expected: { events: 6, users: 2, days: 3 } },
      // What another customer did there in August is not this pilot's.
      { of: `reused${number}`, expected: { events: 5, users: 1, days: 5 } },
      // There, and used by nobody but ourselves: truly idle.
      { of: `internal${number}`, expected: { events: 0, users: 0, days: 0 } },
      { of: `stamped${number}`, expected: { events: 10, users: 2, days: 5 } },
    ]),
    { of: 'renamed1', expected: { events: 4, users: 2, days: 2 } },
    { of: 'renamed2', expected: { events: 10, users: 2, days: 5 } },
    { of: 'field', expected: { events: 20, users: 4, days: 5 } },
  ];
  for (const { of, expected } of cases)
    it(`${of} counts ${expected.events} events of ${expected.users} people`, () =>
      assert.deepEqual(countsOf(of), expected));

  it('one shared without a rule makes both pilots Unknown, each naming the other, and counts for neither', () => {
    for (const number of [1, 2, 3])
      for (const [one, other] of ['ab', 'ba'].map((pair) => [...pair]))
        assert.deepEqual(links.problems.get(idOf(`shared${number}${one}`)), {
          code: 'OVERLAP',
          values: { key: `shared-${number}`, other: `shared${number}${other}` },
        });
    assert.ok(![...usage.facts.keys()].some((id) => id.includes('shared')));
  });

  it('keys match by case, and a key that never occurs is not a pilot with events', () => {
    for (const name of ['case', 'typo']) assert.ok(!usage.pilotsWithEvents.has(idOf(name)));
  });

  it('a key that never occurs is named, also beside others of its pilot that do', () => {
    assert.deepEqual(usage.summaries[0]!.unseenKeys.toSorted(), ['Acme', 'plian-1', 'regions-apac']);
  });

  it('a pilot whose filter names a column that is not there, or without any key, is not linked: never idle', () => {
    for (const name of ['filtered', 'unlinked', 'two1', 'two2']) {
      assert.equal(usage.facts.get(idOf(name)), undefined);
      assert.equal(usage.problems.get(idOf(name))?.code, 'NOT_LINKED', name);
    }
  });

  it('no event counts twice: what the pilots and the unlinked workspaces hold is less than what was accepted', () => {
    const [summary] = usage.summaries;
    const counted = [...usage.facts.values()]
      .flatMap(({ days }) => days)
      .reduce((sum, day) => sum + day.events, 0);
    const free = summary!.unlinked.reduce((sum, one) => sum + one.events, 0);
    assert.deepEqual(summary!.excluded, { user_domains: 15, users: 15 });
    assert.equal(summary!.read, events.length);
    // Left out: 18 August events of former customers, and `filtered`, whose link cannot be applied.
    const sharedEvents = 30;
    assert.equal(counted + free, summary!.accepted - 18 - 5);
    assert.ok(free >= sharedEvents, 'an overlapping workspace is not linked in the source');
  });

  it('only those of nobody are offered, and only a likely one is suggested', () => {
    const unclaimed = unclaimedKeys(usage, keys);
    assert.deepEqual(unclaimed.map((one) => one.key).toSorted(), [
      'acme',
      'after-1',
      'nobody-1',
      'nobody-2',
      'nobody-3',
      'stray-free',
      'stray-mixed',
      'stray-two-pilots',
      'stray-website',
    ]);
    assert.deepEqual(
      suggestLinks(unclaimed, traits).map(({ pilotId, key: { key: text }, people: count }) => [
        text,
        pilotId,
        count,
      ]),
      [
        ['stray-website', idOf('unlinked'), 3],
        ['after-1', idOf('renamed1'), 2],
      ],
    );
  });
});
