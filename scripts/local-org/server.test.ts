import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { ADMIN, assignPermissionSet, startTestOrg, zipOf } from '../testing/test-org.ts';
import { FIXTURE_PACKAGE } from './conformance/fixture-package.ts';
import { createLocalOrg } from './local-org.ts';

/** `fetch` sets Host itself; a rebinding page does not. */
const statusWith = (url: string, headers: Record<string, string>): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    request(`${url}/services/data`, { headers }, (response) => resolve(response.resume().statusCode))
      .on('error', reject)
      .end();
  });

test('another host name and another origin are refused', async () => {
  const org = await startTestOrg();
  const port = new URL(org.url).port;
  assert.equal(await statusWith(org.url, {}), 200);
  assert.equal(await statusWith(org.url, { host: `localhost:${port}` }), 200);
  assert.equal(await statusWith(org.url, { host: `evil.example:${port}` }), 403);
  assert.equal(await statusWith(org.url, { host: `127.0.0.1.evil.example:${port}` }), 403);
  assert.equal(await statusWith(org.url, { origin: 'https://evil.example' }), 403);
  await org.close();
});

test('a port that is taken rejects', async () => {
  const org = await startTestOrg();
  const second = createLocalOrg();
  await assert.rejects(second.listen(Number(new URL(org.url).port)), { code: 'EADDRINUSE' });
  await second.close();
  await org.close();
});

test('double and trailing slashes are the same path', async () => {
  const org = await startTestOrg();
  const headers = { authorization: `Bearer ${await org.tokenFor(ADMIN)}` };
  assert.equal((await fetch(`${org.url}//services/data/v66.0/limits`, { headers })).status, 200);
  assert.equal((await fetch(`${org.url}/services/data/v66.0/limits/`, { headers })).status, 200);
  await org.close();
});

test('a URL of 15,000 characters is answered and one of 17,000 is too long', async () => {
  const org = await startTestOrg();
  const headers = { authorization: `Bearer ${await org.tokenFor(ADMIN)}` };
  const soql = (length: number) =>
    `${org.url}/services/data/v66.0/query?q=SELECT+Id+FROM+Account+WHERE+Name='${'x'.repeat(length)}'`;
  assert.notEqual((await fetch(soql(15_000), { headers })).status, 431);
  assert.equal((await fetch(soql(17_000), { headers })).status, 414);
  await org.close();
});

test('a fault meets the next matching requests and then no more', async () => {
  const org = await startTestOrg();
  const fault = { match: 'POST .*/sobjects/Account', status: 400, errorCode: 'UNABLE_TO_LOCK_ROW', times: 2 };
  const headers = { 'content-type': 'application/json' };
  const set = await fetch(`${org.url}/local-org/faults`, {
    method: 'POST',
    headers,
    body: JSON.stringify(fault),
  });
  assert.equal(set.status, 204);
  const statuses: number[] = [];
  for (let i = 0; i < 3; i += 1)
    statuses.push((await org.call('POST', '/sobjects/Account', { Name: 'x' })).status);
  assert.deepEqual(statuses, [400, 400, 201]);
  const log = (await (await fetch(`${org.url}/local-org/requests`)).json()) as {
    requests: { path: string; status: number; username: string }[];
  };
  const posts = log.requests.filter(({ path }) => path.endsWith('/sobjects/Account'));
  assert.deepEqual(
    posts.map(({ status }) => status),
    [400, 400, 201],
  );
  assert.equal(posts[2]!.username, ADMIN);
  await org.close();
});

test('the allowance of API requests ends with 403', async () => {
  const org = await startTestOrg({ dailyApiRequests: 2 });
  const statuses: number[] = [];
  for (let i = 0; i < 3; i += 1) statuses.push((await org.call('GET', '/limits')).status);
  assert.deepEqual(statuses, [200, 200, 403]);
  await org.close();
});

test('the clock starts where it is told and runs on', async () => {
  const org = await startTestOrg({ now: new Date('2026-11-20T10:00:00Z') });
  const { body } = await org.call('POST', '/sobjects/Account', { Name: 'x' });
  const { body: row } = await org.call(
    'GET',
    `/sobjects/Account/${(body as { id: string }).id}?fields=CreatedDate`,
  );
  assert.match((row as { CreatedDate: string }).CreatedDate, /^2026-11-20T10:00:\d\d\.\d{3}\+0000$/);
  await org.close();
});

test('a database file keeps the whole org', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'local-org-'));
  const file = join(folder, 'org.db');
  const first = await startTestOrg({ file, deploy: zipOf(FIXTURE_PACKAGE) });
  await assignPermissionSet(first, ADMIN, 'Widget_User');
  const account = await first.call('POST', '/sobjects/Account', { Name: 'kept' });
  const body = { Name: 'w', Account__c: (account.body as { id: string }).id, Amount__c: 2 };
  const widget = await first.call('POST', '/sobjects/Widget__c', body);
  await first.close();
  const second = await startTestOrg({ file });
  assert.equal(second.org.organizationId, first.org.organizationId);
  const path = `/sobjects/Widget__c/${(widget.body as { id: string }).id}?fields=Twice__c`;
  assert.equal(((await second.call('GET', path)).body as { Twice__c: number }).Twice__c, 4);
  const next = await second.call('POST', '/sobjects/Account', { Name: 'new' });
  assert.notEqual((next.body as { id: string }).id, (account.body as { id: string }).id);
  await second.close();
  rmSync(folder, { recursive: true });
});
