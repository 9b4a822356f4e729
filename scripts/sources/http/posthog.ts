import { z } from 'zod';
import { SourceError } from '../source-error.ts';
import type { DownloadPart, DownloadWindow, SourceRecord } from './download.ts';
import type { HttpClient, HttpRequest } from './http-client.ts';
import { placeOf } from './http-client.ts';
import type { PosthogSourceConfig } from './http-source-config.ts';

// https://posthog.com/docs/api/queries: 100 rows unless the query says LIMIT, 50,000 at most.
const PAGE_ROWS = 50_000;

const Answer = z.object({ columns: z.array(z.string()), results: z.array(z.array(z.unknown())) });

/** Events per day, group, person and name by HogQL; what the pages hold must add up to the totals asked for first. */
export function posthogPart(
  config: PosthogSourceConfig,
  key: string,
  { from, now }: DownloadWindow,
  pageRows = PAGE_ROWS,
): DownloadPart {
  const url = new URL(`/api/projects/${config.project_id}/query/`, config.host);
  const ask = async (client: HttpClient, query: string): Promise<unknown[][]> => {
    const request: HttpRequest = {
      url,
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ query: { kind: 'HogQLQuery', query } }),
    };
    const parsed = Answer.safeParse((await client.json(request)).body);
    if (parsed.success) return parsed.data.results;
    throw new SourceError('SOURCE_ANSWER', `${placeOf(url)}: the answer has no results and columns.`, [
      'Check host and project_id; a newer PostHog may answer in another form.',
    ]);
  };
  const where = conditions(config, from, now);
  return async function* (client) {
    const totals = new Map(
      (
        await ask(
          client,
          `SELECT toDate(timestamp) AS day, count() AS events FROM events ${where}
        GROUP BY day ORDER BY day LIMIT ${PAGE_ROWS}`,
        )
      ).map(([day, events]) => [String(day), Number(events)]),
    );
    const seen = new Map<string, number>();
    let last = '';
    for (let offset = 0; ;) {
      const rows = await ask(client, pageQuery(config, where, pageRows, offset));
      if (rows.length === 0) break;
      for (const row of rows) {
        const [day, group, person, event, count] = row;
        const place = JSON.stringify([day, group, person, event]);
        if (place === last) throw unpaged(url, `${String(day)} comes twice`);
        last = place;
        const sum = (seen.get(String(day)) ?? 0) + Number(count);
        if (sum > (totals.get(String(day)) ?? 0))
          throw unpaged(url, `${String(day)} has more events than announced`);
        seen.set(String(day), sum);
        yield { day, usage_key: group, user_id: person, event, events: count } as SourceRecord;
      }
      offset += rows.length;
    }
    for (const day of new Set([...totals.keys(), ...seen.keys()])) {
      const [asked, got] = [totals.get(day) ?? 0, seen.get(day) ?? 0];
      if (asked !== got) throw unpaged(url, `${day} has ${asked} events, its pages ${got}`);
    }
  };
}

function pageQuery({ group }: PosthogSourceConfig, where: string, rows: number, offset: number): string {
  return `SELECT toDate(timestamp) AS day, toString($group_${group}) AS usage_key, toString(person_id) AS user_id,
      event, count() AS events FROM events ${where}
    GROUP BY day, usage_key, user_id, event ORDER BY day, usage_key, user_id, event LIMIT ${rows} OFFSET ${offset}`;
}

/** Closed above by the run's clock, so that no page sees more than the one before. */
function conditions({ exclude }: PosthogSourceConfig, from: string, now: Date): string {
  const until = now.toISOString().slice(0, 19).replace('T', ' ');
  const names = exclude.events.map(text).join(', ');
  const others = names === '' ? '' : ` AND event NOT IN (${names})`;
  return `WHERE timestamp >= toDateTime(${text(`${from} 00:00:00`)}, 'UTC')
    AND timestamp <= toDateTime(${text(until)}, 'UTC')${others}`;
}

/** A ClickHouse string: backslash first, then the quote. */
function text(value: string): string {
  return `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}

function unpaged(url: URL, what: string): SourceError {
  return new SourceError('SOURCE_PAGING', `${placeOf(url)}: ${what}.`, [
    'Run again: late events may have arrived between two pages.',
    'If it repeats, report this message.',
  ]);
}
