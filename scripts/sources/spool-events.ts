import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';

export interface SpooledEvents {
  readonly path: string;
  remove(): Promise<void>;
}

/**
 * Writes a stream of JSON lines into a private file, because a read looks at its data twice. An empty stream makes an
 * empty file, which a file source refuses: a query that failed must never read as "no usage".
 */
export async function spoolEvents(input: NodeJS.ReadableStream): Promise<SpooledEvents> {
  const folder = await mkdtemp(join(tmpdir(), 'pilot-events-'));
  const remove = () => rm(folder, { recursive: true, force: true });
  const path = join(folder, 'stdin.ndjson');
  try {
    await pipeline(input, createWriteStream(path, { flags: 'wx', mode: 0o600 }));
    return { path, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}
