// `pilot learn` in its own process, against closed pilots in a local org over HTTP.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Learning } from '../../force-app/main/default/lwc/pilotLearning/learning.ts';
import { spawnPilot, type Ended } from '../testing/spawn-pilot.ts';
import { startSyncOrg, type SyncOrg } from '../testing/sync-org.ts';

let sync: SyncOrg;
let config: string;
let environment: Record<string, string>;

before(async () => {
  sync = await startSyncOrg();
  config = await sync.file('sync.yaml', sync.yaml(['none.csv']));
  environment = await sync.environment();
});
after(() => sync.close());

const learnNow = (...args: string[]): Promise<Ended> =>
  spawnPilot(sync.folder, ['learn', ...args, '--config', config], environment).ended;

const ended = (Outcome__c: string, more: object = {}) => ({
  Status__c: 'Closed',
  Outcome__c,
  Outcome_Reason__c: 'Other',
  Decided_On__c: '2026-11-17',
  Template_Name__c: 'SaaS adoption',
  ...more,
});

test('an org without closed pilots says so in counts, with nothing made up', async () => {
  await sync.makePilot('Live', null);
  const { code, stdout, stderr } = await learnNow();
  assert.equal(code, 0, stderr);
  assert.match(stdout, /^0 of 0 decided pilots converted: fewer than 8, no rate\.\n/);
  assert.doesNotMatch(stdout, /\d % \(/);
});

// Every value of the picklist: what each outcome counts as, by the org's own formula.
const OUTCOMES: readonly (readonly [outcome: string, converted: number | null])[] = [
  ['Converted on other terms', 1],
  ['Not converted', 0],
  ['No decision', 0],
  ['Not needed', null],
  ['Declined', null],
  ['Cancelled', null],
];

test('seven decided pilots give counts, the eighth a rate; declined and cancelled ones stay outside', async () => {
  for (const [outcome, converted] of OUTCOMES) {
    const { pilotId } = await sync.makePilot(outcome, null, ended(outcome));
    const row = await sync.org.call('GET', `/sobjects/Pilot__c/${pilotId}?fields=Converted__c`);
    assert.equal((row.body as Record<string, unknown>)['Converted__c'], converted, outcome);
  }
  for (let index = 0; index < 4; index += 1)
    await sync.makePilot(`More ${index}`, null, ended('Converted on other terms', { Type__c: 'POC' }));
  const few = await learnNow();
  assert.match(few.stdout, /^5 of 7 decided pilots converted: fewer than 8, no rate\.\n/);
  assert.match(few.stdout, /^In no rate, .*: 1 Cancelled, 1 Declined, 1 Not needed\.$/m);
  assert.doesNotMatch(few.stdout, /\d % \(/);

  await sync.makePilot('Last', null, ended('Not converted', { Template_Name__c: 'a\u001b[31mb' }));
  const { stdout, code } = await learnNow();
  assert.equal(code, 0);
  // Wilson's interval of 5 of 8 mirrors that of 3 of 8: 13.7 to 69.4 %.
  assert.match(stdout, /^5 of 8 decided pilots converted: 63 % \(31 to 86 %\)\.\n/);
  assert.match(stdout, /^POC +4 of 4 +fewer than 8, no rate$/m);
  assert.match(stdout, /^not known +5 of 8 +63 % \(31 to 86 %\)$/m);
  assert.doesNotMatch(stdout, /\u001b/);

  const learning = JSON.parse((await learnNow('--json')).stdout) as Learning;
  assert.deepEqual([learning.all.hits, learning.all.of], [5, 8]);
  const types = learning.patterns.find(({ id }) => id === 'type')!.groups;
  assert.deepEqual(
    types.map(({ key, hits, of, rate }) => [key, hits, of, rate]),
    [
      ['POC', 4, 4, null],
      ['Pilot', 1, 4, null],
    ],
  );
});
