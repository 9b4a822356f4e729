import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { measured } from './measured-command.ts';

/** Uses 0.4 s of a processor, whatever else the machine does. */
const BURN = 'let n = 0; while (process.cpuUsage().user < 400_000) for (let i = 0; i < 1e6; i++) n += i;';

const node = (script: string) => (environment: Readonly<Record<string, string>>) =>
  promisify(execFile)(process.execPath, ['-e', script], { env: { ...process.env, ...environment } });

test('the cost of a command holds the processor time of the processes that it starts', async () => {
  const child = `require('node:child_process').execFileSync(process.execPath, ['-e', ${JSON.stringify(BURN)}])`;
  const both = await measured(node(`${BURN} ${child}`));
  assert.ok(both.cpuSeconds >= 0.8, String(both.cpuSeconds));
  assert.ok(both.peakMb > 20, String(both.peakMb));
});

test('a command that could not tell its cost is no free one', async () => {
  await assert.rejects(measured(node("process.kill(process.pid, 'SIGKILL')")), { signal: 'SIGKILL' });
  await assert.rejects(
    measured(async () => 'nothing was started'),
    { code: 'ENOENT' },
  );
});
