import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import { after, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { collect } from './contract.ts';
import { makeTestFolder } from './test-folder.ts';

const folder = makeTestFolder();
after(folder.remove);

const NOW = new Date('2026-03-20T12:00:00Z');
const HEADER = 'event_time,usage_key,user_id,department';

// Notes begin with a letter: after an unclosed quote a note that begins with a line break cannot be told from
// the end of the damaged record, by this or any other reader.
const note = fc
  .array(fc.constantFrom('a', 'é', ' ', ',', '""', '\n', '\r\n', 'x'), { maxLength: 6 })
  .map((parts) => `n${parts.join('')}`);

const DAMAGES = {
  none: (cells: string[]) => cells.join(','),
  short: (cells: string[]) => cells.slice(0, 3).join(','),
  long: (cells: string[]) => [...cells, 'more'].join(','),
  badTime: ([, ...rest]: string[]) => ['2026-13-45T00:00:00Z', ...rest].join(','),
  noKey: ([time, , ...rest]: string[]) => [time, '', ...rest].join(','),
  textAfterQuote: ([time, key, user]: string[]) => `${time},${key},${user},"note"x`,
  quoteInside: ([time, key, user]: string[]) => `${time},${key},${user},no"te`,
  unclosed: ([time, key, user]: string[]) => `${time},${key},${user},"note`,
  notUtf8: ([time, key, user]: string[]) => `${time},${key},${user},\u{F0000}`,
  nul: ([time, key, user]: string[]) => `${time},${key},${user},a\0b`,
} as const;
type Damage = keyof typeof DAMAGES;

const damage = fc.oneof(
  { weight: 12, arbitrary: fc.constant<Damage>('none') },
  { weight: 8, arbitrary: fc.constantFrom(...(Object.keys(DAMAGES) as Damage[])) },
);

/** Latin-1 é where the generator put its mark for "not UTF-8". */
function bytesOf(text: string): Buffer {
  const parts = text.split('\u{F0000}').map((part) => Buffer.from(part));
  return Buffer.concat(parts.flatMap((part, index) => (index === 0 ? [part] : [Buffer.from([0xe9]), part])));
}

it('reports exactly the damaged rows, with their physical lines, whatever the file looks like', async () => {
  const seen = new Map<Damage, number>();
  const file = fc.record({
    rows: fc.array(fc.record({ note: fc.option(note, { nil: null }), damage }), {
      minLength: 1,
      maxLength: 30,
      size: 'max',
    }),
    hasMark: fc.boolean(),
    newline: fc.constantFrom('\n', '\r\n'),
    isGzipped: fc.boolean(),
    endsWithNewline: fc.boolean(),
  });
  const property = fc.asyncProperty(file, async ({ rows, hasMark, newline, isGzipped, endsWithNewline }) => {
    let line = 2;
    const damaged: number[] = [];
    const texts = rows.map((row, index) => {
      const quotedNote = row.note === null ? '' : `"${row.note}"`;
      const text = DAMAGES[row.damage](['2026-03-09T10:00:00Z', 'key', `user-${index}`, quotedNote]);
      seen.set(row.damage, (seen.get(row.damage) ?? 0) + 1);
      if (row.damage !== 'none') damaged.push(line);
      line += text.split('\n').length;
      return text;
    });
    // One good row, because a file of nothing but rejects is refused as a whole.
    texts.push(`2026-03-09T10:00:00Z,key,good,${''}`);
    const text = [HEADER, ...texts].join(newline) + (endsWithNewline ? newline : '');
    const bytes = bytesOf((hasMark ? '\ufeff' : '') + text);
    const path = folder.write(
      isGzipped ? 'damaged.csv.gz' : 'damaged.csv',
      isGzipped ? gzipSync(bytes) : bytes,
    );

    const { summary } = await collect(folder.open([path]), { links: [], now: NOW });
    const reported =
      summary.rejectFile === null ? [] : readFileSync(summary.rejectFile, 'utf8').trim().split('\n');
    assert.deepEqual(
      reported.map((row) => JSON.parse(row).line),
      damaged,
    );
    assert.ok(reported.every((row) => JSON.parse(row).file === path));
    assert.equal(summary.read, texts.length);
    assert.equal(summary.accepted, texts.length - damaged.length);
    assert.equal(summary.rejected, damaged.length);
    if (summary.rejectFile !== null) assert.equal(statSync(summary.rejectFile).mode & 0o777, 0o600);
  });
  await fc.assert(property, { numRuns: 60, seed: 20261122 });
  for (const kind of Object.keys(DAMAGES) as Damage[])
    assert.ok((seen.get(kind) ?? 0) >= 10, `${kind}: ${seen.get(kind)}`);
});
