import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { TO_START_NODE } from '../../testing/spawn-pilot.ts';
import { ADMIN, startTestOrg } from '../../testing/test-org.ts';
import { coverageDocument, MOST_WITHOUT_EVIDENCE, reliedOn } from './coverage.ts';
import { redact } from './redact.ts';

test('COVERAGE.md is what the cases say', async () => {
  const written = readFileSync(`${import.meta.dirname}/../COVERAGE.md`, 'utf8');
  assert.equal(written, await coverageDocument(), 'run `npm run conformance`');
});

test('what is relied on is looked at, and what has no evidence does not grow', () => {
  assert.deepEqual(reliedOn('unknown'), []);
  assert.ok(
    reliedOn('emulatorOnly').length <= MOST_WITHOUT_EVIDENCE,
    String(reliedOn('emulatorOnly').length),
  );
});

test('a kept answer holds neither ids, tokens, addresses nor names', () => {
  const text =
    '{"id":"001Lc00000000abAAA","t":"00DLc0000000001!ab.c","u":"http://h:1/x","m":"a@b.example","n":"Required fields"}';
  assert.equal(
    redact(text, ['http://h:1']),
    '{"id":"<id 001>","t":"<token>","u":"<redacted>/x","m":"<mail>","n":"Required fields"}',
  );
});

test('megabytes of text are redacted at once', () => {
  const began = performance.now();
  assert.equal(redact(`${'x'.repeat(2_000_000)} a@b.example`, []).slice(-7), ' <mail>');
  assert.ok(performance.now() - began < 5_000);
});

test('the same cases run against any org that one can log in to, and their answers are kept redacted', async (context) => {
  const org = await startTestOrg();
  const folder = mkdtempSync(join(tmpdir(), 'conformance-'));
  context.after(async () => {
    rmSync(folder, { recursive: true });
    await org.close();
  });
  const token = await org.tokenFor(ADMIN);
  const environment = {
    ...TO_START_NODE,
    HOME: folder,
    SF_USE_GENERIC_UNIX_KEYCHAIN: 'true',
    SF_DISABLE_LOG_FILE: 'true',
    SF_ORG_INSTANCE_URL: org.url,
    PILOT_ORG: token,
  };
  const script = `${import.meta.dirname}/print-conformance.ts`;
  const { stdout } = await promisify(execFile)(process.execPath, [script], {
    cwd: folder,
    env: environment,
    timeout: 120_000,
  });
  assert.match(stdout, /\d{2,} passed, 0 failed, \d+ skipped/);
  const kept = readFileSync(join(folder, 'build/conformance/token.json'), 'utf8');
  assert.ok(!kept.includes(token) && !kept.includes(org.url) && !kept.includes(ADMIN));
  assert.doesNotMatch(kept, /\b(?:00[15D]|a0\d)[A-Za-z0-9]{12}(?:[A-Z0-5]{3})?\b/, 'no id is left');
  assert.match(kept, /201 \{\\"id\\":\\"<id 001>\\"/);
});
