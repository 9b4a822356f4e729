import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { buildRelease } from '../../package/release.ts';
import { startTestOrg, type TestOrg } from '../test-org.ts';
import { startSfCli, type SfCli } from './sf-cli.ts';

const run = promisify(execFile);
const PILOT = join(import.meta.dirname, '../../cli/pilot.ts');
const VERSION = '0.0.1';
let org: TestOrg;
let cli: SfCli;

before(async () => {
  org = await startTestOrg();
  cli = startSfCli();
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
  const login = await cli.sf(args, { SF_ACCESS_TOKEN: await org.tokenFor('admin@local.test') });
  assert.equal(login.status, 0, login.raw);
  mkdirSync(join(cli.home, 'release'));
  for (const [file, bytes] of buildRelease(VERSION)) writeFileSync(join(cli.home, 'release', file), bytes);
});
after(async () => {
  cli.close();
  await org.close();
});

const describeStatus = async () => (await org.call('GET', '/sobjects/Pilot__c/describe')).status;
const deploy = async (part: string) => {
  const zip = join(cli.home, `release/pilot-tracker-${VERSION}-${part}.zip`);
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
  assert.equal(done.status, 0, `${part}: ${done.raw.slice(0, 2000)}`);
};

test('the zips of a release install and uninstall with the sf CLI alone', async () => {
  for (const part of ['seed', 'core', 'page', 'translations']) await deploy(part);
  assert.equal(await describeStatus(), 200);
  for (const part of ['uninstall-1', 'uninstall-2', 'uninstall-3']) await deploy(part);
  assert.equal(await describeStatus(), 404);
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
