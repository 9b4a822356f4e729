// Health_Log__c is read and written only where the health changes.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { readHealthLog } from '../domain/health-log.ts';
import { startSyncOrg, SYNC_USER, usageCsv, type SyncOrg } from '../testing/sync-org.ts';

let sync: SyncOrg;
let pilotId: string;
let usage: string;

before(async () => {
  sync = await startSyncOrg();
  ({ pilotId } = await sync.makePilot('Acme', 'acme-eu'));
  usage = await sync.file('usage.csv', usageCsv(['acme-eu'], '2026-10-21', '2026-11-18'));
});
after(() => sync.close());

async function stored(): Promise<{ health: unknown; log: string | null }> {
  const [row] = await sync.rows('Pilot__c');
  return { health: row!['Health__c'], log: row!['Health_Log__c'] as string | null };
}

async function store(cells: Readonly<Record<string, unknown>>): Promise<void> {
  const { status } = await sync.org.call('PATCH', `/sobjects/Pilot__c/${pilotId}`, cells, SYNC_USER);
  assert.equal(status, 204);
}

test('the first verdict begins the log, and the same verdict leaves it', async () => {
  await sync.sync([usage]);
  const first = await stored();
  assert.deepEqual(
    readHealthLog(first.log).map(({ day, health }) => [day, health]),
    [['2026-11-18', first.health]],
  );
  const { totals } = await sync.sync([usage]);
  assert.equal(totals.updated + totals.created, 0);
  assert.deepEqual(await stored(), first);
});

test('another verdict is entered above what the org holds', async () => {
  const { health } = await stored();
  const earlier = { day: '2026-11-10', health: 'Stalled', codes: ['NO_USAGE'] } as const;
  await store({ Health__c: 'Stalled', Health_Log__c: JSON.stringify({ version: 1, entries: [earlier] }) });
  await sync.sync([usage]);
  const now = await stored();
  assert.equal(now.health, health);
  const [newest, ...rest] = readHealthLog(now.log);
  assert.deepEqual([newest?.day, newest?.health], ['2026-11-18', health]);
  assert.deepEqual(rest, [earlier]);
});

test('another change of the pilot does not touch the log', async () => {
  const { log } = await stored();
  await store({ Stall_Reason__c: 'something else' });
  const { totals } = await sync.sync([usage]);
  assert.equal(totals.updated, 1);
  assert.equal((await stored()).log, log);
});
