import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Engine } from '../engine/engine.ts';
import { literal } from '../engine/sql.ts';
import { FUTURE } from '../facts/typed-rows.ts';
import type { LineReject, PreparedFile } from '../files/prepared-file.ts';
import { contentHash } from './content-hash.ts';
import type { UsageCache } from './usage-cache.ts';

export interface LoadedFile {
  readonly prepared: PreparedFile;
  /** As it was before the read, from `recallFiles`. */
  readonly content: string;
  readonly values: readonly LineReject[];
}

/** Keeps the rows of files that were read just now. A cache that cannot be written is one that is not there. */
export async function keepFiles(
  engine: Engine,
  cache: UsageCache,
  files: readonly LoadedFile[],
  folder: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  try {
    for (const one of files) if (await isLasting(one, signal)) await keep(engine, cache, one, folder);
    await cache.expire();
  } catch {
    signal?.throwIfAborted();
  }
}

/** Not where a later clock reads it otherwise, nor where the file was changed while it was read. */
async function isLasting(
  { prepared, content, values }: LoadedFile,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  if (values.some(({ reason }) => reason.endsWith(FUTURE))) return false;
  return content.startsWith(await contentHash(prepared.file.path, signal));
}

async function keep(
  engine: Engine,
  cache: UsageCache,
  { prepared, content, values }: LoadedFile,
  folder: string,
): Promise<void> {
  const rows = join(folder, 'keep.parquet');
  await engine.run(`COPY (SELECT * EXCLUDE (file) FROM usage WHERE file = hash(${literal(prepared.path)}))
    TO ${literal(rows)} (FORMAT parquet)`);
  const { columns } = prepared.relation([prepared.path]);
  const head = {
    good: prepared.good,
    columns: columns && [...columns],
    rejects: [...prepared.rejects],
    values: [...values],
  };
  try {
    await cache.keep(content, head, rows);
  } finally {
    await rm(rows, { force: true });
  }
}
