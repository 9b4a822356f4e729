import { findFiles } from './find-files.ts';
import type { LineReject } from './prepared-file.ts';
import { scanRecords } from './scan-records.ts';
import { splitCsvRecord } from './text-record.ts';

export interface Table {
  readonly header: readonly string[];
  readonly rows: readonly { readonly line: number; readonly values: Readonly<Record<string, string>> }[];
  /** Records that are not well-formed, by their first physical line. */
  readonly rejects: readonly LineReject[];
}

/** Reads a small CSV file whole, values trimmed. @throws SourceError when it is missing or empty */
export async function readTable(path: string): Promise<Table> {
  const [file] = await findFiles([path], 'csv');
  const rows: { line: number; values: Record<string, string> }[] = [];
  const rejects: LineReject[] = [];
  let header: readonly string[] = [];
  await scanRecords(
    file!,
    { delimiter: ',', encoding: 'utf-8' },
    {
      onHeader: (names) => void (header = names.map((name) => name.trim())),
      onReject: (line, reason) => void rejects.push({ line, reason }),
      onRecord: (bytes, _ordinal, line) => {
        const cells = splitCsvRecord(bytes.toString('utf8'), ',').map((cell) => cell.trim());
        rows.push({ line, values: Object.fromEntries(header.map((name, index) => [name, cells[index]!])) });
      },
    },
  );
  return { header, rows, rejects };
}
