import { glob, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { SourceError } from '../source-error.ts';
import { isSpooled, shownName } from '../spool-events.ts';

export type FileFormat = 'csv' | 'ndjson' | 'parquet';

export interface UsageFile {
  /** As configured or found, for messages. */
  readonly name: string;
  /** Absolute. */
  readonly path: string;
  readonly format: FileFormat;
  readonly isGzipped: boolean;
  readonly bytes: number;
  /** When it was last changed, in milliseconds since 1970. */
  readonly changedMs: number;
}

const ENDINGS: Readonly<Record<FileFormat, RegExp>> = {
  csv: /\.(csv|tsv|txt)(\.gz)?$/i,
  ndjson: /\.(ndjson|jsonl|json)(\.gz)?$/i,
  parquet: /\.parquet$/i,
};

/**
 * The usage files behind `paths` (files, folders, globs), sorted by name, each once.
 * A path that leads to nothing, and an empty file, is an error: a missing export must never read as "no usage".
 */
export async function findFiles(
  paths: readonly string[],
  format: FileFormat | undefined,
): Promise<readonly UsageFile[]> {
  const found = new Map<string, UsageFile>();
  for (const path of paths) {
    const names = await expand(path, format);
    if (names.length === 0) throw notFound(path);
    for (const name of names) found.set(resolve(name), await describe(name, format));
  }
  return [...found.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}

async function expand(path: string, format: FileFormat | undefined): Promise<string[]> {
  const info = await statOrNull(path);
  if (info?.isFile() === true) return [path];
  const endings = format === undefined ? Object.values(ENDINGS) : [ENDINGS[format]];
  const pattern = info?.isDirectory() === true ? join(path, '*') : path;
  const files = [];
  for await (const name of glob(pattern)) {
    const wanted = info === null || endings.some((ending) => ending.test(name));
    if (wanted && (await statOrNull(name))?.isFile() === true) files.push(name);
  }
  return files;
}

async function describe(name: string, format: FileFormat | undefined): Promise<UsageFile> {
  const kinds = Object.entries(ENDINGS) as [FileFormat, RegExp][];
  const known = format ?? kinds.find(([, ending]) => ending.test(name))?.[0];
  if (known === undefined)
    throw new SourceError('SOURCE_UNREADABLE', `${name}: the file name does not tell its format.`, [
      'Add format: csv, ndjson or parquet to the source, or rename the file.',
    ]);
  const { size, mtimeMs } = await stat(name);
  if (size === 0)
    throw new SourceError('SOURCE_EMPTY', `${shownName(name)} is empty (0 bytes).`, [
      emptyAdvice(name, known),
    ]);
  return {
    name: shownName(name),
    path: resolve(name),
    format: known,
    isGzipped: /\.gz$/i.test(name),
    bytes: size,
    changedMs: mtimeMs,
  };
}

function emptyAdvice(name: string, format: FileFormat): string {
  if (isSpooled(name))
    return 'Look at the command before the pipe: it wrote no event, which is taken for a failure, never for no usage.';
  const header = format === 'csv' ? '; an export without events still has its header' : '';
  return `Look at the job that exports the file and let it run again${header}.`;
}

async function statOrNull(path: string) {
  try {
    return await stat(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw new SourceError(
      'SOURCE_UNREADABLE',
      `${path} cannot be read.`,
      ['Check the permissions of the file and its folder for the user the sync runs as.'],
      error,
    );
  }
}

function notFound(path: string): SourceError {
  return new SourceError(
    'SOURCE_NOT_FOUND',
    `There is no usage file at ${path} (seen from ${process.cwd()}).`,
    [
      'Check paths: of this source in the configuration.',
      'Check that the export ran and where it put its files.',
    ],
  );
}
