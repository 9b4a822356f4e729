import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { addDays } from '../domain/day.ts';

const NAME = /\.(\d{4}-\d{2}-\d{2})T[\w-]+\.rejected\.jsonl$/;

/** Removes the files of rejected rows of runs older than the policy keeps runs; answers how many are gone. */
export async function expireRejectFiles(folder: string, keepRunsDays: number, now: Date): Promise<number> {
  const oldest = addDays(now.toISOString().slice(0, 10), -keepRunsDays);
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    // No row was ever rejected here.
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  const expired = names.filter((name) => (NAME.exec(name)?.[1] ?? oldest) < oldest);
  // Another run may be removing the same ones.
  for (const name of expired) await rm(join(folder, name), { force: true });
  return expired.length;
}
