import { join } from 'node:path';
import { version } from '@duckdb/node-api';
import { keepFiles } from './cache/keep-files.ts';
import { recallFiles } from './cache/recall-files.ts';
import { UsageCache } from './cache/usage-cache.ts';
import { RecordRefused, type Engine } from './engine/engine.ts';
import type { TypedRowsInput } from './facts/typed-rows.ts';
import type { UsageShape } from './facts/usage-table.ts';
import type { FileSourceConfig } from './file-source-config.ts';
import { findFiles, type UsageFile } from './files/find-files.ts';
import { prepareFiles } from './files/prepare-file.ts';
import type { PreparedFile } from './files/prepared-file.ts';
import type { RejectLog } from './files/reject-log.ts';
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
  const files = await findFiles(config.paths, config.format);
  const cache = place && cacheOf(config, how, place);
  const hashed = cache && (await recallFiles(files, cache, how.folder, how.signal));
  const known = new Map(hashed?.flatMap(({ file, recalled }) => (recalled ? [[file.path, recalled]] : [])));
  const fresh = files.filter(({ path }) => !known.has(path));
  const prepared = await prepareAll(fresh, config, how, false);
  const read = async (engine: Engine, input: TypedRowsInput, shape: UsageShape, log: RejectLog) => {
    const load = (some: ReadonlyMap<string, PreparedFile>) =>
      loadFiles(
        engine,
        input,
        shape,
        files.map(({ path }) => known.get(path) ?? some.get(path)!),
        log,
      );
    try {
      return await load(prepared);
    } catch (error) {
      if (!(error instanceof RecordRefused)) throw error;
      return await load(await prepareAll(fresh, config, how, true));
    }
  };
  return {
    inputs: files.map(({ path }) => path),
    hasColumn: (header) => [...known.values(), ...prepared.values()].every((file) => file.hasColumn(header)),
    async load(engine, input, shape, log): Promise<Account> {
      const { account, loaded } = await read(engine, input, shape, log);
      if (cache && hashed) {
        const contents = new Map(hashed.map(({ file, content }) => [file.path, content]));
        const lasting = loaded.map((one) => ({ ...one, content: contents.get(one.prepared.file.path)! }));
        await keepFiles(engine, cache, lasting, how.folder, how.signal);
      }
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
      shape.zones.names,
      [...shape.zones.ofKey],
      columns.stamp === undefined ? [] : stamps,
    ],
  });
}
