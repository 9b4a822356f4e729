import { join } from 'node:path';
import type { UsageShape } from '../facts/usage-shape.ts';
import type { UsageFile } from '../files/find-files.ts';
import { contentHash } from './content-hash.ts';
import type { KeptPart, PartFile, UsageCache } from './usage-cache.ts';

/** A file that is there, and what is in it. */
export interface HashedFile {
  readonly file: UsageFile;
  readonly content: string;
}

/** A part whose files are all there, unchanged. */
export interface RecalledPart {
  readonly kept: KeptPart;
  /** Parquet file with its rows of both tables. */
  readonly rows: string;
  readonly files: readonly { readonly file: UsageFile; readonly known: PartFile }[];
}

export async function hashFiles(
  files: readonly UsageFile[],
  signal: AbortSignal | undefined,
): Promise<HashedFile[]> {
  const hashed: HashedFile[] = [];
  // The same bytes are other rows as another format.
  for (const file of files)
    hashed.push({
      file,
      content: `${await contentHash(file.path, signal)} ${file.format} ${file.isGzipped}`,
    });
  return hashed;
}

/**
 * Chooses kept parts that no file of is missing or changed, the largest first, so that no file counts in two. Their rows go
 * to `folder`, which is private and goes with the read.
 */
export async function recallParts(
  files: readonly HashedFile[],
  cache: UsageCache,
  shape: UsageShape,
  folder: string,
): Promise<RecalledPart[]> {
  const forms = keyForms(shape);
  const free = Map.groupBy(files, ({ content }) => content);
  const recalled: RecalledPart[] = [];
  for (const kept of await cache.parts()) {
    const wanted = Map.groupBy(kept.files, ({ content }) => content);
    const isThere = [...wanted].every(([content, same]) => (free.get(content)?.length ?? 0) >= same.length);
    const rows = join(folder, `kept-${recalled.length}.parquet`);
    if (!isThere || !isReadAlike(kept, forms) || !(await cache.recall(kept, rows))) continue;
    const own = kept.files.map((known) => ({ file: free.get(known.content)!.pop()!.file, known }));
    recalled.push({ kept, rows, files: own });
  }
  return recalled;
}

/**
 * How links want keys to be read: in which zones, and whether day by day. Only what differs from the source's own zone and no
 * window is said, so that a new pilot leaves what was kept before its workspace was used as it is.
 */
export function keyForms({ zones, windowed }: UsageShape): Map<string, string> {
  const forms = new Map<string, string>();
  for (const [key, numbers] of zones.ofKey)
    if (numbers.join() !== '0') forms.set(key, numbers.map((number) => zones.names[number]).join());
  for (const key of windowed) forms.set(key, `${forms.get(key) ?? ''} by day`);
  return forms;
}

function isReadAlike(kept: KeptPart, forms: ReadonlyMap<string, string>): boolean {
  const before = new Map(Object.entries(kept.forms));
  const keys = new Set(kept.keys);
  return [...before.keys(), ...forms.keys()].every(
    (key) => !keys.has(key) || before.get(key) === forms.get(key),
  );
}
