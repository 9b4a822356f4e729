import type { Day, MissingEvent } from '../../domain/facts.ts';
import type { Engine } from '../engine/engine.ts';
import { addDays } from './calendar-day.ts';
import { incompleteDays } from './incomplete-days.ts';
import { ACCEPTED, eventColumn, sourceDay, type Zones } from './usage-shape.ts';

const DAYS = 2;
// Fewer expected events may well be missing by chance; under Poisson, ten are once in 22,000.
const EXPECTED_EVENTS = 10;
const WEEKS = 4;

/** Accepted events by name and day in the source's zone, for the events that some metric names. */
export async function eventDays(
  engine: Engine,
  events: readonly string[],
  zones: Zones,
): Promise<Map<string, Map<Day, number>>> {
  const days = new Map(events.map((event) => [event, new Map<Day, number>()]));
  if (days.size === 0) return days;
  const counts = events.map(
    (_, number) => `coalesce(sum(${eventColumn(number)}), 0)::DOUBLE AS ${eventColumn(number)}`,
  );
  const rows = await engine.rows(`SELECT ${sourceDay(zones)}::VARCHAR AS "day", ${counts.join(', ')}
    FROM key_day WHERE ${ACCEPTED} GROUP BY 1`);
  for (const row of rows)
    events.forEach((event, number) => {
      const count = Number(row[eventColumn(number)]);
      if (count > 0) days.get(event)!.set(String(row['day']), count);
    });
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
