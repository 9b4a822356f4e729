import assert from 'node:assert/strict';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { startTestOrg, type TestOrg } from '../test-org.ts';
import { startSfCli, type SfCli } from './sf-cli.ts';

let org: TestOrg;
let cli: SfCli;

beforeEach(async () => {
  org = await startTestOrg();
  cli = startSfCli();
  const token = await org.tokenFor('admin@local.test');
  const args = [
    'org',
    'login',
    'access-token',
    '--instance-url',
    org.url,
    '--no-prompt',
    '--alias',
    'loc',
    '--set-default',
  ];
  assert.equal((await cli.sf(args, { SF_ACCESS_TOKEN: token })).status, 0);
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

for (const [protocol, env] of [
  ['SOAP', {}],
  ['REST', { SF_ORG_METADATA_REST_DEPLOY: 'true' }],
] as const) {
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

test('project deploy validate changes nothing', async () => {
  const before = await org.call('GET', '/sobjects');
  const validated = await cli.sf([
    'project',
    'deploy',
    'start',
    '--dry-run',
    '--source-dir',
    'force-app/main',
    '--wait',
    '5',
  ]);
  assert.equal(validated.status, 0, validated.raw.slice(0, 4000));
  assert.deepEqual((await org.call('GET', '/sobjects')).body, before.body);
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
    xml('<types><members>PilotSyncIssue__c.Fix__c</members><name>CustomField</name></types>'),
  );
  const removed = await cli.sf(['project', 'deploy', 'start', '--metadata-dir', folder, '--wait', '5']);
  assert.equal(removed.status, 0, removed.raw.slice(0, 4000));
  const { body } = await org.call('GET', '/sobjects/PilotSyncIssue__c/describe');
  const names = (body as { fields: { name: string }[] }).fields.map((field) => field.name);
  assert.ok(names.includes('Message__c') && !names.includes('Fix__c'));
});
