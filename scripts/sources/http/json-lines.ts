import { Readable } from 'node:stream';
import { createInterface } from 'node:readline';
import type { ReadableStream } from 'node:stream/web';
import { isRecord, type SourceRecord } from './download.ts';
import { placeOf, type HttpClient } from './http-client.ts';
import { SourceError } from '../source-error.ts';

/**
 * The records of a body of JSON lines. The last line must be whole: a server that gives up in the middle of an export
 * may still end its answer in good order.
 */
export async function* linesOf(
  client: HttpClient,
  url: URL,
  body: globalThis.ReadableStream<Uint8Array> | Readable,
): AsyncGenerator<SourceRecord> {
  const stream = body instanceof Readable ? body : Readable.fromWeb(body as ReadableStream<Uint8Array>);
  let number = 0;
  let failed: unknown;
  stream.on('error', (error) => (failed = error));
  const lines = createInterface({ input: stream, crlfDelay: Infinity });
  try {
    for await (const line of lines) {
      number++;
      if (line.trim() === '') continue;
      yield parse(line, url, number, client);
    }
  } catch (error) {
    if (error instanceof SourceError) throw error;
    failed ??= error;
  } finally {
    lines.close();
    stream.destroy();
  }
  if (failed !== undefined)
    throw client.interrupted(url, `the answer was cut off after line ${number}`, failed);
}

function parse(line: string, url: URL, number: number, client: HttpClient): SourceRecord {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    throw client.interrupted(url, `line ${number} is no complete JSON`, error);
  }
  if (isRecord(value)) return value;
  throw new SourceError('SOURCE_ANSWER', `${placeOf(url)}: line ${number} is no JSON object.`, [
    'Check host and project of the source: this is not an export of events.',
  ]);
}
