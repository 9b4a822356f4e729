// Answers that get lost or cut on their way, and a lease that runs out while rows are written.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { DEFAULT_RETRY } from '../salesforce/retry.ts';
import { startSyncOrg, SYNC_USER, usageCsv, type SyncOrg } from '../testing/sync-org.ts';

let sync: SyncOrg;
let files: readonly [string, string];
let turn = 0;

before(async () => {
  sync = await startSyncOrg();
  await sync.makePilot('Acme', 'acme-eu');
  files = [
    await sync.file('longer.csv', usageCsv(['acme-eu'], '2026-10-19', '2026-11-18')),
    await sync.file('shorter.csv', usageCsv(['acme-eu'], '2026-10-19', '2026-11-12')),
  ];
});
after(() => sync.close());
beforeEach(() => fetch(`${sync.org.url}/local-org/faults`, { method: 'DELETE' }));

/** Other usage than last time, so that there is something to write. */
const nextUsage = (): string => files[(turn += 1) % 2]!;
const inBulk = (path: string): string => sync.yaml([path]).replace('run: { ', 'run: { bulk_from_rows: 1, ');

async function order(fault: object): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(`${sync.org.url}/local-org/faults`, {
    method: 'POST',
    headers,
    body: JSON.stringify(fault),
  });
  assert.ok(response.ok, await response.text());
}

async function met(): Promise<number> {
  const { faults } = (await (await fetch(`${sync.org.url}/local-org/faults`)).json()) as {
    faults: { met: number }[];
  };
  return faults.reduce((sum, fault) => sum + fault.met, 0);
}

const CUT = [
  { what: 'a query', match: 'GET .*query', isBulk: false },
  { what: 'several queries', match: 'POST .*composite$', after: 1, isBulk: false },
  { what: 'all describes', match: 'POST .*composite$', isBulk: false },
  { what: 'written rows', match: 'PATCH .*composite/sobjects', isBulk: false },
  { what: "the run's own record", match: 'PATCH .*PilotSyncRun__c/Lease_Key__c', isBulk: false },
  { what: 'a job that was made', match: 'POST .*jobs/ingest', isBulk: true },
  { what: 'a look at a job', match: 'GET .*jobs/ingest/[^/]*$', isBulk: true },
  { what: 'a file of results', match: 'GET .*jobs/ingest/.*successfulResults', isBulk: true },
];
for (const { what, match, isBulk } of CUT)
  for (const keep of [0, 0.5])
    test(`an answer about ${what} of which ${keep * 100} % arrive is a lost one, and the run comes through`, async () => {
      await order({ kind: 'truncated', match, keep });
      const usage = nextUsage();
      const report = await sync.sync([usage], isBulk ? { yaml: inBulk(usage) } : {});
      assert.equal(await met(), 1);
      assert.equal(report.exitCode, 0);
      assert.ok(report.totals.updated > 0);
      const { unchanged, ...written } = (await sync.sync([usage])).totals;
      assert.deepEqual(written, { created: 0, updated: 0, skipped: 0, failed: 0 });
      assert.ok(unchanged > 5);
    });

for (const status of [429, 503])
  test(`an org that answers ${status} three times is waited for, half of each pause by chance`, async () => {
    await order({ match: 'PATCH .*composite/sobjects', status, errorCode: 'SERVER_UNAVAILABLE', times: 3 });
    const waits: number[] = [];
    const sleep = async (ms: number): Promise<void> => void waits.push(ms);
    const usage = nextUsage();
    const login = {
      targetOrg: null,
      environment: await sync.environment(),
      retry: { ...DEFAULT_RETRY, sleep, random: () => 0.5 },
    };
    assert.equal((await sync.sync([usage], { login })).exitCode, 0);
    assert.deepEqual(waits, [375, 750, 1500]);
  });

test('a run whose lease another one took while a job went on stops at the next look at the job', async () => {
  const usage = nextUsage();
  const before = (await sync.rows('PilotUsage__c')).length;
  await order({ kind: 'stalledJob', match: 'PATCH .*jobs/ingest/', rows: 0, times: 50 });
  let isTaken = false;
  // The first pause between two looks at the job lasts until the lease is another one's.
  const sleep = async (): Promise<void> => {
    if (isTaken) return;
    isTaken = true;
    const [mine] = (await sync.rows('PilotSyncRun__c')).filter((row) => row.Lease_Key__c === 'sync');
    await sync.org.call(
      'PATCH',
      `/sobjects/PilotSyncRun__c/${String(mine!.Id)}`,
      { Lease_Key__c: null },
      SYNC_USER,
    );
    await new Promise((resolve) => setTimeout(resolve, 1_100));
  };
  const login = {
    targetOrg: null,
    environment: await sync.environment(),
    retry: { ...DEFAULT_RETRY, sleep },
  };
  const yaml = inBulk(usage).replace('run: { ', 'run: { lease_minutes: 1, ');
  const renewals = performance.now;
  // A third of the lease passes within the pause.
  performance.now = () => renewals.call(performance) * 60;
  try {
    await assert.rejects(sync.sync([usage], { login, yaml }), { code: 'LEASE_LOST', kind: 'fatal' });
  } finally {
    performance.now = renewals;
  }
  assert.equal((await sync.rows('PilotUsage__c')).length, before);
});
