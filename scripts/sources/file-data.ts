import { join } from 'node:path';
import { version } from '@duckdb/node-api';
import { divideFiles, keepParts } from './cache/keep-parts.ts';
import { hashFiles, recallParts } from './cache/recall-parts.ts';
import { UsageCache } from './cache/usage-cache.ts';
import { RecordRefused } from './engine/engine.ts';
import type { FileSourceConfig } from './file-source-config.ts';
import { findFiles, type UsageFile } from './files/find-files.ts';
import { prepareFiles } from './files/prepare-file.ts';
import type { PreparedFile } from './files/prepared-file.ts';
import { loadFiles } from './load-files.ts';
import type { Account, OpenUsageData, UsageData } from './usage-data.ts';

/** Where a file source keeps what it has read, and under which secret. */
export interface CachePlace {
  readonly folder: string;
  readonly secret: string;
}

/** Walks every file that is not known from an earlier run; loading hands what is well-formed to the engine. */
export async function openFileData(
  config: FileSourceConfig,
  how: OpenUsageData,
  place: CachePlace | null,
): Promise<UsageData> {
  const { folder, signal } = how;
  const files = await findFiles(config.paths, config.format);
  const cache = place && cacheOf(config, how, place);
  const all = cache ? await hashFiles(files, signal) : files.map((file) => ({ file, content: '' }));
  const recalled = cache ? await recallParts(all, cache, how.shape, folder) : [];
  const known = recalled.flatMap((part) => part.files);
  const isKnown = new Set(known.map(({ file }) => file));
  const fresh = all.filter(({ file }) => !isKnown.has(file));
  const parts = (cache ? divideFiles(fresh, all) : [fresh]).map((part) => part.map(({ file }) => file));
  how.progress.known(known.reduce((sum, { known: { good } }) => sum + good, 0));
  const prepared = await prepareAll(parts.flat(), config, how, false);
  return {
    inputs: files.map(({ path }) => path),
    hasColumn: (header) =>
      known.every(({ known: { columns } }) => columns?.includes(header) ?? true) &&
      [...prepared.values()].every((file) => file.hasColumn(header)),
    async load(engine, input, shape, log): Promise<Account> {
      const load = (some: ReadonlyMap<string, PreparedFile>) => {
        const numbered = parts.map((part) => part.map(({ path }) => some.get(path)!));
        return loadFiles(engine, input, shape, { recalled, parts: numbered }, log);
      };
      const { account, loaded } = await load(prepared).catch(async (error: unknown) => {
        if (!(error instanceof RecordRefused)) throw error;
        return load(await prepareAll(parts.flat(), config, how, true));
      });
      if (cache) await keepParts(engine, { cache, shape, all, recalled, loaded, folder, signal });
      return account;
    },
    async close() {},
  };
}

async function prepareAll(
  files: readonly UsageFile[],
  config: FileSourceConfig,
  { columns, folder, signal, progress }: OpenUsageData,
  isCareful: boolean,
): Promise<Map<string, PreparedFile>> {
  const prepared = await prepareFiles(files, config, columns, { folder, signal, isCareful, progress });
  return new Map(prepared.map((one) => [one.file.path, one]));
}

/** None where a repeated event_id counts once: which event is the first, only all events together tell. */
function cacheOf(
  config: FileSourceConfig,
  { shape, stamps, now }: OpenUsageData,
  { folder, secret }: CachePlace,
): UsageCache | null {
  const { columns, grain, time_format, time_zone, exclude, delimiter, encoding } = config;
  if (columns.event_id !== undefined) return null;
  return new UsageCache({
    folder: join(folder, config.name),
    secret,
    now,
    shape: [
      // Another engine may take another text for a time.
      version(),
      { columns, grain, time_format, time_zone, exclude, delimiter, encoding },
      shape.metrics,
      shape.filters,
      // Tables have other columns where there are several zones.
      [shape.zones.names[0], shape.zones.names.length > 1],
      columns.stamp === undefined ? [] : stamps,
    ],
  });
}
