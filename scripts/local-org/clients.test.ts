import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import {
  ADMIN,
  assignPermissionSet,
  createUser,
  startTestOrg,
  zipOf,
  type TestOrg,
} from '../testing/test-org.ts';
import { FIXTURE_PACKAGE } from './conformance/fixture-package.ts';

// The login store of @salesforce/core follows HOME: it must not touch the developer's own.
const home = mkdtempSync(join(tmpdir(), 'local-org-clients-'));
process.env['HOME'] = home;
process.env['SF_USE_GENERIC_UNIX_KEYCHAIN'] = 'true';
process.env['SF_DISABLE_LOG_FILE'] = 'true';
const INTEGRATION = 'integration@local.test';
const { Connection } = await import('jsforce');
const { AuthInfo, Org } = await import('@salesforce/core');

describe('real clients', () => {
  let org: TestOrg;
  before(async () => {
    org = await startTestOrg({ deploy: zipOf(FIXTURE_PACKAGE), pageSize: 200 });
    await assignPermissionSet(org, ADMIN, 'Widget_User');
  });
  after(async () => {
    await org.close();
    rmSync(home, { recursive: true, force: true });
  });

  const connect = async () =>
    new Connection({ instanceUrl: `${org.url}/`, accessToken: await org.tokenFor(ADMIN), version: '66.0' });
  /** The rows that plain HTTP sees. */
  const count = async (soql: string): Promise<number> => {
    const { body } = await org.call('GET', `/query?q=${encodeURIComponent(soql)}`);
    return (body as { totalSize: number }).totalSize;
  };

  test('jsforce writes 450 rows in three calls and reads them in pages', async () => {
    const connection = await connect();
    const rows = Array.from({ length: 450 }, (_, index) => ({ Name: `Account ${index}` }));
    const results = await connection.sobject('Account').create(rows, { allowRecursive: true });
    assert.equal(results.filter(({ success }) => success).length, 450);
    assert.equal(await count("SELECT COUNT() FROM Account WHERE Name LIKE 'Account %'"), 450);
    const first = await connection.query("SELECT id FROM account WHERE Name LIKE 'Account %'");
    assert.deepEqual([first.totalSize, first.done, first.records.length], [450, false, 200]);
    assert.match(String(first.records[0]!['Id']), /^001/);
    const all = await connection
      .query("SELECT Id FROM Account WHERE Name LIKE 'Account %'")
      .run({ autoFetch: true, maxFetch: 1000 });
    assert.equal(
      new Set(
        (all as unknown as { records?: { Id: string }[] }).records?.map(({ Id }) => Id) ??
          (all as unknown as { Id: string }[]).map(({ Id }) => Id),
      ).size,
      450,
    );
    assert.ok((connection.limitInfo.apiUsage?.used ?? 0) > 5);
  });

  test('jsforce upserts by external id, twice', async () => {
    const connection = await connect();
    const account = await connection.sobject('Account').create({ Name: 'Upserts' });
    const rows = [1, 2].map((n) => ({ Key__c: `js-${n}`, Name: `W${n}`, Title__c: 'first' }));
    const made = await connection.sobject('Widget__c').upsert(
      rows.map((row) => ({ ...row, Account__c: account.id })),
      'Key__c',
    );
    assert.deepEqual(
      made.map(({ success, created }) => [success, created]),
      [
        [true, true],
        [true, true],
      ],
    );
    const again = await connection.sobject('Widget__c').upsert(
      rows.map((row) => ({ ...row, Title__c: 'second' })),
      'Key__c',
    );
    assert.deepEqual(
      again.map(({ success, created }) => [success, created]),
      [
        [true, false],
        [true, false],
      ],
    );
    assert.equal(await count("SELECT COUNT() FROM Widget__c WHERE Title__c = 'second'"), 2);
  });

  test('jsforce loads and queries in bulk', async () => {
    const connection = await connect();
    connection.bulk2.pollTimeout = 5_000;
    const account = await connection.sobject('Account').create({ Name: 'Bulk' });
    const input = Array.from({ length: 300 }, (_, index) => ({
      Name: `B${index}`,
      Account__c: account.id,
      Key__c: `b-${index}`,
      Amount__c: index === 7 ? -1 : index,
    }));
    const results = await connection.bulk2.loadAndWaitForResults({
      object: 'Widget__c',
      operation: 'upsert',
      externalIdFieldName: 'Key__c',
      input,
    });
    assert.equal(results.successfulResults.length, 299);
    assert.equal(
      results.failedResults[0]?.sf__Error,
      'FIELD_CUSTOM_VALIDATION_EXCEPTION:The amount is negative.:Amount__c --',
    );
    assert.equal(await count("SELECT COUNT() FROM Widget__c WHERE Key__c LIKE 'b-%'"), 299);
    const stream = await connection.bulk2.query(
      "SELECT Id, Name, Account__r.Name FROM Widget__c WHERE Key__c LIKE 'b-%' ORDER BY Amount__c",
    );
    const records = await stream.toArray();
    assert.equal(records.length, 299);
    assert.equal(records[0]['Account__r.Name'], 'Bulk');
  });

  test('jsforce refreshes a session that ended', async () => {
    const form = { method: 'POST', headers: { 'content-type': 'application/json' } };
    const answer = await fetch(`${org.url}/local-org/refresh-tokens`, {
      ...form,
      body: JSON.stringify({ username: ADMIN }),
    });
    const { refreshToken } = (await answer.json()) as { refreshToken: string };
    const oauth2 = { loginUrl: org.url, clientId: 'any', clientSecret: 'local-org' };
    const connection = new Connection({
      oauth2,
      instanceUrl: org.url,
      accessToken: '00D000000000000!ended',
      refreshToken,
      version: '66.0',
    });
    assert.ok((await connection.limits())['DailyApiRequests']!.Remaining > 0);
    const accessToken = connection.accessToken!;
    await fetch(`${org.url}/local-org/expire`, { ...form, body: JSON.stringify({ accessToken }) });
    assert.ok((await connection.limits())['DailyApiRequests']!.Remaining > 0);
    assert.notEqual(connection.accessToken, accessToken);
  });

  test('jsforce deploys over REST', async () => {
    const connection = await connect();
    // Polling is SOAP in jsforce even for a deploy that was sent over REST: the state is read by hand.
    const { id } = await connection.metadata.deployRest(Buffer.from(zipOf(FIXTURE_PACKAGE)), {
      checkOnly: true,
    });
    const { deployResult } = await connection.request<{
      deployResult: { success: boolean; checkOnly: boolean };
    }>(`/services/data/v66.0/metadata/deployRequest/${id}`);
    assert.deepEqual([deployResult.success, deployResult.checkOnly], [true, true]);
  });

  test('@salesforce/core logs in with a token and with a JWT', async () => {
    const accessToken = await org.tokenFor(ADMIN);
    const info = await AuthInfo.create({
      accessTokenOptions: { accessToken, instanceUrl: org.url, loginUrl: org.url },
    });
    assert.equal(info.getUsername(), ADMIN);
    const { privateKey } = generateKeyPairSync('rsa', {
      modulusLength: 2048,
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
      publicKeyEncoding: { type: 'spki', format: 'pem' },
    });
    const privateKeyFile = join(home, 'key.pem');
    writeFileSync(privateKeyFile, privateKey);
    await createUser(org, { username: INTEGRATION, profile: 'Minimum Access - API Only Integrations' });
    const jwt = await AuthInfo.create({
      username: INTEGRATION,
      oauth2Options: { clientId: 'any', loginUrl: org.url, privateKeyFile },
    });
    await jwt.save();
    const connected = await Org.create({ aliasOrUsername: INTEGRATION });
    assert.equal((await connected.getConnection('66.0').query('SELECT Id FROM Organization')).totalSize, 1);
    assert.equal(connected.getOrgId().slice(0, 15), org.org.organizationId.slice(0, 15));
  });
});
