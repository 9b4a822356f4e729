import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { lock } from 'proper-lockfile';
import { ConfigError, TransientError } from '../salesforce/pilot-error.ts';

/**
 * Keeps two runs on one machine off the same org, before either sends a write. The lock belongs to the org,
 * not to the folder or configuration; a killed holder's lock is free after ten seconds.
 * @returns a function that gives the lock back
 * @throws RUN_IN_PROGRESS when a run holds it, NO_TEMP_FOLDER when `folder` cannot be written
 */
export async function takeMachineLock(
  folder: string,
  orgId: string,
  instanceUrl: string,
): Promise<() => Promise<void>> {
  // Local orgs all have one id, so the address belongs to the name; one org under two addresses meets its lease.
  const path = join(
    folder,
    `pilot-sync-${orgId.slice(0, 15)}-${new URL(instanceUrl).host.replaceAll(':', '-')}`,
  );
  try {
    await mkdir(folder, { recursive: true });
    // The org's lease decides in the end, so a lock lost to a stopped clock must not end the process.
    return await lock(path, { realpath: false, stale: 10_000, onCompromised: () => undefined });
  } catch (error) {
    // Only this code of proper-lockfile means that somebody holds it. A full or read-only disk is nobody's run, and "another
    // run is at work" (exit code 4) would let every night pass as well.
    if ((error as NodeJS.ErrnoException).code !== 'ELOCKED')
      throw new ConfigError(
        'NO_TEMP_FOLDER',
        `The folder for temporary files ${folder} cannot be written: ${(error as Error).message}`,
        {
          actions: [
            'Make room in it or make it writable, or name another one in TMPDIR.',
            'A container with a read-only root file system needs one mounted: docker run --read-only --tmpfs /tmp …',
          ],
          cause: error,
        },
      );
    throw new TransientError('RUN_IN_PROGRESS', `Another sync on this machine is working on org ${orgId}.`, {
      actions: ['Wait until it ends.', 'A run that was killed is recovered after ten seconds.'],
      cause: error,
    });
  }
}
