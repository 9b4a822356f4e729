import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdir, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { after, before, test } from 'node:test';
import { ConfigError } from '../salesforce/pilot-error.ts';
import { DEFAULT_RETRY } from '../salesforce/retry.ts';
import { environmentOf } from '../testing/torture/torture-org.ts';
import { startSyncOrg, usageCsv, SYNC_USER, type SyncOrg } from '../testing/sync-org.ts';
import { takeMachineLock } from './take-machine-lock.ts';

const CLI = new URL('../cli/pilot.ts', import.meta.url).pathname;

let sync: SyncOrg;
let usage: string;
const children: ChildProcess[] = [];

before(async () => {
  sync = await startSyncOrg();
  await sync.makePilot('Acme', 'acme-eu');
  usage = await sync.file('usage.csv', usageCsv(['acme-eu'], '2026-10-19', '2026-11-18'));
});
after(async () => {
  for (const child of children) child.kill('SIGKILL');
  await sync.close();
});

/** A sync in its own process, with its own configuration file; the machine's lock is kept in the test's folder. */
async function syncProcess(config: string): Promise<ChildProcess> {
  const file = await sync.file(
    config,
    sync.yaml([usage], `run: { folder: ${sync.folder}, lease_minutes: 5 }\n`).replace(/^run: .*\n/m, ''),
  );
  const env = { ...process.env, ...(await sync.environment()), TMPDIR: sync.folder };
  const child = spawn(process.execPath, [CLI, 'sync', '--config', file, '--now', '2026-11-18'], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  return child;
}

async function end(child: ChildProcess): Promise<{ readonly code: number | null; readonly stderr: string }> {
  let stderr = '';
  child.stderr!.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stderr };
}

async function holder(): Promise<Record<string, unknown> | undefined> {
  return (await sync.rows('PilotSyncRun__c')).find((row) => row.Lease_Key__c === 'sync');
}

/** A run that is kept busy by an org that answers "busy" to its writes, until somebody kills it. */
async function busyRun(): Promise<ChildProcess> {
  const fault = {
    match: 'PATCH .*composite/sobjects',
    status: 503,
    errorCode: 'SERVER_UNAVAILABLE',
    times: 1000,
  };
  await fetch(`${sync.org.url}/local-org/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(fault),
  });
  const child = await syncProcess('one.yaml');
  for (let waits = 0; (await holder()) === undefined; waits += 1) {
    assert.ok(waits < 300, 'the first run never took the lease');
    await sleep(50);
  }
  return child;
}

test('one run per org: refused in another process, refused on another machine, recovered after a kill', async () => {
  const first = await busyRun();

  const second = await end(await syncProcess('two.yaml'));
  assert.equal(second.code, 4);
  assert.match(second.stderr, /RUN_IN_PROGRESS: Another sync on this machine is working on org 00D/);

  const elsewhere = join(sync.folder, 'another-machine');
  await assert.rejects(sync.sync([usage], { lockFolder: elsewhere }), {
    code: 'RUN_IN_PROGRESS',
    kind: 'transient',
  });
  assert.equal((await sync.rows('PilotSyncRun__c')).length, 1, 'a refused run leaves no record');

  first.kill('SIGKILL');
  await once(first, 'close');
  await fetch(`${sync.org.url}/local-org/faults`, { method: 'DELETE' });
  await assert.rejects(
    sync.sync([usage], { lockFolder: elsewhere }),
    { code: 'RUN_IN_PROGRESS' },
    'the lease of the killed run still holds',
  );

  // Time passes: the lease in the org runs out, and so does the lock file that nobody touches any more.
  const killed = (await holder())!;
  await sync.org.call(
    'PATCH',
    `/sobjects/PilotSyncRun__c/${String(killed.Id)}`,
    { Lease_Expires_At__c: '2026-11-18T11:00:00.000Z' },
    SYNC_USER,
  );
  const [lock] = (await readdir(sync.folder)).filter((name) => name.endsWith('.lock'));
  const longAgo = new Date(Date.now() - 60_000);
  await utimes(join(sync.folder, lock!), longAgo, longAgo);

  const third = await end(await syncProcess('three.yaml'));
  assert.equal(third.code, 0, third.stderr);
  const runs = await sync.rows('PilotSyncRun__c');
  assert.deepEqual(
    runs.map((run) => run.Outcome__c),
    ['Failed', 'Succeeded'],
  );
  assert.match(String(runs[0]!.Message__c), /stopped without an end/);
  assert.equal(await holder(), undefined);
});

test('a run that slept through its lease stops before it writes beside its successor', async () => {
  const newer = await sync.file('newer.csv', usageCsv(['acme-eu'], '2026-10-19', '2026-11-12'));
  const untouched = await sync.rows('Pilot__c');
  // The org is busy once while the run reads it; in the pause before the repetition another run takes the lease.
  const fault = { match: 'POST .*composite$', after: 1, status: 503, errorCode: 'SERVER_UNAVAILABLE' };
  await fetch(`${sync.org.url}/local-org/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(fault),
  });
  const loseLease = async (): Promise<void> => {
    const mine = (await holder())!;
    await sync.org.call(
      'PATCH',
      `/sobjects/PilotSyncRun__c/${String(mine.Id)}`,
      { Lease_Key__c: null },
      SYNC_USER,
    );
  };
  const login = {
    targetOrg: null,
    environment: await sync.environment(),
    retry: { ...DEFAULT_RETRY, sleep: loseLease },
  };
  await assert.rejects(sync.sync([newer], { login }), { code: 'LEASE_LOST', kind: 'fatal' });
  assert.deepEqual(await sync.rows('Pilot__c'), untouched);
});

test('a run whose session ends before it holds the lease leaves a record that the next run closes', async () => {
  await fetch(`${sync.org.url}/local-org/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ match: 'GET .*query.*Lease_Key__c', kind: 'expiredSession' }),
  });
  await assert.rejects(sync.sync([usage]), { code: 'LOGIN_EXPIRED' });
  const left = (await sync.rows('PilotSyncRun__c')).at(-1)!;
  assert.equal(left.Outcome__c, 'Running', 'nothing can be written with a dead session');

  const login = { targetOrg: null, environment: await environmentOf(sync.org) };
  assert.equal((await sync.sync([usage], { login })).exitCode, 0);
  const runs = await sync.rows('PilotSyncRun__c');
  const closed = runs.find(({ Id }) => Id === left.Id)!;
  assert.deepEqual([closed.Outcome__c, closed.Lease_Key__c], ['Failed', null]);
  assert.match(String(closed.Message__c), /before it held the lease/);
  assert.ok(runs.every((run) => run.Outcome__c !== 'Running'));
});

test('a folder that cannot be written is named, and never taken for another run', async () => {
  const folder = await sync.file('no-folder', 'a file');
  await assert.rejects(takeMachineLock(folder, '00D000000000001AAA', sync.org.url), (error: unknown) => {
    assert.ok(error instanceof ConfigError);
    assert.equal(error.code, 'NO_TEMP_FOLDER');
    assert.ok(error.message.startsWith(`The folder for temporary files ${folder} cannot be written: `));
    return true;
  });
});
