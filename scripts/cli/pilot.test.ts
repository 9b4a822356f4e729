import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { TO_START_NODE } from '../testing/spawn-pilot.ts';
import { startSyncOrg, usageCsv, type SyncOrg } from '../testing/sync-org.ts';

const CLI = new URL('./pilot.ts', import.meta.url).pathname;

let sync: SyncOrg;
let config: string;
let environment: Record<string, string>;

before(async () => {
  sync = await startSyncOrg();
  await sync.makePilot('Acme', 'acme-eu');
  config = await sync.file(
    'sync.yaml',
    sync.yaml([await sync.file('usage.csv', usageCsv(['acme-eu'], '2026-10-19', '2026-11-18'))]),
  );
  environment = await sync.environment();
});
after(() => sync.close());

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command in its own process while this one goes on serving the org. */
async function pilot(args: readonly string[], env: Record<string, string> = environment): Promise<Ended> {
  const child = spawn(process.execPath, [CLI, ...args], {
    env: { ...TO_START_NODE, HOME: sync.folder, TMPDIR: sync.folder, ...env },
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stdout, stderr };
}

test('--help loads nothing but the command parser', () => {
  const { stdout, status } = spawnSync(process.execPath, [CLI, '--help'], { encoding: 'utf8' });
  assert.equal(status, 0);
  for (const command of ['start', 'sync', 'check', 'org'])
    assert.match(stdout, new RegExp(`^  ${command}`, 'm'));
  assert.deepEqual(staticImports(CLI), new Set(['commander']));
});

/** Packages that a file loads at once, through its own files too; `import()` waits. */
function staticImports(file: string): Set<string> {
  const names = [...readFileSync(file, 'utf8').matchAll(/^import (?!type ).*? from '([^']+)';$/gm)].map(
    (match) => match[1]!,
  );
  const own = names
    .filter((name) => name.startsWith('.'))
    .map((name) => staticImports(new URL(name, `file://${file}`).pathname));
  return own.reduce(
    (all, some) => all.union(some),
    new Set(names.filter((name) => !name.startsWith('.') && !name.startsWith('node:'))),
  );
}

test('sync prints a line per pilot to stdout, a line per stage to stderr, and exits 0', async () => {
  const { code, stdout, stderr } = await pilot(['sync', '--config', config, '--now', '2026-11-18']);
  assert.equal(code, 0, stderr);
  assert.match(
    stdout,
    /^Acme +On track +On track: 5 of 5 active a week\. +\[first time, \d+ fields changed\]$/m,
  );
  assert.match(stdout, /330 rows read, \d+ accepted, \d+ rejected|\d+ rows read, \d+ accepted/);
  assert.match(stdout, /created, \d+ updated, \d+ unchanged, 0 skipped, 0 failed/);
  assert.match(stdout, /^\d+ API calls to http:\/\/127\.0\.0\.1/m);
  for (const stage of ['connect', 'preflight', 'read org', 'read usage', 'evaluate', 'write', 'account'])
    assert.match(stderr, new RegExp(`"msg":"${stage} +\\d+\\.\\d s`));
  assert.match(stderr, /"msg":"read usage .* rows of product/);
});

test('readers that go away end no run: it is written whole, with its own exit code', async () => {
  const runs = async () => (await sync.rows('PilotSyncRun__c')).map((row) => row['Outcome__c']);
  const earlier = (await runs()).length;
  const child = spawn(process.execPath, [CLI, 'sync', '--config', config, '--now', '2026-11-18'], {
    env: { ...TO_START_NODE, HOME: sync.folder, TMPDIR: sync.folder, ...environment },
  });
  child.stdout.destroy();
  child.stderr.destroy();
  const [code] = (await once(child, 'close')) as [number | null];
  assert.equal(code, 0);
  assert.deepEqual((await runs()).slice(earlier), ['Succeeded']);
});

test('--json prints only JSON to stdout, also for a dry run and for a failure', async () => {
  const dry = await pilot(['sync', '--config', config, '--now', '2026-11-18', '--dry-run', '--json']);
  assert.equal((JSON.parse(dry.stdout) as { isDryRun: boolean }).isDryRun, true);
  const failed = await pilot(['sync', '--config', '/nowhere.yaml', '--json']);
  assert.equal(failed.code, 2);
  assert.deepEqual((JSON.parse(failed.stdout) as { error: { code: string } }).error.code, 'CONFIG_NOT_FOUND');
});

test('the help of every command teaches by an example', () => {
  const help = (...args: string[]) =>
    spawnSync(process.execPath, [CLI, ...args, '--help'], { encoding: 'utf8' }).stdout;
  const commands = [...help().matchAll(/^ {2}(\w+) /gm)].map((match) => match[1]!);
  assert.ok(commands.length >= 12, commands.join());
  for (const command of commands.filter((name) => name !== 'help'))
    assert.match(help(command), new RegExp(`\\nExamples?:\\n {2}npx pilot ${command}`), command);
});

test('no output shows the token or the secret', async () => {
  const outputs = await Promise.all([
    pilot(['sync', '--config', config, '--now', '2026-11-18', '--json']),
    pilot(['check', '--config', config]),
    pilot(['sync', '--config', config], {
      ...environment,
      PILOT_INSTANCE_URL: 'http://127.0.0.1:9',
      PILOT_DEBUG: '1',
    }),
  ]);
  for (const { stdout, stderr } of outputs) {
    for (const secret of [environment.PILOT_ACCESS_TOKEN!, environment.PILOT_USER_SECRET!])
      assert.ok(!(stdout + stderr).includes(secret));
  }
});

const WRONG = [
  { name: 'an unknown option', args: ['sync', '--dryrun'], code: 2, told: /unknown option '--dryrun'/ },
  {
    name: 'an impossible day',
    args: ['sync', '--now', '2026-02-31'],
    code: 2,
    told: /BAD_OPTION: --now 2026-02-31/,
  },
  { name: 'a port that is none', args: ['start', '--port', 'x'], code: 2, told: /BAD_OPTION: --port x/ },
];

for (const { name, args, code, told } of WRONG) {
  test(`${name} exits ${code} and says why`, async () => {
    const ended = await pilot(args[0] === 'sync' ? [...args, '--config', config] : args);
    assert.equal(ended.code, code);
    assert.match(ended.stderr, told);
  });
}

test('without the secret for user ids nothing is read', async () => {
  const { PILOT_USER_SECRET: _, ...rest } = environment;
  const { code, stderr } = await pilot(['sync', '--config', config], rest);
  assert.equal(code, 2);
  assert.match(stderr, /openssl rand -hex 32.*NO_SECRET: PILOT_USER_SECRET is not set/);
});

test('a port in use is named with the way out, before anything is built', async () => {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  for (const command of [['start'], ['org', 'start']]) {
    const { code, stderr } = await pilot([...command, '--port', String(port)]);
    assert.equal(code, 2);
    assert.match(stderr, new RegExp(`PORT_IN_USE: Port ${port} is in use[\\s\\S]*--port ${port + 10}`));
  }
  server.close();
});

test('check lists every part, good and bad', async () => {
  const good = await pilot(['check', '--config', config]);
  assert.equal(good.code, 0, good.stderr);
  assert.equal(
    good.stdout,
    'ok   source product\nok   login\nok   package and permissions\nok   policy\nok   API requests\nok   findings stored\n',
  );
  const missing = await sync.file('missing.yaml', sync.yaml(['/nowhere.csv']));
  const bad = await pilot(['check', '--config', missing]);
  assert.equal(bad.code, 3);
  assert.match(bad.stdout, /^BAD {2}source product$/m);
  assert.match(bad.stderr, /SOURCE_NOT_FOUND/);
});
