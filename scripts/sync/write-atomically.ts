import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Writes a file so that a reader sees the old or the new content, never half of one. `mode` as in chmod. */
export async function writeAtomically(
  path: string,
  content: string | Uint8Array,
  mode: number,
): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  // Beside the file, since a rename is atomic within one file system only; the name ends in no known suffix,
  // because the node exporter reads every *.prom of its folder.
  const part = `${path}.${randomUUID()}.part`;
  try {
    await writeFile(part, content, { mode, flag: 'wx' });
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}
