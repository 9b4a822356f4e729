// `pilot runs`, `pilot issues` and `pilot forget`, each in its own process against a local org over HTTP.
import assert from 'node:assert/strict';
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { OpenIssue } from '../sync/read-issues.ts';
import type { PastRun } from '../sync/read-runs.ts';
import { userHash } from '../sources/user-hash.ts';
import { spawnPilot, type Ended } from '../testing/spawn-pilot.ts';
import { startSyncOrg, usageCsv, SYNC_USER, type MadePilot, type SyncOrg } from '../testing/sync-org.ts';

let sync: SyncOrg;
let acme: MadePilot;
let config: string;
let environment: Record<string, string>;

before(async () => {
  sync = await startSyncOrg();
  acme = await sync.makePilot('Acme', 'acme-eu');
  config = await sync.file(
    'sync.yaml',
    sync.yaml([await sync.file('usage.csv', usageCsv(['acme-eu'], '2026-10-19', '2026-11-18'))]),
  );
  environment = await sync.environment();
});
after(() => sync.close());

async function pilot(...args: string[]): Promise<Ended> {
  return await spawnPilot(sync.folder, [...args, '--config', config], environment).ended;
}

const runSync = () => pilot('sync', '--now', '2026-11-18');
const damage = (Closed_Days__c: string | null) =>
  sync.org.call('PATCH', `/sobjects/Pilot__c/${acme.pilotId}`, { Closed_Days__c });

test('runs says that there was none, then lists them newest first, as text and as JSON', async () => {
  const none = await pilot('runs');
  assert.equal(none.code, 0, none.stderr);
  assert.equal(none.stdout, 'No run has been recorded in this org yet.\n');
  assert.equal((await runSync()).code, 0);
  await sync.sync(['/nowhere/usage.csv'], { now: new Date('2026-11-18T13:00:00Z') });
  const { stdout, code } = await pilot('runs');
  assert.equal(code, 0);
  assert.match(stdout, /^run +started \(UTC\) +outcome +seconds/);
  assert.match(stdout, /\nSR-000002 +2026-11-18 13:00 +Partial .*\nSR-000001 +2026-11-18 12:00 +Succeeded /);
  assert.match(stdout, /^SR-000002: SOURCE_NOT_FOUND: /m);
  const json = JSON.parse((await pilot('runs', '--json', '--limit', '1')).stdout) as PastRun[];
  assert.deepEqual(
    json.map(({ name, outcome, eventsRead, failed }) => [name, outcome, eventsRead, failed]),
    [['SR-000002', 'Partial', 0, 0]],
  );
});

test('runs refuses a limit that is none', async () => {
  const { code, stderr } = await pilot('runs', '--limit', '0');
  assert.equal(code, 2);
  assert.match(stderr, /BAD_OPTION: --limit 0 is not a number from 1 to 2000/);
});

test('a command that only looks refuses another org than the pinned one', async () => {
  const other = await sync.file(
    'other.yaml',
    sync.yaml(['x.csv'], 'salesforce: { org_id: 00D000000000001 }\n'),
  );
  const { code, stderr } = await spawnPilot(sync.folder, ['issues', '--config', other], environment).ended;
  assert.equal(code, 2);
  assert.match(stderr, /WRONG_ORG: The login leads to org 00D\w+, the configuration is for 00D000000000001/);
});

test('an issue is red until it is acknowledged, green while it stays, and red when it comes back', async () => {
  await damage('not json');
  const red = await runSync();
  assert.equal(red.code, 1, red.stderr);
  const listed = await pilot('issues');
  assert.equal(listed.code, 0, listed.stderr);
  assert.match(
    listed.stdout,
    /^SI-\d+ {2}DAMAGED_JSON \(Failed record, since 2026-11-18, tried 1 times\)\n {2}Pilot__c Acme pilot: .*\n {2}→ .*\n {2}http:\/\/127\.0\.0\.1:\d+\/a\w+$/m,
  );
  const open = JSON.parse((await pilot('issues', '--json')).stdout) as OpenIssue[];
  const damaged = open.find(({ code }) => code === 'DAMAGED_JSON')!;

  const acknowledged = await pilot('issues', '--ack', damaged.name, '--now', '2026-11-19');
  assert.equal(acknowledged.code, 0, acknowledged.stderr);
  assert.equal(acknowledged.stdout, `${damaged.name} DAMAGED_JSON: acknowledged\n`);
  const green = await runSync();
  assert.equal(green.code, 0);
  assert.match(green.stdout, /1 of 1 failures are acknowledged/);
  const runs = JSON.parse((await pilot('runs', '--json')).stdout) as PastRun[];
  const run = runs.toSorted((a, b) => (a.name < b.name ? 1 : -1))[0]!;
  assert.deepEqual([run.outcome, run.failed], ['Partial', 1], 'what failed is never reported as done');
  assert.match((await pilot('issues')).stdout, /DAMAGED_JSON .*tried 2 times, acknowledged on 2026-11-19\)/);

  await damage(null);
  assert.equal((await runSync()).code, 0);
  await damage('not json again');
  assert.equal((await runSync()).code, 1, 'resolved meanwhile, so it is news');
  await damage(null);
  assert.equal((await runSync()).code, 0);
});

test('an issue that is not open cannot be acknowledged, and nothing is', async () => {
  const { code, stderr } = await pilot('issues', '--ack', 'SI-999999');
  assert.equal(code, 2);
  assert.match(stderr, /ISSUE_UNKNOWN: No open issue has the number or id SI-999999; nothing was changed/);
});

test('forget names what it would remove, removes it, and then finds nothing', async () => {
  const hash = userHash(environment['PILOT_USER_SECRET']!)('maria@acme.example');
  await sync.org.call(
    'PATCH',
    `/sobjects/Pilot__c/${acme.pilotId}`,
    { Network__c: JSON.stringify({ v: 1, top: [hash, 'somebody-else'] }) },
    SYNC_USER,
  );
  const issue = { Kind__c: 'Source', Issue_Key__c: 'TEST|product|maria', Code__c: 'TEST' };
  const made = await sync.org.call(
    'POST',
    '/sobjects/PilotSyncIssue__c',
    { ...issue, Message__c: 'usage of maria@acme.example is odd' },
    SYNC_USER,
  );
  assert.equal(made.status, 201, JSON.stringify(made.body));
  const rejects = join(sync.folder, 'rejected', 'product.rejected.jsonl');
  await mkdir(join(sync.folder, 'rejected'), { recursive: true });
  const line = (file: string) => `${JSON.stringify({ source: 'product', file, line: 2, reason: 'x' })}\n`;
  await writeFile(
    rejects,
    line('maria@acme.example.csv') + line('ana@acme.example') + line('maria@acme.example'),
  );

  const before_ = await sync.rows('PilotSyncIssue__c');
  const dry = await pilot('forget', '--user', 'maria@acme.example', '--dry-run');
  assert.equal(dry.code, 0, dry.stderr);
  assert.match(dry.stdout, new RegExp(`^Known outside the source as ${hash}\\.$`, 'm'));
  assert.match(dry.stdout, /^Networks of pilots: 1 would be removed: Acme pilot$/m);
  assert.deepEqual(await sync.rows('PilotSyncIssue__c'), before_);

  const done = await pilot('forget', '--user', ' maria@acme.example ');
  assert.equal(done.code, 0, done.stderr);
  assert.match(done.stdout, /^Files of rejected rows: 2 lines removed: .*product\.rejected\.jsonl$/m);
  assert.match(done.stdout, /^Issues: 1 removed: SI-\d+$/m);
  assert.match(done.stdout, /exclude\.users/);
  assert.equal(await readFile(rejects, 'utf8'), line('ana@acme.example'));
  assert.equal((await stat(rejects)).mode & 0o777, 0o600);
  const everything = JSON.stringify([await sync.rows('Pilot__c'), await sync.rows('PilotSyncIssue__c')]);
  assert.ok(!everything.includes(hash) && !everything.includes('maria@acme.example'));
  assert.equal((await sync.rows('PilotSyncIssue__c')).length, before_.length - 1);

  const again = JSON.parse((await pilot('forget', '--user', 'maria@acme.example', '--json')).stdout) as {
    networks: unknown[];
    issues: unknown[];
    rejectedLines: object;
  };
  assert.deepEqual([again.networks, again.issues, again.rejectedLines], [[], [], {}]);
});

test('forget of a workspace removes its issues and names the pilot that is still linked', async () => {
  const silent = await sync.file('silent.csv', usageCsv(['someone-else'], '2026-10-19', '2026-11-18'));
  await sync.sync([silent]);
  const { code, stdout, stderr } = await pilot('forget', '--key', 'acme-eu');
  assert.equal(code, 0, stderr);
  assert.match(stdout, /^Issues: \d removed: SI-\d+/m);
  assert.match(stdout, /^ {2}Acme pilot: is linked to it; remove the usage key on the pilot\.$/m);
  assert.doesNotMatch(stdout, /Known outside/);
});

test('forget wants one of --user and --key, and the secret that hashes a person', async () => {
  for (const args of [[], ['--user', 'a', '--key', 'b'], ['--user', ' ']]) {
    const { code, stderr } = await pilot('forget', ...args);
    assert.equal(code, 2);
    assert.match(stderr, /BAD_OPTION: Say whom to forget/);
  }
  const { PILOT_USER_SECRET: _, ...rest } = environment;
  const { code, stderr } = await spawnPilot(
    sync.folder,
    ['forget', '--user', 'maria', '--config', config],
    rest,
  ).ended;
  assert.equal(code, 2);
  assert.match(stderr, /NO_SECRET/);
});
