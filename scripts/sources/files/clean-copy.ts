import { randomUUID } from 'node:crypto';
import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { UsageFile } from './find-files.ts';
import { scanRecords, type ScanOptions } from './scan-records.ts';

const FLUSH_BYTES = 1 << 20;
const NEWLINE = Buffer.from('\n');

/**
 * Writes the good records of a file into a new private file in `folder`: UTF-8, line feeds, every record of the
 * same width. Positional names stand for the header, which DuckDB skips.
 */
export async function writeCleanCopy(
  file: UsageFile,
  options: ScanOptions,
  folder: string,
  header: readonly string[],
): Promise<string> {
  const path = join(folder, `${randomUUID()}.txt`);
  const copy = new CleanCopy(path);
  try {
    if (options.delimiter !== null)
      copy.add(Buffer.from(header.map((_, index) => `c${index}`).join(options.delimiter)));
    await scanRecords(file, options, { onRecord: (bytes) => copy.add(Buffer.from(bytes)) });
  } finally {
    copy.close();
  }
  return path;
}

/** Physical lines of good records, given by ascending ordinal. */
export async function locateRecords(
  file: UsageFile,
  options: ScanOptions,
  ordinals: readonly number[],
): Promise<number[]> {
  const lines: number[] = [];
  await scanRecords(file, options, {
    onRecord: (_, ordinal, line) => {
      if (ordinal === ordinals[lines.length]) lines.push(line);
    },
  });
  return lines;
}

/** Collects records and writes them in large pieces. Synchronous, because the walk over a buffer is. */
class CleanCopy {
  readonly #descriptor: number;
  #pending: Buffer[] = [];
  #bytes = 0;

  constructor(path: string) {
    this.#descriptor = openSync(path, 'wx', 0o600);
  }

  add(record: Buffer): void {
    this.#pending.push(record, NEWLINE);
    this.#bytes += record.length + 1;
    if (this.#bytes >= FLUSH_BYTES) this.#flush();
  }

  close(): void {
    this.#flush();
    closeSync(this.#descriptor);
  }

  #flush(): void {
    writeFully(this.#descriptor, Buffer.concat(this.#pending));
    this.#pending = [];
    this.#bytes = 0;
  }
}

function writeFully(descriptor: number, bytes: Buffer): void {
  for (let at = 0; at < bytes.length;) at += writeSync(descriptor, bytes, at);
}
