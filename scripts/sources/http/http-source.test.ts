import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import { zipSync } from 'fflate';
import { collect, CONTRACT, type ContractEvent } from '../contract.ts';
import { MetricDefinition } from '../metric-definition.ts';
import { openSource } from '../open-source.ts';
import { SourceConfig } from '../source-config.ts';
import { makeTestFolder, TEST_SECRET } from '../test-folder.ts';
import { startTestServer, type TestAnswer, type TestServer } from './test-server.ts';
import { httpSource } from './http-source.ts';
import type { HttpSourceConfig } from './http-source-config.ts';

const folder = makeTestFolder();
process.env['TMPDIR'] = folder.path;
let server: TestServer;
before(async () => {
  server = await startTestServer();
});
after(async () => {
  await server.close();
  folder.remove();
});

const SECRETS = {
  POSTHOG_KEY: 'phx_secret',
  MIXPANEL_USER: 'robot',
  MIXPANEL_SECRET: 'mp_secret',
  AMPLITUDE_KEY: 'amp',
  AMPLITUDE_SECRET: 'amp_secret',
  TOKEN: 'json_secret',
};
const options = { secret: TEST_SECRET, rejectFolder: folder.path };
const link = (key: string) => ({
  pilotId: 'p1',
  source: 'usage',
  key,
  from: null,
  to: null,
  filter: null,
  timeZone: 'UTC',
});

/** Reads a source to its end; `waits` are the pauses it made, in ms. */
async function read(config: object, key: string, now: string, environment: object = SECRETS) {
  const waits: number[] = [];
  const sleep = (ms: number) => {
    waits.push(ms);
    return Promise.resolve();
  };
  const parsed = SourceConfig.parse({ name: 'usage', lag_hours: 0, ...config }) as HttpSourceConfig;
  const source = httpSource(parsed, options, environment as Record<string, string>, { sleep });
  const result = await collect(source, { links: [link(key)], now: new Date(now) });
  const events = result.facts[0]?.days.reduce((sum, day) => sum + day.events, 0) ?? 0;
  return { ...result, waits, events };
}

const json = (body: unknown, more: TestAnswer = {}): TestAnswer => ({ body: JSON.stringify(body), ...more });
const event = (id: number, hour = id) => ({
  id: `e${id}`,
  at: `2026-03-09T${String(hour % 24).padStart(2, '0')}:00:00Z`,
  workspace: 'acme',
  person: { id: `user-${id % 3}` },
});
const FAILED = 'nothing of a failed read stays behind';
const leftOver = () => readdirSync(folder.path).filter((name) => name.startsWith('pilot-download-'));

describe('pages of JSON', () => {
  const config = (paging: object, more: object = {}) => ({
    kind: 'json',
    url: `${server.origin}/events?since={from}`,
    headers: { authorization: 'Bearer ${TOKEN}' },
    rows: 'data.items',
    columns: { event_time: 'at', usage_key: 'workspace', user_id: 'person.id', event_id: 'id' },
    paging,
    days: 30,
    ...more,
  });
  const CURSOR = { by: 'cursor', next: 'data.next', param: 'after' };
  const page = (ids: readonly number[], next: unknown) =>
    json({ data: { items: ids.map((id) => event(id)), next } });
  const byCursor = (pages: Readonly<Record<string, TestAnswer>>) => () => {
    server.on(({ url }) => pages[url.searchParams.get('after') ?? 'first'] ?? { status: 404 });
  };
  const NOW = '2026-03-20T12:00:00Z';

  it('are followed by cursor, with the secret and the first day in the request', async () => {
    byCursor({ first: page([1, 2], 'b'), b: page([3], 'c'), c: page([], null) })();
    assert.equal((await read(config(CURSOR), 'acme', NOW)).events, 3);
    assert.equal(server.requests[0]?.headers.authorization, 'Bearer json_secret');
    assert.equal(server.requests[0]?.url.searchParams.get('since'), '2026-02-18');
  });

  it('are followed by number to the first empty page, a moved event counted once', async () => {
    const pages = [[1, 2], [2, 3], []];
    server.on(({ url }) => page(pages[Number(url.searchParams.get('p'))] ?? [], undefined));
    const { events, summary } = await read(config({ by: 'page', param: 'p', first: 0 }), 'acme', NOW);
    assert.equal(events, 3);
    assert.deepEqual(summary.excluded, { 'repeated event_id': 1 });
  });

  it('are followed by Link header', async () => {
    server.on(({ url }) =>
      url.pathname === '/events'
        ? json({ data: { items: [event(1)] } }, { headers: { link: '</more>; rel="next"' } })
        : page([2], undefined),
    );
    assert.equal((await read(config({ by: 'link' }), 'acme', NOW)).events, 2);
  });

  it('are asked for again after 429 (as long as told), 500 twice, and a cut body; nothing counts twice', async () => {
    const faults: TestAnswer[] = [
      { status: 429, headers: { 'retry-after': '7' } },
      page([1, 2], 'b'),
      { status: 500 },
      { status: 500 },
      { ...page([3, 4], null), cutAfter: 40 },
      page([3, 4], null),
    ];
    server.on((_, number) => faults[number - 1] ?? { status: 404 });
    const { events, waits } = await read(config(CURSOR), 'acme', NOW);
    assert.equal(events, 4);
    assert.deepEqual(waits, [7000, 1000, 2000, 4000]);
  });

  const failures: readonly {
    readonly name: string;
    readonly paging?: object;
    readonly more?: object;
    readonly answer: (number: number) => TestAnswer;
    readonly code: string;
    readonly message: RegExp;
  }[] = [
    {
      name: 'a repeated page',
      answer: (number) => page([1, 2], number === 1 ? 'b' : 'c'),
      code: 'SOURCE_PAGING',
      message: /page 2 repeats an earlier one/,
    },
    {
      name: 'a cursor that leads back',
      answer: (number) => page([number], 'same'),
      code: 'SOURCE_PAGING',
      message: /page 2 leads back/,
    },
    {
      name: 'a page that shrank before another',
      paging: { by: 'page', param: 'p' },
      answer: (number) => page([[1, 2, 3], [4], [5, 6, 7]][number - 1] ?? [], undefined),
      code: 'SOURCE_PAGING',
      message: /page 3 is not empty, and the one before was shorter/,
    },
    {
      name: 'fewer events than announced',
      more: { total: 'data.total' },
      answer: () => json({ data: { items: [event(1)], total: 2, next: null } }),
      code: 'SOURCE_PAGING',
      message: /all have 1 events, 2 were announced/,
    },
    {
      name: 'a body without the list',
      answer: () => json({ data: { rows: [] } }),
      code: 'SOURCE_ANSWER',
      message: /no list of objects at data.items/,
    },
    {
      name: 'a body without the cursor',
      answer: () => json({ data: { items: [event(1)] } }),
      code: 'SOURCE_ANSWER',
      message: /no cursor at data.next/,
    },
    {
      name: 'a next page on another server',
      paging: { by: 'link' },
      answer: () => json({ data: { items: [] } }, { headers: { link: '<https://evil.example/>; rel=next' } }),
      code: 'SOURCE_PAGING',
      message: /another server, https:\/\/evil.example/,
    },
    {
      name: 'a server that goes on failing',
      answer: () => ({ status: 503 }),
      code: 'SOURCE_UNREACHABLE',
      message: /answered 503/,
    },
    {
      name: 'a wait of hours',
      answer: () => ({ status: 429, headers: { 'retry-after': '7200' } }),
      code: 'SOURCE_UNREACHABLE',
      message: /429 and asks to wait 7200 s/,
    },
    { name: 'a wrong key', answer: () => ({ status: 401 }), code: 'SOURCE_REFUSED', message: /401/ },
    {
      name: 'no event at all',
      answer: () => page([], null),
      code: 'SOURCE_EMPTY',
      message: /without a single event/,
    },
  ];
  for (const { name, paging = CURSOR, more = {}, answer, code, message } of failures)
    it(`stop the read at ${name}`, async () => {
      server.on((_, number) => answer(number));
      await assert.rejects(read(config(paging, more), 'acme', NOW), (error: Error & { code: string }) => {
        assert.equal(error.code, code);
        assert.match(error.message, message);
        assert.ok(!JSON.stringify(error).includes('json_secret') && !error.message.includes('json_secret'));
        return true;
      });
      assert.deepEqual(leftOver(), [], FAILED);
    });

  it('are not asked for without the secret', async () => {
    await assert.rejects(read(config(CURSOR), 'acme', NOW, {}), {
      code: 'SOURCE_SECRET',
      message: /TOKEN is not set/,
    });
  });
});

const lines = (records: readonly unknown[]) =>
  records.map((record) => `${JSON.stringify(record)}\n`).join('');
const archive = (files: Readonly<Record<string, readonly unknown[]>>) =>
  Buffer.from(
    zipSync(Object.fromEntries(Object.entries(files).map(([name, all]) => [name, gzipSync(lines(all))])), {
      level: 0,
    }),
  );
const COLUMNS = { user_id: 'user_id', department: 'department' };
const epoch = (time: string) => (Number.isNaN(Date.parse(time)) ? time : Date.parse(time) / 1000);

/** How the clauses' events look in each export; whole in the answer to the first request, but for the pages. */
const EXPORTS: Readonly<
  Record<string, { config: object; serve: (events: readonly ContractEvent[]) => void }>
> = {
  json: {
    config: { rows: 'items', paging: { by: 'cursor', next: 'next', param: 'after' }, columns: COLUMNS },
    serve: (events) =>
      server.on(({ url }) => {
        const PAGE = 3;
        const from = Number(url.searchParams.get('after') ?? 0);
        // The clauses have equal events; their place keeps pages apart.
        const items = events.slice(from, from + PAGE).map((one, index) => ({ ...one, place: from + index }));
        return json({ items, next: from + PAGE < events.length ? from + PAGE : null });
      }),
  },
  mixpanel: {
    config: {
      project_id: '42',
      columns: {
        event_time: 'properties.time',
        usage_key: 'properties.company',
        user_id: 'properties.distinct_id',
        department: 'properties.department',
      },
    },
    serve: (events) => {
      const records = events.map(({ event_time, usage_key, user_id, department }) => ({
        event: 'used',
        properties: { time: epoch(event_time), company: usage_key, distinct_id: user_id, department },
      }));
      server.on((_, number) => ({ body: number > 1 ? '' : lines(records) }));
    },
  },
  amplitude: {
    config: {
      columns: { ...COLUMNS, event_time: 'event_time', usage_key: 'groups.company', event_id: 'uuid' },
    },
    serve: (events) => {
      const records = events.map(({ usage_key, ...one }, uuid) => ({
        ...one,
        uuid,
        groups: { company: [usage_key] },
      }));
      const body = archive({ 'one.json.gz': records });
      server.on((_, number) => (number > 1 ? { status: 404 } : { body }));
    },
  },
};

for (const [kind, { config, serve }] of Object.entries(EXPORTS))
  describe(`contract of usage sources: ${kind}`, () => {
    const subject = {
      open(events: readonly ContractEvent[]) {
        serve(events);
        const where = kind === 'json' ? { url: `${server.origin}/events` } : { host: server.origin };
        const parsed = SourceConfig.parse({ name: 'usage', kind, lag_hours: 0, ...config, ...where });
        return Promise.resolve(openSource(parsed, options, SECRETS));
      },
    };
    for (const { name, check } of CONTRACT) it(name, () => check(subject));
  });

// The example of https://docs.mixpanel.com/reference/raw-event-export (its ids and times), with a group property.
const MIXPANEL = [
  {
    event: 'Signed Up',
    properties: {
      time: 1_602_611_311,
      $insert_id: 'hpuDqcvpltpCjBsebtxwadtEBDnFAdycabFb',
      mp_processing_time_ms: 1_602_625_711_874,
      distinct_id: 'user123',
      company_id: 'acme',
    },
  },
  {
    event: 'Purchase',
    properties: {
      time: 1_602_787_121,
      $insert_id: 'jajcebutltmvhbbholfhxtCcycwnBjDtndha',
      mp_processing_time_ms: 1_602_801_521_561,
      distinct_id: 'user123',
      company_id: 'acme',
    },
  },
];

describe('the Mixpanel export', () => {
  const config = () => ({ kind: 'mixpanel', host: server.origin, project_id: '42', days: 60 });
  const NOW = '2020-10-16T12:00:00Z';

  it('is read in few calls; an exported repetition counts once, a like event of another time does not', async () => {
    const other = { ...MIXPANEL[0]!, properties: { ...MIXPANEL[0]!.properties, time: 1_602_611_312 } };
    server.on((_, number) => ({ body: number === 3 ? lines([...MIXPANEL, MIXPANEL[1], other]) : '' }));
    const { events, summary, facts } = await read(config(), 'acme', NOW);
    assert.equal(events, 3);
    assert.deepEqual(summary.excluded, { 'repeated event_id': 1 });
    assert.equal(facts[0]?.users.length, 1);
    assert.equal(server.requests.length, 3);
    assert.deepEqual(Object.fromEntries(server.requests[2]!.url.searchParams), {
      from_date: '2020-10-16',
      to_date: '2020-10-16',
      project_id: '42',
    });
    const auth = `Basic ${Buffer.from('robot:mp_secret').toString('base64')}`;
    assert.equal(server.requests[0]?.headers.authorization, auth);
  });

  it('is asked for again when it breaks off, and nothing of the first try counts', async () => {
    const body = lines(MIXPANEL);
    server.on((_, number) => (number === 1 ? { body, cutAfter: 260 } : number === 2 ? { body } : {}));
    const { events, waits } = await read(config(), 'acme', NOW);
    assert.equal(events, 2);
    assert.deepEqual(waits, [1000]);
  });

  it('is proved to be readable by one call and its first event', async () => {
    server.on(() => ({ body: lines(MIXPANEL) }));
    const parsed = SourceConfig.parse({ name: 'usage', ...config() });
    await openSource(parsed, options, SECRETS).check();
    assert.equal(server.requests.length, 1);
    server.on(() => ({ status: 403 }));
    await assert.rejects(openSource(parsed, options, SECRETS).check(), { code: 'SOURCE_REFUSED' });
    assert.deepEqual(leftOver(), [], FAILED);
  });

  it('that ends in the middle of a line again and again is refused', async () => {
    server.on(() => ({ body: lines(MIXPANEL).slice(0, -30) }));
    await assert.rejects(read(config(), 'acme', NOW), {
      code: 'SOURCE_UNREACHABLE',
      message: /line 2 is no complete JSON/,
    });
    assert.deepEqual(leftOver(), [], FAILED);
  });
});

describe('the Amplitude export', () => {
  const config = () => ({ kind: 'amplitude', host: server.origin, days: 2 });
  const NOW = '2026-03-10T12:30:00Z';
  // Fields and forms of https://amplitude.com/docs/apis/analytics/export, "Response schema".
  const record = (uuid: string, event_time: string) => ({
    app: 187_520,
    uuid,
    event_time,
    user_id: 'datamonster@gmail.com',
    event_type: 'watch_tutorial',
    server_upload_time: '2026-03-09 11:00:00.000000',
    groups: { company: ['acme'] },
    user_properties: { plan: 'trial' },
  });
  const FULL = archive({
    '187520/187520_2026-03-09_10#0.json.gz': [
      record('a', '2026-03-08 23:59:59.900000'),
      record('b', '2026-03-09 10:00:00.000000'),
    ],
    '187520/187520_2026-03-09_11#0.json.gz': [
      record('b', '2026-03-09 10:00:00.000000'),
      record('c', '2026-03-09 11:00:00.000000'),
    ],
  });

  it('is unpacked day by day of upload, up to two hours ago; a day without data is no fault', async () => {
    server.on((_, number) => (number === 2 ? { body: FULL } : { status: 404 }));
    const { events, summary } = await read(config(), 'acme', NOW);
    assert.equal(events, 3);
    assert.deepEqual(summary.excluded, { 'repeated event_id': 1 });
    assert.deepEqual(
      server.requests.map(({ url }) => url.search),
      [
        '?start=20260308T00&end=20260308T23',
        '?start=20260309T00&end=20260309T23',
        '?start=20260310T00&end=20260310T10',
      ],
    );
  });

  for (const [name, body] of [
    ['cut in its last record', FULL.subarray(0, -30)],
    ['cut in a file', FULL.subarray(0, 120)],
    ['with a damaged file', Buffer.from(FULL).fill(0x55, 70, 110)],
  ] as const)
    it(`is asked for again when it is ${name}, and then refused`, async () => {
      server.on((_, number) => (number === 1 ? { status: 404 } : { body }));
      await assert.rejects(read(config(), 'acme', NOW), { code: 'SOURCE_UNREACHABLE' });
      assert.equal(server.requests.length, 5);
      assert.deepEqual(leftOver(), [], FAILED);
    });

  it('of a range that is too large says so', async () => {
    server.on(() => ({ status: 400 }));
    await assert.rejects(read(config(), 'acme', NOW), { code: 'SOURCE_ANSWER', message: /answered 400/ });
  });
});

describe('PostHog', () => {
  const config = (more: object = {}) => ({
    kind: 'posthog',
    host: server.origin,
    project_id: '1',
    days: 7,
    ...more,
  });
  const NOW = '2026-03-10T12:00:00Z';
  const ROWS = [
    ['2026-03-09', 'acme', 'p-1', 'save', 3],
    ['2026-03-09', 'acme', 'p-2', 'open', 2],
    ['2026-03-10', 'acme', 'p-1', 'save', 1],
  ];
  // The form of https://posthog.com/docs/api/queries: lists in the order of `columns`.
  const answer = (results: readonly unknown[], columns: readonly string[]) =>
    json({ columns, results, types: [], hasMore: false, limit: 100, offset: 0 });
  const totals = answer(
    [
      ['2026-03-09', 5],
      ['2026-03-10', 1],
    ],
    ['day', 'events'],
  );
  const NAMES = ['day', 'usage_key', 'user_id', 'event', 'events'];
  const queryOf = (body: string) => (JSON.parse(body) as { query: { query: string } }).query.query;
  const serve = (page: (offset: number) => readonly unknown[]) =>
    server.on(({ body }) => {
      const offset = /OFFSET (\d+)/.exec(queryOf(body));
      return offset === null ? totals : answer(page(Number(offset[1])), NAMES);
    });

  it('adds up by itself and is read page by page until one is empty', async () => {
    serve((offset) => ROWS.slice(offset, offset + 2));
    const { events, facts } = await read(config({ exclude: { events: ["it's"] } }), 'acme', NOW);
    assert.equal(events, 6);
    assert.equal(facts[0]?.users.length, 2);
    const queries = server.requests.map(({ body }) => queryOf(body));
    assert.equal(queries.length, 4);
    assert.ok(queries.every((query) => query.includes("NOT IN ('it\\'s')") && query.includes('LIMIT 50000')));
    assert.equal(server.requests[0]?.headers.authorization, 'Bearer phx_secret');
  });

  for (const [name, page] of [
    ['a repeated page', () => ROWS],
    ['a lost row', (offset: number) => (offset === 0 ? ROWS.slice(0, 2) : [])],
    ['a row that comes twice', (offset: number) => (offset === 0 ? [ROWS[0]!, ROWS[0]!] : [])],
  ] as const)
    it(`stops at ${name}`, async () => {
      serve(page);
      await assert.rejects(read(config(), 'acme', NOW), { code: 'SOURCE_PAGING' });
    });

  it('stops at an answer in another form', async () => {
    server.on(() => json({ detail: 'moved' }));
    await assert.rejects(read(config(), 'acme', NOW), {
      code: 'SOURCE_ANSWER',
      message: /no results and columns/,
    });
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
