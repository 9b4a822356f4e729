import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { PassThrough, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { SourceError } from '../source-error.ts';
import type { UsageFile } from './find-files.ts';

const CHUNK_BYTES = 1 << 20;

/**
 * The file's bytes, unpacked. Gzip is unpacked here and not by DuckDB, which accepts a file without its
 * checksum in silence; zlib raises Z_BUF_ERROR or Z_DATA_ERROR for truncation and bit flips.
 */
export async function* readBytes(
  file: UsageFile,
  signal?: AbortSignal,
  onBytesRead?: (bytes: number) => void,
): AsyncGenerator<Buffer> {
  const raw = createReadStream(file.path, { highWaterMark: CHUNK_BYTES });
  const out: Readable = file.isGzipped ? unpack(raw) : raw;
  try {
    for await (const chunk of out as AsyncIterable<Buffer>) {
      signal?.throwIfAborted();
      onBytesRead?.(raw.bytesRead);
      yield chunk;
    }
  } catch (error) {
    signal?.throwIfAborted();
    throw readError(file, error);
  } finally {
    raw.destroy();
    out.destroy();
  }
}

function unpack(raw: Readable): Readable {
  const out = new PassThrough({ highWaterMark: CHUNK_BYTES });
  // A failure reaches the reader by destroying `out`; the promise itself has nobody else to tell.
  pipeline(raw, createGunzip({ chunkSize: CHUNK_BYTES }), out).catch((error: Error) => out.destroy(error));
  return out;
}

function readError(file: UsageFile, error: unknown): SourceError {
  if (error instanceof SourceError) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code.startsWith('Z_'))
    return new SourceError(
      'SOURCE_DAMAGED',
      `${file.name} is not a complete gzip file (${code}); nothing of it is used.`,
      [
        'Copy or export the file again; it was cut off or changed on the way.',
        `Test it with: gzip -t ${file.name}`,
      ],
      error,
    );
  return new SourceError(
    'SOURCE_UNREADABLE',
    `${file.name} cannot be read (${code || String(error)}).`,
    ['Check the permissions of the file and its folder for the user the sync runs as.'],
    error,
  );
}
