import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { FileSourceConfig } from '../file-source-config.ts';
import type { EventColumns } from '../facts/event-columns.ts';
import { checkColumns } from './check-columns.ts';
import { CleanCopy } from './clean-copy.ts';
import { csvRelation } from './csv-relation.ts';
import type { UsageFile } from './find-files.ts';
import type { LineReject, PreparedFile, PrepareOptions } from './prepared-file.ts';
import { scanCsv, type CsvScan } from './scan-csv.ts';

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
  const scan = await scanCsv(file, { ...options, onProgress }, { onHeader, onReject });
  const path = scan.isClean ? file.path : await writeCleanCopy(file, options, scan, folder);
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

type Options = Parameters<typeof scanCsv>[1];

async function writeCleanCopy(
  file: UsageFile,
  options: Options,
  scan: CsvScan,
  folder: string,
): Promise<string> {
  const copy = new CleanCopy(join(folder, `${randomUUID()}.csv`));
  try {
    const names = scan.header.map((_, index) => `c${index}`);
    copy.add(Buffer.from(names.join(options.delimiter)));
    await scanCsv(file, options, { onRecord: (bytes) => copy.add(Buffer.from(bytes)) });
  } finally {
    copy.close();
  }
  return copy.path;
}

async function locateRecords(
  file: UsageFile,
  options: Options,
  ordinals: readonly number[],
): Promise<number[]> {
  const lines: number[] = [];
  await scanCsv(file, options, {
    onRecord: (_, ordinal, line) => {
      if (ordinal === ordinals[lines.length]) lines.push(line);
    },
  });
  return lines;
}
