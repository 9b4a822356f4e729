import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { startSyncOrg, usageCsv, type MadePilot, type SyncOrg } from '../testing/sync-org.ts';

let sync: SyncOrg;
let acme: MadePilot;
let usage: string;
let older: string;

before(async () => {
  sync = await startSyncOrg();
  acme = await sync.makePilot('Acme', 'acme-eu');
  usage = await sync.file('usage.csv', usageCsv(['acme-eu'], '2026-10-19', '2026-11-18'));
  older = await sync.file('older.csv', usageCsv(['acme-eu'], '2026-10-19', '2026-11-12'));
});
after(() => sync.close());
beforeEach(async () => {
  await fetch(`${sync.org.url}/local-org/faults`, { method: 'DELETE' });
});

const inBulk = (paths: readonly string[]): string =>
  sync.yaml(paths).replace('run: { ', 'run: { bulk_from_rows: 1, ');

test('rows written in bulk are those written by calls, and a second run writes nothing', async () => {
  const report = await sync.sync([usage], { yaml: inBulk([usage]) });
  assert.equal(report.exitCode, 0);
  assert.ok(report.byObject.PilotUsage__c!.created >= 5);
  const again = await sync.sync([usage]);
  const { unchanged, ...written } = again.totals;
  assert.deepEqual(written, { created: 0, updated: 0, skipped: 0, failed: 0 });
  assert.ok(unchanged > 5);
});

for (const kind of ['failedJob', 'stalledJob'] as const)
  test(`a ${kind} is begun anew and every row is accounted for once`, async () => {
    await sync.sync([older]);
    await fetch(`${sync.org.url}/local-org/faults`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ kind, match: 'PATCH .*/jobs/ingest/', rows: 1 }),
    });
    const report = await sync.sync([usage], { yaml: inBulk([usage]) });
    assert.equal(report.exitCode, 0);
    assert.equal((await sync.sync([usage])).totals.updated, 0);
  });

test('what the run will cost is told before its first write', async () => {
  await sync.sync([usage]);
  const before = await sync.rows('Pilot__c');
  const told: string[] = [];
  const note = (line: string): void => {
    told.push(line);
    throw new RangeError('seen enough');
  };
  const progress = { stage: () => undefined, update: () => undefined, note };
  await assert.rejects(sync.sync([older], { progress }), /seen enough/);
  assert.match(told[0]!, /^plan: Pilot__c 1, .*; \d+ API calls of \d+ available today$/);
  assert.deepEqual(await sync.rows('Pilot__c'), before);
});

test('a record that keeps failing counts its attempts and is resolved by the run that writes it', async () => {
  await sync.org.call('PATCH', `/sobjects/Pilot__c/${acme.pilotId}`, { Closed_Days__c: 'not json' });
  const issue = async (): Promise<Record<string, unknown>> =>
    (await sync.rows('PilotSyncIssue__c')).find((row) => row.Code__c === 'DAMAGED_JSON')!;
  for (const attempts of [1, 2]) {
    await sync.sync([usage]);
    assert.equal((await issue()).Attempts__c, attempts);
  }
  await sync.org.call('PATCH', `/sobjects/Pilot__c/${acme.pilotId}`, { Closed_Days__c: null });
  await sync.sync([usage]);
  assert.equal((await issue()).Resolved_On__c, '2026-11-18');
});
