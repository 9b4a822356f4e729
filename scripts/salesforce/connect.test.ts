import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { ADMIN, startTestOrg, type TestOrg } from '../testing/test-org.ts';
import { connect } from './connect.ts';

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

test('counts its calls and knows what is left of the day', async () => {
  const environment = { SF_ACCESS_TOKEN: await org.tokenFor(ADMIN), SF_ORG_INSTANCE_URL: org.url };
  const { client } = await connect({ targetOrg: null, environment });
  await client.describe('Account');
  await client.describe('Account');
  assert.equal(client.apiCalls, 2);
  assert.equal(client.apiUsage?.limit, 100_000);
});
