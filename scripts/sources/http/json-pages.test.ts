import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { json, useTestHttp } from './test-http.ts';
import type { TestAnswer } from './test-server.ts';

const { server, read, leftOver } = useTestHttp();
const event = (id: number, hour = id) => ({
  id: `e${id}`,
  at: `2026-03-09T${String(hour % 24).padStart(2, '0')}:00:00Z`,
  workspace: 'acme',
  person: { id: `user-${id % 3}` },
});
const FAILED = 'nothing of a failed read stays behind';

describe('pages of JSON', () => {
  const config = (paging: object, more: object = {}) => ({
    kind: 'json',
    url: `${server().origin}/events?since={from}`,
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
    server().on(({ url }) => pages[url.searchParams.get('after') ?? 'first'] ?? { status: 404 });
  };
  const NOW = '2026-03-20T12:00:00Z';

  it('are followed by cursor, with the secret and the first day in the request', async () => {
    byCursor({ first: page([1, 2], 'b'), b: page([3], 'c'), c: page([], null) })();
    assert.equal((await read(config(CURSOR), 'acme', NOW)).events, 3);
    assert.equal(server().requests[0]?.headers.authorization, 'Bearer json_secret');
    assert.equal(server().requests[0]?.url.searchParams.get('since'), '2026-02-18');
  });

  it('are followed by number to the first empty page, a moved event counted once', async () => {
    const pages = [[1, 2], [2, 3], []];
    server().on(({ url }) => page(pages[Number(url.searchParams.get('p'))] ?? [], undefined));
    const { events, summary } = await read(config({ by: 'page', param: 'p', first: 0 }), 'acme', NOW);
    assert.equal(events, 3);
    assert.deepEqual(summary.excluded, { 'repeated event_id': 1 });
  });

  it('are followed by Link header', async () => {
    server().on(({ url }) =>
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
    server().on((_, number) => faults[number - 1] ?? { status: 404 });
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
      server().on((_, number) => answer(number));
      await assert.rejects(read(config(paging, more), 'acme', NOW), (error: Error & { code: string }) => {
        assert.equal(error.code, code);
        assert.match(error.message, message);
        assert.ok(!JSON.stringify(error).includes('json_secret') && !error.message.includes('json_secret'));
        return true;
      });
      assert.deepEqual(leftOver(), [], FAILED);
    });

  it('name rejected events by id, each of many, wherever they stood', async () => {
    const items = (from: number) =>
      Array.from({ length: 50 }, (_, index) => ({
        ...event(from + index),
        ...(index % 2 === 0 ? { at: 'soon' } : {}),
      }));
    server().on((_, number) =>
      json({ data: { items: items(number * 100), next: number < 3 ? number : null } }),
    );
    const { summary, events } = await read(config(CURSOR), 'acme', NOW);
    assert.equal(events, 75);
    assert.equal(summary.rejected, 75);
    const rows = readFileSync(summary.rejectFile!, 'utf8').trimEnd().split('\n');
    assert.deepEqual(
      rows.map((row) => /\(id (e\d+)\)"\}$/.exec(row)?.[1]),
      [100, 200, 300].flatMap((from) => Array.from({ length: 25 }, (_, index) => `e${from + 2 * index}`)),
    );
    assert.equal(summary.rejectedSample.length, 20);
    assert.ok(!rows.join().includes('pilot-download-') && !rows.join().includes('user-'));
  });

  it('are not asked for without the secret', async () => {
    await assert.rejects(read(config(CURSOR), 'acme', NOW, {}), {
      code: 'SOURCE_SECRET',
      message: /TOKEN is not set/,
    });
  });
});
