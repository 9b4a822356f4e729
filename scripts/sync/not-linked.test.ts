import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { readSignals } from '../domain/signals-json.ts';
import { startSyncOrg, type MadePilot, type SyncOrg } from '../testing/sync-org.ts';

let sync: SyncOrg;
let acme: MadePilot;

before(async () => {
  sync = await startSyncOrg();
  acme = await sync.makePilot('Acme', null);
  const deal = (await sync.rows('Opportunity')).find(({ Id }) => Id === acme.opportunityId)!;
  const path = `/sobjects/Account/${String(deal['AccountId'])}`;
  assert.equal((await sync.org.call('PATCH', path, { Website: 'https://www.acme.example/en' })).status, 204);
});
after(() => sync.close());

/** `people` with an address at `domain` and `others` elsewhere, events on 9 and 16 November; the data are complete to the 15th. */
function workspace(key: string, domain: string, people: number, others = 0): string[] {
  return Array.from({ length: people + others }, (_, user) => {
    const email = `p${user}@${user < people ? domain : `elsewhere${user}.example`}`;
    return ['2026-11-09T09:00:00Z', '2026-11-16T09:00:00Z', '2026-11-16T10:00:00Z'].map(
      (time) => `${time},${key},${key}-${user},${email}`,
    );
  }).flat();
}

async function syncWorkspaces(...workspaces: readonly (readonly string[])[]) {
  const lines = ['event_time,usage_key,user_id,email', ...workspaces.flat()];
  const path = await sync.file('usage.csv', `${lines.join('\n')}\n`);
  const yaml = `sources:\n  - { name: product, kind: files, paths: [${path}], columns: { user_id: user_id, user_email: email } }\nrun: { folder: ${sync.folder} }\n`;
  await sync.sync([], { yaml });
  const row = (await sync.rows('Pilot__c')).find(({ Id }) => Id === acme.pilotId)!;
  const signal = readSignals(row['Signals__c'] as string)?.signals.find(({ code }) => code === 'NOT_LINKED');
  return { reason: row['Stall_Reason__c'], values: signal?.values };
}

test('a pilot without a link gets up to three candidates with their numbers, most people first', async () => {
  const { reason, values } = await syncWorkspaces(
    workspace('acme-us', 'acme.example', 5),
    workspace('acme-eu', 'acme.example', 8, 2),
    workspace('acme-lab', 'acme.example', 3, 2),
    workspace('acme-old', 'acme.example', 2),
    workspace('mostly-others', 'acme.example', 5, 5),
    workspace('private', 'gmail.com', 20),
    workspace(`acme-${'x'.repeat(90)}`, 'acme.example', 30),
  );
  assert.equal(reason, 'Unknown: no workspace linked. Likely acme-eu (8 people at acme.example). Link it.');
  const shared = { source: 'product', domain: 'acme.example', since: '2026-11-09' };
  const numbered = (number: string, values: object) =>
    Object.fromEntries(
      Object.entries({ ...shared, ...values }).map(([name, value]) => [name + number, value]),
    );
  assert.deepEqual(values, {
    ...numbered('', { key: 'acme-eu', people: 8, events: 10 }),
    ...numbered('2', { key: 'acme-us', people: 5, events: 5 }),
    ...numbered('3', { key: 'acme-lab', people: 3, events: 5 }),
  });
});

test('no workspace of the account: no candidate, and no number of a former run is left', async () => {
  const { reason, values } = await syncWorkspaces(workspace('mostly-others', 'acme.example', 5, 5));
  assert.equal(reason, 'Unknown: no workspace linked. Link it.');
  assert.deepEqual(values, {});
});

test('the pilot’s target of weekly users is stored for the header: 60 % of five licensed users', async () => {
  await syncWorkspaces(workspace('acme-eu', 'acme.example', 5));
  const row = (await sync.rows('Pilot__c')).find(({ Id }) => Id === acme.pilotId)!;
  assert.equal(readSignals(row['Signals__c'] as string)?.adoptionTarget, 3);
});
