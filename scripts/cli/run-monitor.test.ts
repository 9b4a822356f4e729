// What a run tells the outside: log lines, report file, metrics, pings and pages; and that none of it holds a secret.
import assert from 'node:assert/strict';
import { readFile, stat } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import { join } from 'node:path';
import { after, before, beforeEach, test } from 'node:test';
import { RunReport } from '../sync/run-report.ts';
import { spawnPilot, type Ended } from '../testing/spawn-pilot.ts';
import { startSyncOrg, usageCsv, type SyncOrg } from '../testing/sync-org.ts';
import { parseMetrics } from '../testing/parse-metrics.ts';

let sync: SyncOrg;
let usage: string;
let environment: Record<string, string>;
let hook: Server;
let hookUrl: string;
const received: { path: string; body: string }[] = [];
let answer: number | 'never' = 200;

before(async () => {
  sync = await startSyncOrg();
  await sync.makePilot('Acme', 'acme-eu');
  usage = await sync.file('usage.csv', usageCsv(['acme-eu'], '2026-10-19', '2026-11-18'));
  environment = await sync.environment();
  hook = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    received.push({ path: request.url!, body });
    if (answer !== 'never') response.writeHead(answer).end();
  });
  hook.listen(0, '127.0.0.1');
  await once(hook, 'listening');
  hookUrl = `http://127.0.0.1:${(hook.address() as { port: number }).port}`;
});
after(async () => {
  hook.closeAllConnections();
  hook.close();
  await sync.close();
});
beforeEach(() => {
  received.length = 0;
  answer = 200;
});

async function runSync(
  name: string,
  options: { paths?: string[]; notify?: string; args?: string[]; env?: Record<string, string> } = {},
): Promise<Ended> {
  const yaml = sync.yaml(options.paths ?? [usage], `notify: ${options.notify ?? '{}'}\n`);
  const config = await sync.file(`${name}.yaml`, yaml);
  const args = ['sync', '--config', config, '--now', '2026-11-18', ...(options.args ?? [])];
  return await spawnPilot(sync.folder, args, { ...environment, ...options.env }).ended;
}

interface LogLine {
  readonly level: string;
  readonly time: string;
  readonly msg: string;
  readonly stage?: string;
  readonly done?: number;
  readonly isOver?: boolean;
  readonly code?: string;
  readonly actions?: string[];
}
const logLines = (text: string): LogLine[] =>
  text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as LogLine);

test('without a terminal every line of stderr is JSON, one at least per stage, with count and rate', async () => {
  const { code, stderr } = await runSync('log');
  assert.equal(code, 0, stderr);
  const lines = logLines(stderr);
  assert.ok(lines.every(({ level, time }) => level === 'info' && !Number.isNaN(Date.parse(time))));
  const over = lines.filter(({ isOver }) => isOver).map(({ stage }) => stage);
  assert.deepEqual(over, ['connect', 'preflight', 'read org', 'read usage', 'evaluate', 'write', 'account']);
  const read = lines.find(({ stage, isOver }) => stage === 'read usage' && isOver)!;
  assert.ok(read.done! >= 345, String(read.done));
  assert.match(read.msg, /^read usage +\d+\.\d s {2}\d+ of \d+ rows of product/);
});

test('an error is one JSON line with code and actions', async () => {
  const { code, stderr } = await spawnPilot(sync.folder, ['sync', '--config', '/nowhere.yaml'], environment)
    .ended;
  assert.equal(code, 2);
  const [line] = logLines(stderr).filter(({ level }) => level === 'error');
  assert.equal(line!.code, 'CONFIG_NOT_FOUND');
  assert.match(line!.msg, /^CONFIG_NOT_FOUND: The configuration \/nowhere\.yaml cannot be read/);
  assert.ok(line!.actions!.length > 0);
});

test('the report file holds the whole report, readable by the owner only, also of a failed run', async () => {
  const file = join(sync.folder, 'report.json');
  const { code, stdout } = await runSync('report', { args: ['--report', file, '--json'] });
  assert.equal(code, 0);
  const report = RunReport.parse(JSON.parse(await readFile(file, 'utf8')));
  assert.equal(report.outcome, 'Succeeded');
  assert.deepEqual(RunReport.parse(JSON.parse(stdout)), report);
  assert.equal((await stat(file)).mode & 0o777, 0o600);
  const failed = await runSync('report', { args: ['--report', file], env: { PILOT_USER_SECRET: 'short' } });
  assert.equal(failed.code, 2);
  const after_ = RunReport.parse(JSON.parse(await readFile(file, 'utf8')));
  assert.deepEqual(after_.outcome === 'Failed' && [after_.exitCode, after_.error.code], [2, 'NO_SECRET']);
});

test('metrics are Prometheus text; a failed run keeps the time of the last success', async () => {
  const file = join(sync.folder, 'pilot.prom');
  assert.equal((await runSync('metrics', { args: ['--metrics', file] })).code, 0);
  const good = parseMetrics(await readFile(file, 'utf8'));
  assert.equal(good.get('pilot_sync_last_run_exit_code'), 0);
  assert.equal(good.get('pilot_sync_usage_rows{source="product",result="accepted"}'), 345);
  assert.equal(good.get('pilot_sync_pilots{health="On track"}'), 1);
  const success = good.get('pilot_sync_last_success_timestamp_seconds')!;
  assert.ok(Math.abs(success - Date.now() / 1000) < 120);
  assert.equal((await stat(file)).mode & 0o777, 0o644);
  const env = { PILOT_USER_SECRET: 'short' };
  assert.equal((await runSync('metrics', { args: ['--metrics', file], env })).code, 2);
  const bad = parseMetrics(await readFile(file, 'utf8'));
  assert.equal(bad.get('pilot_sync_last_run_exit_code'), 2);
  assert.equal(bad.get('pilot_sync_failures_in_a_row'), 1);
  assert.equal(bad.get('pilot_sync_last_success_timestamp_seconds'), success);
});

test('a run pings when it starts and when it ends; a dry run does not', async () => {
  const notify = `{ ping_url: '${hookUrl}/ping' }`;
  await runSync('ping', { notify });
  assert.deepEqual(
    received.map(({ path }) => path),
    ['/ping/start', '/ping'],
  );
  received.length = 0;
  await runSync('ping', { notify, env: { PILOT_USER_SECRET: 'short' } });
  assert.deepEqual(
    received.map(({ path }) => path),
    ['/ping/start', '/ping/fail'],
  );
  received.length = 0;
  await runSync('ping', { notify, args: ['--dry-run'] });
  assert.deepEqual(received, []);
});

test('somebody is paged when a second run in a row fails, by address and by command, without the secrets', async () => {
  const page = await sync.file(
    'page.sh',
    `#!/bin/sh\ncat >> '${join(sync.folder, 'paged')}'\necho >> '${join(sync.folder, 'paged')}'\nenv >> '${join(sync.folder, 'env')}'\n`,
  );
  const notify = `{ alert_url: '${hookUrl}/alert', alert_command: [sh, '${page}'] }`;
  const bad = { notify, paths: ['/nowhere/usage.csv'] };
  assert.equal((await runSync('page', bad)).code, 3);
  assert.equal(received.length, 0);
  assert.equal((await runSync('page', bad)).code, 3);
  const [alarm, ...more] = received;
  assert.deepEqual(more, []);
  assert.match(
    (JSON.parse(alarm!.body) as { message: string }).message,
    /^2 runs in a row failed, the last with SOURCE_NOT_FOUND \(exit code 3\)\.$/,
  );
  assert.deepEqual(
    JSON.parse((await readFile(join(sync.folder, 'paged'), 'utf8')).trim()),
    JSON.parse(alarm!.body),
  );
  const seen = await readFile(join(sync.folder, 'env'), 'utf8');
  assert.ok(!seen.includes(environment['PILOT_ACCESS_TOKEN']!) && !seen.includes('PILOT_'));
});

test('data older than two intervals pages although the run itself is good', async () => {
  const old = await sync.file('old.csv', usageCsv(['acme-eu'], '2026-10-19', '2026-10-30'));
  const { code } = await runSync('old', {
    paths: [old],
    notify: `{ alert_url: '${hookUrl}/alert' }`,
    args: [],
  });
  assert.equal(code, 0);
  assert.match(received[0]!.body, /"why":"stale","message":"Usage data of product ends 2026-10-30T/);
});

for (const [name, notify, said] of [
  [
    'is refused',
    () => `{ ping_url: 'http://127.0.0.1:9/x' }`,
    /NOTIFY_FAILED: the ping \(started\) could not be reached/,
  ],
  ['answers 500', () => `{ ping_url: '${hookUrl}/x' }`, /NOTIFY_FAILED: the ping \(finished\) answered 500/],
  [
    'never answers',
    () => `{ ping_url: '${hookUrl}/x', timeout_seconds: 1 }`,
    /NOTIFY_FAILED: the ping \(finished\) did not answer in 1 s/,
  ],
] as const)
  test(`a ping that ${name} is said and changes nothing about the result`, async () => {
    answer = name === 'never answers' ? 'never' : 500;
    const { code, stderr } = await runSync('deaf', { notify: notify() });
    assert.equal(code, 0);
    assert.match(stderr, said);
  });
