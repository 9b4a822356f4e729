import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, it } from 'node:test';
import { DATA_SIGNALS, SWITCHABLE_SIGNALS } from '../domain/policy-fields.ts';
import { learnFromOrg } from '../insight/learn.ts';
import { parseNetwork } from '../../force-app/main/default/lwc/pilotSpread/pilotSpread.ts';
import { DEFAULT_RETRY } from '../salesforce/retry.ts';
import { makeSampleOrg, type SampleOrg } from '../sample/sample-org.ts';
import { makeSampleUsage } from '../sample/sample-usage.ts';
import { parseConfig } from '../sync/read-config.ts';
import { runSync } from '../sync/run-sync.ts';
import { startTestOrg, type TestOrg } from './test-org.ts';

const NOW = new Date('2026-11-18T06:10:00Z');
const folder = mkdtempSync(join(tmpdir(), 'pilot-sample-'));
let org: TestOrg;
let sample: SampleOrg;

before(async () => {
  org = await startTestOrg({ now: NOW, deploy: true });
  await makeSampleUsage({ seed: '1', now: NOW, folder });
  const request = async (method: string, path: string, body?: unknown) => {
    const answer = await org.call(method, path.replace('/services/data/v67.0', ''), body);
    assert.ok(answer.status < 400, `${method} ${path}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  sample = await makeSampleOrg({ request }, { today: '2026-11-18' });
});
after(async () => {
  await org.close();
  rmSync(folder, { recursive: true, force: true });
});

async function orgOptions() {
  const shipped = readFileSync(new URL('../../config/sync.yaml', import.meta.url), 'utf8');
  const yaml = shipped
    .replaceAll('.pilot/sample/usage', folder)
    .replace('folder: .pilot', `folder: ${folder}`);
  const environment = {
    PILOT_ACCESS_TOKEN: await org.tokenFor(sample.users.sync),
    PILOT_INSTANCE_URL: org.url,
  };
  return {
    config: parseConfig(yaml, 'sync.yaml'),
    login: { targetOrg: null, environment, retry: { ...DEFAULT_RETRY, sleep: async () => undefined } },
    now: NOW,
    progress: { stage: () => undefined, update: () => undefined, note: () => undefined },
  };
}

async function sync() {
  return runSync({
    ...(await orgOptions()),
    isDryRun: false,
    acceptMassChange: false,
    mode: 'Manual',
    secret: 'only made-up people here',
    version: '0.0.0',
  });
}

it('every health state and every signal arises in the sample from events and records', async () => {
  const report = await sync();
  assert.equal(report.exitCode, 0);
  const soql = 'SELECT Name, Health__c, Signals__c FROM Pilot__c WHERE Is_Live__c = true';
  const { body } = await org.call('GET', `/query?q=${encodeURIComponent(soql)}`);
  const pilots = (body as { records: { Name: string; Health__c: string; Signals__c: string }[] }).records;
  const states = new Set(pilots.map(({ Health__c }) => Health__c));
  assert.deepEqual([...states].sort(), ['At risk', 'On track', 'Stalled', 'Unknown', 'Watch']);
  const codes = new Set(
    pilots.flatMap(({ Signals__c }) =>
      [...Signals__c.matchAll(/"code":"([A-Z_]+)"/g)].map(([, code]) => code!),
    ),
  );
  const missing = [...SWITCHABLE_SIGNALS, ...DATA_SIGNALS].filter((code) => !codes.has(code));
  assert.deepEqual(missing, []);
});

it('a pilot that is open to every team shows how it spreads', async () => {
  const soql =
    "SELECT Adoption_Stage__c, Network__c FROM Pilot__c WHERE Name = 'Halden Group: open to every team'";
  const { body } = await org.call('GET', `/query?q=${encodeURIComponent(soql)}`);
  const [pilot] = (body as { records: { Adoption_Stage__c: string; Network__c: string }[] }).records;
  const network = parseNetwork(pilot!.Network__c)!;
  assert.equal(pilot!.Adoption_Stage__c, '4 IT needs a policy');
  assert.equal(network.departments.length, 5);
  assert.ok(network.champions.length === 5 && network.tree.nodes.length > 30);
  assert.ok(network.invitations!.sent! > 10 && network.gated!.attempts! > 5);
});

it('what is learned from last year’s pilots is what their stories say', async () => {
  const { all, leftOut, patterns } = await learnFromOrg(await orgOptions());
  const counts = (pattern: string) =>
    patterns
      .find(({ id }) => id === pattern)!
      .groups.map(({ key, hits, of, rate }) => [key, hits, of, rate === null ? 'count' : 'rate']);
  // Halden, Ibex, Jasper, Keel, Larch, Pelagia, Quill and Sable converted; Mistral, Nordlicht, Ostrea and Rowan did not.
  assert.deepEqual([all.hits, all.of, leftOut], [8, 12, []]);
  // Nordlicht, Ostrea, Rowan and Sable never signed.
  assert.deepEqual(counts('structured'), [
    ['yes', 7, 8, 'rate'],
    ['no', 1, 4, 'count'],
  ]);
  assert.deepEqual(counts('template'), [
    ['SaaS adoption', 5, 8, 'rate'],
    ['Technical POC', 3, 4, 'count'],
  ]);
  // Halden and Ibex paid; Mistral's end was moved.
  assert.deepEqual(counts('commitment'), [
    ['Collaborative', 6, 10, 'rate'],
    ['Funded', 2, 2, 'count'],
  ]);
  assert.deepEqual(counts('extensions'), [
    ['0', 8, 11, 'rate'],
    ['1', 0, 1, 'count'],
  ]);
  // Nobody's use was measured then: nothing is made of that.
  assert.deepEqual(counts('firstValue'), [[null, 8, 12, 'rate']]);
});
