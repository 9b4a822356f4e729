// The commands of the package's README that begin with `npx pilot`, in their order, as an admin types them: by the alias of a
// stored login, in a folder of their own. The local org stands for all three orgs they name.
import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { spawnPilot } from './spawn-pilot.ts';
import { ADMIN, createUser, startTestOrg, type TestOrg } from './test-org.ts';

const SYNC = 'sync@acme.test';
const KEYCHAIN = { SF_USE_GENERIC_UNIX_KEYCHAIN: 'true', SF_DISABLE_LOG_FILE: 'true' };
const README = readFileSync(new URL('../../force-app/README.md', import.meta.url), 'utf8');
const lines = [...README.matchAll(/^```console\n([\s\S]*?)^```/gm)].flatMap(([, text = '']) =>
  text.split('\n'),
);
const commands = lines.flatMap((line) => /^npx pilot (.+)$/.exec(line)?.[1] ?? []);
// Nothing is in the environment but what the README says to put there.
const variables = lines.flatMap((line) => /^export (\w+)=\$\(openssl rand -hex 32\)$/.exec(line)?.[1] ?? []);
const environment = {
  ...KEYCHAIN,
  ...Object.fromEntries(variables.map((name) => [name, '5f'.repeat(32)])),
};

let org: TestOrg;
let folder: string;

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'pilot-admin-'));
  cpSync(new URL('../../config/sync.yaml', import.meta.url), join(folder, 'config/sync.yaml'));
  // @salesforce/core looks for its folder when it is loaded.
  Object.assign(process.env, KEYCHAIN, { HOME: folder });
  org = await startTestOrg();
  await storeLogin(ADMIN, ['my-org', 'my-sandbox']);
});
after(async () => {
  await org?.close();
  rmSync(folder, { recursive: true, force: true });
});

async function storeLogin(username: string, aliases: readonly string[]): Promise<void> {
  const { AuthInfo, StateAggregator } = await import('@salesforce/core');
  const accessTokenOptions = {
    accessToken: await org.tokenFor(username),
    instanceUrl: org.url,
    loginUrl: org.url,
  };
  await (await AuthInfo.create({ username, accessTokenOptions })).save();
  const { aliases: stored } = await StateAggregator.getInstance();
  for (const alias of aliases) await stored.setAndSave(alias, username);
}

async function run(command: string): Promise<string> {
  const { code, stdout, stderr } = await spawnPilot(folder, command.split(' '), environment).ended;
  assert.equal(code, 0, `npx pilot ${command}\n${stdout}\n${stderr}`);
  return stdout;
}

test('the README names the commands from the first look to the last', () => {
  assert.deepEqual(
    commands.map((command) => command.split(' --')[0]),
    ['install', 'install', 'check', 'sample add', 'sync', 'sample remove', 'uninstall', 'uninstall'],
  );
});

test('every command of the README works as it stands there', { timeout: 600_000 }, async () => {
  // The README's check comes where a company's own sync.yaml is ready; the shipped one reads the sample.
  const [check] = commands.filter((command) => command.startsWith('check'));
  for (const command of commands.filter((each) => each !== check)) {
    const said = await run(command);
    if (command.startsWith('install') && !command.includes('--dry-run')) {
      assert.match(said, /Deployed \d+ components/);
      await createUser(org, {
        username: SYNC,
        profile: 'Minimum Access - API Only Integrations',
        permissionSets: ['Pilot_Sync'],
      });
      await storeLogin(SYNC, ['pilot-sync']);
    }
    if (command.startsWith('sample add')) assert.doesNotMatch(await run(check!), /BAD/);
  }
  const { body } = await org.call('GET', '/sobjects');
  const left = (body as { sobjects: { name: string }[] }).sobjects.filter(({ name }) => /__c$/.test(name));
  assert.deepEqual(left, []);
});
