import type { FileSourceConfig } from './file-source-config.ts';
import { openFileData } from './file-data.ts';
import { findFiles } from './files/find-files.ts';
import { readUsage } from './read-usage.ts';
import type { SourceOptions } from './source-options.ts';
import type { UsageSource } from './source.ts';

/** A usage source made of files, read through a private DuckDB database per read. */
export function fileSource(config: FileSourceConfig, options: SourceOptions): UsageSource {
  const { secret, rejectFolder, cacheFolder = null, metrics = [], memoryLimitMb = 1024 } = options;
  const cache = cacheFolder === null ? null : { folder: cacheFolder, secret };
  return {
    name: config.name,
    async check() {
      await findFiles(config.paths, config.format);
    },
    read: (request) =>
      readUsage(config, request, { secret, rejectFolder, metrics, memoryLimitMb }, (how) =>
        openFileData(config, how, cache),
      ),
    async close() {},
  };
}
