import { z } from 'zod';
import { refuseMissingColumns, USAGE_KEYS } from './usage-config.ts';

/** A usage source made of files, as written in `config/sync.yaml`. Paths are relative to the working directory. */
export const FileSourceConfig = z
  .strictObject({
    ...USAGE_KEYS,
    kind: z.literal('files'),
    /** Files, folders (every usage file directly inside) or globs. */
    paths: z.array(z.string().min(1)).min(1, { error: 'must name at least one file, folder or pattern' }),
    /** Default: by file name (.csv, .ndjson, .jsonl, .parquet, each but the last also with .gz). */
    format: z.enum(['csv', 'ndjson', 'parquet']).optional(),
    delimiter: z.enum([',', ';', '\t', '|']).default(','),
    encoding: z.enum(['utf-8', 'latin-1']).default('utf-8'),
  })
  .superRefine(refuseMissingColumns);
export type FileSourceConfig = z.infer<typeof FileSourceConfig>;
