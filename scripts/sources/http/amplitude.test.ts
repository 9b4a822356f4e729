import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync, statSync } from 'node:fs';
import { PassThrough } from 'node:stream';
import { describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import { Zip, ZipDeflate } from 'fflate';
import { AMPLITUDE_EVENTS, AMPLITUDE_FILES, AMPLITUDE_NOBODY } from './recorded-answers.ts';
import { archive, lines, useTestHttp } from './test-http.ts';

const { server, read, leftOver } = useTestHttp();

const FAILED = 'nothing of a failed read stays behind';
const KEY = '90f978f0-5e4e-11ea-9bb3-0ed25467b33f';
const NOW = '2020-11-25T12:30:00Z';
// The group type of the recording.
const COLUMNS = {
  event_time: 'event_time',
  usage_key: 'groups.[Segment] Group',
  user_id: 'user_id',
  event: 'event_type',
  event_id: 'uuid',
};
const config = (columns: object = COLUMNS) => ({
  kind: 'amplitude',
  host: server().origin,
  days: 2,
  columns,
});
const RECORDED = {
  [AMPLITUDE_FILES[0]]: AMPLITUDE_EVENTS,
  [AMPLITUDE_FILES[1]]: [AMPLITUDE_EVENTS[0]],
};
const FULL = archive(RECORDED);

/** The same archive as a server writes it that does not know its sizes beforehand: compressed, with data descriptors. */
async function streamed(files: Readonly<Record<string, readonly unknown[]>>): Promise<Buffer> {
  const sink = new PassThrough();
  const chunks: Buffer[] = [];
  sink.on('data', (chunk: Buffer) => chunks.push(chunk));
  const zip = new Zip((error, chunk, isLast) => {
    if (error) sink.destroy(error);
    else sink.write(chunk);
    if (isLast) sink.end();
  });
  for (const [name, all] of Object.entries(files)) {
    const entry = new ZipDeflate(name, { level: 6 });
    zip.add(entry);
    entry.push(gzipSync(lines(all)), true);
  }
  zip.end();
  await once(sink, 'end');
  return Buffer.concat(chunks);
}

describe('the Amplitude export', () => {
  it('is unpacked day by day of upload, up to two hours ago; a day without data is no fault', async () => {
    server().on((_, number) => (number === 2 ? { body: FULL } : { status: 404 }));
    const { events, summary, facts } = await read(config(), KEY, NOW);
    assert.equal(events, 1);
    assert.deepEqual(summary.excluded, { 'repeated event_id': 1 });
    assert.deepEqual(
      facts[0]?.days.map(({ day }) => day),
      ['2020-11-24'],
    );
    assert.deepEqual(
      summary.unlinked.map(({ key }) => key),
      ['e6a3e0f0-acf7-11e9-ae79-0a1c02136776'],
    );
    assert.deepEqual(
      server().requests.map(({ url }) => `${url.pathname}${url.search}`),
      [
        '/api/2/export?start=20201123T00&end=20201123T23',
        '/api/2/export?start=20201124T00&end=20201124T23',
        '/api/2/export?start=20201125T00&end=20201125T10',
      ],
    );
  });

  it('is unpacked too when it is compressed and its sizes follow the files', async () => {
    const body = await streamed(RECORDED);
    server().on((_, number) => (number === 2 ? { body } : { status: 404 }));
    assert.equal((await read(config(), KEY, NOW)).events, 1);
  });

  it('names an event of nobody, which has no group either; amplitude_id makes it somebody’s', async () => {
    const body = archive({ [AMPLITUDE_FILES[0]]: [...AMPLITUDE_EVENTS, AMPLITUDE_NOBODY] });
    server().on((_, number) => (number === 2 ? { body } : { status: 404 }));
    const { summary } = await read(config(), KEY, NOW);
    assert.equal(summary.rejected, 1);
    const reason = `groups.[Segment] Group is empty (uuid ${AMPLITUDE_NOBODY.uuid})`;
    const place = { file: new URL(server().origin).host, line: 3, reason };
    assert.deepEqual(summary.rejectedSample, [place]);
    const kept = readFileSync(summary.rejectFile!, 'utf8');
    assert.equal(kept, `${JSON.stringify({ source: 'usage', ...place })}\n`);
    assert.equal(statSync(summary.rejectFile!).mode & 0o777, 0o600);
    assert.deepEqual(leftOver(), []);
    server().on((_, number) => (number === 2 ? { body } : { status: 404 }));
    const other = { ...COLUMNS, usage_key: 'app', user_id: 'amplitude_id' };
    const { facts } = await read(config(other), '434735', NOW);
    assert.equal(facts[0]?.users.length, 1);
  });

  for (const [name, body] of [
    ['cut in its last record', FULL.subarray(0, -30)],
    ['cut in a file', FULL.subarray(0, 120)],
    ['with a damaged file', Buffer.from(FULL).fill(0x55, 100, 140)],
  ] as const)
    it(`is asked for again when it is ${name}, and then refused`, async () => {
      server().on((_, number) => (number === 1 ? { status: 404 } : { body }));
      await assert.rejects(read(config(), KEY, NOW), { code: 'SOURCE_UNREACHABLE' });
      assert.equal(server().requests.length, 5);
      assert.deepEqual(leftOver(), [], FAILED);
    });

  it('of a range that is too large says so', async () => {
    server().on(() => ({ status: 400 }));
    await assert.rejects(read(config(), KEY, NOW), { code: 'SOURCE_ANSWER', message: /answered 400/ });
  });
});
