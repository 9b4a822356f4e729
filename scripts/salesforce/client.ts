import type { Connection, HttpRequest } from 'jsforce';
import { z } from 'zod';
import type { Clocks } from './clocks.ts';
import { cutText } from './cut-text.ts';
import { objectDescription, type ObjectDescription } from './describe.ts';
import { FatalError, PilotError } from './pilot-error.ts';
import { DEFAULT_RETRY, failureOf, withRetry, type RetryPolicy } from './retry.ts';
import { sameOrigin } from './same-origin.ts';
import { queryPage, type QueryPage } from './query-page.ts';
import { nextBundle, readTogether, type WaitingRead } from './read-together.ts';
import type { Soql } from './soql.ts';
import { wholeAnswerTransport } from './whole-answer-transport.ts';

export const API_VERSION = '67.0';

/** One org over HTTP: the only way anything here talks to Salesforce. Counts its calls. */
export class SalesforceClient {
  readonly instanceUrl: string;
  readonly #connection: Connection;
  readonly #retry: RetryPolicy;
  readonly #described = new Map<string, Promise<ObjectDescription | null>>();
  readonly #loginFailure: () => PilotError | null;
  readonly #signal: AbortSignal | undefined;
  readonly #machineNow: () => number;
  // Our own retry decides for every method alike; jsforce's would repeat GET only, for 15.5 s, unseen.
  readonly #once = { transport: wholeAnswerTransport((headers) => this.#compareClocks(headers)) };
  #clocks: Clocks | null = null;
  #waiting: WaitingRead[] = [];
  #isReading = false;
  #calls = 0;

  /** No request is sent once `signal` is aborted, but for `sendLast`. `loginFailure` tells why the login could not be renewed; jsforce hands on only a sentence about it. */
  constructor(
    connection: Connection,
    options: {
      readonly retry?: RetryPolicy;
      readonly loginFailure?: () => PilotError | null;
      readonly machineNow?: () => number;
      readonly signal?: AbortSignal | undefined;
    } = {},
  ) {
    this.#signal = options.signal;
    this.instanceUrl = connection.instanceUrl;
    this.#connection = connection;
    this.#retry = options.retry ?? DEFAULT_RETRY;
    this.#loginFailure = options.loginFailure ?? (() => null);
    this.#machineNow = options.machineNow ?? Date.now;
  }

  /** HTTP requests sent to the org so far, repetitions included. */
  get apiCalls(): number {
    return this.#calls;
  }

  /** The org's daily API requests as its last answer told (`Sforce-Limit-Info`); null before the first answer. */
  get apiUsage(): { readonly used: number; readonly limit: number } | null {
    return this.#connection.limitInfo.apiUsage ?? null;
  }

  /** The org's clock, by the `Date` of its answers, beside this machine's; null while no answer had one. */
  get clocks(): Clocks | null {
    return this.#clocks;
  }

  /** Of all answers the one that took least: its way makes the org's time look older than it is. */
  #compareClocks(headers: Headers): void {
    const org = Date.parse(headers.get('date') ?? '');
    if (Number.isNaN(org)) return;
    const clocks = { org: new Date(org), machine: new Date(this.#machineNow()) };
    if (this.#clocks === null || apartMs(clocks) < apartMs(this.#clocks)) this.#clocks = clocks;
  }

  get retryPolicy(): RetryPolicy {
    return this.#retry;
  }

  /** One request, repeated when that is safe; `path` below `/services/data/vNN.N` or a full path of this org. */
  async send(method: HttpRequest['method'], path: string, body?: unknown): Promise<unknown> {
    return withRetry(this.#retry, `${method} ${shown(path)}`, () => this.sendOnce(method, path, body));
  }

  /**
   * The answer to a GET. What is asked for at the same moment travels together and counts as one call, so that callers
   * only need to ask at once for what they need at once.
   */
  async #read(path: string): Promise<unknown> {
    return await new Promise((resolve, reject) => {
      this.#waiting.push({ path, url: servicePath(path), resolve, reject });
      if (this.#waiting.length === 1) setImmediate(() => void this.#readWaiting());
    });
  }

  /** One call at a time: what is asked for meanwhile, such as the next pages of several queries, fills the next ones. */
  async #readWaiting(): Promise<void> {
    if (this.#isReading) return;
    this.#isReading = true;
    while (this.#waiting.length > 0) {
      const { bundle, rest } = nextBundle(this.#waiting);
      this.#waiting = rest;
      await readTogether(
        bundle,
        (body) => this.send('POST', '/composite', body),
        ({ path, resolve, reject }) => this.send('GET', path).then(resolve, reject),
      );
      await new Promise(setImmediate);
    }
    this.#isReading = false;
  }

  /** One request without repetition, for a create that must not happen twice. Rejects with what jsforce threw. */
  async sendOnce(method: HttpRequest['method'], path: string, body?: unknown): Promise<unknown> {
    const json =
      body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
    this.#signal?.throwIfAborted();
    return await this.#request({ method, url: this.#urlOf(path), ...json });
  }

  /** One small update that is sent even after `signal` stopped everything else: what a run says when it goes. */
  async sendLast(path: string, body: unknown): Promise<void> {
    const headers = { 'content-type': 'application/json' };
    await this.#request({ method: 'PATCH', url: this.#urlOf(path), body: JSON.stringify(body), headers });
  }

  /** Sends a CSV once: a bulk job takes one upload, so what fails is begun anew with another job. */
  async uploadOnce(path: string, csv: string): Promise<void> {
    this.#signal?.throwIfAborted();
    const headers = { 'content-type': 'text/csv; charset=UTF-8' };
    await this.#request({ method: 'PUT', url: this.#urlOf(path), body: csv, headers });
  }

  /** The answer as it came, for CSV: jsforce would guess the delimiter and split rows at semicolons. */
  async download(path: string): Promise<string> {
    const request = { method: 'GET', url: this.#urlOf(path) } as const;
    return withRetry(this.#retry, `GET ${path}`, async () =>
      z.string().parse(await this.#request(request, { responseType: 'text/plain' })),
    );
  }

  #urlOf(path: string): string {
    return sameOrigin(this.instanceUrl, URL.canParse(path) ? path : servicePath(path));
  }

  async #request(request: HttpRequest, options: { readonly responseType?: string } = {}): Promise<unknown> {
    this.#calls += 1;
    try {
      return await this.#connection.request<unknown>(request, { ...this.#once, ...options });
    } catch (error) {
      throw this.#loginFailure() ?? error;
    }
  }

  /** One page of a query's rows, each parsed: the first, or the one at `next`, which the page before it named. */
  async page<Row>(query: Soql, row: z.ZodType<Row>, next: string | null): Promise<QueryPage<Row>> {
    const path = next ?? `/query?q=${encodeURIComponent(query.text)}`;
    return queryPage(await this.#read(path), row, query.text);
  }

  /**
   * All rows of a query, page by page, each parsed; a row that is not as expected ends the run. `begun` is its first page, where
   * that was read already. A query whose cursor expires is run again from its start, once; a begun one is not, since its page may be
   * of something else, such as the children of a row.
   * @throws TransientError CURSOR_EXPIRED
   */
  async query<Row>(
    query: Soql,
    row: z.ZodType<Row>,
    onPage?: (rows: number, total: number) => void,
    begun?: QueryPage<Row>,
  ): Promise<Row[]> {
    if (begun) return await this.#pages(query, row, onPage, begun);
    const whole = async () => this.#pages(query, row, onPage, await this.page(query, row, null));
    return await whole().catch((error: unknown) => {
      if (error instanceof PilotError && error.code === 'CURSOR_EXPIRED') return whole();
      throw error;
    });
  }

  async #pages<Row>(
    query: Soql,
    row: z.ZodType<Row>,
    onPage: ((rows: number, total: number) => void) | undefined,
    first: QueryPage<Row>,
  ): Promise<Row[]> {
    onPage?.(first.rows.length, first.totalSize);
    const rows: Row[] = [...first.rows];
    let { next } = first;
    while (next !== null) {
      const page: QueryPage<Row> = await this.page(query, row, next);
      rows.push(...page.rows);
      onPage?.(rows.length, page.totalSize);
      if (page.next === next)
        throw new FatalError('QUERY_PAGES_REPEAT', `The org answered the same page twice for ${query.text}`, {
          actions: ['Run again.'],
        });
      next = page.next;
    }
    return rows;
  }

  /** What the org says about an object, once per run; null when it is missing or hidden from the caller. */
  describe(object: string): Promise<ObjectDescription | null> {
    const known = this.#described.get(object);
    if (known) return known;
    const asked = this.#describe(object);
    this.#described.set(object, asked);
    return asked;
  }

  async #describe(object: string): Promise<ObjectDescription | null> {
    try {
      return objectDescription(await this.#read(`/sobjects/${encodeURIComponent(object)}/describe`));
    } catch (error) {
      if (error instanceof PilotError && failureOf(error.cause).code === 'NOT_FOUND') return null;
      throw error;
    }
  }
}

/** A path below the service, or one that the org gave whole. */
function servicePath(path: string): string {
  return path.startsWith('/services/') ? path : `/services/data/v${API_VERSION}${path}`;
}

function apartMs({ org, machine }: Clocks): number {
  return Math.abs(machine.getTime() - org.getTime());
}

// Queries are shown without their values' place in the URL being decoded twice; long ones are cut.
function shown(path: string): string {
  const text = path.startsWith('/query?q=') ? decodeURIComponent(path.slice('/query?q='.length)) : path;
  return cutText(text, 120);
}
