import type { HttpClient } from './http-client.ts';

/** One record of a source, nested as it came. */
export type SourceRecord = Readonly<Record<string, unknown>>;

/** First and last day to read, and the run's clock. */
export interface DownloadWindow {
  readonly from: string;
  readonly to: string;
  readonly now: Date;
}

/** A part of a download that can be made again from its start; each becomes a file of its own. */
export type DownloadPart = (client: HttpClient, folder: string) => AsyncGenerator<SourceRecord>;

/**
 * A record with its nested keys joined by dots, so that `properties.time` is the name of a column. A list of one value is that
 * value (Amplitude's groups); other lists stay as JSON.
 */
export function flatten(record: SourceRecord, prefix = ''): Record<string, string | number | boolean | null> {
  const flat: Record<string, string | number | boolean | null> = {};
  for (const [key, value] of Object.entries(record)) {
    const name = `${prefix}${key}`;
    const one: unknown = Array.isArray(value) && value.length === 1 ? value[0] : value;
    if (isRecord(one)) Object.assign(flat, flatten(one, `${name}.`));
    else if (typeof one === 'string' || typeof one === 'number' || typeof one === 'boolean') flat[name] = one;
    else flat[name] = one === null || one === undefined ? null : JSON.stringify(one);
  }
  return flat;
}

export function isRecord(value: unknown): value is SourceRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function basicAuth(user: string, secret: string): Record<string, string> {
  return { authorization: `Basic ${Buffer.from(`${user}:${secret}`).toString('base64')}` };
}
