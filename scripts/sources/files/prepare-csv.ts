import type { FileSourceConfig } from '../file-source-config.ts';
import type { EventColumns } from '../facts/event-columns.ts';
import { checkColumns } from './check-columns.ts';
import { locateRecords, writeCleanCopy } from './clean-copy.ts';
import { csvRelation } from './csv-relation.ts';
import type { UsageFile } from './find-files.ts';
import { readPlainText, type PlainText } from './plain-text.ts';
import { scanRecords } from './scan-records.ts';
import type { LineReject, PreparedFile, PrepareOptions } from './prepared-file.ts';

/**
 * Prepares a CSV file. A plain one is read as it is; any other, and every one once DuckDB has refused a line, is walked
 * record by record, and where DuckDB would stumble over it, its good records go to a clean copy first.
 */
export async function prepareCsv(
  file: UsageFile,
  config: FileSourceConfig,
  columns: EventColumns,
  { folder, signal, isCareful, onProgress }: PrepareOptions,
): Promise<PreparedFile> {
  const { delimiter, encoding } = config;
  const onHeader = (header: readonly string[]) => checkColumns(file.name, header, config, columns);
  const options = { delimiter, encoding, signal };
  const isTried = !isCareful && encoding === 'utf-8';
  const plain = isTried ? await readPlainText(file, delimiter, { signal, onProgress }) : null;
  if (plain !== null) return plainFile(file, plain, config, columns);
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

function plainFile(
  file: UsageFile,
  { header, records }: PlainText,
  config: FileSourceConfig,
  columns: EventColumns,
): PreparedFile {
  checkColumns(file.name, header, config, columns);
  const { delimiter } = config;
  return {
    file,
    path: file.path,
    good: records,
    rejects: [],
    hasColumn: (name) => header.includes(name),
    shape: JSON.stringify([header, file.isGzipped]),
    relation: (paths) => csvRelation({ paths, header, delimiter, isGzipped: file.isGzipped }),
    // A record a line, below the header.
    locate: async (ordinals) => ordinals.map((ordinal) => ordinal + 1),
  };
}
