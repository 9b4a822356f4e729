import type { Day, UsageLink } from '../../domain/facts.ts';
import { literal } from '../engine/sql.ts';
import { addDays } from '../facts/calendar-day.ts';
import type { PostgresColumn } from './postgres-session.ts';
import type { PostgresSourceConfig } from './postgres-source-config.ts';
import { DATE, NUMBERS, TIMESTAMP, TIMESTAMPTZ } from './typed-columns.ts';

// Nine weeks: what a rep recognises a workspace by that is linked to nobody, also where no pilot runs.
const RECENT_DAYS = 63;
// A day is judged by the four same weekdays before it (product.md, "When data may be believed").
const JUDGED_BY_DAYS = 28;
// A day begins up to 14 hours before UTC's and ends up to 12 after it; a column's own zone may add as much.
const ZONE_DAYS = 2;

/** First day that a read of these links needs; null, which is all of the table, when one of them has no beginning. */
export function readSince(links: readonly UsageLink[], now: Date): Day | null {
  let first = addDays(now.toISOString().slice(0, 10), -RECENT_DAYS);
  for (const { from } of links) {
    if (from === null) return null;
    if (from < first) first = from;
  }
  return addDays(first, -(JUDGED_BY_DAYS + ZONE_DAYS));
}

/**
 * Condition on the bare time column, so that an index or partitions by it are used; null where its type has no order in time (text)
 * or all is read. Rows without a time are read too: they are rejected by name.
 */
export function sinceCondition(
  { columns: { event_time }, time_format }: PostgresSourceConfig,
  columns: readonly PostgresColumn[],
  since: Day | null,
  column: string,
): string | null {
  if (since === null) return null;
  const type = columns.find(({ name }) => name === event_time)?.type ?? 0;
  const bound = time_format === 'iso' ? calendarBound(type, since) : numberBound(type, since, time_format);
  return bound === null ? null : `(${column} >= ${bound} OR ${column} IS NULL)`;
}

function calendarBound(type: number, since: Day): string | null {
  if (type === TIMESTAMPTZ) return `TIMESTAMPTZ ${literal(`${since} 00:00:00Z`)}`;
  if (type === TIMESTAMP) return `TIMESTAMP ${literal(`${since} 00:00:00`)}`;
  return type === DATE ? `DATE ${literal(since)}` : null;
}

function numberBound(type: number, since: Day, format: 'epoch_s' | 'epoch_ms'): string | null {
  if (!NUMBERS.has(type)) return null;
  return String(Date.parse(since) / (format === 'epoch_ms' ? 1 : 1000));
}
