// Rows that somebody else keeps locked: whole syncs against an org that answers UNABLE_TO_LOCK_ROW.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { DEFAULT_RETRY } from '../salesforce/retry.ts';
import { startSyncOrg, usageCsv, type SyncOrg } from '../testing/sync-org.ts';
import type { SyncReport } from './sync-report.ts';

const KEYS = ['acme-eu', 'borda-eu'];
const WEEKS = 'PATCH .*/composite/sobjects/PilotUsage__c/';
const BY_ID = 'PATCH .*/composite/sobjects$';

let sync: SyncOrg;
let usage: string;
before(async () => {
  sync = await startSyncOrg();
  for (const key of KEYS) await sync.makePilot(key, key);
});
after(() => sync.close());
beforeEach(async () => {
  for (const list of ['faults', 'requests'])
    await fetch(`${sync.org.url}/local-org/${list}`, { method: 'DELETE' });
});

async function lock(match: string, times: number): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify({ kind: 'rowLock', match, times });
  const ordered = await fetch(`${sync.org.url}/local-org/faults`, { method: 'POST', headers, body });
  assert.ok(ordered.ok, await ordered.text());
}

async function calls(match: string): Promise<number> {
  const answer = await fetch(`${sync.org.url}/local-org/requests`);
  const { requests } = (await answer.json()) as { requests: { method: string; path: string }[] };
  return requests.filter(({ method, path }) => new RegExp(match).test(`${method} ${path}`)).length;
}

/** A sync with the pauses that it asked for, in milliseconds; none of them is waited. */
async function run(): Promise<{ report: SyncReport; pauses: number[] }> {
  const pauses: number[] = [];
  const sleep = async (ms: number): Promise<void> => void pauses.push(ms);
  const retry = { ...DEFAULT_RETRY, sleep, random: () => 0.5 };
  const report = await sync.sync([usage], {
    login: { targetOrg: null, environment: await sync.environment(), retry },
  });
  return { report, pauses };
}

async function lockedIssues(): Promise<Record<string, unknown>[]> {
  return (await sync.rows('PilotSyncIssue__c')).filter((row) => row.Code__c === 'ROW_LOCKED');
}

test('locks that never end leave each row as an issue and the run as partial, after the promised attempts', async () => {
  usage = await sync.file('usage.csv', usageCsv(KEYS, '2026-10-19', '2026-11-18'));
  await lock(WEEKS, 1_000);
  const { report, pauses } = await run();
  assert.equal(report.exitCode, 1);
  assert.equal(report.outcome, 'Partial');
  const weeks = report.byObject.PilotUsage__c!;
  assert.ok(weeks.failed >= 10);
  assert.deepEqual(weeks, { created: 0, updated: 0, unchanged: 0, skipped: 0, failed: weeks.failed });
  assert.equal(await calls(WEEKS), DEFAULT_RETRY.attempts);
  assert.deepEqual(pauses, [375, 750, 1_500, 3_000, 6_000, 12_000]);
  assert.deepEqual(await sync.rows('PilotUsage__c'), []);
  const issues = await lockedIssues();
  assert.equal(issues.length, weeks.failed);
  for (const issue of issues) {
    assert.equal(issue.Kind__c, 'Failed record');
    assert.equal(issue.Attempts__c, 1);
    assert.equal(issue.Resolved_On__c, null);
    assert.match(String(issue.Message__c), /UNABLE_TO_LOCK_ROW: unable to obtain exclusive access/);
  }
});

test('rows locked twice are written once each by the third attempt, and their issues are resolved', async () => {
  await lock(WEEKS, 2);
  const { report, pauses } = await run();
  assert.equal(report.exitCode, 0);
  const { created, ...others } = report.byObject.PilotUsage__c!;
  assert.deepEqual(others, { updated: 0, unchanged: 0, skipped: 0, failed: 0 });
  assert.equal(await calls(WEEKS), 3);
  assert.deepEqual(pauses, [375, 750]);
  const keys = (await sync.rows('PilotUsage__c')).map((row) => row.Usage_Week_Key__c);
  assert.equal(keys.length, created);
  assert.equal(new Set(keys).size, created);
  const issues = await lockedIssues();
  assert.equal(issues.length, created);
  assert.ok(issues.every((row) => row.Resolved_On__c === '2026-11-18'));
});

test('pilots and deals that are locked when they are updated are written by the same run', async () => {
  usage = await sync.file('shorter.csv', usageCsv(KEYS, '2026-10-19', '2026-11-12'));
  await lock(BY_ID, 1);
  const { report, pauses } = await run();
  assert.equal(report.exitCode, 0);
  assert.deepEqual(pauses, [375]);
  assert.equal(report.byObject.Pilot__c!.updated, KEYS.length);
  const { unchanged, ...written } = (await run()).report.totals;
  assert.deepEqual(written, { created: 0, updated: 0, skipped: 0, failed: 0 });
  assert.ok(unchanged >= 10);
});
