import { closeSync, openSync, writeSync } from 'node:fs';

const FLUSH_BYTES = 1 << 20;
const NEWLINE = Buffer.from('\n');

/** Writes records one per line end into a new private file. Synchronous, because the CSV walk is. */
export class CleanCopy {
  readonly path: string;
  readonly #descriptor: number;
  #pending: Buffer[] = [];
  #bytes = 0;

  constructor(path: string) {
    this.path = path;
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
