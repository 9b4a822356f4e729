import { closeSync, createReadStream, createWriteStream, openSync, writeSync } from 'node:fs';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { createGunzip } from 'node:zlib';
import { Unzip, UnzipInflate } from 'fflate';
import { addDays } from '../facts/calendar-day.ts';
import { basicAuth, type DownloadPart, type DownloadWindow } from './download.ts';
import type { HttpClient } from './http-client.ts';
import type { AmplitudeSourceConfig } from './http-source-config.ts';
import { linesOf } from './json-lines.ts';

// "Data is available to export within 2 hours of when the servers received it."
// https://amplitude.com/docs/apis/analytics/export
const LATE_HOURS = 2;
const NOTHING = 404;

/**
 * The export as it is: by day of upload, a zip of gzipped JSON lines each. A day stays below the 4 GB that one answer may
 * have; a day without uploads is a 404.
 */
export function amplitudeParts(
  config: AmplitudeSourceConfig,
  secrets: { readonly key: string; readonly secret: string },
  { from, now }: DownloadWindow,
): DownloadPart[] {
  const until = new Date(now.getTime() - LATE_HOURS * 3_600_000).toISOString();
  const [lastDay, lastHour] = [until.slice(0, 10), until.slice(11, 13)];
  const headers = basicAuth(secrets.key, secrets.secret);
  const parts: DownloadPart[] = [];
  for (let day = from; day <= lastDay; day = addDays(day, 1)) {
    const name = day.replaceAll('-', '');
    const url = new URL('/api/2/export', config.host);
    url.search = `start=${name}T00&end=${name}T${day === lastDay ? lastHour : '23'}`;
    parts.push(async function* (client, folder) {
      const response = await client.stream({ url, headers }, (status) => status === NOTHING);
      if (response === null) return;
      const own = await mkdtemp(join(folder, 'zip-'));
      try {
        for (const path of await unpack(client, url, response, own))
          yield* linesOf(client, url, gunzipped(path));
      } finally {
        await rm(own, { recursive: true, force: true });
      }
    });
  }
  return parts;
}

function gunzipped(path: string): Readable {
  const gunzip = createGunzip();
  return createReadStream(path)
    .on('error', (error) => gunzip.destroy(error))
    .pipe(gunzip);
}

/** Writes the archive's entries into the folder, a chunk at a time; answers their paths in order. */
async function unpack(client: HttpClient, url: URL, response: Response, folder: string): Promise<string[]> {
  const archive = join(folder, 'export.zip');
  try {
    await pipeline(
      Readable.fromWeb(response.body as ReadableStream<Uint8Array>),
      createWriteStream(archive, { flags: 'wx', mode: 0o600 }),
    );
  } catch (error) {
    throw client.interrupted(url, 'the archive was cut off', error);
  }
  const paths: string[] = [];
  let finished = 0;
  const unzip = new Unzip((entry) => {
    const path = join(folder, `${paths.length}.json.gz`);
    paths.push(path);
    const file = openSync(path, 'wx', 0o600);
    entry.ondata = (error, chunk, isLast) => {
      if (error !== null) throw error;
      writeSync(file, chunk);
      if (!isLast) return;
      finished++;
      closeSync(file);
    };
    entry.start();
  });
  unzip.register(UnzipInflate);
  try {
    for await (const chunk of createReadStream(archive)) unzip.push(chunk as Buffer);
    unzip.push(new Uint8Array(0), true);
  } catch (error) {
    throw client.interrupted(url, 'the archive is damaged', error);
  }
  const entries = await entriesOf(archive);
  if (entries !== finished)
    throw client.interrupted(url, `the archive names ${entries ?? 'no'} files and holds ${finished}`);
  return paths;
}

const END_BYTES = 22;
const END_SIGNATURE = 0x06054b50;

/** Number of entries by the archive's own last record (APPNOTE 4.3.16); null when the end is missing. */
async function entriesOf(archive: string): Promise<number | null> {
  const file = await open(archive, 'r');
  try {
    const { size } = await file.stat();
    if (size < END_BYTES) return null;
    const { buffer } = await file.read(Buffer.alloc(END_BYTES), 0, END_BYTES, size - END_BYTES);
    return buffer.readUInt32LE(0) === END_SIGNATURE ? buffer.readUInt16LE(10) : null;
  } finally {
    await file.close();
  }
}
