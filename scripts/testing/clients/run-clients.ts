// `npm run test:clients [-- NAME …]`: the large official clients, unmodified, against the local org; all, or those of
// NAME.client.ts.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { installClients } from './install-clients.ts';

const here = import.meta.dirname;
const SUFFIX = '.client.ts';
const all = readdirSync(here).flatMap((file) => (file.endsWith(SUFFIX) ? [basename(file, SUFFIX)] : []));
const names = process.argv.slice(2);
const unknown = names.filter((name) => !all.includes(name));

if (unknown.length > 0) {
  console.error(`There are no client tests ${unknown.join(', ')}; there are ${all.join(', ')}.`);
  process.exitCode = 2;
} else {
  installClients();
  process.exitCode = run(names.length > 0 ? names : all);
}

function run(tests: readonly string[]): number {
  const files = tests.map((name) => `${here}/${name}${SUFFIX}`);
  const args = ['--test', '--test-concurrency=2', ...files];
  // As in npm test: each call of a client compiles thousands of files.
  process.env['NODE_COMPILE_CACHE'] ??= resolve('build/compile-cache');
  return spawnSync(process.execPath, args, { stdio: 'inherit' }).status ?? 1;
}
