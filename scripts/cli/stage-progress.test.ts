import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ConfigError } from '../salesforce/pilot-error.ts';
import { parseNow } from './parse-now.ts';
import { StageProgress } from './stage-progress.ts';

function recorder(isTerminal: boolean) {
  let nowMs = 0;
  const written: string[] = [];
  const progress = new StageProgress({ write: (text) => written.push(text), isTerminal, nowMs: () => nowMs });
  return { progress, written, pass: (ms: number) => (nowMs += ms) };
}

test('a stage that takes two seconds shows itself while it runs, with count and rate', () => {
  const { progress, written, pass } = recorder(false);
  progress.stage('read usage');
  for (const rows of [500, 1000, 1500, 2000]) {
    pass(500);
    progress.update(rows, 4000, 'rows');
  }
  progress.end();
  assert.deepEqual(written, [
    'read usage     1.0 s  1,000 of 4,000 rows (1,000/s), 3 s left …\n',
    'read usage     2.0 s  2,000 of 4,000 rows (1,000/s)\n',
  ]);
});

test('a long stage speaks less and less often, at most every half minute', () => {
  const { progress, written, pass } = recorder(false);
  progress.stage('write');
  for (let second = 0; second < 600; second += 1) {
    pass(1000);
    progress.update(second, null, 'records');
  }
  assert.ok(written.length > 15 && written.length < 30, String(written.length));
});

test('a terminal has one line that is cleared at the end', () => {
  const { progress, written, pass } = recorder(true);
  progress.stage('write');
  pass(150);
  progress.update(1, 2, 'records');
  progress.end();
  assert.deepEqual(written, [
    '\r\u001B[2Kwrite          0.2 s  1 of 2 records (7/s), 1 s left …',
    '\r\u001B[2K',
  ]);
});

test('--now takes a day or an instant with its zone', () => {
  assert.equal(parseNow('2026-11-22').toISOString(), '2026-11-22T12:00:00.000Z');
  assert.equal(parseNow('2026-11-22T06:00:00+01:00').toISOString(), '2026-11-22T05:00:00.000Z');
  assert.equal(parseNow(undefined, () => new Date(0)).getTime(), 0);
});

for (const text of ['2026-02-30', '22.11.2026', '2026-11-22T06:00', 'now', '', '2026-11-22T25:00:00Z']) {
  test(`--now refuses "${text}"`, () => {
    assert.throws(
      () => parseNow(text),
      (error) => error instanceof ConfigError && error.code === 'BAD_OPTION',
    );
  });
}
