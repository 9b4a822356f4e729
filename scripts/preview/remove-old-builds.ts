import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

const HOUR_MS = 3_600_000;

/**
 * Removes from `folder` what no build has used for an hour at `now`. A preview that is running keeps its files
 * in memory, so it misses nothing.
 */
export function removeOldBuilds(folder: string, now: number): void {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    const { mtimeMs } = statSync(path, { throwIfNoEntry: false }) ?? { mtimeMs: now };
    if (now - mtimeMs > HOUR_MS) rmSync(path, { recursive: true, force: true });
  }
}
