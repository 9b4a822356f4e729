import type { EventColumns } from '../facts/event-columns.ts';
import type { FileSourceConfig } from '../file-source-config.ts';
import type { ReadProgress } from '../read-progress.ts';
import type { UsageFile } from './find-files.ts';
import { prepareCsv } from './prepare-csv.ts';
import { prepareNdjson } from './prepare-ndjson.ts';
import { prepareParquet } from './prepare-parquet.ts';
import type { PreparedFile, PrepareOptions } from './prepared-file.ts';

export interface PrepareFilesOptions {
  readonly folder: string;
  readonly signal: AbortSignal | undefined;
  readonly isCareful: boolean;
  readonly progress: ReadProgress;
}

/** Walks all files in order; the first one that is damaged or lacks a column stops the read. */
export async function prepareFiles(
  files: readonly UsageFile[],
  config: FileSourceConfig,
  columns: EventColumns,
  { folder, signal, isCareful, progress }: PrepareFilesOptions,
): Promise<readonly PreparedFile[]> {
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
  const prepared: PreparedFile[] = [];
  let bytesBefore = 0;
  let recordsBefore = 0;
  for (const file of files) {
    const onProgress = (bytes: number, records: number) =>
      progress.walking(bytesBefore + bytes, total, recordsBefore + records);
    const done = await prepareFile(file, config, columns, { folder, signal, isCareful, onProgress });
    bytesBefore += file.bytes;
    recordsBefore += done.good;
    progress.walking(bytesBefore, total, recordsBefore);
    prepared.push(done);
  }
  return prepared;
}

async function prepareFile(
  file: UsageFile,
  config: FileSourceConfig,
  columns: EventColumns,
  options: PrepareOptions,
): Promise<PreparedFile> {
  switch (file.format) {
    case 'csv':
      return prepareCsv(file, config, columns, options);
    case 'ndjson':
      return prepareNdjson(file, options);
    case 'parquet':
      return prepareParquet(file, config, columns, options);
  }
}
