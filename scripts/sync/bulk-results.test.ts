// What a bulk job says of its rows: refused ones, and rows that a complete job never looked at.
import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { after, before, beforeEach, test } from 'node:test';
import { DEFAULT_RETRY } from '../salesforce/retry.ts';
import { customObject, manifest, startSyncOrg, usageCsv, type SyncOrg } from '../testing/sync-org.ts';
import { zipOf } from '../testing/test-org.ts';
import type { SyncReport } from './sync-report.ts';

const KEYS = ['bad-1', 'good-1', 'good-2'];
const [LONG, SHORT] = ['2026-11-18', '2026-11-12'];

let sync: SyncOrg;
const pilots = new Map<string, string>();
let proxy: Server;
let url: string;
/** The rows of every upload to a job, header first. */
let uploads: string[][] = [];
/** Whether failed jobs pass for complete ones, which have left rows unprocessed then. */
let doJobsSeemComplete = false;

before(async () => {
  sync = await startSyncOrg();
  for (const key of KEYS) pilots.set(key, (await sync.makePilot(key, key)).pilotId);
  proxy = createServer((request, response) => {
    void (async () => {
      const { method = 'GET', headers } = request;
      const body = await text(request);
      if (method === 'PUT') uploads.push(body.trimEnd().split('\n'));
      const answer = await fetch(sync.org.url + request.url, {
        method,
        headers: {
          authorization: headers.authorization ?? '',
          'content-type': headers['content-type'] ?? 'application/json',
        },
        ...(body === '' ? {} : { body }),
      });
      const type = answer.headers.get('content-type') ?? 'text/plain';
      const told = await answer.text();
      response.writeHead(answer.status, { 'content-type': type });
      response.end(doJobsSeemComplete ? told.replace('"state":"Failed"', '"state":"JobComplete"') : told);
    })();
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
});
after(async () => {
  proxy.close();
  proxy.closeAllConnections();
  await sync.close();
});
beforeEach(async () => {
  uploads = [];
  doJobsSeemComplete = false;
  await fetch(`${sync.org.url}/local-org/faults`, { method: 'DELETE' });
});

/** A sync that writes everything in bulk, of usage until the day. */
async function syncUntil(to: string): Promise<SyncReport> {
  const usage = await sync.file(`until-${to}.csv`, usageCsv(KEYS, '2026-10-19', to));
  return await sync.sync([usage], {
    yaml: sync.yaml([usage]).replace('run: { ', 'run: { bulk_from_rows: 1, '),
    login: {
      targetOrg: null,
      environment: { ...(await sync.environment()), PILOT_INSTANCE_URL: url },
      retry: { ...DEFAULT_RETRY, sleep: async () => undefined },
    },
  });
}

/** How often the row with this key was sent to a job. */
function sent(key: string): number {
  return uploads.flat().filter((line) => line.replaceAll('"', '').startsWith(`${key},`)).length;
}

/** The next jobs end as complete after so many of their rows. */
async function leaveUnprocessed(rows: number, times: number): Promise<void> {
  doJobsSeemComplete = true;
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify({ kind: 'failedJob', match: 'PATCH .*/jobs/ingest/', rows, times });
  const ordered = await fetch(`${sync.org.url}/local-org/faults`, { method: 'POST', headers, body });
  assert.ok(ordered.ok, await ordered.text());
}

async function deployRule(isActive: boolean): Promise<void> {
  const rule = `<validationRules><fullName>Not_Bad</fullName><active>${isActive}</active>
    <errorConditionFormula>AND(ISCHANGED(Stale_After__c), BEGINS(Name, &quot;bad&quot;))</errorConditionFormula>
    <errorMessage>Bad pilots are not kept here.</errorMessage></validationRules>`;
  await sync.org.deploy(
    zipOf({
      'package.xml': manifest({ ValidationRule: ['Pilot__c.Not_Bad'] }),
      'objects/Pilot__c.object': customObject(rule),
    }),
  );
}

test('a row that a job refuses is sent once, is an issue that counts its attempts, and stops no other row', async () => {
  await deployRule(true);
  const bad = pilots.get('bad-1')!;
  for (const attempts of [1, 2]) {
    uploads = [];
    const report = await syncUntil(attempts === 1 ? SHORT : LONG);
    assert.equal(report.exitCode, 1);
    const { created, updated, skipped, failed } = report.byObject.Pilot__c!;
    assert.deepEqual([created, updated, skipped, failed], [0, 2, 0, 1]);
    for (const id of pilots.values()) assert.equal(sent(id), 1);
    const issues = (await sync.rows('PilotSyncIssue__c')).filter((row) => row.Kind__c === 'Failed record');
    assert.equal(issues.length, 1);
    const [issue] = issues;
    assert.equal(issue!.Record_Id__c, bad);
    assert.equal(issue!.Code__c, 'RULE_REFUSED');
    assert.equal(issue!.Attempts__c, attempts);
    assert.match(
      String(issue!.Message__c),
      /FIELD_CUSTOM_VALIDATION_EXCEPTION: Bad pilots are not kept here/,
    );
  }
  for (const { Id, Stale_After__c } of await sync.rows('Pilot__c'))
    assert.equal(Stale_After__c === null, Id === bad);
  await deployRule(false);
  assert.equal((await syncUntil(LONG)).exitCode, 0);
  const [issue] = (await sync.rows('PilotSyncIssue__c')).filter((row) => row.Kind__c === 'Failed record');
  assert.equal(issue!.Resolved_On__c, '2026-11-18');
});

test('rows that a complete job left unprocessed are sent again, and only they', async () => {
  await leaveUnprocessed(1, 1);
  const report = await syncUntil(SHORT);
  assert.equal(report.exitCode, 0);
  assert.equal(report.byObject.Pilot__c!.updated, 3);
  const counts = [...pilots.values()].map(sent).toSorted();
  assert.deepEqual(counts, [1, 2, 2]);
  const { unchanged, ...written } = (await syncUntil(SHORT)).totals;
  assert.deepEqual(written, { created: 0, updated: 0, skipped: 0, failed: 0 });
  assert.ok(unchanged > 10);
});

test('jobs that keep leaving rows unprocessed end the run by name, and its record says that it failed', async () => {
  await leaveUnprocessed(0, 1_000);
  const before = await sync.rows('Pilot__c');
  await assert.rejects(syncUntil(LONG), {
    code: 'BULK_UNFINISHED',
    kind: 'transient',
    message: /^Writing \w+ in bulk: \d+ rows are unconfirmed; job \w+ left \d+ rows unprocessed\.$/,
  });
  assert.deepEqual(await sync.rows('Pilot__c'), before);
  const { Outcome__c, Message__c } = (await sync.rows('PilotSyncRun__c')).at(-1)!;
  assert.equal(Outcome__c, 'Failed');
  assert.match(String(Message__c), /BULK_UNFINISHED/);
});
