// A person who was busy and is away is named where the org knows the contact behind the user, end to end.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { startSyncOrg, type SyncOrg } from '../testing/sync-org.ts';

const ADDRESS = 'priya.shah@acme.example';

let sync: SyncOrg;

before(async () => {
  sync = await startSyncOrg();
  // As somebody typed it: an address means the same in capitals.
  const contact = { FirstName: 'Priya', LastName: 'Shah', Email: 'Priya.Shah@Acme.example' };
  const { body } = await sync.org.call('POST', '/sobjects/Contact', contact);
  await sync.makePilot('Acme', 'acme-eu', { Champion__c: (body as { id: string }).id });
});
after(() => sync.close());

/** Five people on every weekday; the first makes most of the events and was last there on 3 November. */
async function usageFile(name: string, first: string, addressOf: (user: string) => string): Promise<string> {
  const lines = ['event_time,usage_key,user_id,user_email'];
  for (let at = Date.parse('2026-10-21'); at <= Date.parse('2026-11-17'); at += 86_400_000) {
    const day = new Date(at).toISOString().slice(0, 10);
    if ([0, 6].includes(new Date(at).getUTCDay())) continue;
    for (const user of [first, 'u2', 'u3', 'u4', 'u5']) {
      if (user === first && day > '2026-11-03') continue;
      for (let hour = 0; hour < (user === first ? 9 : 3); hour += 1)
        lines.push(`${day}T0${hour}:00:00Z,acme-eu,${user},${addressOf(user)}`);
    }
  }
  return sync.file(name, `${lines.join('\n')}\n`);
}

async function reasonAfter(path: string, columns: string): Promise<unknown> {
  await sync.sync([], { yaml: sync.yaml([path]).replace('{ user_id: user_id }', columns) });
  return (await sync.rows('Pilot__c'))[0]!['Stall_Reason__c'];
}

const NAMED =
  'Watch since 12 Nov: Priya Shah, 27 % of all use, last active 3 Nov, usually every day. Call them.';

describe('the champion who is away', () => {
  const withAddress = (user: string) => (user === 'u1' ? ADDRESS : `${user}@acme.example`);

  test('is one person without a name where the source knows no addresses', async () => {
    const path = await usageFile('ids.csv', 'u1', withAddress);
    const reason = await reasonAfter(path, '{ user_id: user_id }');
    assert.match(
      String(reason),
      /^Watch since 12 Nov: the most active user, 27 % of all use, .* Ask Priya Shah why\.$/,
    );
  });

  test('is named by the address beside the id', async () => {
    const path = await usageFile('addresses.csv', 'u1', withAddress);
    assert.equal(await reasonAfter(path, '{ user_id: user_id, user_email: user_email }'), NAMED);
  });

  test('is named where ids are addresses, in whatever case', async () => {
    const path = await usageFile('names.csv', 'PRIYA.Shah@acme.example', () => '');
    assert.equal(await reasonAfter(path, '{ user_id: user_id }'), NAMED);
  });

  test('is not taken for somebody of the same domain', async () => {
    const path = await usageFile('others.csv', 'priya@acme.example', () => '');
    assert.match(String(await reasonAfter(path, '{ user_id: user_id }')), /: the most active user, 27 %/);
  });

  test('leaves neither id nor address in the org, but on the contact', async () => {
    for (const object of ['Pilot__c', 'PilotUsage__c', 'PilotSyncIssue__c', 'PilotSyncRun__c'])
      assert.doesNotMatch(JSON.stringify(await sync.rows(object)), /priya\.?(shah)?@/i, object);
  });
});
