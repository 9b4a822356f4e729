import { isUtf8 } from 'node:buffer';
import { SourceError } from '../source-error.ts';
import type { UsageFile } from './find-files.ts';
import { readBytes } from './read-bytes.ts';
import { readCsvRecord, readLineRecord, splitCsvRecord, type TextRecord } from './text-record.ts';

export interface ScanOptions {
  /** Null for files of JSON lines: every physical line is a record and there is no header. */
  readonly delimiter: string | null;
  readonly encoding: 'utf-8' | 'latin-1';
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((bytesRead: number, records: number) => void) | undefined;
}

export interface RecordVisitor {
  /** May throw to refuse the file before its records are walked. */
  readonly onHeader?: (header: readonly string[]) => void;
  /** A well-formed data record, UTF-8, without its line end. `ordinal` counts from 1 per file. */
  readonly onRecord?: (bytes: Buffer, ordinal: number, line: number) => void;
  readonly onReject?: (line: number, reason: string) => void;
}

export interface RecordScan {
  readonly header: readonly string[];
  readonly good: number;
  readonly rejected: number;
  /** False where DuckDB would stumble: rejects, mixed line ends, blank lines, another encoding. */
  readonly isClean: boolean;
}

const NEWLINE = 0x0a;

/**
 * Walks a text file (CSV, JSON lines) record by record and accounts for each one: well-formed, or rejected with its first physical line.
 * A record whose quotes are broken costs only its first line; the scan goes on with the next line, so that an
 * unclosed quote does not swallow the good rows after it.
 */
export async function scanRecords(
  file: UsageFile,
  options: ScanOptions,
  visitor: RecordVisitor = {},
): Promise<RecordScan> {
  const walk = new RecordWalk(file, options, visitor);
  let bytesRead = 0;
  for await (const chunk of readBytes(file, options.signal, (bytes) => (bytesRead = bytes))) {
    walk.take(chunk, false);
    options.onProgress?.(bytesRead, walk.good);
  }
  walk.take(Buffer.alloc(0), true);
  return walk.result();
}

class RecordWalk {
  good = 0;
  readonly #file: UsageFile;
  readonly #visitor: RecordVisitor;
  readonly #delimiter: string | null;
  readonly #decoder: InstanceType<typeof TextDecoder> | null;
  #rest: Buffer = Buffer.alloc(0);
  #header: readonly string[] | null = null;
  #line = 1;
  #rejected = 0;
  #isClean = true;
  #isStart = true;
  #isSkippingLine = false;
  #ending: TextRecord['ending'] | null = null;

  constructor(file: UsageFile, options: ScanOptions, visitor: RecordVisitor) {
    this.#file = file;
    this.#visitor = visitor;
    this.#delimiter = options.delimiter;
    this.#decoder = options.encoding === 'latin-1' ? new TextDecoder('windows-1252') : null;
    this.#isClean = this.#decoder === null;
    if (this.#delimiter === null) this.#header = [];
  }

  take(chunk: Buffer, isLast: boolean): void {
    const bytes = this.#decoder ? Buffer.from(this.#decoder.decode(chunk)) : chunk;
    let buffer = this.#rest.length === 0 ? bytes : Buffer.concat([this.#rest, bytes]);
    if (this.#isStart) {
      if (buffer.length < 3 && !isLast) {
        this.#rest = buffer;
        return;
      }
      buffer = this.#withoutMark(buffer);
    }
    const delimiter = this.#delimiter?.charCodeAt(0);
    let at = 0;
    while (at < buffer.length) {
      if (this.#isSkippingLine) {
        const newline = buffer.indexOf(NEWLINE, at);
        if (newline === -1) at = buffer.length;
        else {
          this.#isSkippingLine = false;
          at = newline + 1;
        }
        continue;
      }
      const record =
        delimiter === undefined
          ? readLineRecord(buffer, at, isLast)
          : readCsvRecord(buffer, at, delimiter, isLast);
      if (record === null) break;
      at = this.#account(buffer, at, record);
    }
    // Copied, because a small rest would keep the whole chunk alive.
    this.#rest = Buffer.from(buffer.subarray(at));
  }

  result(): RecordScan {
    if (this.#header === null)
      throw new SourceError('SOURCE_EMPTY', `${this.#file.name} holds no header line.`, [
        'Look at the job that exports the file; an export without events still has its header.',
      ]);
    return { header: this.#header, good: this.good, rejected: this.#rejected, isClean: this.#isClean };
  }

  /** Books one record and returns where the next one starts. */
  #account(buffer: Buffer, at: number, record: TextRecord): number {
    const line = this.#line;
    if (record.end === at && record.problem === null) {
      this.#line += record.lines;
      this.#isClean = false;
      return record.next;
    }
    const bytes = buffer.subarray(at, record.end);
    const reason = record.problem?.reason ?? this.#fault(bytes, record);
    if (this.#header === null) this.#readHeader(bytes, reason);
    else if (reason === null) {
      this.good++;
      this.#visitor.onRecord?.(bytes, this.good, line);
    } else {
      this.#rejected++;
      this.#isClean = false;
      this.#visitor.onReject?.(line, reason);
    }
    if (record.ending !== 'none') {
      this.#ending ??= record.ending;
      if (this.#ending !== record.ending) this.#isClean = false;
    }
    if (record.problem?.kind !== 'quote') {
      this.#line += record.lines;
      return record.next;
    }
    this.#line++;
    const newline = buffer.indexOf(NEWLINE, at);
    this.#isSkippingLine = newline === -1;
    return newline === -1 ? buffer.length : newline + 1;
  }

  #fault(bytes: Buffer, record: TextRecord): string | null {
    const expected = this.#header?.length ?? record.fields;
    if (this.#delimiter !== null && record.fields !== expected)
      return `${record.fields} fields, the header has ${expected}`;
    return record.isPlainAscii || isUtf8(bytes) ? null : 'not valid UTF-8';
  }

  #readHeader(bytes: Buffer, problem: string | null): void {
    if (problem !== null)
      throw new SourceError(
        'SOURCE_COLUMNS',
        `${this.#file.name}:${this.#line}: the header cannot be read: ${problem}.`,
        ['Export the file again, or set encoding: latin-1 if that is what the exporting system writes.'],
      );
    this.#header = splitCsvRecord(bytes.toString('utf8'), this.#delimiter ?? ',');
    this.#visitor.onHeader?.(this.#header);
  }

  #withoutMark(buffer: Buffer): Buffer {
    this.#isStart = false;
    const isUtf16 = (buffer[0] === 0xff && buffer[1] === 0xfe) || (buffer[0] === 0xfe && buffer[1] === 0xff);
    if (isUtf16 && this.#decoder === null)
      throw new SourceError(
        'SOURCE_ENCODING',
        `${this.#file.name} is UTF-16; usage files are read as UTF-8.`,
        [`Convert it: iconv -f UTF-16 -t UTF-8 ${this.#file.name} -o converted.csv`],
      );
    const hasMark = buffer[0] === 0xef && buffer[1] === 0xbb && buffer[2] === 0xbf;
    return hasMark ? buffer.subarray(3) : buffer;
  }
}
