// The clients are installed once into a cached folder from their own lock file, because a sync or a page never needs them.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { CLIENTS } from './clients-folder.ts';

const here = import.meta.dirname;

/** Installs what the lock file says, unless it is there; throws when npm could not. Run as a script, it only installs. */
export function installClients(): void {
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

if (import.meta.main) installClients();
