import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, describe, it } from 'node:test';
import { collect } from './contract.ts';
import { makeTestFolder, parquetOf } from './test-folder.ts';

const folder = makeTestFolder();
after(folder.remove);

const NOW = new Date('2026-03-20T12:00:00Z');
const LINK = {
  pilotId: 'p1',
  source: 'usage',
  key: 'a',
  from: null,
  to: null,
  filter: null,
  timeZone: 'UTC',
};
const EVENT = { event_time: '2026-03-09T10:00:00Z', usage_key: 'a', user_id: 'anna', department: 'Sales' };
const ROW = `${JSON.stringify(EVENT)}\n`;
const read = (paths: string[], config: Parameters<typeof folder.open>[1] = {}) =>
  collect(folder.open(paths, config), { links: [LINK], now: NOW });

describe('JSON lines', () => {
  const cases: readonly { name: string; line: string | Buffer; reason: string }[] = [
    { name: 'broken JSON', line: '{"event_time": "2026-03-09T', reason: 'not a JSON object' },
    { name: 'a list', line: '[1, 2]', reason: 'not a JSON object' },
    { name: 'null', line: 'null', reason: 'not a JSON object' },
    {
      name: 'an object without the key',
      line: '{"event_time": "2026-03-09T10:00:00Z"}',
      reason: 'usage_key is empty',
    },
    {
      name: 'a raw control character',
      line: '{"event_time": "\u0001"}',
      reason: 'control character in JSON',
    },
    { name: 'bytes that are not UTF-8', line: Buffer.from([0x7b, 0xe9, 0x7d]), reason: 'not valid UTF-8' },
    {
      name: 'a line of 3 MB',
      line: `{"note": "${'x'.repeat(3_000_000)}"}`,
      reason: 'record longer than 2000000 bytes',
    },
  ];
  for (const { name, line, reason } of cases)
    it(`${name} is rejected with its line; the rows around it count`, async () => {
      const bytes = Buffer.concat([
        Buffer.from(`${ROW}\n${ROW}`),
        Buffer.from(line),
        Buffer.from(`\r\n${ROW}`),
      ]);
      const { summary } = await read([folder.write('usage.ndjson', bytes)]);
      assert.deepEqual([summary.read, summary.accepted, summary.rejected], [4, 3, 1]);
      assert.deepEqual([summary.rejectedSample[0]?.line, summary.rejectedSample[0]?.reason], [4, reason]);
    });

  it('reads numbers, keys with any character, and text that looks like a path', async () => {
    const row = { ...EVENT, user_id: 7, 'a/b~"c': 'Sales $.x' };
    const path = folder.write('odd.jsonl', `${JSON.stringify(row)}\n`);
    const { facts } = await read([path], { columns: { user_id: 'user_id', department: 'a/b~"c' } });
    assert.equal(facts[0]?.users[0]?.department, 'Sales $.x');
  });
});

describe('Parquet', () => {
  it('reads typed columns, and a row with a missing value is rejected with its number', async () => {
    const rows = [EVENT, { ...EVENT, user_id: null }, EVENT]
      .map((row) => `${JSON.stringify(row)}\n`)
      .join('');
    const typed = `event_time::TIMESTAMPTZ AS event_time, usage_key, user_id, department`;
    const { facts, summary } = await read([folder.write('usage.parquet', await parquetOf(rows, typed))]);
    assert.deepEqual([summary.read, summary.accepted, summary.rejectedSample[0]?.line], [3, 2, 2]);
    assert.equal(facts[0]?.days[0]?.day, '2026-03-09');
  });

  it('a file that lacks a column stops the read by name, also beside one that has it', async () => {
    const whole = folder.write('whole.parquet', await parquetOf(ROW));
    const part = folder.write('part.parquet', await parquetOf(ROW, 'event_time, user_id, department'));
    await assert.rejects(read([whole, part]), {
      code: 'SOURCE_COLUMNS',
      message: /part\.parquet has no column usage_key/,
    });
  });

  it('files of different types are read side by side', async () => {
    const texts = folder.write('texts.parquet', await parquetOf(ROW));
    const typed = folder.write(
      'typed.parquet',
      await parquetOf(ROW, '* REPLACE (event_time::TIMESTAMPTZ AS event_time)'),
    );
    assert.equal((await read([texts, typed])).summary.accepted, 2);
  });

  it('a truncated file is refused', async () => {
    const path = folder.write('whole.parquet', await parquetOf(ROW));
    const cut = folder.write('cut.parquet', readFileSync(path).subarray(0, -9));
    await assert.rejects(read([cut]), { code: 'SOURCE_DAMAGED', message: /cut\.parquet/ });
  });
});
