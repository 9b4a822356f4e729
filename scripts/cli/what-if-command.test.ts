// `pilot whatif` and `pilot explain`, each in its own process against a local org over HTTP.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { WhatIf } from '../insight/what-if-result.ts';
import { spawnPilot, type Ended } from '../testing/spawn-pilot.ts';
import { startSyncOrg, usageCsv, type SyncOrg } from '../testing/sync-org.ts';

let sync: SyncOrg;
let config: string;
let environment: Record<string, string>;

before(async () => {
  sync = await startSyncOrg();
  await sync.makePilot('Acme', 'acme-eu');
  await sync.makePilot('Globe', 'globe-eu');
  const silent = await sync.file('silent.csv', usageCsv(['acme-eu'], '2026-10-19', '2026-11-06'));
  const busy = await sync.file('busy.csv', usageCsv(['globe-eu'], '2026-10-19', '2026-11-18'));
  config = await sync.file('sync.yaml', sync.yaml([silent, busy]));
  environment = await sync.environment();
  assert.equal((await pilot('sync')).code, 0);
});
after(() => sync.close());

async function pilot(...args: string[]): Promise<Ended> {
  return await spawnPilot(
    sync.folder,
    [...args, '--now', '2026-11-18T12:00:00Z', '--config', config],
    environment,
  ).ended;
}

async function answers(): Promise<Record<string, unknown>[]> {
  return (await sync.rows('PilotSyncIssue__c')).filter((row) => row['Code__c'] === 'WHAT_IF');
}

test('whatif says per pilot which flags come and go, and stores nothing unasked', async () => {
  const file = await sync.file('shorter.yaml', 'Default: { Idle_Business_Days__c: 5 }');
  const { code, stdout, stderr } = await pilot('whatif', '--policy', file);
  assert.equal(code, 0, stderr);
  assert.match(stdout, /^With Default Idle_Business_Days__c = 5:$/m);
  assert.match(stdout, /^Acme, .*: .* → Stalled/m);
  assert.match(stdout, /^1 of 2 pilots change\. .*Stalled 0 → 1, Unknown 0 → 0\.$/m);
  assert.doesNotMatch(stdout, /^Globe/m);
  assert.deepEqual(await answers(), []);
});

test('with --store the answer is one record of kind Setup, and the next answer takes its place', async () => {
  const pilots = await sync.rows('Pilot__c');
  const shorter = await sync.file('shorter.yaml', 'Default: { Idle_Business_Days__c: 5 }');
  assert.equal((await pilot('whatif', '--store', '--policy', shorter)).code, 0);
  const [first, ...others] = await answers();
  assert.equal(others.length, 0);
  assert.equal(first?.['Kind__c'], 'Setup');
  assert.equal(first?.['Resolved_On__c'], '2026-11-18');
  assert.match(
    String(first?.['Message__c']),
    /^With Default Idle_Business_Days__c = 5: 1 of 2 pilots change\./,
  );
  assert.match(String(first?.['Message__c']), /\nAcme, .* → Stalled/);

  const off = await sync.file('off.yaml', 'Pilot: { Signal_No_Sponsor__c: "Off" }');
  const { code, stdout } = await pilot('whatif', '--store', '--json', '--policy', off);
  assert.equal(code, 0);
  const { changed, changes } = JSON.parse(stdout) as WhatIf;
  assert.deepEqual(changes, { Pilot: { Signal_No_Sponsor__c: 'Off' } });
  assert.deepEqual(
    changed.map(({ removed }) => removed),
    [['NO_SPONSOR'], ['NO_SPONSOR']],
  );
  const [second, ...more] = await answers();
  assert.equal(more.length, 0);
  assert.equal(second?.['Id'], first?.['Id']);
  assert.match(
    String(second?.['Message__c']),
    /^With Pilot Signal_No_Sponsor__c = Off: 2 of 2 pilots change\. Adds 0 flags, removes 2\./,
  );
  assert.deepEqual(await sync.rows('Pilot__c'), pilots);
});

test('an answer that is stored is nothing to put right: a sync leaves it alone and issues does not list it', async () => {
  const stored = await answers();
  assert.equal(stored.length, 1);
  const { code, stderr } = await pilot('sync');
  assert.equal(code, 0, stderr);
  assert.deepEqual(await answers(), stored);
  assert.doesNotMatch(
    (await spawnPilot(sync.folder, ['issues', '--config', config], environment).ended).stdout,
    /WHAT_IF/,
  );
});

test('whatif refuses a policy that no rule reads, with exit code 2, and stores nothing', async () => {
  const stored = await answers();
  const typo = await sync.file('typo.yaml', 'Default: { Idle_Days__c: 5 }');
  const { code, stderr } = await pilot('whatif', '--store', '--policy', typo);
  assert.equal(code, 2);
  assert.match(stderr, /POLICY_FILE: .*typo\.yaml: Default/);
  assert.deepEqual(await answers(), stored);
});

test('explain shows what each test saw, its threshold, and a risk whose contributions add up', async () => {
  const { code, stdout, stderr } = await pilot('explain', 'Acme pilot');
  assert.equal(code, 0, stderr);
  assert.match(stdout, /^ {2}USAGE_DROP {2}/m);
  assert.match(stdout, /seen: .*idle business days \d+, last active on 2026-11-06/);
  assert.match(stdout, /threshold: idle business days \d+/);
  const risk = /risk [\d.]+ % \(log-odds (-?[\d.]+) = (.*)\)/.exec(stdout);
  const summands = risk![2]!.match(/-?\d+\.\d+/g)!.map(Number);
  assert.equal(summands.length, 4);
  assert.ok(Math.abs(summands.reduce((sum, value) => sum + value, 0) - Number(risk![1])) < 0.01);
});
