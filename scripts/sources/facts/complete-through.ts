import { readFile } from 'node:fs/promises';
import type { UsageConfig } from '../usage-config.ts';
import type { Engine } from '../engine/engine.ts';
import { SourceError } from '../source-error.ts';
import type { UsageData } from '../usage-data.ts';
import { addDays, startOfDay } from './calendar-day.ts';

const HOUR_MS = 3_600_000;

/**
 * The instant through which the source is complete: what its marker file says, else the newest readable event
 * (also an excluded one: a heartbeat proves that the export runs) minus `lag_hours`. Null when there is no event.
 */
export async function completeThrough(
  config: UsageConfig,
  engine: Engine,
  now: Date,
  data: Pick<UsageData, 'completeThrough'> = {},
): Promise<Date | null> {
  const zone = config.time_zone ?? 'UTC';
  const told = (await data.completeThrough?.()) ?? (await readMarker(config.complete_through));
  if (told !== null) return parseMarker(told, zone, now);
  const [row] = await engine.rows(
    'SELECT epoch_ms(max(moment)) AS "newest", max("day")::VARCHAR AS "newestDay" FROM key_day WHERE problem IS NULL',
  );
  const newestDay = row?.['newestDay'];
  if (config.grain !== 'event' && typeof newestDay === 'string')
    return new Date(
      earliest(startOfDay(addDays(newestDay, 1), zone), now).getTime() - config.lag_hours * HOUR_MS,
    );
  const newest = row?.['newest'];
  return newest === null || newest === undefined
    ? null
    : new Date(Number(newest) - config.lag_hours * HOUR_MS);
}

async function readMarker(path: string | undefined): Promise<Told | null> {
  if (path === undefined) return null;
  const place = `The marker file ${path}`;
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw markerError(place, 'cannot be read', error);
  });
  return { text: text.split('\n')[0]!.trim(), place };
}

interface Told {
  readonly text: string;
  readonly place: string;
}

function parseMarker({ text, place }: Told, zone: string, now: Date): Date {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text) && isDay(text))
    return earliest(startOfDay(addDays(text, 1), zone), now);
  const instant = /^\d{4}-\d{2}-\d{2}T.+(Z|[+-]\d{2}:\d{2})$/.test(text) ? new Date(text) : null;
  if (instant === null || Number.isNaN(instant.getTime()))
    throw markerError(place, 'holds no day and no instant');
  return earliest(instant, now);
}

function isDay(text: string): boolean {
  const instant = new Date(text);
  return !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(text);
}

function earliest(a: Date, b: Date): Date {
  return a < b ? a : b;
}

function markerError(place: string, what: string, cause?: unknown): SourceError {
  return new SourceError(
    'SOURCE_MARKER',
    `${place} ${what}.`,
    [
      'It must say a day (2026-11-17) or an instant (2026-11-17T23:00:00Z).',
      'Without a marker leave complete_through out; the newest event minus lag_hours counts then.',
    ],
    cause,
  );
}
