import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { test, type TestContext } from 'node:test';
import { ADMIN, startTestOrg, type TestOrg } from '../../testing/test-org.ts';

const DURATION_MS = 2_000;

/** Closed also when the test fails: an open server would keep the process for ever. */
async function orgOf(t: TestContext, bulkJobMs: number): Promise<TestOrg> {
  const org = await startTestOrg({ bulkJobMs });
  t.after(() => org.close());
  return org;
}

const send = async (
  org: TestOrg,
  method: string,
  path: string,
  body?: string | Buffer<ArrayBuffer>,
): Promise<Response> =>
  fetch(`${org.url}/services/data/v67.0/jobs${path}`, {
    method,
    headers: {
      authorization: `Bearer ${await org.tokenFor(ADMIN)}`,
      'content-type': method === 'PUT' ? 'text/csv' : 'application/json',
    },
    ...(body === undefined ? {} : { body }),
  });

async function startJob(org: TestOrg, rows: number): Promise<string> {
  const made = await send(org, 'POST', '/ingest', '{"object":"Account","operation":"insert"}');
  const { id, state } = (await made.json()) as { id: string; state: string };
  assert.equal(state, 'Open');
  await send(org, 'PUT', `/ingest/${id}/batches`, `Name\n${'Timed\n'.repeat(rows)}`);
  await send(org, 'PATCH', `/ingest/${id}`, '{"state":"UploadComplete"}');
  return id;
}

const jobOf = async (
  org: TestOrg,
  path: string,
): Promise<{ state: string; numberRecordsProcessed: number }> =>
  (await (await send(org, 'GET', path)).json()) as { state: string; numberRecordsProcessed: number };

async function count(org: TestOrg): Promise<number> {
  const { body } = await org.call('GET', "/query?q=SELECT+COUNT()+FROM+Account+WHERE+Name='Timed'");
  return (body as { totalSize: number }).totalSize;
}

test('a job with modelled time passes through its states, and its rows appear as it goes', async (t) => {
  const org = await orgOf(t, DURATION_MS);
  const id = await startJob(org, 1000);
  const seen: string[] = [];
  const processed: number[] = [];
  while (seen.at(-1) !== 'JobComplete') {
    const job = await jobOf(org, `/ingest/${id}`);
    if (job.state !== seen.at(-1)) seen.push(job.state);
    processed.push(job.numberRecordsProcessed);
    assert.equal((await count(org)) >= job.numberRecordsProcessed, true);
    await sleep(20);
  }
  assert.deepEqual(seen, ['UploadComplete', 'InProgress', 'JobComplete']);
  assert.ok(processed.some((each) => each > 0 && each < 1000));
  assert.equal(await count(org), 1000);
});

test('an abort in between keeps what was saved and leaves the rest unprocessed', async (t) => {
  const org = await orgOf(t, DURATION_MS);
  const id = await startJob(org, 1000);
  while ((await jobOf(org, `/ingest/${id}`)).numberRecordsProcessed === 0) await sleep(20);
  await send(org, 'PATCH', `/ingest/${id}`, '{"state":"Aborted"}');
  const { state, numberRecordsProcessed } = await jobOf(org, `/ingest/${id}`);
  assert.equal(state, 'Aborted');
  const unprocessed = await (await send(org, 'GET', `/ingest/${id}/unprocessedrecords`)).text();
  assert.equal(unprocessed.trimEnd().split('\n').length - 1, 1000 - numberRecordsProcessed);
  await sleep(DURATION_MS);
  assert.equal(await count(org), numberRecordsProcessed);
  const again = await send(org, 'PATCH', `/ingest/${id}`, '{"state":"UploadComplete"}');
  assert.equal(again.status, 400);
});

test('a query job has no results before its time, and an upload of more than 100 MB is refused', async (t) => {
  const org = await orgOf(t, 150);
  const made = await send(org, 'POST', '/query', '{"operation":"query","query":"SELECT Id FROM User"}');
  const { id } = (await made.json()) as { id: string };
  const early = await send(org, 'GET', `/query/${id}/results`);
  assert.equal(early.status, 400);
  assert.equal(((await early.json()) as { errorCode: string }[])[0]?.errorCode, 'INVALIDJOBSTATE');
  while ((await jobOf(org, `/query/${id}`)).state !== 'JobComplete') await sleep(20);
  assert.equal((await send(org, 'GET', `/query/${id}/results`)).status, 200);
  const ingest = await send(org, 'POST', '/ingest', '{"object":"Account","operation":"insert"}');
  const { id: ingestId } = (await ingest.json()) as { id: string };
  const tooMuch = Buffer.alloc(101 * 1024 * 1024, 'x');
  assert.equal((await send(org, 'PUT', `/ingest/${ingestId}/batches`, tooMuch)).status, 413);
});
