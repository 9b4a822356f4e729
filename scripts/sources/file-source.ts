import type { FileSourceConfig } from './file-source-config.ts';
import { findFiles } from './files/find-files.ts';
import type { MetricDefinition } from './metric-definition.ts';
import { readUsage } from './read-usage.ts';
import type { UsageSource } from './source.ts';
import { userHash } from './user-hash.ts';

export interface FileSourceOptions {
  /** Key of the HMAC that replaces user ids; at least 16 characters. */
  readonly secret: string;
  /** Folder for the file of rejected rows. */
  readonly rejectFolder: string;
  readonly metrics?: readonly MetricDefinition[];
  /** DuckDB's accounting limit; the process uses up to 280 MB more. */
  readonly memoryLimitMb?: number;
}

/** A usage source made of files, read through a private DuckDB database per read. */
export function fileSource(config: FileSourceConfig, options: FileSourceOptions): UsageSource {
  const { secret, rejectFolder, metrics = [], memoryLimitMb = 1024 } = options;
  const hash = userHash(secret);
  return {
    name: config.name,
    async check() {
      await findFiles(config.paths, config.format);
    },
    read: (request) => readUsage(config, request, { hash, rejectFolder, metrics, memoryLimitMb }),
    async close() {},
  };
}
