import type { FileSourceConfig } from '../file-source-config.ts';
import type { EventColumns } from '../facts/event-columns.ts';
import { checkColumns } from './check-columns.ts';
import { locateRecords, writeCleanCopy } from './clean-copy.ts';
import { csvRelation } from './csv-relation.ts';
import type { UsageFile } from './find-files.ts';
import { scanRecords } from './scan-records.ts';
import type { LineReject, PreparedFile, PrepareOptions } from './prepared-file.ts';

/** Walks a CSV file; where DuckDB would stumble over it, its good records go to a clean copy first. */
export async function prepareCsv(
  file: UsageFile,
  config: FileSourceConfig,
  columns: EventColumns,
  { folder, signal, onProgress }: PrepareOptions,
): Promise<PreparedFile> {
  const { delimiter, encoding } = config;
  const onHeader = (header: readonly string[]) => checkColumns(file.name, header, config, columns);
  const options = { delimiter, encoding, signal };
  const rejects: LineReject[] = [];
  const onReject = (line: number, reason: string) => void rejects.push({ line, reason });
  const scan = await scanRecords(file, { ...options, onProgress }, { onHeader, onReject });
  const path = scan.isClean ? file.path : await writeCleanCopy(file, options, folder, scan.header);
  const isGzipped = file.isGzipped && scan.isClean;
  return {
    file,
    path,
    good: scan.good,
    rejects,
    hasColumn: (header) => scan.header.includes(header),
    shape: JSON.stringify([scan.header, isGzipped]),
    relation: (paths) => csvRelation({ paths, header: scan.header, delimiter, isGzipped }),
    locate: (ordinals) => locateRecords(file, options, ordinals),
  };
}
