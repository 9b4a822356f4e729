import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { ADMIN, startTestOrg, type TestOrg } from '../../testing/test-org.ts';

const JSON_TYPE = { 'content-type': 'application/json' };

describe('faults on demand', () => {
  let org: TestOrg;
  before(async () => void (org = await startTestOrg()));
  after(() => org.close());
  afterEach(async () => void (await fetch(`${org.url}/local-org/faults`, { method: 'DELETE' })));

  async function order(fault: object): Promise<number> {
    const init = { method: 'POST', headers: JSON_TYPE, body: JSON.stringify(fault) };
    return (await fetch(`${org.url}/local-org/faults`, init)).status;
  }
  const create = (name: string) => org.call('POST', '/sobjects/Account', { Name: name });
  async function count(name: string): Promise<number> {
    const soql = `SELECT COUNT() FROM Account WHERE Name = '${name}'`;
    const { body } = await org.call('GET', `/query?q=${encodeURIComponent(soql)}`);
    return (body as { totalSize: number }).totalSize;
  }

  test('an answer meets the next matching requests, lets the first pass when told, and then no more', async () => {
    const fault = { match: 'POST .*/sobjects/Account', status: 503, errorCode: 'SERVER_UNAVAILABLE' };
    assert.equal(await order({ ...fault, after: 1, times: 2 }), 204);
    const statuses = [];
    for (let index = 0; index < 4; index += 1) statuses.push((await create('passes')).status);
    assert.deepEqual(statuses, [201, 503, 503, 201]);
    assert.equal(await count('passes'), 2);
  });

  test('an answer after the work is an error although the row is there', async () => {
    await order({ match: 'POST', status: 500, errorCode: 'UNKNOWN_EXCEPTION', when: 'after' });
    assert.equal((await create('after')).status, 500);
    assert.equal(await count('after'), 1);
  });

  for (const how of ['reset', 'close'] as const)
    for (const [when, rows] of [
      ['before', 0],
      ['after', 1],
    ] as const)
      test(`a connection that is dropped (${how}) ${when} the work leaves ${rows} rows and no answer`, async () => {
        const name = `drop ${how} ${when}`;
        await order({ kind: 'drop', match: 'POST', when, how });
        await assert.rejects(create(name), TypeError);
        assert.equal(await count(name), rows);
      });

  test('a connection that is dropped within the answer gives a part of it and then breaks', async () => {
    await order({ kind: 'drop', match: 'GET .*/sobjects', when: 'during' });
    await assert.rejects(org.call('GET', '/sobjects'), TypeError);
    assert.equal((await org.call('GET', '/sobjects')).status, 200);
  });

  for (const how of ['reset', 'close'] as const)
    test(`a connection that is dropped (${how}) within an answer without a body gives nothing, the work is done`, async () => {
      const { body } = await create(`drop ${how} 204`);
      const path = `/sobjects/Account/${(body as { id: string }).id}`;
      await order({ kind: 'drop', match: 'PATCH', when: 'during', how });
      await assert.rejects(org.call('PATCH', path, { Name: `dropped ${how} 204` }), TypeError);
      assert.equal(await count(`dropped ${how} 204`), 1);
      const response = await fetch(`${org.url}/local-org/requests`);
      const { requests } = (await response.json()) as { requests: { method: string; status: number }[] };
      assert.equal(requests.findLast(({ method }) => method === 'PATCH')?.status, 0);
      assert.equal((await org.call('DELETE', path)).status, 204);
    });

  test('a slow answer comes late', async () => {
    await order({ kind: 'slow', match: 'limits', milliseconds: 120 });
    const began = performance.now();
    assert.equal((await org.call('GET', '/limits')).status, 200);
    assert.ok(performance.now() - began >= 118);
  });

  test('an expired session is refused with 401 until a new one is opened', async () => {
    const other = await startTestOrg();
    const init = (body: object) => ({ method: 'POST', headers: JSON_TYPE, body: JSON.stringify(body) });
    await fetch(`${other.url}/local-org/faults`, init({ kind: 'expiredSession', match: 'limits' }));
    for (let index = 0; index < 2; index += 1) {
      const { status, body } = await other.call('GET', '/limits');
      assert.equal(status, 401);
      assert.deepEqual(body, [{ message: 'Session expired or invalid', errorCode: 'INVALID_SESSION_ID' }]);
    }
    await other.close();
  });

  test('the allowance is used up until the faults are taken back', async () => {
    await order({ kind: 'limitReached', match: 'limits' });
    const refused = await org.call('GET', '/limits');
    assert.equal(refused.status, 403);
    assert.deepEqual(refused.body, [
      { message: 'TotalRequests Limit exceeded.', errorCode: 'REQUEST_LIMIT_EXCEEDED' },
    ]);
    assert.match(refused.headers.get('sforce-limit-info') ?? '', /^api-usage=100000\/100000$/);
    assert.equal((await org.call('GET', '/sobjects')).status, 403);
    await fetch(`${org.url}/local-org/faults`, { method: 'DELETE' });
    assert.equal((await org.call('GET', '/limits')).status, 200);
  });

  test('locked rows fail one by one and nothing of them stays', async () => {
    await order({ kind: 'rowLock', match: 'POST .*composite/sobjects' });
    const records = ['l1', 'l2'].map((Name) => ({ attributes: { type: 'Account' }, Name }));
    const { status, body } = await org.call('POST', '/composite/sobjects', { records });
    assert.equal(status, 200);
    for (const { success, errors } of body as { success: boolean; errors: Record<string, unknown>[] }[]) {
      assert.equal(success, false);
      assert.equal(errors[0]?.['statusCode'], 'UNABLE_TO_LOCK_ROW');
      assert.match(
        String(errors[0]?.['message']),
        /^unable to obtain exclusive access to this record or 1 records: 001/,
      );
    }
    assert.equal(await count('l1'), 0);
  });

  describe('of bulk jobs', () => {
    const rows = 500;
    const send = async (method: string, path: string, type: string, body?: string): Promise<Response> =>
      fetch(`${org.url}/services/data/v67.0/jobs${path}`, {
        method,
        headers: { authorization: `Bearer ${await org.tokenFor(ADMIN)}`, 'content-type': type },
        ...(body === undefined ? {} : { body }),
      });
    async function ingest(name: string): Promise<string> {
      const spec = JSON.stringify({ object: 'Account', operation: 'insert' });
      const made = await send('POST', '/ingest', 'application/json', spec);
      const { id } = (await made.json()) as { id: string };
      await send('PUT', `/ingest/${id}/batches`, 'text/csv', `Name\n${`${name}\n`.repeat(rows)}`);
      await send('PATCH', `/ingest/${id}`, 'application/json', '{"state":"UploadComplete"}');
      return id;
    }
    const jobOf = async (id: string) =>
      (await (await send('GET', `/ingest/${id}`, 'text/csv')).json()) as Record<string, unknown>;
    const linesOf = async (id: string, kind: string): Promise<number> =>
      (await (await send('GET', `/ingest/${id}/${kind}`, 'text/csv')).text()).trimEnd().split('\n').length -
      1;

    test('a job fails after the rows it got to; the others are unprocessed', async () => {
      await order({ kind: 'failedJob', match: 'PATCH .*ingest', rows: 250, message: 'InternalServerError' });
      const id = await ingest('fails');
      const { state, errorMessage, numberRecordsProcessed } = await jobOf(id);
      assert.deepEqual([state, errorMessage, numberRecordsProcessed], ['Failed', 'InternalServerError', 250]);
      assert.deepEqual(
        [await linesOf(id, 'successfulResults'), await linesOf(id, 'unprocessedrecords')],
        [250, 250],
      );
      assert.equal(await count('fails'), 250);
    });

    test('a job stalls until it is aborted', async () => {
      await order({ kind: 'stalledJob', match: 'PATCH .*ingest', rows: 200 });
      const id = await ingest('stalls');
      for (let polls = 0; polls < 3; polls += 1) assert.equal((await jobOf(id))['state'], 'InProgress');
      const aborted = await send('PATCH', `/ingest/${id}`, 'application/json', '{"state":"Aborted"}');
      assert.equal(((await aborted.json()) as { state: string }).state, 'Aborted');
      assert.equal((await jobOf(id))['state'], 'Aborted');
      assert.equal(await linesOf(id, 'unprocessedrecords'), 300);
      assert.equal(await count('stalls'), 200);
    });

    test('a result file ends early although its answer looks whole', async () => {
      const id = await ingest('cut');
      const whole = await (await send('GET', `/ingest/${id}/successfulResults`, 'text/csv')).text();
      await order({ kind: 'truncated', match: 'successfulResults', keep: 0.25 });
      const cut = await send('GET', `/ingest/${id}/successfulResults`, 'text/csv');
      assert.equal(cut.status, 200);
      const text = await cut.text();
      assert.equal(text.length, Math.floor(whole.length / 4));
      assert.ok(whole.startsWith(text));
    });
  });

  test('an answer without a body cannot be cut: it arrives as it is, the work is done', async () => {
    const { body } = await create('cut 204');
    await order({ kind: 'truncated', match: 'PATCH', keep: 0.5 });
    const path = `/sobjects/Account/${(body as { id: string }).id}`;
    assert.equal((await org.call('PATCH', path, { Name: 'cut 204 done' })).status, 204);
    assert.equal(await count('cut 204 done'), 1);
  });

  test('a fault that is no fault is refused with the reason', async () => {
    assert.equal(await order({ kind: 'earthquake', match: '.' }), 400);
    assert.equal(await order({ match: '(', status: 500, errorCode: 'X' }), 400);
  });
});
