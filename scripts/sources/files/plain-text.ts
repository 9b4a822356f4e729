import { isUtf8 } from 'node:buffer';
import type { UsageFile } from './find-files.ts';
import { readBytes } from './read-bytes.ts';
import { MAX_RECORD_BYTES, splitCsvRecord } from './text-record.ts';

export interface PlainText {
  readonly header: readonly string[];
  /** Lines after the header: each is one record. */
  readonly records: number;
}

const NEWLINE = 0x0a;
// Any of these needs the careful walk: a quote, a carriage return, a NUL byte.
const SPECIAL = [0x22, 0x0d, 0x00];
const MARK = Buffer.from([0xef, 0xbb, 0xbf]);

/**
 * Looks at a CSV file with native searches only, at about a gigabyte a second. Returns null unless the file is plain:
 * valid UTF-8 without quotes, carriage returns, NUL bytes or blank lines, so that every line is exactly one record.
 * Then DuckDB in strict mode goes wrong on nothing but the number of fields, of which it tells; except that it takes
 * one blank field too many at a line's end (seen with 1.5.5), for which lines that end so are counted here.
 */
export async function readPlainText(
  file: UsageFile,
  delimiter: string,
  {
    signal,
    onProgress,
  }: {
    readonly signal: AbortSignal | undefined;
    readonly onProgress: (bytes: number, records: number) => void;
  },
): Promise<PlainText | null> {
  let header: readonly string[] | null = null;
  let lines = 0;
  let bytesRead = 0;
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of readBytes(file, signal, (bytes) => (bytesRead = bytes))) {
    const first = chunk.indexOf(NEWLINE) + 1;
    const end = chunk.lastIndexOf(NEWLINE) + 1;
    if (rest.length > MAX_RECORD_BYTES) return null;
    if (first === 0) {
      rest = Buffer.concat([rest, chunk]);
      continue;
    }
    // Only the line that two chunks share is copied: to join the chunks costs as much as to look at them.
    const shared = Buffer.concat([rest, chunk.subarray(0, first)]);
    rest = Buffer.from(chunk.subarray(end));
    header ??= headerOf(shared, delimiter);
    for (const text of [shared, chunk.subarray(first, end)]) {
      const count = countLines(text, delimiter, header.length);
      if (count === null) return null;
      lines += count;
    }
    onProgress(bytesRead, lines - 1);
  }
  if (rest.length > 0) {
    header ??= headerOf(rest, delimiter);
    if (countLines(Buffer.concat([rest, Buffer.from('\n')]), delimiter, header.length) === null) return null;
    lines += 1;
  }
  return header === null ? null : { header, records: lines - 1 };
}

/** Lines of a text that ends with a line feed; null where it is not plain. */
function countLines(text: Buffer, delimiter: string, fields: number): number | null {
  if (!isUtf8(text) || SPECIAL.some((byte) => text.indexOf(byte) !== -1)) return null;
  const separator = delimiter.charCodeAt(0);
  let lines = 0;
  let from = 0;
  while (from < text.length) {
    const at = text.indexOf(NEWLINE, from);
    if (at === from) return null;
    if (text[at - 1] === separator && fieldsOf(text, from, at, separator) !== fields) return null;
    lines++;
    from = at + 1;
  }
  return lines;
}

function fieldsOf(text: Buffer, from: number, end: number, separator: number): number {
  let fields = 1;
  for (let at = from; at < end; at++) if (text[at] === separator) fields++;
  return fields;
}

function headerOf(text: Buffer, delimiter: string): string[] {
  const end = text.indexOf(NEWLINE);
  const line = text.subarray(text.subarray(0, 3).equals(MARK) ? 3 : 0, end === -1 ? text.length : end);
  return splitCsvRecord(line.toString('utf8'), delimiter);
}
