// Reads of one moment against the local org: how many calls, and what becomes of one that fails among them.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { z } from 'zod';
import { startSyncOrg, type SyncOrg } from '../testing/sync-org.ts';
import { connect } from './connect.ts';
import { soql } from './soql.ts';
import type { SalesforceClient } from './client.ts';

let sync: SyncOrg;
let client: SalesforceClient;

before(async () => {
  sync = await startSyncOrg();
  await sync.makePilot('Acme', 'acme-eu');
  client = (await connect({ targetOrg: null, environment: await sync.environment() })).client;
});
after(() => sync.close());

const name = z.object({ Name: z.string() });
const names = (): Promise<string[]> =>
  client.query(soql`SELECT Name FROM Pilot__c ORDER BY Id`, name).then((rows) => rows.map((row) => row.Name));

async function callsOf(work: () => Promise<unknown>): Promise<number> {
  const before = client.apiCalls;
  await work();
  return client.apiCalls - before;
}

test('describes of one moment are one call, and a known one is none', async () => {
  const objects = ['Pilot__c', 'SuccessCriterion__c', 'Opportunity', 'Account', 'Contact', 'Task', 'Event'];
  const ask = () => Promise.all(objects.map((object) => client.describe(object)));
  assert.equal(await callsOf(ask), 1);
  assert.equal(await callsOf(ask), 0);
  assert.deepEqual(
    (await ask()).map((found) => found?.name),
    objects,
  );
});

test('six queries of one moment are two calls, one query is an ordinary one', async () => {
  assert.equal(await callsOf(() => Promise.all(Array.from({ length: 6 }, names))), 2);
  assert.equal(await callsOf(names), 1);
  assert.equal((await names()).length, 1);
});

test('an object that is missing is null, and those beside it are read', async () => {
  const [missing, found] = await Promise.all(
    ['No_Such__c', 'PilotCheckIn__c'].map((one) => client.describe(one)),
  );
  assert.equal(missing, null);
  assert.equal(found?.name, 'PilotCheckIn__c');
});

test('a query that the org refuses fails as it does alone, and those beside it are answered', async () => {
  const wrong = () => client.query(soql`SELECT No_Such__c FROM Pilot__c`, name);
  const alone = await wrong().then(
    () => assert.fail('the org has no such field'),
    (error: Error) => error.message,
  );
  const [refused, answered] = await Promise.allSettled([wrong(), names()]);
  assert.equal(refused.status === 'rejected' && (refused.reason as Error).message, alone);
  assert.match(alone, /INVALID_FIELD/);
  assert.equal(answered.status === 'fulfilled' && answered.value.length, 1);
});
