import type { Relation } from '../engine/relation.ts';
import { literal, literalList } from '../engine/sql.ts';
import { locateRecords, writeCleanCopy } from './clean-copy.ts';
import type { UsageFile } from './find-files.ts';
import type { LineReject, PreparedFile, PrepareOptions } from './prepared-file.ts';
import { scanRecords, type ScanOptions } from './scan-records.ts';
import { MAX_RECORD_BYTES } from './text-record.ts';

/** Walks a file of JSON lines; keys are columns, so any record may lack any of them. */
export async function prepareNdjson(
  file: UsageFile,
  { folder, signal, onProgress }: PrepareOptions,
): Promise<PreparedFile> {
  const options: ScanOptions = { delimiter: null, encoding: 'utf-8', signal };
  const rejects: LineReject[] = [];
  const onReject = (line: number, reason: string) => void rejects.push({ line, reason });
  const scan = await scanRecords(file, { ...options, onProgress }, { onReject });
  const isGzipped = file.isGzipped && scan.isClean;
  return {
    file,
    path: scan.isClean ? file.path : await writeCleanCopy(file, options, folder, []),
    good: scan.good,
    rejects,
    hasColumn: () => true,
    shape: JSON.stringify(['ndjson', isGzipped]),
    relation: (paths) => jsonLines(paths, isGzipped),
    locate: (ordinals) => locateRecords(file, options, ordinals),
  };
}

// DuckDB's own JSON reader turns a broken line into a row of NULLs and names the wrong line. So the lines go in as
// one text column and the JSON functions judge each. The delimiter cannot occur: the walk rejects control characters.
function jsonLines(paths: readonly string[], isGzipped: boolean): Relation {
  const options = [
    `header = false, auto_detect = false, filename = true, columns = {'line': 'VARCHAR'}`,
    `delim = chr(1), quote = '', escape = '', max_line_size = ${MAX_RECORD_BYTES + 1000}`,
    `compression = ${isGzipped ? "'gzip'" : "'none'"}`,
  ];
  return {
    from: `(SELECT filename, CASE WHEN json_valid(line) THEN line::JSON END AS record
      FROM read_csv(${literalList(paths)}, ${options.join(', ')}))`,
    columns: null,
    value: (column) => `json_extract_string(record, ${literal(jsonPointer(column))})`,
    problem: `coalesce(json_type(record), '') <> 'OBJECT'`,
  };
}

/** RFC 6901; a key may hold any character. */
function jsonPointer(key: string): string {
  return `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}
