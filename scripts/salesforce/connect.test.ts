import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { ADMIN, startTestOrg, type TestOrg } from '../testing/test-org.ts';
import { connect } from './connect.ts';
import { DEFAULT_RETRY } from './retry.ts';

let org: TestOrg;
let home: string;

before(async () => {
  // Where @salesforce/core keeps its logins; nothing of the machine's own is read or written.
  home = await mkdtemp(join(tmpdir(), 'pilot-home-'));
  Object.assign(process.env, {
    HOME: home,
    USERPROFILE: home,
    SF_USE_GENERIC_UNIX_KEYCHAIN: 'true',
    SF_DISABLE_LOG_FILE: 'true',
    SF_DISABLE_TELEMETRY: 'true',
  });
  org = await startTestOrg();
});
after(async () => {
  await org.close();
  await rm(home, { recursive: true });
});

test('finds a login stored by the Salesforce CLI by its alias', async () => {
  const { AuthInfo, StateAggregator } = await import('@salesforce/core');
  const accessTokenOptions = {
    accessToken: await org.tokenFor(ADMIN),
    instanceUrl: org.url,
    loginUrl: org.url,
  };
  const login = await AuthInfo.create({ username: ADMIN, accessTokenOptions });
  await login.save();
  await (await StateAggregator.getInstance()).aliases.setAndSave('prod', ADMIN);
  const { client, orgId } = await connect({ targetOrg: 'prod', environment: {} });
  assert.equal(orgId, org.org.organizationId);
  assert.equal(client.instanceUrl, org.url);
});

test('an alias without a login says how to make one', async () => {
  await assert.rejects(connect({ targetOrg: 'nobody', environment: {} }), {
    code: 'NO_LOGIN',
    kind: 'config',
    message: 'No login is stored for "nobody".',
    actions: ['See the stored logins: sf org list auth', 'Log in: sf org login jwt --alias nobody …'],
  });
});

test('an org that cannot be reached is named with what to do, after the promised attempts', async () => {
  const gone = createServer();
  await new Promise<void>((resolve) => gone.listen(0, '127.0.0.1', resolve));
  const { port } = gone.address() as AddressInfo;
  await new Promise((resolve) => gone.close(resolve));
  const PILOT_INSTANCE_URL = `http://127.0.0.1:${port}`;
  const environment = { PILOT_ACCESS_TOKEN: 'any', PILOT_INSTANCE_URL };
  const retry = { ...DEFAULT_RETRY, sleep: async () => undefined };
  await assert.rejects(connect({ targetOrg: null, environment, retry }), {
    code: 'SALESFORCE_UNREACHABLE',
    kind: 'transient',
    message: `${PILOT_INSTANCE_URL} cannot be reached (ECONNREFUSED) after 7 attempts: GET SELECT Id FROM Organization LIMIT 1`,
    actions: [
      'Check the network, the instance URL (PILOT_INSTANCE_URL or the stored login) and https://status.salesforce.com, then run again.',
    ],
  });
});

test('a connection that the org breaks off names the org too', async () => {
  const broken = createServer((request) => request.socket.destroy());
  await new Promise<void>((resolve) => broken.listen(0, '127.0.0.1', resolve));
  const PILOT_INSTANCE_URL = `http://127.0.0.1:${(broken.address() as AddressInfo).port}`;
  const environment = { PILOT_ACCESS_TOKEN: 'any', PILOT_INSTANCE_URL };
  const retry = { ...DEFAULT_RETRY, sleep: async () => undefined };
  const connecting = connect({ targetOrg: null, environment, retry }).finally(() => broken.close());
  await assert.rejects(connecting, {
    code: 'SALESFORCE_UNREACHABLE',
    message: new RegExp(
      `^${PILOT_INSTANCE_URL} gave no whole answer \\(UND_ERR_SOCKET\\) after 7 attempts: `,
    ),
  });
});

test('a port that HTTP clients refuse is a mistake in the address, and is tried once', async () => {
  const environment = { PILOT_ACCESS_TOKEN: 'any', PILOT_INSTANCE_URL: 'http://127.0.0.1:9' };
  await assert.rejects(connect({ targetOrg: null, environment }), {
    code: 'SALESFORCE_UNREACHABLE',
    kind: 'config',
    message: /^http:\/\/127\.0\.0\.1:9 cannot be reached: HTTP clients refuse its port \(bad port\): GET /,
    actions: [
      'Correct the port of the instance URL: PILOT_INSTANCE_URL, or that of the stored login (sf org display --target-org <alias>).',
    ],
  });
});

test('counts its calls and knows what is left of the day', async () => {
  const environment = { SF_ACCESS_TOKEN: await org.tokenFor(ADMIN), SF_ORG_INSTANCE_URL: org.url };
  const { client } = await connect({ targetOrg: null, environment });
  await client.describe('Account');
  await client.describe('Account');
  assert.equal(client.apiCalls, 2);
  assert.equal(client.apiUsage?.limit, 100_000);
});
