import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { unzipSync } from 'fflate';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { openAdminOrg } from '../../cli/admin-org.ts';
import { readComponents } from '../../metadata/read/read-components.ts';
import { zipBytes } from '../../package/build-zip.ts';
import { buildRelease } from '../../package/release.ts';
import { adminChanges } from '../admin-changes.ts';
import { columnsOfAll, rowsOfAll } from '../org-rows.ts';
import { ADMIN, startTestOrg, type TestOrg } from '../test-org.ts';
import { loginWithToken, startSfCli, type SfCli } from './sf-cli.ts';

const run = promisify(execFile);
const PILOT = join(import.meta.dirname, '../../cli/pilot.ts');
const VERSION = '0.0.1';
let org: TestOrg;
let cli: SfCli;

before(async () => {
  org = await startTestOrg();
  cli = startSfCli();
  await loginWithToken(cli, org, ADMIN, 'loc');
  mkdirSync(join(cli.home, 'release'));
  for (const [file, bytes] of buildRelease(VERSION)) writeFileSync(join(cli.home, 'release', file), bytes);
});
after(async () => {
  cli.close();
  await org.close();
});

const describeStatus = async () => (await org.call('GET', '/sobjects/Pilot__c/describe')).status;
const deploy = (part: string) => deployZip(join(cli.home, `release/pilot-tracker-${VERSION}-${part}.zip`));
const deployZip = async (zip: string) => {
  const done = await cli.sf([
    'project',
    'deploy',
    'start',
    '--metadata-dir',
    zip,
    '--single-package',
    '--wait',
    '5',
  ]);
  assert.equal(done.status, 0, `${zip}: ${done.raw.slice(0, 2000)}`);
};

test('the zips of a release install and uninstall with the sf CLI alone', async () => {
  for (const part of ['seed', 'core', 'page', 'translations']) await deploy(part);
  assert.equal(await describeStatus(), 200);
  for (const part of ['uninstall-1', 'uninstall-2', 'uninstall-3']) await deploy(part);
  assert.equal(await describeStatus(), 404);
});

const PREVIOUS = join(import.meta.dirname, '../../package/previous/pilot-tracker-0.1.0.zip');

test('the core zip alone upgrades the last version: rows, override and additions stay, a value is deactivated', async () => {
  const previous = Object.entries(unzipSync(new Uint8Array(readFileSync(PREVIOUS)))).map(
    ([name, bytes]) => [name, new TextDecoder().decode(bytes)] as const,
  );
  const edits = adminChanges(readComponents(new Map(previous)).components);
  writeFileSync(join(cli.home, 'edits.zip'), zipBytes(edits));
  await deployZip(PREVIOUS);
  await deployZip(join(cli.home, 'edits.zip'));
  const assigned = await cli.sf(['org', 'assign', 'permset', '--name', 'Pilot_Admin']);
  assert.equal(assigned.status, 0, assigned.raw.slice(0, 2000));
  const admin = await openAdminOrg({ accessToken: await org.tokenFor(ADMIN), instanceUrl: org.url });
  const [account] = await admin.create('Account', [{ Name: 'Acme' }]);
  const [deal] = await admin.create('Opportunity', [
    { Name: 'Acme', AccountId: account, StageName: 'Prospecting', CloseDate: '2027-01-31' },
  ]);
  await admin.create('Pilot__c', [
    { Name: 'Live', Opportunity__c: deal, Type__c: 'Pilot', Purpose__c: 'Workshop' },
  ]);
  const columns = await columnsOfAll(org, admin);
  const before = await rowsOfAll(admin, columns);

  await deploy('core');

  assert.deepEqual(await rowsOfAll(admin, columns), before);
  const policies = await admin.query('SELECT DeveloperName, Check_In_Days__c FROM PilotPolicy__mdt');
  const days = new Map(policies.map((row) => [row['DeveloperName'], row['Check_In_Days__c']]));
  assert.deepEqual([days.get('Default'), days.get('Default_Override')], [21, 33]);
  const own = await admin.retrieve([{ name: 'CustomField', members: ['Pilot__c.Own__c'] }]);
  assert.match([...own.values()].join(''), /Own__c/);
  // "If picklist values are missing from a component definition, they get deactivated when deployed."
  // https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_customvalue.htm
  const { body } = await org.call('GET', '/sobjects/Pilot__c/describe');
  const { fields } = body as {
    fields: { name: string; picklistValues: { value: string; active: boolean }[] }[];
  };
  const values = fields.find(({ name }) => name === 'Purpose__c')!.picklistValues;
  assert.ok(!values.some(({ value, active }) => value === 'Workshop' && active));
});

test('pilot install and uninstall use the login that the sf CLI keeps', async () => {
  const env = { ...process.env, HOME: cli.home, USERPROFILE: cli.home };
  const pilot = async (...args: string[]) =>
    (await run(process.execPath, [PILOT, ...args], { env, cwd: cli.home })).stdout;
  assert.match(await pilot('install', '--target-org', 'loc'), /6 starter templates/);
  assert.equal(await describeStatus(), 200);
  assert.match(await pilot('uninstall', '--target-org', 'loc', '--yes'), /The package is gone/);
  assert.equal(await describeStatus(), 404);
});
