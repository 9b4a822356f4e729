// `pilot org start` as a contributor uses it: start, copy the line it prints, stop.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { spawnPilot } from '../testing/spawn-pilot.ts';

test('the line that org start prints logs in when it is pasted into a shell', async (context) => {
  const folder = await mkdtemp(join(tmpdir(), 'org-start-'));
  context.after(() => rm(folder, { recursive: true }));
  const { child, ended } = spawnPilot(folder, ['org', 'start', '--port', '0'], {});
  let printed = '';
  child.stdout!.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  while (!printed.includes('Ctrl-C') && child.exitCode === null) await sleep(50);
  const line = printed.split('\n').find((one) => one.trimStart().startsWith('curl'));
  const { stdout } = await promisify(execFile)('bash', ['-c', line ?? 'echo no line']);
  child.kill('SIGINT');
  const { access_token: token } = JSON.parse(stdout) as { access_token: string };
  assert.match(token, /^00D\w{12,15}!/);
  assert.equal((await ended).code, 0, printed);
});
