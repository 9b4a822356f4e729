import { randomUUID } from 'node:crypto';
import { open, mkdir, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { RejectedRow } from '../../domain/facts.ts';
import type { LineReject } from './prepared-file.ts';

const SAMPLE = 20;

/**
 * Every rejected row of one source as JSON lines (source, file, line, reason), readable by the owner only.
 * No value of a row is in it. Every read has a file of its own, made with the first reject: two runs may share the
 * folder (two orgs, or a run beside `pilot keys`), and each must name what it rejected itself.
 */
export class RejectLog {
  readonly path: string;
  readonly sample: RejectedRow[] = [];
  count = 0;
  readonly #source: string;
  #handle: FileHandle | null = null;

  /** `now` is the run's clock, so that names sort by run. */
  constructor(folder: string, source: string, now: Date) {
    this.#source = source;
    const run = `${now.toISOString().replaceAll(/[:.]/g, '-')}-${randomUUID().slice(0, 8)}`;
    this.path = join(folder, `${source}.${run}.rejected.jsonl`);
  }

  /** Adds one file's rejects, which are put in the order of their lines. */
  async add(file: string, rejects: readonly LineReject[]): Promise<void> {
    if (rejects.length === 0) return;
    const rows = rejects
      .toSorted((a, b) => a.line - b.line)
      .map(({ line, reason }) => ({ file, line, reason }));
    this.sample.push(...rows.slice(0, SAMPLE - this.sample.length));
    this.count += rows.length;
    this.#handle ??= await this.#open();
    const PART = 10_000;
    for (let at = 0; at < rows.length; at += PART) {
      const lines = rows
        .slice(at, at + PART)
        .map((row) => `${JSON.stringify({ source: this.#source, ...row })}\n`);
      await this.#handle.appendFile(lines.join(''));
    }
  }

  async close(): Promise<void> {
    await this.#handle?.close();
    this.#handle = null;
  }

  async #open(): Promise<FileHandle> {
    await mkdir(dirname(this.path), { recursive: true, mode: 0o700 });
    return open(this.path, 'wx', 0o600);
  }
}
