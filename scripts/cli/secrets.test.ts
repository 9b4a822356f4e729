// No output of a run holds a secret, whatever goes wrong: streams, report, metrics, log lines, files, the org's records.
import assert from 'node:assert/strict';
import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { spawnPilot, type Ended } from '../testing/spawn-pilot.ts';
import { startSyncOrg, usageCsv, type SyncOrg } from '../testing/sync-org.ts';

const PASSWORD = 'hunter2-in-the-address';
const PING = 'ping-address-nobody-may-know';
const LOST_TOKEN = '00DLc0000000001!AQ.this_session_is_over';

let sync: SyncOrg;
let config: string;
let environment: Record<string, string>;
let secrets: readonly string[];

before(async () => {
  sync = await startSyncOrg();
  await sync.makePilot('Acme', 'acme-eu');
  const rows = usageCsv(['acme-eu'], '2026-10-19', '2026-11-18').split('\n');
  rows.splice(4, 0, 'yesterday,acme-eu,maria@acme.example');
  config = await sync.file('sync.yaml', sync.yaml([await sync.file('usage.csv', rows.join('\n'))]));
  environment = {
    ...(await sync.environment()),
    PILOT_PING_URL: `http://127.0.0.1:9/${PING}`,
    PILOT_DEBUG: '1',
  };
  secrets = [
    environment['PILOT_ACCESS_TOKEN']!,
    environment['PILOT_USER_SECRET']!,
    PASSWORD,
    PING,
    LOST_TOKEN,
  ];
});
after(() => sync.close());

async function output(name: string): Promise<string> {
  return await readFile(join(sync.folder, name), 'utf8');
}

async function runAndSearch(args: readonly string[], env: Record<string, string> = {}): Promise<Ended> {
  const files = ['--report', join(sync.folder, 'report.json'), '--metrics', join(sync.folder, 'pilot.prom')];
  const isSync = args[0] === 'sync';
  const all = [...args, '--json', ...(isSync ? files : [])];
  const ended = await spawnPilot(sync.folder, all, { ...environment, ...env }).ended;
  const written = isSync ? (await output('report.json')) + (await output('pilot.prom')) : '';
  for (const secret of secrets)
    assert.ok(!(ended.stdout + ended.stderr + written).includes(secret), `${args.join(' ')} shows ${secret}`);
  return ended;
}

const CASES: readonly {
  readonly name: string;
  readonly env?: Record<string, string>;
  readonly yaml?: string;
  readonly code: number;
  readonly told: RegExp;
}[] = [
  { name: 'a good run', code: 0, told: /"outcome": "Succeeded"/ },
  { name: 'a session that is over', env: { PILOT_ACCESS_TOKEN: LOST_TOKEN }, code: 2, told: /LOGIN_EXPIRED/ },
  {
    name: 'a password in the address',
    env: { PILOT_INSTANCE_URL: `https://sync:${PASSWORD}@127.0.0.1:9` },
    code: 2,
    told: /NO_LOGIN[^]*holds a user name or password/,
  },
  {
    name: 'an address that is none and holds the token',
    env: { PILOT_INSTANCE_URL: `not an address ${LOST_TOKEN}` },
    code: 2,
    told: /NO_LOGIN[^]*is not an address/,
  },
  {
    name: 'a secret typed into the configuration',
    yaml: `salesforce: { org_id: '${LOST_TOKEN}', access_token: '${LOST_TOKEN}' }\nnotify: { alert_url: 'ftp://x:${PASSWORD}@y' }\n`,
    code: 2,
    told: /CONFIG_INVALID/,
  },
];

for (const { name, env, yaml, code, told } of CASES)
  test(`${name} shows no secret and is told`, async () => {
    const file = yaml === undefined ? config : await sync.file('typed.yaml', sync.yaml(['x.csv'], yaml));
    const ended = await runAndSearch(['sync', '--config', file, '--now', '2026-11-18'], env);
    assert.equal(ended.code, code, ended.stderr);
    assert.match(ended.stdout, told);
  });

test('commands that look at the org show no secret either', async () => {
  for (const args of [['runs'], ['issues'], ['check'], ['forget', '--key', 'nobody', '--dry-run']])
    await runAndSearch(
      [...args, '--config', config],
      args[0] === 'check' ? {} : { PILOT_ACCESS_TOKEN: LOST_TOKEN },
    );
});

test('no file that a run leaves and no record that it writes holds a secret or a person', async () => {
  // Left by the cases above; the inputs are not outputs.
  await rm(join(sync.folder, 'typed.yaml'), { force: true });
  const names = await readdir(sync.folder, { recursive: true, withFileTypes: true });
  const files = names.filter((entry) => entry.isFile() && entry.name !== 'usage.csv');
  const rejected = files.filter(({ name }) => name.endsWith('.rejected.jsonl'));
  assert.ok(rejected.length >= 1);
  for (const { parentPath, name } of rejected)
    assert.equal((await stat(join(parentPath, name))).mode & 0o777, 0o600, name);
  const objects = ['Pilot__c', 'PilotUsage__c', 'PilotSyncRun__c', 'PilotSyncIssue__c'];
  const texts = [
    ...(await Promise.all(files.map(({ parentPath, name }) => readFile(join(parentPath, name), 'utf8')))),
    ...(await Promise.all(objects.map(async (object) => JSON.stringify(await sync.rows(object))))),
  ];
  assert.ok(texts.some((text) => text.includes('ROWS_REJECTED')));
  for (const secret of [...secrets, 'maria@acme.example', 'acme-eu-1'])
    assert.ok(!texts.some((text) => text.includes(secret)), secret);
});
