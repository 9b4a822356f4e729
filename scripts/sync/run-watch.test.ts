import assert from 'node:assert/strict';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { FailedRun, RunReport } from './run-report.ts';
import { readWatch, watchRun, writeWatch, type RunWatch } from './run-watch.ts';

const NOW = new Date('2026-11-18T12:00:00Z');
const error = { code: 'SALESFORCE_BUSY', message: 'busy', actions: [] };
const failed = (exitCode: 2 | 3 | 4, code = error.code): FailedRun => ({
  outcome: 'Failed',
  exitCode,
  error: { ...error, code },
});
/** Only what the watch looks at. */
function ended(exitCode: 0 | 1 | 2 | 3, completeThrough: string | null): RunReport {
  const problems = exitCode >= 2 ? [{ ...error, code: 'SOURCE_EMPTY' }] : [];
  const outcome = exitCode === 0 ? 'Succeeded' : 'Partial';
  const sources = [{ source: 'product', completeThrough }];
  return { outcome, exitCode, problems, sources, syncIntervalHours: 24 } as unknown as RunReport;
}

/** Runs one after another; a page that is due arrives. Answers whom each of them paged for. */
async function pages(runs: readonly RunReport[]): Promise<(string | null)[]> {
  let watch: RunWatch = await readWatch(null);
  return runs.map((report) => {
    const next = watchRun(watch, report, { now: NOW, finishedAt: NOW });
    watch = next.alarm === null ? next.watch : { ...next.watch, pagedFor: next.alarm.why };
    return next.alarm?.why ?? null;
  });
}

const FRESH = '2026-11-18T06:00:00.000Z';
const OLD = '2026-11-16T11:00:00.000Z';
const good = ended(0, FRESH);

const CASES: readonly { name: string; runs: RunReport[]; expected: (string | null)[] }[] = [
  { name: 'one failure pages nobody', runs: [good, failed(3), good], expected: [null, null, null] },
  {
    name: 'exit code 1 never pages',
    runs: [ended(1, FRESH), ended(1, FRESH), ended(1, FRESH)],
    expected: [null, null, null],
  },
  {
    name: 'the second failure in a row pages, the third not again',
    runs: [failed(3), failed(2), failed(3)],
    expected: [null, 'failing', null],
  },
  {
    name: 'a source that fails twice pages',
    runs: [ended(3, FRESH), ended(2, FRESH)],
    expected: [null, 'failing'],
  },
  {
    name: 'a new trouble after a good run pages again',
    runs: [failed(3), failed(3), good, failed(3), failed(3)],
    expected: [null, 'failing', null, null, 'failing'],
  },
  {
    name: 'a run that met another one counts for nothing',
    runs: [failed(3), failed(4), failed(4), good],
    expected: [null, null, null, null],
  },
  {
    name: 'a run that somebody stopped counts for nothing',
    runs: [failed(3), failed(3, 'STOPPED')],
    expected: [null, null],
  },
  {
    name: 'data older than two intervals pages once',
    runs: [ended(0, OLD), ended(0, OLD)],
    expected: ['stale', null],
  },
  {
    name: 'data exactly two intervals old does not',
    runs: [ended(0, '2026-11-16T12:00:00.000Z')],
    expected: [null],
  },
  {
    name: 'a source that never said how far it is complete does not',
    runs: [ended(0, null)],
    expected: [null],
  },
];

for (const { name, runs, expected } of CASES)
  test(name, async () => assert.deepEqual(await pages(runs), expected));

test('the memory survives a round trip, is readable by the owner only, and a damaged one counts as none', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'pilot-watch-'));
  try {
    const path = join(folder, 'sub', 'watch.json');
    const { watch } = watchRun(await readWatch(path), failed(3), { now: NOW, finishedAt: NOW });
    await writeWatch(path, watch);
    assert.deepEqual(await readWatch(path), watch);
    assert.equal((await stat(path)).mode & 0o777, 0o600);
    for (const damage of ['', '{"version":1', '{"version":2}', '{"version":1,"failuresInARow":-1}']) {
      await writeFile(path, damage);
      assert.equal((await readWatch(path)).failuresInARow, 0);
    }
  } finally {
    await rm(folder, { recursive: true });
  }
});
