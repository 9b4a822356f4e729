// What failed or was only tried leaves nothing: schema and rows are hashed in the org's file, past the org itself.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, before, describe, test } from 'node:test';
import { ADMIN, assignPermissionSet, startTestOrg, zipOf, type TestOrg } from '../testing/test-org.ts';
import { FIXTURE_PACKAGE } from './conformance/fixture-package.ts';

const DATA = '/services/data/v67.0';
const WIDGET = 'objects/Widget__c.object';
const ADDED = '<fields><fullName>Extra__c</fullName><label>Extra</label><type>Date</type></fields>';

/** Of every table its definition and all rows; only the counter of ids goes on, as it does on the platform. */
function hashOf(file: string): string {
  const database = new DatabaseSync(file, { readOnly: true });
  const hash = createHash('sha256');
  const tables = database
    .prepare(`SELECT "name", "sql" FROM "sqlite_master" WHERE "type" IN ('table', 'index') ORDER BY "name"`)
    .all();
  for (const { name, sql } of tables) {
    hash.update(`${String(name)} ${String(sql)}\n`);
    if (!String(sql).startsWith('CREATE TABLE')) continue;
    const rows = database.prepare(`SELECT * FROM "${String(name)}"`).all();
    const kept = rows.filter((row) => row['key'] !== 'sequence');
    for (const row of kept.map((each) => JSON.stringify(each, asHex)).sort()) hash.update(`${row}\n`);
  }
  database.close();
  return hash.digest('hex');
}

const asHex = (_: string, value: unknown): unknown =>
  value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value;

/** The fixture with one more field, and with a formula that names a field that is not there. */
const larger = {
  ...FIXTURE_PACKAGE,
  [WIDGET]: FIXTURE_PACKAGE[WIDGET]!.replace('<fields>', `${ADDED}<fields>`),
};
const broken = { ...larger, [WIDGET]: larger[WIDGET]!.replace('Amount__c * 2', 'Nowhere__c * 2') };

describe('nothing stays', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rollback-'));
  const file = join(folder, 'org.db');
  let org: TestOrg;
  let account: string;
  before(async () => {
    org = await startTestOrg({ file, deploy: zipOf(FIXTURE_PACKAGE), bulkJobMs: 60_000 });
    await assignPermissionSet(org, ADMIN, 'Widget_User');
    account = ((await org.call('POST', '/sobjects/Account', { Name: 'Kept' })).body as { id: string }).id;
  });
  after(async () => {
    await org.close();
    rmSync(folder, { recursive: true });
  });

  async function deployOverRest(files: Record<string, string>, checkOnly: boolean): Promise<boolean> {
    const headers = { authorization: `Bearer ${await org.tokenFor(ADMIN)}` };
    const form = new FormData();
    form.set('entity_content', JSON.stringify({ deployOptions: { rollbackOnError: true, checkOnly } }));
    form.set('file', new Blob([new Uint8Array(zipOf(files))]), 'package.zip');
    const address = `${org.url}${DATA}/metadata/deployRequest`;
    const { id } = (await (await fetch(address, { method: 'POST', headers, body: form })).json()) as {
      id: string;
    };
    const { body } = await org.call('GET', `/metadata/deployRequest/${id}`);
    return (body as { deployResult: { success: boolean } }).deployResult.success;
  }

  async function deployOverSoap(files: Record<string, string>, checkOnly: boolean): Promise<boolean> {
    const ask = async (body: string): Promise<string> => {
      const envelope = `<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns="http://soap.sforce.com/2006/04/metadata"><soapenv:Header><SessionHeader><sessionId>${await org.tokenFor(ADMIN)}</sessionId></SessionHeader></soapenv:Header><soapenv:Body>${body}</soapenv:Body></soapenv:Envelope>`;
      const headers = { 'content-type': 'text/xml', soapaction: '""' };
      const answer = await fetch(`${org.url}/services/Soap/m/67.0`, {
        method: 'POST',
        headers,
        body: envelope,
      });
      return answer.text();
    };
    const zip = Buffer.from(zipOf(files)).toString('base64');
    const options = `<rollbackOnError>true</rollbackOnError><checkOnly>${checkOnly}</checkOnly><singlePackage>true</singlePackage>`;
    const started = await ask(
      `<deploy><ZipFile>${zip}</ZipFile><DeployOptions>${options}</DeployOptions></deploy>`,
    );
    const id = /<id>(\w+)<\/id>/.exec(started)?.[1] ?? '';
    const status = await ask(
      `<checkDeployStatus><asyncProcessId>${id}</asyncProcessId><includeDetails>true</includeDetails></checkDeployStatus>`,
    );
    return (
      /<success>true<\/success>.*<\/checkDeployStatusResponse>/s.test(status) &&
      !/<status>Failed/.test(status)
    );
  }

  const widget = (fields: object) => ({ Name: 'W', Account__c: account, ...fields });
  const good = () => widget({ Key__c: 'left-behind' });
  const bad = () => widget({ Amount__c: -1 });
  const subrequest = (referenceId: string, body: object) => ({
    method: 'POST',
    url: `${DATA}/sobjects/Widget__c`,
    referenceId,
    body,
  });
  const typed = (fields: object) => ({ attributes: { type: 'Widget__c' }, ...fields });
  const create = (alias: string, fields: string) =>
    `${alias}: Widget__cCreate(input: { Widget__c: { Name: "W", Account__c: "${account}", ${fields} } }) { Record { Id } }`;

  const failures: Readonly<Record<string, () => Promise<unknown>>> = {
    'a check-only deploy over REST': async () => assert.equal(await deployOverRest(larger, true), true),
    'a failed deploy over REST': async () => assert.equal(await deployOverRest(broken, false), false),
    'a check-only deploy over SOAP': async () => assert.equal(await deployOverSoap(larger, true), true),
    'a failed deploy over SOAP': async () => assert.equal(await deployOverSoap(broken, false), false),
    'a composite with allOrNone': async () => {
      const compositeRequest = [subrequest('a', good()), subrequest('b', bad())];
      const { body } = await org.call('POST', '/composite', { allOrNone: true, compositeRequest });
      assert.match(JSON.stringify(body), /PROCESSING_HALTED.*FIELD_CUSTOM_VALIDATION_EXCEPTION/);
    },
    'a collection with allOrNone': async () => {
      const records = [typed(good()), typed(bad())];
      const { body } = await org.call('POST', '/composite/sobjects', { allOrNone: true, records });
      assert.match(JSON.stringify(body), /ALL_OR_NONE_OPERATION_ROLLED_BACK/);
    },
    'a graph': async () => {
      const compositeRequest = [subrequest('a', good()), subrequest('b', bad())];
      const graphs = [{ graphId: 'g', compositeRequest }];
      assert.match(JSON.stringify((await org.call('POST', '/composite/graph', { graphs })).body), /HALTED/);
    },
    'a tree': async () => {
      const record = (referenceId: string, fields: object) => ({
        attributes: { type: 'Widget__c', referenceId },
        ...fields,
      });
      const records = [record('a', good()), record('b', bad())];
      assert.equal((await org.call('POST', '/composite/tree/Widget__c', { records })).status, 400);
    },
    'a GraphQL mutation with allOrNone': async () => {
      const query = `mutation { uiapi { ${create('a', 'Key__c: "left-behind"')} ${create('b', 'Amount__c: -1')} } }`;
      assert.match(JSON.stringify((await org.call('POST', '/graphql', { query })).body), /negative/);
    },
    'a bulk job aborted before its first row': async () => {
      const spec = { object: 'Widget__c', operation: 'insert' };
      const { id } = (await org.call('POST', '/jobs/ingest', spec)).body as { id: string };
      const headers = { authorization: `Bearer ${await org.tokenFor(ADMIN)}`, 'content-type': 'text/csv' };
      const body = `Name,Account__c\nW,${account}\n`;
      const address = `${org.url}${DATA}/jobs/ingest/${id}/batches`;
      assert.equal((await fetch(address, { method: 'PUT', headers, body })).status, 201);
      for (const state of ['UploadComplete', 'Aborted'])
        assert.equal((await org.call('PATCH', `/jobs/ingest/${id}`, { state })).status, 200);
    },
  };

  for (const [name, fail] of Object.entries(failures))
    test(`of ${name}: schema and rows have the same hash`, async () => {
      const before = hashOf(file);
      await fail();
      assert.equal(hashOf(file), before);
    });

  test('but the same without the mistake changes the hash', async () => {
    const seen = new Set([hashOf(file)]);
    assert.equal((await org.call('POST', '/sobjects/Widget__c', good())).status, 201);
    seen.add(hashOf(file));
    assert.equal(await deployOverRest(larger, false), true);
    seen.add(hashOf(file));
    assert.equal(seen.size, 3);
  });
});
