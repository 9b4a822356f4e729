import type { MetricDefinition } from './metric-definition.ts';

/** What every kind of source is given besides its configuration. */
export interface SourceOptions {
  /** Key of the HMAC that replaces user ids; at least 16 characters. */
  readonly secret: string;
  /** Folder for the file of rejected rows. */
  readonly rejectFolder: string;
  /** Folder of rows kept between runs, a folder below it per source; nothing is kept where there is none. */
  readonly cacheFolder?: string | null;
  readonly metrics?: readonly MetricDefinition[];
  /** DuckDB's accounting limit; the process uses up to 280 MB more. */
  readonly memoryLimitMb?: number;
}
