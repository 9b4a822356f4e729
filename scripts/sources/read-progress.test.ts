import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { collect } from './contract.ts';
import { progressOf, type ReadProgress } from './read-progress.ts';
import type { UsageRequest } from './source.ts';
import { makeTestFolder } from './test-folder.ts';

const folder = makeTestFolder();
after(() => folder.remove());

type Told = Parameters<NonNullable<UsageRequest['onProgress']>>[0];

/** The first that is told, for more than one is told only in a read of more than a quarter of a second. */
function first(happens: (progress: ReadProgress) => void): Told | undefined {
  const told: Told[] = [];
  happens(progressOf((one) => told.push(one)));
  return told[0];
}

test('foretells all rows from the bytes read, and those that are known beside them', () => {
  assert.deepEqual(
    first(({ walking }) => walking(50, 200, 10)),
    { rows: 10, total: 40 },
  );
  assert.deepEqual(
    first(({ walking }) => walking(0, 1, 10)),
    { rows: 10, total: null },
  );
  assert.deepEqual(
    first(({ known }) => known(30)),
    { rows: 30, total: null },
  );
});

test('says nothing of no rows', () => {
  const told = first(({ known, walking, seen }) => {
    known(0);
    walking(0, 200, 0);
    seen();
  });
  assert.equal(told, undefined);
});

test('a read whose rows are all known from an earlier run tells how many there are, never 0 of 0', async () => {
  const rows = Array.from(
    { length: 40 },
    (_, n) => `2026-03-0${(n % 9) + 1}T10:00:00Z,acme,ada-${n % 5},Care\n`,
  );
  const path = folder.write('kept.csv', `event_time,usage_key,user_id,department\n${rows.join('')}`);
  const told: Told[][] = [];
  for (const run of [0, 1]) {
    const source = folder.open([path], {}, { cacheFolder: `${folder.path}/kept` });
    const own: Told[] = (told[run] = []);
    const asked = { links: [], now: new Date('2026-03-20T12:00:00Z') };
    await collect(source, { ...asked, onProgress: (one) => own.push(one) });
  }
  assert.deepEqual(
    [told[0]![0], told[1]![0]],
    [
      { rows: 40, total: 40 },
      { rows: 40, total: null },
    ],
  );
  for (const { rows: seen, total } of told.flat()) assert.ok(seen > 0 && (total ?? seen) >= seen);
});
