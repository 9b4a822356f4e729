import assert from 'node:assert/strict';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { FIXTURE_PACKAGE } from '../../local-org/conformance/fixture-package.ts';
import { ADMIN, assignPermissionSet, startTestOrg, zipOf, type TestOrg } from '../test-org.ts';
import { loginWithToken, startSfCli, type SfCli } from './sf-cli.ts';

let org: TestOrg;
let cli: SfCli;

beforeEach(async () => {
  org = await startTestOrg();
  cli = startSfCli();
  await loginWithToken(cli, org, ADMIN, 'loc');
  for (const part of ['force-app', 'sfdx-project.json', '.forceignore']) {
    cpSync(part, join(cli.home, part), { recursive: true });
  }
});

afterEach(async () => {
  cli.close();
  await org.close();
});

const describeStatus = async (object: string): Promise<number> =>
  (await org.call('GET', `/sobjects/${object}/describe`)).status;

const PROTOCOLS = [
  ['SOAP', {}],
  ['REST', { SF_ORG_METADATA_REST_DEPLOY: 'true' }],
] as const;

for (const [protocol, env] of PROTOCOLS) {
  test(`project deploy start over ${protocol} creates the objects in an empty org`, async () => {
    assert.equal(await describeStatus('Pilot__c'), 404);
    const deployed = await cli.sf(
      ['project', 'deploy', 'start', '--source-dir', 'force-app/main', '--wait', '5'],
      env,
    );
    assert.equal(deployed.status, 0, deployed.raw.slice(0, 4000));
    assert.equal(await describeStatus('Pilot__c'), 200);
  });
}

for (const command of [
  ['project', 'deploy', 'validate', '--test-level', 'RunLocalTests'],
  ['project', 'deploy', 'start', '--dry-run'],
])
  test(`${command.slice(0, 4).join(' ')} says what it would do and changes nothing`, async () => {
    const before = await org.call('GET', '/sobjects');
    const validated = await cli.sf([...command, '--source-dir', 'force-app/main', '--wait', '5']);
    assert.equal(validated.status, 0, validated.raw.slice(0, 4000));
    const { checkOnly, success, numberComponentsTotal } = validated.result as {
      checkOnly: boolean;
      success: boolean;
      numberComponentsTotal: number;
    };
    assert.deepEqual([checkOnly, success, numberComponentsTotal > 100], [true, true, true]);
    assert.deepEqual((await org.call('GET', '/sobjects')).body, before.body);
    assert.equal(await describeStatus('Pilot__c'), 404);
  });

for (const [protocol, env] of PROTOCOLS)
  test(`a zip is deployed over ${protocol}, and its objects take rows`, async () => {
    const zip = join(cli.home, 'package.zip');
    writeFileSync(zip, zipOf(FIXTURE_PACKAGE));
    const start = ['project', 'deploy', 'start', '--metadata-dir', zip, '--single-package', '--wait', '5'];
    const deployed = await cli.sf(start, env);
    assert.equal(deployed.status, 0, deployed.raw.slice(0, 4000));
    assert.equal((deployed.result as { success: boolean }).success, true);
    const account = await org.call('POST', '/sobjects/Account', { Name: 'Acme' });
    const widget = { Name: 'From a zip', Account__c: (account.body as { id: string }).id };
    assert.equal((await org.call('POST', '/sobjects/Widget__c', widget)).status, 201);
    const { body } = await org.call('GET', '/query?q=SELECT+Name+FROM+Widget__c');
    assert.deepEqual(
      (body as { records: { Name: string }[] }).records.map(({ Name }) => Name),
      ['From a zip'],
    );
  });

test('a broken file fails the deploy with component, line and problem, and nothing of the package stays', async () => {
  const path = join(
    cli.home,
    'force-app/main/default/objects/SuccessCriterion__c/fields/Met__c.field-meta.xml',
  );
  writeFileSync(
    path,
    readFileSync(path, 'utf8').replace(/<formula>[^<]*<\/formula>/, '<formula>Nowhere__c &gt; 1</formula>'),
  );
  const failed = await cli.sf([
    'project',
    'deploy',
    'start',
    '--source-dir',
    'force-app/main',
    '--wait',
    '5',
  ]);
  assert.notEqual(failed.status, 0);
  assert.match(failed.raw, /Field Nowhere__c does not exist/);
  assert.match(failed.raw, /SuccessCriterion__c/);
  assert.equal(await describeStatus('Pilot__c'), 404);
});

test('a destructive manifest removes what the deploy brought', async () => {
  const all = await cli.sf(['project', 'deploy', 'start', '--source-dir', 'force-app/main', '--wait', '5']);
  assert.equal(all.status, 0, all.raw.slice(0, 4000));
  const folder = join(cli.home, 'destroy');
  mkdirSync(folder);
  const xml = (body: string): string =>
    `<?xml version="1.0" encoding="UTF-8"?>\n<Package xmlns="http://soap.sforce.com/2006/04/metadata">${body}<version>67.0</version></Package>\n`;
  writeFileSync(join(folder, 'package.xml'), xml(''));
  writeFileSync(
    join(folder, 'destructiveChangesPost.xml'),
    xml('<types><members>PilotSyncIssue__c.Link__c</members><name>CustomField</name></types>'),
  );
  const removed = await cli.sf(['project', 'deploy', 'start', '--metadata-dir', folder, '--wait', '5']);
  assert.equal(removed.status, 0, removed.raw.slice(0, 4000));
  await assignPermissionSet(org, ADMIN, 'Pilot_Admin');
  const { body } = await org.call('GET', '/sobjects/PilotSyncIssue__c/describe');
  const names = (body as { fields: { name: string }[] }).fields.map((field) => field.name);
  assert.ok(names.includes('Message__c') && !names.includes('Link__c'));
});

test('deploy report tells of a finished deploy, component by component', async () => {
  const deployed = await cli.sf([
    'project',
    'deploy',
    'start',
    '--source-dir',
    'force-app/main',
    '--wait',
    '5',
  ]);
  const { id } = deployed.result as { id: string };
  const report = await cli.sf(['project', 'deploy', 'report', '--job-id', id]);
  assert.equal(report.status, 0, report.raw.slice(0, 4000));
  const { success, numberComponentsDeployed } = report.result as {
    success: boolean;
    numberComponentsDeployed: number;
  };
  const { body } = await org.call('GET', `/metadata/deployRequest/${id}`);
  const { deployResult } = body as { deployResult: { numberComponentsDeployed: number } };
  assert.deepEqual([success, numberComponentsDeployed], [true, deployResult.numberComponentsDeployed]);
});

test('project retrieve start brings back what was deployed, an unknown name is a warning', async () => {
  const start = ['project', 'deploy', 'start', '--source-dir', 'force-app/main', '--wait', '5'];
  assert.equal((await cli.sf(start)).status, 0);
  const field = 'force-app/main/default/objects/Pilot__c/fields/Stall_Reason__c.field-meta.xml';
  const flow = 'force-app/main/default/flows/Pilot_Stalled_Notice.flow-meta.xml';
  const path = (file: string): string => join(cli.home, file);
  const before = readFileSync(path(flow), 'utf8');
  for (const file of [field, flow])
    writeFileSync(path(file), readFileSync(path(file), 'utf8').replace('Stall', 'Lost'));
  const retrieved = await cli.sf([
    'project',
    'retrieve',
    'start',
    '--metadata',
    'CustomObject:Pilot__c',
    'Flow:Pilot_Stalled_Notice',
    'Flow:Nobody_Has_This',
  ]);
  assert.equal(retrieved.code, 0, retrieved.raw.slice(0, 4000));
  const { files } = retrieved.result as { files: { fullName: string; type: string; state: string }[] };
  assert.ok(
    files.some(({ fullName, type }) => type === 'CustomField' && fullName === 'Pilot__c.Stall_Reason__c'),
  );
  assert.match(retrieved.raw, /Nobody_Has_This/);
  assert.match(readFileSync(path(field), 'utf8'), /<fullName>Stall_Reason__c</);
  assert.equal(readFileSync(path(flow), 'utf8'), before);
  await assignPermissionSet(org, ADMIN, 'Pilot_Admin');
  const { body } = await org.call('GET', '/sobjects/Pilot__c/describe');
  const { fields } = body as { fields: { name: string; label: string }[] };
  const label = fields.find(({ name }) => name === 'Stall_Reason__c')?.label ?? '';
  assert.ok(readFileSync(path(field), 'utf8').includes(`<label>${label}</label>`));
});

test('org list metadata names the deployed components', async () => {
  const start = ['project', 'deploy', 'start', '--source-dir', 'force-app/main', '--wait', '5'];
  assert.equal((await cli.sf(start)).status, 0);
  const listed = await cli.sf(['org', 'list', 'metadata', '--metadata-type', 'Flow']);
  assert.equal(listed.status, 0, listed.raw.slice(0, 4000));
  assert.deepEqual((listed.result as { fullName: string }[]).map(({ fullName }) => fullName).sort(), [
    'Pilot_Before_Save',
    'Pilot_Stalled_Notice',
  ]);
});
