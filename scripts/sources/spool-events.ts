import { createWriteStream } from 'node:fs';
import { open, rename, rm, truncate, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { makePrivateFolder } from './private-folder.ts';
import { SourceError } from './source-error.ts';

export interface SpooledEvents {
  readonly path: string;
  remove(): Promise<void>;
}

const FOLDER = join(tmpdir(), 'pilot-events-');
const NEWLINE = 0x0a;
const TAIL_BYTES = 1_048_576;

/**
 * Writes a stream of JSON lines, plain or gzipped, into a private file, because a read looks at its data twice. A
 * stream without an event makes an empty file, which a file source refuses: a query that failed must never read as
 * "no usage". @throws SourceError SOURCE_DAMAGED when it breaks, or ends in the middle of a line
 */
export async function spoolEvents(input: NodeJS.ReadableStream): Promise<SpooledEvents> {
  const folder = await makePrivateFolder('events');
  const remove = () => rm(folder, { recursive: true, force: true });
  const path = join(folder, 'stdin.ndjson');
  try {
    await pipeline(input, createWriteStream(path, { flags: 'wx', mode: 0o600 })).catch((error: unknown) => {
      throw damaged('broke off', error);
    });
    return { path: await settled(path), remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** How messages call a file: the random folder of a spooled one would make every run's issue a new one. */
export function shownName(path: string): string {
  return isSpooled(path) ? 'standard input' : path;
}

/** Whether a file is what came over a pipe. */
export function isSpooled(path: string): boolean {
  return path.startsWith(FOLDER) && basename(path).startsWith('stdin.');
}

/** The path under which the file says what it is, once it is known to be whole. */
async function settled(path: string): Promise<string> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const head = await bytesAt(file, 0, Math.min(size, 2));
    // RFC 1952: every gzip file begins so, and no JSON does.
    if (head[0] === 0x1f && head[1] === 0x8b) {
      await rename(path, `${path}.gz`);
      return `${path}.gz`;
    }
    const start = Math.max(0, size - TAIL_BYTES);
    const tail = await bytesAt(file, start, size - start);
    if (start === 0 && tail.toString('utf8').trim() === '') await truncate(path);
    else if (tail.at(-1) !== NEWLINE && !isJson(tail.subarray(tail.lastIndexOf(NEWLINE) + 1)))
      throw damaged('ends in the middle of a line');
    return path;
  } finally {
    await file.close();
  }
}

async function bytesAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  return (await file.read({ buffer: Buffer.alloc(length), position })).buffer.subarray(0, length);
}

function isJson(line: Buffer): boolean {
  try {
    return JSON.parse(line.toString('utf8')) !== undefined;
  } catch {
    return false;
  }
}

function damaged(how: string, cause?: unknown): SourceError {
  return new SourceError(
    'SOURCE_DAMAGED',
    `Standard input ${how}; nothing of it is used.`,
    [
      'Look at the command before the pipe, and run both again.',
      'Let the shell notice its failures: set -o pipefail',
    ],
    cause,
  );
}
