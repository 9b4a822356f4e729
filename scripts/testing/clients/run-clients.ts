// `npm run test:clients [-- NAME …]`: the large official clients, unmodified, against the local org; all, or those of
// NAME.client.ts. They are installed once into a cached folder from their own lock file, because a sync or a page
// never needs them.
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { CLIENTS } from './clients-folder.ts';

const here = import.meta.dirname;
const SUFFIX = '.client.ts';
const all = readdirSync(here).flatMap((file) => (file.endsWith(SUFFIX) ? [basename(file, SUFFIX)] : []));
const names = process.argv.slice(2);
const unknown = names.filter((name) => !all.includes(name));

if (unknown.length > 0) {
  console.error(`There are no client tests ${unknown.join(', ')}; there are ${all.join(', ')}.`);
  process.exitCode = 2;
} else {
  install();
  process.exitCode = run(names.length > 0 ? names : all);
}

function install(): void {
  const lock = readFileSync(`${here}/package-lock.json`);
  const wanted = createHash('sha256').update(lock).digest('hex');
  const stamp = `${CLIENTS}/installed.sha256`;
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
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

function run(tests: readonly string[]): number {
  const files = tests.map((name) => `${here}/${name}${SUFFIX}`);
  const args = ['--test', '--test-concurrency=1', ...files];
  return spawnSync(process.execPath, args, { stdio: 'inherit' }).status ?? 1;
}
