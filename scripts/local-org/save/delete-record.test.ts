import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startTestOrg, type TestOrg } from '../../testing/test-org.ts';

let org: TestOrg;
before(async () => {
  org = await startTestOrg();
});
after(() => org.close());

async function create(object: string, fields: object): Promise<string> {
  const { status, body } = await org.call('POST', `/sobjects/${object}`, fields);
  assert.equal(status, 201, JSON.stringify(body));
  return (body as { id: string }).id;
}
const statusOf = async (object: string, id: string) =>
  (await org.call('GET', `/sobjects/${object}/${id}?fields=Id`)).status;

test('a deal takes its events and tasks along, and leaves those of its account and contact', async () => {
  const AccountId = await create('Account', { Name: 'Acme' });
  const contact = await create('Contact', { LastName: 'Shah', AccountId });
  const deal = await create('Opportunity', {
    Name: 'Deal',
    AccountId,
    StageName: 'Prospecting',
    CloseDate: '2027-01-31',
  });
  const meeting = { Subject: 'Readout', DurationInMinutes: 30, ActivityDateTime: '2026-12-01T09:00:00Z' };
  const going = [
    ['Event', await create('Event', { ...meeting, WhatId: deal, WhoId: contact })],
    ['Task', await create('Task', { Subject: 'Call', WhatId: deal })],
  ] as const;
  const staying = [
    ['Event', await create('Event', { ...meeting, WhatId: AccountId })],
    ['Task', await create('Task', { Subject: 'Write', WhoId: contact })],
  ] as const;
  assert.equal((await org.call('DELETE', `/sobjects/Opportunity/${deal}`)).status, 204);
  for (const [object, id] of going) assert.equal(await statusOf(object, id), 404, object);
  for (const [object, id] of staying) assert.equal(await statusOf(object, id), 200, object);
  assert.equal((await org.call('DELETE', `/sobjects/Account/${AccountId}`)).status, 204);
  assert.equal(await statusOf('Event', staying[0][1]), 404);
});
