import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Removes files of rejected rows that no run has replaced for `days`, e.g. of a source that is gone; answers how many. */
export async function expireFiles(folder: string, days: number, now: Date): Promise<number> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  let gone = 0;
  for (const name of names.filter((each) => each.endsWith('.rejected.jsonl'))) {
    const path = join(folder, name);
    if (now.getTime() - (await stat(path)).mtimeMs <= days * 86_400_000) continue;
    await rm(path);
    gone += 1;
  }
  return gone;
}
