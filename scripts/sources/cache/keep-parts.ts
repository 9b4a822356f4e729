import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Engine } from '../engine/engine.ts';
import { literal } from '../engine/sql.ts';
import type { UsageFile } from '../files/find-files.ts';
import { FUTURE } from '../facts/typed-rows.ts';
import type { UsageShape } from '../facts/usage-shape.ts';
import { keysIn, rowsOfParts } from '../facts/usage-tables.ts';
import type { LoadedPart } from '../load-files.ts';
import { contentHash } from './content-hash.ts';
import { keyForms, type HashedFile, type RecalledPart } from './recall-parts.ts';
import type { PartFile, UsageCache } from './usage-cache.ts';

// Files that may well change again stay apart, so that a change costs no more than these.
const NEWEST = 7;
// Each part costs a run a few milliseconds; one that is rewritten costs as much as its rows.
const MOST_PARTS = 16;

/** Divides files into parts that will be kept: those that may change each for itself, all others together. */
export function divideFiles(files: readonly HashedFile[], all: readonly HashedFile[]): HashedFile[][] {
  const latest = newest(all);
  const settled = files.filter(({ file }) => !latest.has(file));
  const others = files.filter(({ file }) => latest.has(file));
  return [...(settled.length > 0 ? [settled] : []), ...others.map((file) => [file])];
}

function newest(files: readonly HashedFile[]): Set<UsageFile> {
  const latest = files.toSorted((a, b) => b.file.changedMs - a.file.changedMs).slice(0, NEWEST);
  return new Set(latest.map(({ file }) => file));
}

export interface KeepPlan {
  readonly cache: UsageCache;
  readonly shape: UsageShape;
  readonly all: readonly HashedFile[];
  /** In the order of their numbers, from 0. */
  readonly recalled: readonly RecalledPart[];
  readonly loaded: readonly LoadedPart[];
  readonly folder: string;
  readonly signal: AbortSignal | undefined;
}

/** Keeps what was read just now, and unites old parts. A cache that cannot be written is one that is not there. */
export async function keepParts(engine: Engine, plan: KeepPlan): Promise<void> {
  const { cache, shape, all, recalled, loaded, folder, signal } = plan;
  const rows = join(folder, 'keep.parquet');
  const forms = Object.fromEntries(keyForms(shape));
  const keep = async (parts: readonly number[], paths: readonly string[], files: readonly PartFile[]) => {
    await engine.run(`COPY (${rowsOfParts(shape, parts, paths)}) TO ${literal(rows)} (FORMAT parquet)`);
    const keys = await keysIn(engine, paths);
    await cache.keep({ files: [...files], zones: [...shape.zones.names], forms, keys }, rows);
  };
  try {
    const contents = new Map(all.map(({ file, content }) => [file.path, content]));
    for (const { number, files } of loaded) {
      const known = await lastingFiles(files, contents, signal);
      const paths = files.map(({ prepared }) => prepared.path);
      if (known.length === files.length) await keep([number], paths, known);
    }
    const latest = newest(all);
    const old = recalled.filter(({ files }) => !files.some(({ file }) => latest.has(file)));
    if (recalled.length + loaded.length > MOST_PARTS && old.length > 1) {
      const files = old.flatMap((part) => part.files.map(({ known }) => known));
      const numbers = old.map((part) => recalled.indexOf(part));
      const paths = old.map((part) => part.rows);
      await keep(numbers, paths, files);
      for (const { kept } of old) await cache.remove(kept);
    }
    await cache.expire();
  } catch {
    signal?.throwIfAborted();
  } finally {
    await rm(rows, { force: true });
  }
}

/** Not those that a later clock reads otherwise, nor those that were changed while they were read. */
async function lastingFiles(
  files: LoadedPart['files'],
  contents: ReadonlyMap<string, string>,
  signal: AbortSignal | undefined,
): Promise<PartFile[]> {
  const lasting: PartFile[] = [];
  for (const { prepared, values } of files) {
    const { path } = prepared.file;
    const content = contents.get(path)!;
    if (values.some(({ reason }) => reason.endsWith(FUTURE))) continue;
    if (!content.startsWith(await contentHash(path, signal))) continue;
    const { columns } = prepared.relation([prepared.path]);
    const { good, rejects } = prepared;
    lasting.push({
      content,
      good,
      columns: columns && [...columns],
      rejects: [...rejects],
      values: [...values],
    });
  }
  return lasting;
}
