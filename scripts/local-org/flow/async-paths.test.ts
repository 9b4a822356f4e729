import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, it } from 'node:test';
import { ADMIN, createUser, startTestOrg, type TestOrg } from '../../testing/test-org.ts';
import type { FlowFaultEntry, SentNotification } from './flow-log.ts';
import { change, create, createDeal, refusingTaskRule, rows } from '../../testing/flow-fixture.ts';

const SYNC = 'sync@local.test';
const START = new Date('2026-11-20T00:00:00Z');
let folder: string;
let org: TestOrg;
let owner: string;
let deal: string;
let pilot: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'pilot-flow-'));
  org = await startTestOrg({ deploy: true, now: START, file: join(folder, 'org.db') });
  await createUser(org, {
    username: SYNC,
    profile: 'Minimum Access - API Only Integrations',
    permissionSets: ['Pilot_Sync'],
  });
  owner = await createUser(org, { username: 'owner@local.test', permissionSets: ['Pilot_Rep'] });
  deal = await createDeal(org, { OwnerId: owner });
  pilot = await create(org, 'Pilot__c', {
    Name: "O'Brien \\ Mills",
    Opportunity__c: deal,
    Status__c: 'Active',
  });
});

afterEach(async () => {
  await org.close();
  rmSync(folder, { recursive: true, force: true });
});

/** What the sync writes when it sees the pilot stalled, or no longer so. */
const sync = (isStalled: boolean): Promise<void> =>
  change(
    org,
    `Pilot__c/${pilot}`,
    {
      Stalled__c: isStalled,
      Stall_Reason__c: isStalled ? 'Nobody used it for 10 business days' : null,
      Synced_At__c: '2026-11-20T00:00:00Z',
    },
    SYNC,
  );

const tasks = () =>
  rows(org, 'SELECT Subject, Status, OwnerId, WhatId, Description, CreatedById FROM Task ORDER BY Id');

async function control<T>(path: string, method = 'GET'): Promise<T> {
  const response = await fetch(`${org.url}/local-org/${path}`, { method });
  return (await response.json()) as T;
}
const bells = async () =>
  (await control<{ notifications: SentNotification[] }>('notifications')).notifications;
const flowFaults = async () => (await control<{ flowFaults: FlowFaultEntry[] }>('flow-faults')).flowFaults;

it('is silent on the first sync of a pilot', async () => {
  await sync(true);
  assert.deepEqual([await tasks(), await bells()], [[], []]);
});

it('rings one bell and makes one task when a synced pilot stalls, and completes the task when it clears', async () => {
  await sync(false);
  await sync(true);
  const [task, ...others] = await tasks();
  assert.deepEqual(others, []);
  const { Subject, Status, OwnerId, WhatId, Description } = task!;
  const subject = "Pilot stalled: O'Brien \\ Mills";
  assert.deepEqual(
    { Subject, Status, OwnerId, WhatId, Description },
    {
      Subject: subject,
      Status: 'Not Started',
      OwnerId: owner,
      WhatId: deal,
      Description: 'Nobody used it for 10 business days',
    },
  );
  const [bell, ...more] = await bells();
  assert.deepEqual([bell?.title, bell?.recipientIds, bell?.targetId, more], [subject, [owner], deal, []]);
  const [syncUser] = await rows(org, `SELECT Id FROM User WHERE Username = '${SYNC}'`);
  assert.deepEqual([bell?.sentBy, task!['CreatedById']], [syncUser!['Id'], syncUser!['Id']]);

  await sync(false);
  assert.deepEqual(
    (await tasks()).map((each) => each['Status']),
    ['Completed'],
  );
});

it('makes no second task while one is open and rings no second bell within 7 days', async () => {
  await sync(false);
  await sync(true);
  const [open] = await rows(org, 'SELECT Id FROM Task');
  await sync(false);
  await change(org, `Task/${String(open!['Id'])}`, { Status: 'Not Started' });
  await sync(true);
  assert.equal((await tasks()).length, 1);
  await sync(false);
  await sync(true);
  assert.equal((await tasks()).length, 2);
  assert.equal((await bells()).length, 1);
});

it('rings again after 7 days', async () => {
  await sync(false);
  await sync(true);
  await sync(false);
  await org.close();
  const later = new Date(START.getTime() + 8 * 86_400_000);
  org = await startTestOrg({ now: later, file: join(folder, 'org.db') });
  await sync(true);
  assert.deepEqual([(await tasks()).length, (await bells()).length], [2, 2]);
});

it('tells the success manager when the owner of the deal is inactive', async () => {
  const manager = await createUser(org, { username: 'csm@local.test' });
  await change(org, `Pilot__c/${pilot}`, { Success_Manager__c: manager });
  await change(org, `User/${owner}`, { IsActive: false });
  await sync(false);
  await sync(true);
  assert.deepEqual(
    [(await tasks()).map((task) => task['OwnerId']), (await bells()).map((bell) => bell.recipientIds)],
    [[manager], [[manager]]],
  );
});

it('survives when nobody is active: the row is saved, nobody is told', async () => {
  await change(org, `User/${owner}`, { IsActive: false });
  await sync(false);
  await sync(true);
  assert.deepEqual([await tasks(), await bells(), await flowFaults()], [[], [], []]);
  assert.equal((await rows(org, 'SELECT Stalled__c FROM Pilot__c'))[0]?.['Stalled__c'], true);
});

it('writes an issue when a rule of the org refuses the task, and the pilot stays saved', async () => {
  await org.deploy(refusingTaskRule());
  await sync(false);
  await sync(true);
  const issues = await rows(org, 'SELECT Code__c, Kind__c, Message__c, Pilot__c FROM PilotSyncIssue__c');
  assert.equal(issues.length, 1);
  assert.deepEqual(
    [issues[0]?.['Code__c'], issues[0]?.['Kind__c'], issues[0]?.['Pilot__c']],
    ['TASK_FAILED', 'Setup', pilot],
  );
  assert.match(
    String(issues[0]?.['Message__c']),
    /FIELD_CUSTOM_VALIDATION_EXCEPTION: Tasks are made in another system\./,
  );
  assert.equal((await rows(org, 'SELECT Stalled__c FROM Pilot__c'))[0]?.['Stalled__c'], true);
});

it('does not run for a save that is rolled back, and does for the same save that stays', async () => {
  await sync(false);
  const record = { attributes: { type: 'Pilot__c' }, Stalled__c: true, Stall_Reason__c: 'Quiet' };
  const save = (allOrNone: boolean) => {
    const records = [
      { ...record, id: pilot },
      { ...record, id: deal },
    ];
    return org.call('PATCH', '/composite/sobjects', { allOrNone, records }, SYNC);
  };
  assert.equal(((await save(true)).body as { success: boolean }[])[0]?.success, false);
  assert.deepEqual([await control('async/run', 'POST'), await tasks()], [{ ran: 0 }, []]);
  assert.equal(((await save(false)).body as { success: boolean }[])[0]?.success, true);
  assert.equal((await tasks()).length, 1);
});

it('refuses a task for an inactive owner, as the platform does', async () => {
  await change(org, `User/${owner}`, { IsActive: false });
  const answer = await org.call('POST', '/sobjects/Task', { Subject: 'Call', OwnerId: owner }, ADMIN);
  assert.equal(answer.status, 400);
  assert.equal((answer.body as { errorCode: string }[])[0]?.errorCode, 'INACTIVE_OWNER_OR_USER');
});
