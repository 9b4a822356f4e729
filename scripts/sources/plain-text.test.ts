import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, it } from 'node:test';
import fc from 'fast-check';
import { collect } from './contract.ts';
import { readPlainText } from './files/plain-text.ts';
import { findFiles } from './files/find-files.ts';
import { makeTestFolder } from './test-folder.ts';

const folder = makeTestFolder();
after(folder.remove);

const NOW = new Date('2026-03-20T12:00:00Z');
const HEADER = 'event_time,usage_key,user_id,department,note';
const GOOD = '2026-03-09T10:00:00Z,key,user,Sales,';

// Nothing here has a quote or a carriage return, so that the file is taken as it is unless something else is wrong.
const LINES = {
  good: GOOD,
  noted: `${GOOD}Zürich`,
  short: '2026-03-09T10:00:00Z,key,user,Sales',
  veryShort: '2026-03-09T10:00:00Z,key',
  blankTooMuch: `${GOOD},`,
  tooMuch: `${GOOD},x`,
  badTime: GOOD.replace('03-09', '02-30'),
  noKey: GOOD.replace('key', ' '),
} as const;
type Line = keyof typeof LINES;
const isGood = (line: Line) => line === 'good' || line === 'noted';

it('of files without quotes exactly the damaged lines are rejected, whether they are walked or not', async () => {
  const seen = new Map<Line | 'plain' | 'walked', number>();
  const count = (what: Line | 'plain' | 'walked') => seen.set(what, (seen.get(what) ?? 0) + 1);
  const line = fc.oneof(
    { weight: 20, arbitrary: fc.constantFrom<Line>('good', 'noted') },
    { weight: 4, arbitrary: fc.constantFrom(...(Object.keys(LINES) as Line[])) },
  );
  const file = fc.record({
    lines: fc.array(line, { maxLength: 25, size: 'max' }),
    endsWithNewline: fc.boolean(),
    blankAt: fc.option(fc.nat(10), { freq: 5 }),
  });
  const property = fc.asyncProperty(file, async ({ lines, endsWithNewline, blankAt }) => {
    const all: Line[] = ['good', ...lines];
    all.forEach(count);
    const texts: string[] = all.map((one) => LINES[one]);
    const damaged = all.flatMap((one, index) => {
      const shift = blankAt !== null && index >= blankAt ? 1 : 0;
      return isGood(one) ? [] : [index + 2 + shift];
    });
    if (blankAt !== null) texts.splice(blankAt, 0, '');
    const path = folder.write('plain.csv', [HEADER, ...texts].join('\n') + (endsWithNewline ? '\n' : ''));
    const [found] = await findFiles([path], undefined);
    count(
      (await readPlainText(found!, ',', { signal: undefined, onProgress: () => undefined }))
        ? 'plain'
        : 'walked',
    );
    const { summary } = await collect(folder.open([path]), { links: [], now: NOW });
    const rejected =
      summary.rejectFile === null ? [] : readFileSync(summary.rejectFile, 'utf8').trim().split('\n');
    assert.deepEqual(
      rejected.map((row) => JSON.parse(row).line),
      damaged,
    );
    assert.deepEqual([summary.read, summary.accepted], [all.length, all.length - damaged.length]);
  });
  await fc.assert(property, { numRuns: 80, seed: 20261122 });
  for (const what of [...(Object.keys(LINES) as Line[]), 'plain', 'walked'] as const)
    assert.ok((seen.get(what) ?? 0) >= 10, `${what}: ${seen.get(what)}`);
});

it('a text that is not plain is left to the walk', async () => {
  const cases = {
    quote: `${HEADER}\n"2026-03-09T10:00:00Z",key,user,Sales,\n`,
    return: `${HEADER}\r\n${GOOD}\r\n`,
    nul: `${HEADER}\n${GOOD}\0\n`,
    latin: Buffer.from(`${HEADER}\n${GOOD}é\n`, 'latin1'),
    long: `${HEADER}\n${GOOD}${'x'.repeat(2_100_000)}\n`,
    empty: '\n',
  };
  for (const [name, content] of Object.entries(cases)) {
    const [file] = await findFiles([folder.write(`${name}.csv`, content)], 'csv');
    const plain = await readPlainText(file!, ',', { signal: undefined, onProgress: () => undefined });
    if (name === 'long') assert.equal(plain?.records ?? 1, 1, 'DuckDB refuses the line');
    else assert.equal(plain, null, name);
  }
});

it('a character that is cut by two pieces of the file is whole', async () => {
  const path = folder.write('wide.csv', `${HEADER}\n${`${GOOD}é€😀\n`.repeat(60_000)}`);
  const { summary } = await collect(folder.open([path]), { links: [], now: NOW });
  assert.deepEqual([summary.read, summary.accepted], [60_000, 60_000]);
});
