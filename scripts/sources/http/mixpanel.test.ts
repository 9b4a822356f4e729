import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { MIXPANEL_BROKEN, MIXPANEL_EVENT, MIXPANEL_PAGE } from './recorded-answers.ts';
import { lines, useTestHttp } from './test-http.ts';

const { server, secrets, open, read, leftOver } = useTestHttp();

const FAILED = 'nothing of a failed read stays behind';
const config = (days = 60) => ({ kind: 'mixpanel', host: server().origin, project_id: '42', days });
const NOW = '2021-06-18T12:00:00Z';
const at = (time: number) => ({ ...MIXPANEL_EVENT, properties: { ...MIXPANEL_EVENT.properties, time } });
const LATER = at(MIXPANEL_EVENT.properties.time + 1);

describe('the Mixpanel export', () => {
  it('is read in few calls; an exported repetition counts once, a like event of another time does not', async () => {
    server().on((_, number) => ({
      body: number === 3 ? lines([MIXPANEL_EVENT, MIXPANEL_EVENT, LATER]) : '',
    }));
    const { events, summary, facts } = await read(config(), 'acme', NOW);
    assert.equal(events, 2);
    assert.deepEqual(summary.excluded, { 'repeated event_id': 1 });
    assert.deepEqual(
      facts[0]?.days.map(({ day }) => day),
      ['2021-06-16'],
    );
    assert.equal(facts[0]?.users.length, 1);
    assert.equal(server().requests.length, 3);
    assert.deepEqual(Object.fromEntries(server().requests[2]!.url.searchParams), {
      from_date: '2021-06-18',
      to_date: '2021-06-18',
      project_id: '42',
    });
    assert.equal(server().requests[2]!.url.pathname, '/api/2.0/export');
    const auth = `Basic ${Buffer.from(`robot:${secrets.MIXPANEL_SECRET}`).toString('base64')}`;
    assert.equal(server().requests[0]?.headers.authorization, auth);
  });

  it('of the documentation, whose events are nobody’s, is read, and its events rejected one by one', async () => {
    server().on(() => ({ body: `${MIXPANEL_PAGE}${lines([at(1_602_700_000)])}` }));
    const { events, summary } = await read(config(5), 'acme', '2020-10-16T12:00:00Z');
    assert.equal(events, 1);
    assert.equal(summary.rejected, 2);
    // Neither of them has a company, which is looked at first.
    const reason = (id: string) => `properties.company_id is empty (properties.$insert_id ${id})`;
    assert.deepEqual(
      summary.rejectedSample.map((row) => row.reason),
      [reason('hpuDqcvpltpCjBsebtxwadtEBDnFAdycabFb'), reason('jajcebutltmvhbbholfhxtCcycwnBjDtndha')],
    );
  });

  it('is asked for again when it breaks off, and nothing of the first try counts', async () => {
    const body = lines([MIXPANEL_EVENT, LATER]);
    server().on((_, number) => (number === 1 ? { body, cutAfter: 560 } : number === 2 ? { body } : {}));
    const { events, waits } = await read(config(), 'acme', '2021-08-10T12:00:00Z');
    assert.equal(events, 2);
    assert.deepEqual(waits, [1000]);
  });

  for (const last of MIXPANEL_BROKEN)
    it(`that ends with “${last}” is asked for again, and then refused`, async () => {
      server().on(() => ({ body: `${lines([MIXPANEL_EVENT])}${last}\n` }));
      await assert.rejects(read(config(), 'acme', NOW), {
        code: 'SOURCE_UNREACHABLE',
        message: /\/api\/2\.0\/export: line 2 is no complete JSON/,
      });
      assert.equal(server().requests.length, 4);
      assert.deepEqual(leftOver(), [], FAILED);
    });

  it('that ends in the middle of a line again and again is refused', async () => {
    server().on(() => ({ body: lines([MIXPANEL_EVENT, LATER]).slice(0, -30) }));
    await assert.rejects(read(config(), 'acme', NOW), {
      code: 'SOURCE_UNREACHABLE',
      message: /line 2 is no complete JSON/,
    });
    assert.deepEqual(leftOver(), [], FAILED);
  });

  it('is proved to be readable by one call and its first event', async () => {
    server().on(() => ({ body: lines([MIXPANEL_EVENT]) }));
    await open(config()).check();
    assert.equal(server().requests.length, 1);
    server().on(() => ({ status: 403 }));
    await assert.rejects(open(config()).check(), { code: 'SOURCE_REFUSED' });
    assert.deepEqual(leftOver(), [], FAILED);
  });
});
