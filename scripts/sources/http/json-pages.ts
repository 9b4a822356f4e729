import { createHash } from 'node:crypto';
import { SourceError } from '../source-error.ts';
import { isRecord, type DownloadPart, type DownloadWindow, type SourceRecord } from './download.ts';
import { placeOf } from './http-client.ts';
import type { JsonSourceConfig } from './http-source-config.ts';
import { secretOf, type Environment } from './secret.ts';

/** Page after page of any JSON API. What does not fit together stops the read by name: no page is guessed. */
export function jsonPart(
  config: JsonSourceConfig,
  environment: Environment,
  { from, to }: DownloadWindow,
): DownloadPart {
  const start = new URL(config.url.replaceAll('{from}', from).replaceAll('{to}', to));
  const headers = headersOf(config, environment);
  return async function* (client) {
    const pages = new Pages(config, start);
    for (let url: URL | null = pages.first(); url !== null;) {
      const answer = await client.json({ url, headers });
      const rows = pages.take(answer.body);
      yield* rows;
      url = pages.next(answer.body, answer.headers, rows.length);
    }
    pages.end();
  };
}

class Pages {
  readonly #config: JsonSourceConfig;
  readonly #start: URL;
  readonly #seen = new Set<string>();
  #number = 0;
  #rows = 0;
  #largest = 0;
  #short = false;
  #total: number | null = null;

  constructor(config: JsonSourceConfig, start: URL) {
    this.#config = config;
    this.#start = start;
  }

  first(): URL {
    const { paging } = this.#config;
    return paging.by === 'page' ? this.#with(paging.param, String(paging.first)) : this.#start;
  }

  take(body: unknown): SourceRecord[] {
    this.#number++;
    const { rows: path, total } = this.#config;
    const rows = path === null ? body : valueAt(body, path);
    if (!Array.isArray(rows) || !rows.every(isRecord))
      throw this.#answer(`has no list of objects ${path === null ? 'as its body' : `at ${path}`}`, 'rows');
    if (total !== undefined) this.#expect(valueAt(body, total), total);
    if (rows.length > 0) this.#refuseRepeat(rows);
    if (this.#config.paging.by === 'page' && this.#short && rows.length > 0)
      throw this.#paging(`is not empty, and the one before was shorter than others`);
    this.#short = rows.length < this.#largest;
    this.#largest = Math.max(this.#largest, rows.length);
    this.#rows += rows.length;
    return rows;
  }

  next(body: unknown, headers: Headers, rows: number): URL | null {
    const { paging } = this.#config;
    switch (paging.by) {
      case 'none':
        return null;
      case 'page':
        return rows === 0 ? null : this.#with(paging.param, String(paging.first + this.#number));
      case 'cursor': {
        const cursor = valueAt(body, paging.next);
        if (cursor === null || cursor === '') return null;
        if (typeof cursor !== 'string' && typeof cursor !== 'number')
          throw this.#answer(`has no cursor at ${paging.next}; the last page has null there`, 'paging.next');
        return this.#once(this.#with(paging.param, String(cursor)));
      }
      case 'link': {
        const next = /<([^>]*)>\s*;[^,]*\brel="?next"?/i.exec(headers.get('link') ?? '')?.[1];
        if (next === undefined) return null;
        const url = new URL(next, this.#start);
        // The headers hold a secret: they go nowhere else.
        if (url.origin !== this.#start.origin) throw this.#paging(`leads to another server, ${url.origin}`);
        return this.#once(url);
      }
    }
  }

  end(): void {
    if (this.#total !== null && this.#rows !== this.#total)
      throw this.#paging(`is the last; all have ${this.#rows} events, ${this.#total} were announced`);
  }

  #expect(value: unknown, path: string): void {
    if (typeof value !== 'number') throw this.#answer(`has no number at ${path}`, 'total');
    this.#total = value;
  }

  #refuseRepeat(rows: readonly SourceRecord[]): void {
    const hash = createHash('sha256').update(JSON.stringify(rows)).digest('base64');
    if (this.#seen.has(hash)) throw this.#paging('repeats an earlier one');
    this.#seen.add(hash);
  }

  #once(url: URL): URL {
    if (this.#seen.has(url.href)) throw this.#paging('leads back to an earlier one');
    this.#seen.add(url.href);
    return url;
  }

  #with(param: string, value: string): URL {
    const url = new URL(this.#start);
    url.searchParams.set(param, value);
    return url;
  }

  #paging(what: string): SourceError {
    return new SourceError('SOURCE_PAGING', `${placeOf(this.#start)}: page ${this.#number} ${what}.`, [
      'Run again: data may have changed between two pages.',
      `If it repeats, check paging of source ${this.#config.name}.`,
    ]);
  }

  #answer(what: string, key: string): SourceError {
    return new SourceError('SOURCE_ANSWER', `${placeOf(this.#start)}: page ${this.#number} ${what}.`, [
      `Check ${key} of source ${this.#config.name} against what the API answers.`,
    ]);
  }
}

function valueAt(body: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (value, key) => (isRecord(value) && Object.hasOwn(value, key) ? value[key] : undefined),
      body,
    );
}

function headersOf({ headers, name }: JsonSourceConfig, environment: Environment): Record<string, string> {
  return Object.fromEntries(
    Object.entries({ accept: 'application/json', ...headers }).map(([header, value]) => [
      header,
      value.replaceAll(/\$\{(\w+)\}/g, (_, variable: string) => secretOf(environment, variable, name)),
    ]),
  );
}
