import { join } from 'node:path';
import type { UsageFile } from '../files/find-files.ts';
import type { LineReject } from '../files/prepared-file.ts';
import { contentHash } from './content-hash.ts';
import type { UsageCache } from './usage-cache.ts';

/** A file whose rows are known from an earlier run. */
export interface RecalledFile {
  readonly file: UsageFile;
  readonly good: number;
  readonly rejects: readonly LineReject[];
  readonly values: readonly LineReject[];
  /** Parquet file with its rows of the table `usage`, without the column `file`. */
  readonly rows: string;
  hasColumn(header: string): boolean;
}

/** A file that is there, what is in it, and what is known of it. */
export interface HashedFile {
  readonly file: UsageFile;
  readonly content: string;
  readonly recalled: RecalledFile | null;
}

/** Looks every file up in the cache by its content. Rows go to `folder`, which is private and goes with the read. */
export async function recallFiles(
  files: readonly UsageFile[],
  cache: UsageCache,
  folder: string,
  signal: AbortSignal | undefined,
): Promise<HashedFile[]> {
  const hashed: HashedFile[] = [];
  for (const [index, file] of files.entries()) {
    // The same bytes are other rows as another format.
    const content = `${await contentHash(file.path, signal)} ${file.format} ${file.isGzipped}`;
    const rows = join(folder, `kept-${index}.parquet`);
    const head = await cache.recall(content, rows);
    const recalled = head && {
      file,
      good: head.good,
      rejects: head.rejects,
      values: head.values,
      rows,
      hasColumn: (header: string) => head.columns?.includes(header) ?? true,
    };
    hashed.push({ file, content, recalled });
  }
  return hashed;
}
