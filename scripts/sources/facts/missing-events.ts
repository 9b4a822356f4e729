import type { Day, MissingEvent } from '../../domain/facts.ts';
import type { Engine } from '../engine/engine.ts';
import { literal } from '../engine/sql.ts';
import type { FileSourceConfig } from '../file-source-config.ts';
import type { MetricDefinition } from '../metric-definition.ts';
import { addDays } from './calendar-day.ts';
import { textColumn } from './event-columns.ts';
import { ACCEPTED, dayInZone } from './event-table.ts';
import { incompleteDays } from './incomplete-days.ts';

const DAYS = 2;
// Fewer expected events may well be missing by chance; under Poisson, ten are once in 22,000.
const EXPECTED_EVENTS = 10;
const WEEKS = 4;

/** Events that a metric names by `event = x` or `event in [...]`. */
export function namedEvents(metric: MetricDefinition): string[] {
  const where = metric.fn === 'ratio' ? [...metric.where, ...metric.of] : metric.where;
  return where
    .filter(({ column }) => column === 'event')
    .flatMap((one) => (one.op === '=' ? [String(one.value)] : one.op === 'in' ? one.value.map(String) : []));
}

/** Accepted events by name and day in a zone, for the events that some metric names. */
export async function eventDays(
  engine: Engine,
  config: Pick<FileSourceConfig, 'grain'>,
  metrics: readonly MetricDefinition[],
  timeZone: string,
): Promise<Map<string, Map<Day, number>>> {
  const days = new Map(metrics.flatMap(namedEvents).map((event) => [event, new Map<Day, number>()]));
  if (days.size === 0) return days;
  const name = `e.${textColumn('event')}`;
  const rows =
    await engine.rows(`SELECT ${name} AS "event", ${dayInZone(config, [timeZone], '0')}::VARCHAR AS "day",
      sum(e.n)::DOUBLE AS "events"
    FROM event e WHERE ${ACCEPTED} AND ${name} IN (${[...days.keys()].map(literal).join(', ')}) GROUP BY ALL`);
  for (const row of rows) days.get(String(row['event']))!.set(String(row['day']), Number(row['events']));
  return days;
}

/**
 * Events absent for two complete days on which the total over all keys was normal, although by the four same weekdays
 * before they were to be expected (product.md, "When data may be believed"); and events never seen at all.
 */
export function missingEvents(
  days: ReadonlyMap<string, ReadonlyMap<Day, number>>,
  totals: ReadonlyMap<Day, number>,
  last: Day,
  percent: number,
): MissingEvent[] {
  const low = new Set(incompleteDays(totals, last, { percent, minEvents: 1 }).map(({ day }) => day));
  const isNormal = (day: Day) => day <= last && (totals.get(day) ?? 0) > 0 && !low.has(day);
  const normal = [...totals.keys()].filter(isNormal).toSorted();
  return [...days].flatMap(([event, seen]): MissingEvent[] => {
    const lastSeen = [...seen.keys()].reduce<Day | null>((a, b) => (a === null || b > a ? b : a), null);
    const absent = normal.filter((day) => lastSeen === null || day > lastSeen);
    if (absent.length < DAYS) return [];
    if (lastSeen === null) return [{ event, lastSeen }];
    const expected = absent.map((day) => usual(seen, day, lastSeen)).filter((count) => count > 0);
    const isMissing =
      expected.length >= DAYS && expected.reduce((sum, count) => sum + count, 0) >= EXPECTED_EVENTS;
    return isMissing ? [{ event, lastSeen }] : [];
  });
}

/** Median of the last four days of the same weekday up to the day on which the event was last seen. */
function usual(seen: ReadonlyMap<Day, number>, day: Day, lastSeen: Day): number {
  let at = day;
  while (at > lastSeen) at = addDays(at, -7);
  const before = Array.from({ length: WEEKS }, (_, week) => seen.get(addDays(at, -7 * week)) ?? 0);
  const [, second = 0, third = 0] = before.sort((a, b) => a - b);
  return (second + third) / 2;
}
