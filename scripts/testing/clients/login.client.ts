import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { ADMIN, createUser, startTestOrg, type TestOrg } from '../test-org.ts';
import { loginWithToken, startSfCli, type SfCli } from './sf-cli.ts';

const INTEGRATION = 'integration@local.test';

let org: TestOrg;
let cli: SfCli;
let organizationId: string;

before(async () => {
  org = await startTestOrg();
  cli = startSfCli();
  await createUser(org, { username: INTEGRATION, profile: 'Minimum Access - API Only Integrations' });
  const { body } = await org.call('GET', '/query?q=SELECT+Id+FROM+Organization');
  organizationId = (body as { records: { Id: string }[] }).records[0]!.Id;
});

after(async () => {
  cli.close();
  await org.close();
});

test('org login access-token stores the login, and org display shows the org it belongs to', async () => {
  await loginWithToken(cli, org, ADMIN, 'admin');
  const shown = await cli.sf(['org', 'display', '--target-org', 'admin']);
  assert.equal(shown.status, 0, shown.raw);
  const { id, connectedStatus, username } = shown.result as Record<string, string>;
  assert.deepEqual([id, connectedStatus, username], [organizationId, 'Connected', ADMIN]);
});

test('org login jwt logs in as the user, and a session that ended is renewed', async () => {
  const { privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  const keyFile = join(cli.home, 'server.key');
  writeFileSync(keyFile, privateKey);
  const login = await cli.sf([
    ...['org', 'login', 'jwt', '--username', INTEGRATION, '--jwt-key-file', keyFile],
    ...['--client-id', 'any', '--instance-url', org.url, '--alias', 'jwt'],
  ]);
  assert.equal(login.status, 0, login.raw);
  assert.equal((login.result as { orgId: string }).orgId.slice(0, 15), organizationId.slice(0, 15));
  await fetch(`${org.url}/local-org/expire`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: INTEGRATION }),
  });
  const asked = await cli.sf([
    ...['data', 'query', '--target-org', 'jwt', '--query'],
    `SELECT Username FROM User WHERE Username = '${INTEGRATION}'`,
  ]);
  assert.equal(asked.status, 0, asked.raw);
  assert.equal((asked.result as { totalSize: number }).totalSize, 1);
});

test('org list names both logins', async () => {
  const listed = await cli.sf(['org', 'list']);
  assert.equal(listed.status, 0, listed.raw);
  const { other, nonScratchOrgs } = listed.result as Record<string, { username: string }[]>;
  const names = [...(other ?? []), ...(nonScratchOrgs ?? [])].map(({ username }) => username);
  assert.deepEqual([...new Set(names)].sort(), [ADMIN, INTEGRATION]);
});
