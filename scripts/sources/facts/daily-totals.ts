import type { Day } from '../../domain/facts.ts';
import type { FileSourceConfig } from '../file-source-config.ts';
import type { Engine } from '../engine/engine.ts';
import { ACCEPTED, dayInZone } from './event-table.ts';

/** Accepted events of all keys together, by calendar day in a zone. */
export async function dailyTotals(
  engine: Engine,
  config: Pick<FileSourceConfig, 'grain'>,
  timeZone: string,
): Promise<Map<Day, number>> {
  const rows =
    await engine.rows(`SELECT ${dayInZone(config, [timeZone], '0')}::VARCHAR AS "day", sum(e.n)::DOUBLE AS "events"
    FROM event e WHERE ${ACCEPTED} GROUP BY ALL`);
  return new Map(rows.map((row) => [String(row['day']), Number(row['events'])]));
}
