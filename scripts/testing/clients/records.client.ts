import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { ADMIN, createUser, startTestOrg, type TestOrg } from '../test-org.ts';
import { loginWithToken, startSfCli, type SfCli } from './sf-cli.ts';

/** May write what the sync writes; the administrator may not. */
const SYNC = 'sync@local.test';

const OBJECTS = new URL('../../../force-app/main/default/objects', import.meta.url);

let org: TestOrg;
let cli: SfCli;

before(async () => {
  org = await startTestOrg({ deploy: true });
  cli = startSfCli();
  await createUser(org, {
    username: SYNC,
    profile: 'Minimum Access - API Only Integrations',
    permissionSets: ['Pilot_Sync'],
  });
  await loginWithToken(cli, org, SYNC, 'sync');
  await loginWithToken(cli, org, ADMIN, 'admin');
});

after(async () => {
  cli.close();
  await org.close();
});

/** Rows as a plain HTTP client reads them. */
async function rows(soql: string): Promise<Record<string, unknown>[]> {
  const { status, body } = await org.call('GET', `/query?q=${encodeURIComponent(soql)}`);
  assert.equal(status, 200, JSON.stringify(body));
  return (body as { records: Record<string, unknown>[] }).records;
}

test('data query answers rows and their columns', async () => {
  await org.call('POST', '/sobjects/Account', { Name: 'Asked for' });
  const answer = await cli.sf([
    'data',
    'query',
    '--query',
    "SELECT Id, Name FROM Account WHERE Name = 'asked FOR'",
  ]);
  const { records, totalSize } = answer.result as { records: Record<string, unknown>[]; totalSize: number };
  assert.equal(totalSize, 1, answer.raw);
  assert.equal(records[0]?.['Name'], 'Asked for');
});

test('a record is created, read, changed and deleted', async () => {
  const created = await cli.sf([
    'data',
    'create',
    'record',
    '--sobject',
    'Account',
    '--values',
    "Name='Aldgate Mills' Website=https://aldgate.example",
  ]);
  const { id } = created.result as { id: string };
  const byId = `SELECT Name, Website FROM Account WHERE Id = '${id}'`;
  assert.equal((await rows(byId))[0]?.['Name'], 'Aldgate Mills', created.raw);

  const read = await cli.sf([
    'data',
    'get',
    'record',
    '--sobject',
    'Account',
    '--where',
    "Name='Aldgate Mills'",
  ]);
  assert.equal((read.result as { Id: string }).Id, id, read.raw);

  const changed = await cli.sf([
    'data',
    'update',
    'record',
    '--sobject',
    'Account',
    '--record-id',
    id,
    '--values',
    "Name='Aldgate Works'",
  ]);
  assert.equal(changed.status, 0, changed.raw);
  assert.equal((await rows(byId))[0]?.['Name'], 'Aldgate Works');

  const gone = await cli.sf(['data', 'delete', 'record', '--sobject', 'Account', '--record-id', id]);
  assert.equal(gone.status, 0, gone.raw);
  assert.deepEqual(await rows(byId), []);
});

test('a refused record is a failure with the reason', async () => {
  const refused = await cli.sf([
    'data',
    'create',
    'record',
    '--sobject',
    'Opportunity',
    '--values',
    "Name='No stage'",
  ]);
  assert.notEqual(refused.code, 0);
  assert.match(refused.raw, /Required fields are missing: \[/);
  assert.deepEqual(await rows("SELECT Id FROM Opportunity WHERE Name = 'No stage'"), []);
});

test('sobject list and describe show what was deployed', async () => {
  const list = await cli.sf(['sobject', 'list', '--sobject', 'custom']);
  const custom = readdirSync(OBJECTS).filter((name) => name.includes('__'));
  assert.ok(custom.length > 10, String(custom.length));
  assert.deepEqual([...(list.result as string[])].sort(), custom.sort(), list.raw);
  const described = await cli.sf(['sobject', 'describe', '--sobject', 'SuccessCriterion__c']);
  const { fields } = described.result as { fields: { name: string; type: string; calculated: boolean }[] };
  const met = fields.find((field) => field.name === 'Met__c');
  assert.deepEqual([met?.type, met?.calculated], ['boolean', true], described.raw.slice(0, 500));
});

test('a permission set is assigned', async () => {
  const assigned = await cli.sf(['org', 'assign', 'permset', '--name', 'Pilot_Rep']);
  assert.equal(assigned.status, 0, assigned.raw);
  assert.equal(
    (await rows("SELECT Id FROM PermissionSetAssignment WHERE PermissionSet.Name = 'Pilot_Rep'")).length,
    1,
  );
});

test('bulk upsert by external id makes rows once, and the export reads them back', async () => {
  const file = join(cli.home, 'runs.csv');
  const lines = Array.from({ length: 450 }, (_, index) => `lease-${index},Succeeded,${index}`);
  writeFileSync(file, ['Lease_Key__c,Outcome__c,Created__c', ...lines, ''].join('\n'));
  for (const round of [1, 2]) {
    const upserted = await cli.sf([
      'data',
      'upsert',
      'bulk',
      '--target-org',
      'sync',
      '--sobject',
      'PilotSyncRun__c',
      '--file',
      file,
      '--external-id',
      'Lease_Key__c',
      '--wait',
      '5',
    ]);
    assert.equal(upserted.status, 0, `round ${round}: ${upserted.raw}`);
    assert.equal((await rows('SELECT Id FROM PilotSyncRun__c')).length, 450);
  }
  const out = join(cli.home, 'exported.json');
  const soql = 'SELECT Lease_Key__c, Created__c FROM PilotSyncRun__c';
  const exported = await cli.sf([
    'data',
    'export',
    'bulk',
    '--query',
    soql,
    '--output-file',
    out,
    '--result-format',
    'json',
    '--wait',
    '5',
  ]);
  assert.equal(exported.status, 0, exported.raw);
  assert.equal((exported.result as { totalSize: number }).totalSize, 450);
  const keysOf = (records: readonly unknown[]): unknown[] =>
    (records as { Lease_Key__c: string; Created__c: unknown }[])
      .map((record) => `${record.Lease_Key__c} ${Number(record.Created__c)}`)
      .sort();
  assert.deepEqual(keysOf(JSON.parse(readFileSync(out, 'utf8')) as unknown[]), keysOf(await rows(soql)));
});

test('import tree makes parent and children in one call', async () => {
  const file = join(cli.home, 'tree.json');
  const tree = {
    records: [
      {
        attributes: { type: 'Account', referenceId: 'AccountRef1' },
        Name: 'Tree of Three',
        Contacts: {
          records: [
            { attributes: { type: 'Contact', referenceId: 'ContactRef1' }, LastName: 'Oak' },
            { attributes: { type: 'Contact', referenceId: 'ContactRef2' }, LastName: 'Ash' },
          ],
        },
      },
    ],
  };
  writeFileSync(file, JSON.stringify(tree));
  const imported = await cli.sf(['data', 'import', 'tree', '--files', file]);
  assert.equal(imported.status, 0, imported.raw);
  const contacts = await rows(
    "SELECT LastName FROM Contact WHERE Account.Name = 'Tree of Three' ORDER BY LastName",
  );
  assert.deepEqual(
    contacts.map((contact) => contact['LastName']),
    ['Ash', 'Oak'],
  );
});
