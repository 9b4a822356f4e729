import { createHash } from 'node:crypto';
import { addDays } from '../facts/calendar-day.ts';
import {
  basicAuth,
  isRecord,
  type DownloadPart,
  type DownloadWindow,
  type SourceRecord,
} from './download.ts';
import type { MixpanelSourceConfig } from './http-source-config.ts';
import { linesOf } from './json-lines.ts';

// 60 calls an hour (https://docs.mixpanel.com/reference/raw-event-export): a year takes 13.
const DAYS_A_CALL = 30;
/** The column with what makes an event the same: exports are not de-duplicated. */
export const MIXPANEL_EVENT_ID = 'mixpanel_event_id';

/**
 * The raw export, one part for each 30 days. A repeated event is told by `$insert_id`, name, person and time
 * (https://docs.mixpanel.com/reference/raw-data-export-api).
 */
export function mixpanelParts(
  config: MixpanelSourceConfig,
  secrets: { readonly user: string; readonly secret: string },
  { from, to }: DownloadWindow,
): DownloadPart[] {
  const parts: DownloadPart[] = [];
  for (let first = from; first <= to; first = addDays(first, DAYS_A_CALL)) {
    const end = addDays(first, DAYS_A_CALL - 1);
    const url = new URL('/api/2.0/export', config.host);
    url.search = new URLSearchParams({
      from_date: first,
      to_date: end < to ? end : to,
      project_id: config.project_id,
    }).toString();
    parts.push(async function* (client) {
      const headers = { ...basicAuth(secrets.user, secrets.secret), accept: 'text/plain' };
      const response = await client.stream({ url, headers }, () => false);
      for await (const record of linesOf(client, url, response!.body!)) yield identified(record);
    });
  }
  return parts;
}

function identified(record: SourceRecord): SourceRecord {
  const properties = isRecord(record['properties']) ? record['properties'] : {};
  const insertId = properties['$insert_id'];
  if (insertId === undefined || insertId === null) return record;
  const same = JSON.stringify([insertId, record['event'], properties['distinct_id'], properties['time']]);
  return { ...record, [MIXPANEL_EVENT_ID]: createHash('sha256').update(same).digest('base64url') };
}
