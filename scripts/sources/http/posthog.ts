import { z } from 'zod';
import { addDays } from '../facts/calendar-day.ts';
import { SourceError } from '../source-error.ts';
import type { DownloadPart, DownloadWindow, SourceRecord } from './download.ts';
import { placeOf, type HttpClient, type HttpRequest } from './http-client.ts';
import type { PosthogSourceConfig } from './http-source-config.ts';

// 100 rows unless the query says LIMIT, 50,000 at most (https://posthog.com/docs/api/queries, "Query limits";
// MAX_SELECT_RETURNED_ROWS in posthog/hogql/constants.py).
const PAGE_ROWS = 50_000;
// PostHog writes `created_at` when it takes an event in; what is younger may still be on its way into the tables.
const SETTLED_MS = 15 * 60_000;

// HogQLQueryResponse in frontend/src/queries/schema/schema-general.ts of PostHog/posthog.
const Answer = z.object({ columns: z.array(z.string()), results: z.array(z.array(z.unknown())) });

interface Span {
  readonly first: string;
  readonly last: string;
}

/**
 * Events per UTC day, group, person and name by HogQL. The totals of each day are asked for first; then days are read, as many at
 * once as surely fit a page ("Use timestamp-based pagination instead of OFFSET"), and must add up to them.
 */
export function posthogPart(
  config: PosthogSourceConfig,
  key: string,
  { from, to, now }: DownloadWindow,
  pageRows = PAGE_ROWS,
): DownloadPart {
  const api = new QueryApi(config, key);
  const where = (span: Span) => conditions(config, span, now);
  return async function* (client) {
    const days = await api.ask(client, ['day', 'total'], totalsQuery(where({ first: from, last: to })));
    const totals = new Map(days.map(([day, total]) => [String(day), Number(total)]));
    for (const span of spansOf(totals, pageRows)) {
      const sums = new DaySums(api.url, totals, span);
      for (let offset = 0; ;) {
        const rows = await api.ask(client, COLUMNS, pageQuery(config, where(span), pageRows, offset));
        for (const row of rows) yield sums.take(row);
        offset += rows.length;
        if (rows.length < pageRows) break;
      }
      sums.end();
    }
  };
}

const COLUMNS = ['day', 'usage_key', 'user_id', 'event', 'total'];

class QueryApi {
  readonly url: URL;
  readonly #headers: HttpRequest['headers'];

  constructor({ host, project_id }: PosthogSourceConfig, key: string) {
    this.url = new URL(`/api/projects/${project_id}/query/`, host);
    this.#headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
  }

  /** Rows of a query, worked out now: pages of an older cached answer would not fit together. */
  async ask(client: HttpClient, columns: readonly string[], query: string): Promise<unknown[][]> {
    const body = JSON.stringify({
      query: { kind: 'HogQLQuery', query },
      refresh: 'force_blocking',
      name: 'pilot-tracker usage',
    });
    const answer = await client.json({ url: this.url, method: 'POST', headers: this.#headers, body });
    const parsed = Answer.safeParse(answer.body);
    if (parsed.success && parsed.data.columns.join() === columns.join()) return parsed.data.results;
    throw new SourceError(
      'SOURCE_ANSWER',
      `${placeOf(this.url)}: the answer has no results with the columns ${columns.join(', ')}.`,
      ['Check host and project_id; a newer PostHog may answer in another form.'],
    );
  }
}

/** What the pages of a span add up to, day by day. */
class DaySums {
  readonly #url: URL;
  readonly #left: Map<string, number>;
  #last = '';

  constructor(url: URL, totals: ReadonlyMap<string, number>, { first, last }: Span) {
    this.#url = url;
    this.#left = new Map([...totals].filter(([day]) => day >= first && day <= last));
  }

  take([day, group, person, event, total]: readonly unknown[]): SourceRecord {
    const place = JSON.stringify([day, group, person, event]);
    if (place === this.#last) throw unpaged(this.#url, `${String(day)} comes twice`);
    this.#last = place;
    const left = (this.#left.get(String(day)) ?? 0) - Number(total);
    if (!(left >= 0)) throw unpaged(this.#url, `${String(day)} has more events than announced`);
    this.#left.set(String(day), left);
    return { day, usage_key: group, user_id: person, event, events: total };
  }

  end(): void {
    for (const [day, left] of this.#left)
      if (left !== 0) throw unpaged(this.#url, `${day} lacks ${left} of the events announced`);
  }
}

/** Consecutive days whose events, and so whose rows, are no more than a page together; a day with more stands alone. */
function spansOf(totals: ReadonlyMap<string, number>, pageRows: number): Span[] {
  const spans: (Span & { readonly events: number })[] = [];
  for (const [day, events] of totals) {
    const open = spans.at(-1);
    // Below, not equal: a full page is followed by another request.
    if (open !== undefined && open.events + events < pageRows)
      spans[spans.length - 1] = { first: open.first, last: day, events: open.events + events };
    else spans.push({ first: day, last: day, events });
  }
  return spans;
}

// Without toTimeZone the day would be one of the project's own zone: HogQL prints `timestamp` in it
// (convertToProjectTimezone; the snapshots under posthog/api/test/__snapshots__ show it).
const DAY = "toDate(toTimeZone(timestamp, 'UTC')) AS day";

function totalsQuery(where: string): string {
  return `SELECT ${DAY}, count() AS total FROM events ${where} GROUP BY day ORDER BY day LIMIT ${PAGE_ROWS}`;
}

function pageQuery({ group }: PosthogSourceConfig, where: string, rows: number, offset: number): string {
  return `SELECT ${DAY}, toString($group_${group}) AS usage_key, toString(person_id) AS user_id,
      event, count() AS total FROM events ${where}
    GROUP BY day, usage_key, user_id, event ORDER BY day, usage_key, user_id, event LIMIT ${rows} OFFSET ${offset}`;
}

/** Closed above by when an event was taken in, so that no page sees more than the totals did. */
function conditions({ exclude }: PosthogSourceConfig, { first, last }: Span, now: Date): string {
  const settled = new Date(now.getTime() - SETTLED_MS).toISOString().slice(0, 19).replace('T', ' ');
  const names = exclude.events.map(text).join(', ');
  return [
    `WHERE timestamp >= ${instant(`${first} 00:00:00`)} AND timestamp < ${instant(`${addDays(last, 1)} 00:00:00`)}`,
    `timestamp <= ${instant(settled)} AND created_at <= ${instant(settled)}`,
    ...(names === '' ? [] : [`event NOT IN (${names})`]),
  ].join(' AND ');
}

function instant(utc: string): string {
  return `toDateTime(${text(utc)}, 'UTC')`;
}

/** A ClickHouse string: backslash first, then the quote. */
function text(value: string): string {
  return `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}

function unpaged(url: URL, what: string): SourceError {
  return new SourceError('SOURCE_PAGING', `${placeOf(url)}: ${what}.`, [
    'Run again: people may have been merged or events deleted between two pages.',
    'If it repeats, report this message.',
  ]);
}
