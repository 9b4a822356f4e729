import type { Day } from '../../domain/facts.ts';
import type { Engine } from '../engine/engine.ts';
import { ACCEPTED, sourceDay, type Zones } from './usage-shape.ts';

/** Accepted events of all keys together, by calendar day in the source's zone. */
export async function dailyTotals(engine: Engine, zones: Zones): Promise<Map<Day, number>> {
  const rows = await engine.rows(`SELECT ${sourceDay(zones)}::VARCHAR AS "day", sum(n)::DOUBLE AS "events"
    FROM key_day WHERE ${ACCEPTED} GROUP BY 1`);
  return new Map(rows.map((row) => [String(row['day']), Number(row['events'])]));
}
