import { SourceError } from '../source-error.ts';

export interface HttpRequest {
  readonly url: URL;
  readonly method?: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface HttpClock {
  /** Resolves after so many milliseconds. */
  readonly sleep: (ms: number) => Promise<void>;
}

const ATTEMPTS = 4;
const FIRST_WAIT_MS = 1000;
// A scheduled run should rather end and come again than sleep through its hour.
const LONGEST_WAIT_MS = 10 * 60_000;
const ANSWER_MS = 5 * 60_000;

/** What broke on the way: worth another attempt, unlike an answer that says no. */
export class Interrupted extends SourceError {
  /** The same after the last attempt, so that nobody further out begins again. */
  final(): SourceError {
    return new SourceError(this.code, this.message, this.actions, this.cause);
  }
}

/** Sends requests of one source; repeats what a busy or failing server may answer differently a moment later. */
export class HttpClient {
  readonly #source: string;
  readonly #clock: HttpClock;
  readonly #signal: AbortSignal | undefined;

  constructor(source: string, clock: HttpClock, signal: AbortSignal | undefined) {
    this.#source = source;
    this.#clock = clock;
    this.#signal = signal;
  }

  /** The body as JSON. A body that is cut off is asked for again. */
  json(request: HttpRequest): Promise<{ readonly body: unknown; readonly headers: Headers }> {
    return this.persist(async () => {
      const response = await this.#once(request);
      const text = await response.text().catch((error: unknown) => {
        throw this.interrupted(request.url, 'the answer was cut off', error);
      });
      try {
        return { body: JSON.parse(text) as unknown, headers: response.headers };
      } catch (error) {
        throw this.interrupted(request.url, 'the answer is no complete JSON', error);
      }
    });
  }

  /** The response with its body unread, or null for 404 where that means "nothing". */
  async stream(request: HttpRequest, isNothing: (status: number) => boolean): Promise<Response | null> {
    const response = await this.#once(request, isNothing);
    return isNothing(response.status) ? null : response;
  }

  /** Runs work again that was interrupted, a few times and with growing pauses. */
  async persist<T>(work: () => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++)
      try {
        return await work();
      } catch (error) {
        this.#signal?.throwIfAborted();
        if (!(error instanceof Interrupted)) throw error;
        const asked = error instanceof Busy ? error.waitMs : null;
        if (attempt === ATTEMPTS || (asked !== null && asked > LONGEST_WAIT_MS)) throw error.final();
        await this.#clock.sleep(asked ?? FIRST_WAIT_MS * 2 ** (attempt - 1));
      }
  }

  interrupted(url: URL, what: string, cause?: unknown): Interrupted {
    return new Interrupted(
      'SOURCE_UNREACHABLE',
      `${placeOf(url)}: ${what}.`,
      ['Run again later; nothing of this read was used.'],
      cause,
    );
  }

  async #once(request: HttpRequest, isNothing = (_status: number) => false): Promise<Response> {
    const { url, method = 'GET', headers, body } = request;
    this.#signal?.throwIfAborted();
    const timeout = AbortSignal.timeout(ANSWER_MS);
    const signal = this.#signal === undefined ? timeout : AbortSignal.any([this.#signal, timeout]);
    const response = await fetch(url, {
      method,
      headers,
      signal,
      redirect: 'error',
      ...(body === undefined ? {} : { body }),
    }).catch((error: unknown) => {
      throw this.interrupted(url, `no answer (${reasonOf(error)})`, error);
    });
    if (response.ok || isNothing(response.status)) return response;
    await response.body?.cancel();
    throw this.#failure(url, response);
  }

  #failure(url: URL, { status, headers }: Response): SourceError {
    const place = placeOf(url);
    if (status === 401 || status === 403)
      return new SourceError(
        'SOURCE_REFUSED',
        `${place} answered ${status}: the credentials are not accepted.`,
        [`Check the variables that source ${this.#source} names, and what the key may do.`],
      );
    if (status === 429 || status >= 500)
      return new Busy(place, status, retryAfterMs(headers.get('retry-after')));
    return new SourceError('SOURCE_ANSWER', `${place} answered ${status}.`, [
      `Check host, project and url of source ${this.#source}.`,
      ...(status === 400 ? ['A range that is too large is refused like this; lower days.'] : []),
    ]);
  }
}

class Busy extends Interrupted {
  readonly waitMs: number | null;

  constructor(place: string, status: number, waitMs: number | null) {
    const asked = waitMs === null ? '' : ` and asks to wait ${Math.ceil(waitMs / 1000)} s`;
    super('SOURCE_UNREACHABLE', `${place} answered ${status}${asked}.`, [
      'Run again later; nothing of this read was used.',
      ...(status === 429
        ? ['Other users of the same key share its limit; let the sync run less often.']
        : []),
    ]);
    this.waitMs = waitMs;
  }
}

/** Where a request went, without the query: it may hold a cursor or a key. */
export function placeOf(url: URL): string {
  return `${url.origin}${url.pathname}`;
}

/** RFC 9110 §10.2.3: seconds, or a date. */
function retryAfterMs(value: string | null): number | null {
  if (value === null) return null;
  if (/^\d{1,9}$/.test(value)) return Number(value) * 1000;
  const at = Date.parse(value);
  return Number.isNaN(at) ? null : Math.max(0, at - Date.now());
}

function reasonOf(error: unknown): string {
  const { cause } = error as { cause?: unknown };
  if (cause instanceof Error && 'code' in cause) return String(cause.code);
  return error instanceof Error ? error.message : String(error);
}
