import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, it } from 'node:test';
import { STORIES } from '../sample/stories.ts';
import { ADMIN, startTestOrg, type TestOrg } from '../testing/test-org.ts';
import { openAdminOrg, type AdminOrg } from './admin-org.ts';
import { addSample, dropSample } from './sample-command.ts';

const NOW = new Date('2026-11-18T06:10:00Z');
const folder = mkdtempSync(join(tmpdir(), 'pilot-sample-command-'));
let testOrg: TestOrg;
let org: AdminOrg;
let said: string[];
const say = (line: string) => void said.push(line);

before(async () => {
  testOrg = await startTestOrg({ now: NOW, deploy: true });
  org = await openAdminOrg(await login());
});
after(async () => {
  await testOrg.close();
  rmSync(folder, { recursive: true, force: true });
});

const login = async () => ({ accessToken: await testOrg.tokenFor(ADMIN), instanceUrl: testOrg.url });
const add = async () => addSample(org, await login(), NOW, folder, say);

/** Ids of all rows of every object whose rows can be counted. */
async function everyRow(): Promise<Record<string, string[]>> {
  const { body } = await testOrg.call('GET', '/sobjects');
  const names = (body as { sobjects: { name: string; queryable: boolean }[] }).sobjects
    .filter(({ queryable }) => queryable)
    .map(({ name }) => name);
  const rows = await Promise.all(
    names.map(async (name) => [
      name,
      (await org.query(`SELECT Id FROM ${name} ORDER BY Id`)).map((row) => String(row['Id'])),
    ]),
  );
  return Object.fromEntries(rows) as Record<string, string[]>;
}

it('the sample goes in without new users and out without a row left, with what was entered on it', async () => {
  const own = await org.create('Account', [{ Name: 'A real customer' }]);
  const before = await everyRow();
  said = [];
  await add();
  assert.match(said[0]!, new RegExp(`^${STORIES.length} sample deals`));
  assert.ok(readdirSync(folder).length > 0, 'its usage is written');
  const during = await everyRow();
  assert.equal(during['Pilot__c']!.length, STORIES.length);
  assert.ok(during['Event']!.length > 0);
  assert.deepEqual(during['User'], before['User']);
  const [pilot] = during['Pilot__c']!;
  await org.create('PilotCheckIn__c', [{ Pilot__c: pilot, Held_On__c: '2026-11-17' }]);
  await dropSample(org, say);
  assert.deepEqual(await everyRow(), before);
  assert.deepEqual(before['Account'], own);
});

it('a second sample is refused, and so is a removal over a deal of one’s own; nothing changes', async () => {
  await add();
  const there = await everyRow();
  await assert.rejects(add(), { code: 'SAMPLE_STOPPED', message: /holds sample data already/ });
  const [account] = await org.query(
    "SELECT Id FROM Account WHERE AccountNumber = 'PILOT-TRACKER-SAMPLE' LIMIT 1",
  );
  const [deal] = await org.create('Opportunity', [
    { Name: 'A real deal', AccountId: account!['Id'], StageName: 'Prospecting', CloseDate: '2027-01-31' },
  ]);
  await assert.rejects(dropSample(org, say), (error: Error & { code: string; actions: string[] }) => {
    assert.equal(error.code, 'SAMPLE_STOPPED');
    assert.match(error.message, /A real deal/);
    return error.actions.length > 0;
  });
  await org.remove('Opportunity', [deal!]);
  assert.deepEqual(await everyRow(), there);
  said = [];
  await dropSample(org, say);
  await dropSample(org, say);
  assert.equal(said.at(-1), 'This org holds no sample data.');
});
