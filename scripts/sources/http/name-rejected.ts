import { createReadStream, createWriteStream } from 'node:fs';
import { rename } from 'node:fs/promises';
import { createInterface, type Interface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadSummary, RejectedRow } from '../../domain/facts.ts';
import { SourceError } from '../source-error.ts';

/** What names a record at the service: the names of its columns, and how messages call the service. */
export interface RecordName {
  readonly place: string;
  readonly columns: readonly string[];
}

/**
 * Names rejected rows by what the service knows of them, since the download with their lines goes with the read: by event id, else
 * by key and time, as a table's rows are. `downloads` must still be there; both files are walked side by side.
 */
export async function nameRejected(
  summary: ReadSummary,
  downloads: readonly string[],
  name: RecordName,
): Promise<ReadSummary> {
  if (summary.rejectFile === null) return summary;
  const sample: RejectedRow[] = [];
  const walk = new DownloadWalk(downloads);
  async function* renamed(file: string) {
    for await (const text of linesOf(file)) {
      const row = JSON.parse(text) as RejectedRow & { readonly source: string };
      const record = await walk.record(row.file, row.line);
      const which = name.columns.map((column) => `${column} ${shown(record[column])}`).join(', ');
      const named = { file: name.place, line: row.line, reason: `${row.reason} (${which})` };
      if (sample.length < summary.rejectedSample.length) sample.push(named);
      yield `${JSON.stringify({ source: row.source, ...named })}\n`;
    }
  }
  try {
    const whole = `${summary.rejectFile}.new`;
    await pipeline(
      Readable.from(renamed(summary.rejectFile)),
      createWriteStream(whole, { flags: 'wx', mode: 0o600 }),
    );
    await rename(whole, summary.rejectFile);
  } finally {
    walk.close();
  }
  return { ...summary, rejectedSample: sample };
}

const shown = (value: unknown) =>
  value === undefined || value === null || value === '' ? 'empty' : String(value);

const linesOf = (path: string) => createInterface({ input: createReadStream(path), crlfDelay: Infinity });

/** Records of downloads by file and line, asked for in the order in which they stand. */
class DownloadWalk {
  readonly #downloads: readonly string[];
  #open: {
    readonly file: string;
    readonly lines: Interface;
    readonly iterator: AsyncIterator<string>;
  } | null = null;
  #line = 0;

  constructor(downloads: readonly string[]) {
    this.#downloads = downloads;
  }

  async record(file: string, line: number): Promise<Readonly<Record<string, unknown>>> {
    if (this.#open?.file !== file) this.#start(file);
    for (;;) {
      const { done, value } = await this.#open!.iterator.next();
      this.#line++;
      if (done === true || this.#line > line) throw lost(file, line);
      if (this.#line === line) return JSON.parse(value) as Readonly<Record<string, unknown>>;
    }
  }

  close(): void {
    this.#open?.lines.close();
  }

  #start(file: string): void {
    this.close();
    if (!this.#downloads.includes(file)) throw lost(file, 0);
    const lines = linesOf(file);
    this.#open = { file, lines, iterator: lines[Symbol.asyncIterator]() };
    this.#line = 0;
  }
}

function lost(file: string, line: number): SourceError {
  return new SourceError('SOURCE_MISCOUNT', `The rejected row ${file}:${line} is not in the download.`, [
    'Report this message.',
  ]);
}
