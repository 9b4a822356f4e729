// `npm run test:clients`: the large official clients, unmodified, against the local org. They are installed once
// into a cached folder from their own lock file, because a sync or a page never needs them.
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { CLIENTS } from './clients-folder.ts';

const here = import.meta.dirname;
const lock = readFileSync(`${here}/package-lock.json`);
const wanted = createHash('sha256').update(lock).digest('hex');
const stamp = `${CLIENTS}/installed.sha256`;

if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== wanted) {
  console.log(
    'Installing the sf CLI, sfdmu and the component compiler into .pilot/clients (about two minutes, once) …',
  );
  mkdirSync(CLIENTS, { recursive: true });
  for (const name of ['package.json', 'package-lock.json']) cpSync(`${here}/${name}`, `${CLIENTS}/${name}`);
  execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: CLIENTS,
    stdio: 'inherit',
  });
  writeFileSync(stamp, wanted);
}

const tests = readdirSync(here).filter((name) => name.endsWith('.client.ts'));
const { status } = spawnSync(
  process.execPath,
  ['--test', '--test-concurrency=1', ...tests.map((name) => `${here}/${name}`)],
  { stdio: 'inherit' },
);
process.exitCode = status ?? 1;
