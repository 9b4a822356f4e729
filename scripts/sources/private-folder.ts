import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';

const KINDS = ['usage', 'download', 'events'] as const;

/** The machine is part of the name: where containers share a folder, a process of another one looks dead here. */
const MACHINE = hostname().replaceAll(/[^A-Za-z0-9]/g, '_');
const NAME = new RegExp(`^pilot-(?:${KINDS.join('|')})-${MACHINE}-([0-9]+)-[A-Za-z0-9]{6}$`);

/**
 * Makes a folder (mode 700) for data with raw user ids and removes those that killed processes of the same user left
 * behind: nobody can clean up after SIGKILL but the next run.
 */
export async function makePrivateFolder(kind: (typeof KINDS)[number]): Promise<string> {
  await removeLeftovers(tmpdir());
  return mkdtemp(join(tmpdir(), `pilot-${kind}-${MACHINE}-${process.pid}-`));
}

async function removeLeftovers(parent: string): Promise<void> {
  for (const name of await readdir(parent)) {
    const owner = NAME.exec(name)?.[1];
    if (owner === undefined || isAlive(Number(owner))) continue;
    const path = join(parent, name);
    const isOurs = await stat(path).then(
      ({ uid }) => process.getuid === undefined || uid === process.getuid(),
      // Another run was quicker.
      () => false,
    );
    if (isOurs) await rm(path, { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives and belongs to somebody else.
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}
