import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { MetricDefinition } from '../metric-definition.ts';
import { openSource } from '../open-source.ts';
import { SourceConfig } from '../source-config.ts';
import type { SourceRecord } from './download.ts';
import { HttpClient } from './http-client.ts';
import { PosthogSourceConfig } from './http-source-config.ts';
import { posthogPart } from './posthog.ts';
import {
  POSTHOG_BUSY,
  POSTHOG_INVALID,
  POSTHOG_LATER,
  POSTHOG_THROTTLED,
  posthogAnswer,
} from './recorded-answers.ts';
import { json, useTestHttp } from './test-http.ts';

const { server, options, read, leftOver } = useTestHttp();

const config = (more: object = {}) => ({
  kind: 'posthog',
  host: server().origin,
  project_id: '1',
  days: 7,
  ...more,
});
const NOW = '2026-03-10T12:00:00Z';
const ROWS = [
  ['2026-03-08', 'acme', 'p-1', 'save', 1],
  ['2026-03-09', 'acme', 'p-1', 'save', 3],
  ['2026-03-09', 'acme', 'p-2', 'open', 2],
  ['2026-03-10', 'acme', 'p-1', 'save', 1],
] as const;
type Row = (typeof ROWS)[number];
const NAMES = ['day', 'usage_key', 'user_id', 'event', 'total'];
const TOTALS = json(
  posthogAnswer(
    ['day', 'total'],
    [
      ['2026-03-08', 1],
      ['2026-03-09', 5],
      ['2026-03-10', 1],
    ],
  ),
);

const queryOf = (body: string) => (JSON.parse(body) as { query: { query: string } }).query.query;
const queries = () => server().requests.map(({ body }) => queryOf(body));
/** First and last day, rows and offset that a query asks for; null for the totals. */
function pageOf(query: string) {
  const page =
    /timestamp >= toDateTime\('(\S+) .* timestamp < toDateTime\('(\S+) .* LIMIT (\d+) OFFSET (\d+)/s.exec(
      query,
    );
  return page && { from: page[1]!, before: page[2]!, limit: Number(page[3]), offset: Number(page[4]) };
}
const within = (query: string): Row[] => {
  const { from, before, limit, offset } = pageOf(query)!;
  return ROWS.filter(([day]) => day >= from && day < before).slice(offset, offset + limit);
};
const serve = (rows: (query: string) => readonly (readonly unknown[])[]) =>
  server().on(({ body }) => {
    const query = queryOf(body);
    return pageOf(query) === null ? TOTALS : json(posthogAnswer(NAMES, rows(query)));
  });

/** What a part yields with pages of so many rows. */
async function pages(rows: number): Promise<SourceRecord[]> {
  const parsed = PosthogSourceConfig.parse({ name: 'usage', ...config() });
  const client = new HttpClient('usage', { sleep: () => Promise.resolve() }, undefined);
  const window = { from: '2026-03-03', to: '2026-03-10', now: new Date(NOW) };
  const records: SourceRecord[] = [];
  for await (const record of posthogPart(parsed, 'phx', window, rows)(client, '')) records.push(record);
  return records;
}

describe('PostHog', () => {
  it('adds up by itself: totals first, then all days that fit into one page', async () => {
    serve(within);
    const { events, facts } = await read(config({ exclude: { events: ["it's"] } }), 'acme', NOW);
    assert.equal(events, 7);
    assert.equal(facts[0]?.users.length, 2);
    assert.equal(queries().length, 2);
    assert.ok(
      queries().every((query) => query.includes("NOT IN ('it\\'s')") && query.includes('LIMIT 50000')),
    );
    const [{ url, headers, body } = {}] = server().requests;
    assert.equal(url?.pathname, '/api/projects/1/query/');
    assert.equal(headers?.authorization, 'Bearer phx_secret');
    assert.equal((JSON.parse(body!) as { refresh: string }).refresh, 'force_blocking');
  });

  it('is asked for days of UTC, and for nothing that was taken in within the last quarter of an hour', async () => {
    serve(within);
    await read(config(), 'acme', NOW);
    const settled = "toDateTime('2026-03-10 11:45:00', 'UTC')";
    for (const query of queries()) {
      assert.match(query, /^SELECT toDate\(toTimeZone\(timestamp, 'UTC'\)\) AS day,/);
      assert.ok(query.includes(`timestamp <= ${settled} AND created_at <= ${settled}`), query);
    }
  });

  it('is read in several pages, by days and within a day too large for one', async () => {
    for (const rows of [1, 2, 3, 5, 7, 8]) {
      serve(within);
      const seen = await pages(rows);
      assert.deepEqual(
        seen.map(({ day, user_id, events }) => [day, user_id, events]),
        ROWS.map(([day, , user, , total]) => [day, user, total]),
        `${rows} rows`,
      );
      assert.ok(queries().every((query) => (pageOf(query)?.limit ?? rows) === rows));
    }
    serve(within);
    await pages(2);
    assert.deepEqual(
      queries().flatMap((query) => pageOf(query) ?? []),
      [
        { from: '2026-03-08', before: '2026-03-09', limit: 2, offset: 0 },
        { from: '2026-03-09', before: '2026-03-10', limit: 2, offset: 0 },
        { from: '2026-03-09', before: '2026-03-10', limit: 2, offset: 2 },
        { from: '2026-03-10', before: '2026-03-11', limit: 2, offset: 0 },
      ],
    );
  });

  for (const [name, page, message] of [
    ['a repeated page', () => ROWS.slice(1, 3), /2026-03-09 has more events than announced|comes twice/],
    ['a lost row', (query: string) => within(query).slice(1), /2026-03-08 lacks 1 of the events/],
    ['a row that comes twice', (query: string) => within(query).flatMap((row) => [row, row]), /comes twice/],
    ['a day that was not announced', () => [['2026-03-07', 'acme', 'p', 'save', 1]], /03-07 has more events/],
    ['a count that is none', () => [['2026-03-08', 'acme', 'p', 'save', null], ROWS[0]], /more events|lacks/],
  ] as const)
    it(`stops at ${name}`, async () => {
      serve(page);
      await assert.rejects(pages(2), { code: 'SOURCE_PAGING', message });
    });

  for (const [name, answer] of [
    ['a query put off', json(POSTHOG_LATER, { status: 202 })],
    ['other columns', json(posthogAnswer(['day', 'count()'], []))],
    ['another form', json({ detail: 'moved' })],
  ] as const)
    it(`stops at ${name}`, async () => {
      server().on(() => answer);
      await assert.rejects(read(config(), 'acme', NOW), {
        code: 'SOURCE_ANSWER',
        message: /no results with the columns day, total/,
      });
      assert.deepEqual(leftOver(), []);
    });

  it('that refuses the query is not asked again', async () => {
    server().on(() => json(POSTHOG_INVALID, { status: 400 }));
    await assert.rejects(read(config(), 'acme', NOW), { code: 'SOURCE_ANSWER', message: /answered 400/ });
    assert.equal(server().requests.length, 1);
  });

  it('that is busy is asked again, as late as it says', async () => {
    server().on(({ body }, number) => {
      if (number === 1) return json(POSTHOG_BUSY, { status: 429 });
      if (number === 2) return json(POSTHOG_THROTTLED, { status: 429, headers: { 'retry-after': '62' } });
      const query = queryOf(body);
      return pageOf(query) === null ? TOTALS : json(posthogAnswer(NAMES, within(query)));
    });
    const { events, waits } = await read(config(), 'acme', NOW);
    assert.equal(events, 7);
    assert.deepEqual(waits, [1000, 62_000]);
  });

  it('refuses a metric of a property it does not group by', () => {
    const metrics = [MetricDefinition.parse({ name: 'reply', fn: 'median', column: 'minutes' })];
    const parsed = SourceConfig.parse({ name: 'usage', ...config() });
    assert.throws(() => openSource(parsed, { ...options, metrics }, {}), {
      code: 'SOURCE_COLUMNS',
      message: /Metric reply reads minutes/,
    });
  });
});
