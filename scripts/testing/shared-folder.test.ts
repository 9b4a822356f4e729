// Two runs that share run.folder: whatever they leave there must be each one's own.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { SyncReport } from '../sync/sync-report.ts';
import { startSyncOrg, SYNC_USER, usageCsv, type SyncOrg } from './sync-org.ts';

const CLI = new URL('../cli/pilot.ts', import.meta.url).pathname;
const RUN_FOLDER = join(await mkdtemp(join(tmpdir(), 'pilot-shared-')), 'shared');

interface Side {
  readonly sync: SyncOrg;
  readonly config: string;
  readonly usage: string;
}
const sides: Side[] = [];

before(async () => {
  for (const [key, rejected] of [
    ['acme-eu', 'yesterday,acme-eu,nobody\n'],
    ['bolt-eu', 'tomorrow,bolt-eu,nobody\nlater,bolt-eu,nobody\n'],
  ] as const) {
    const sync = await startSyncOrg();
    await sync.makePilot(key, key);
    const usage = await sync.file('usage.csv', usageCsv([key], '2026-10-19', '2026-11-18') + rejected);
    const yaml = sync.yaml([usage]).replace(/^run: .*$/m, `run: { folder: ${RUN_FOLDER} }`);
    sides.push({ sync, usage, config: await sync.file('sync.yaml', yaml) });
  }
});
after(async () => {
  await Promise.all(sides.map(({ sync }) => sync.close()));
  await rm(join(RUN_FOLDER, '..'), { recursive: true, force: true });
});

/** A run in its own process, as on its own machine: the lock file of a killed one would only cost ten seconds. */
async function start({ sync, config }: Side) {
  const env = {
    ...process.env,
    ...(await sync.environment()),
    TMPDIR: await mkdtemp(join(sync.folder, 'tmp-')),
  };
  const child = spawn(process.execPath, [CLI, 'sync', '--config', config, '--now', '2026-11-18', '--json'], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const told = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => (told.stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (told.stderr += chunk.toString()));
  const report = once(child, 'close').then(([code]): SyncReport => {
    assert.equal(code, 0, told.stderr + told.stdout);
    return JSON.parse(told.stdout) as SyncReport;
  });
  return { child, report };
}

async function rejectedIn(path: string | null | undefined): Promise<{ file: string; line: number }[]> {
  const text = await readFile(path ?? '(no file of rejected rows)', 'utf8');
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { file: string; line: number });
}

test('two runs of two orgs share a folder at the same moment, and each file of rejected rows is its own', async () => {
  const runs = await Promise.all(sides.map(start));
  const reports = await Promise.all(runs.map(({ report }) => report));
  for (const [index, report] of reports.entries()) {
    const { usage, sync } = sides[index]!;
    const rejected = await rejectedIn(report.sources[0]!.rejectFile);
    assert.deepEqual(
      rejected.map(({ file }) => file),
      Array.from({ length: index + 1 }, () => usage),
    );
    assert.deepEqual(report.problems, []);
    const codes = (await sync.rows('PilotSyncIssue__c')).map((row) => row.Code__c);
    assert.deepEqual(codes, ['ROWS_REJECTED']);
  }
});

test('a run after a killed one of the same org and folder ends as if that had not been', async () => {
  const side = sides[0]!;
  const { sync, usage } = side;
  // Two people fewer: there is something to write, and the first write is held up until the kill.
  await sync.file('usage.csv', (await readFile(usage, 'utf8')).replaceAll(/^.*acme-eu-[12]\n/gm, ''));
  await fetch(`${sync.org.url}/local-org/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ kind: 'slow', match: 'PATCH .*composite/sobjects', milliseconds: 5_000 }),
  });
  const first = await start(side);
  const killed = first.report.then(
    () => assert.fail('the first run was to be killed'),
    () => undefined,
  );
  const met = async (): Promise<boolean> => {
    const { faults } = (await (await fetch(`${sync.org.url}/local-org/faults`)).json()) as {
      faults: { met: number }[];
    };
    return faults.some((fault) => fault.met > 0);
  };
  for (let waits = 0; !(await met()); waits += 1) {
    assert.ok(waits < 1200, 'the first run never wrote');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  first.child.kill('SIGKILL');
  await killed;
  await fetch(`${sync.org.url}/local-org/faults`, { method: 'DELETE' });
  const [holder] = (await sync.rows('PilotSyncRun__c')).filter((row) => row.Lease_Key__c === 'sync');
  const ended = { Lease_Expires_At__c: '2026-11-17T00:00:00.000Z' };
  await sync.org.call('PATCH', `/sobjects/PilotSyncRun__c/${String(holder!.Id)}`, ended, SYNC_USER);

  const report = await (await start(side)).report;
  assert.deepEqual(report.problems, []);
  assert.equal((await rejectedIn(report.sources[0]!.rejectFile)).length, 1);
  const again = await (await start(side)).report;
  const { unchanged, ...written } = again.totals;
  assert.deepEqual(written, { created: 0, updated: 0, skipped: 0, failed: 0 });
  assert.ok(unchanged > 5);
});
