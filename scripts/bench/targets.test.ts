import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { promisify } from 'node:util';
import type { Target } from './targets.ts';

/** Exit code and text of a process that prints them. */
async function printed(targets: readonly Target[]): Promise<{ code: unknown; text: string }> {
  const script = `import { printTargets } from ${JSON.stringify(import.meta.resolve('./targets.ts'))}; printTargets(${JSON.stringify(targets)});`;
  return promisify(execFile)(process.execPath, ['--input-type=module', '-e', script]).then(
    ({ stdout }) => ({ code: 0, text: stdout }),
    (error: { code: unknown; stdout: string }) => ({ code: error.code, text: error.stdout }),
  );
}

test('kept targets end with exit code 0, a value equal to its limit among them', async () => {
  const { code, text } = await printed([{ what: 'calls', value: 15, limit: 15, unit: '' }]);
  assert.equal(code, 0);
  assert.match(text, /^calls +15 +15 +kept$/m);
});

test('a missed target and one that was not measured are named and end with exit code 1', async () => {
  const kept = { what: 'memory', value: 500, limit: 800, unit: ' MB' };
  const missed = await printed([kept, { what: 'CPU', value: 1.456, limit: 1.3, unit: ' ×' }]);
  assert.equal(missed.code, 1);
  assert.match(missed.text, /^CPU +1\.46 × +1\.30 × +MISSED$/m);
  assert.match(missed.text, /^missed: CPU$/m);
  const unmeasured = await printed([
    kept,
    { what: 'sfdmu', value: null, limit: 0, unit: '', why: 'not there' },
  ]);
  assert.equal(unmeasured.code, 1);
  assert.match(unmeasured.text, /^missed: sfdmu: not there$/m);
});
