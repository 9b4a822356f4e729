import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { mentions } from './mentions.ts';

/** Removes the lines that name one of `ids` from the files of rejected rows; answers how many, by file. */
export async function forgetInFiles(
  folder: string,
  ids: readonly string[],
  isDryRun: boolean,
): Promise<Record<string, number>> {
  const removed: Record<string, number> = {};
  for (const name of await filesIn(folder)) {
    const path = join(folder, name);
    const lines = (await readFile(path, 'utf8')).split('\n').filter((line) => line !== '');
    const kept = lines.filter((line) => !mentions(line, ids));
    if (kept.length === lines.length) continue;
    removed[path] = lines.length - kept.length;
    if (!isDryRun) await replace(path, kept);
  }
  return removed;
}

async function filesIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  return names.filter((name) => name.endsWith('.jsonl')).toSorted();
}

async function replace(path: string, lines: readonly string[]): Promise<void> {
  if (lines.length === 0) return await rm(path);
  const whole = `${path}.new`;
  await writeFile(whole, lines.map((line) => `${line}\n`).join(''), { mode: 0o600 });
  await rename(whole, path);
}
