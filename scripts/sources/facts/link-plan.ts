import type { UsageLink } from '../../domain/facts.ts';
import type { Engine } from '../engine/engine.ts';
import { literal } from '../engine/sql.ts';
import { ACCEPTED } from './event-table.ts';

/** Pilots that are read together: as many as hold about `BATCH_EVENTS` events, at least one. */
export interface Batch {
  readonly number: number;
  readonly pilotIds: readonly string[];
  /** True when two links of one pilot can match the same event, which then must count once. */
  readonly mayRepeat: boolean;
}

export interface LinkPlan {
  /** Ordered by pilot id, also across batches; pilots none of whose keys has an accepted event are left out. */
  readonly batches: readonly Batch[];
  readonly zones: readonly string[];
  readonly zoneOf: ReadonlyMap<string, string>;
}

// Bounds the memory of one aggregation: the work is divided, because DuckDB's exact distinct counts spill only in part.
const BATCH_EVENTS = 300_000;
const INSERT_ROWS = 500;

/**
 * Divides the pilots of `readable` into batches and puts all `links` into the table `link`, so that a key whose
 * link cannot be applied still counts as linked.
 */
export async function planLinks(
  engine: Engine,
  links: readonly UsageLink[],
  readable: readonly UsageLink[],
): Promise<LinkPlan> {
  const byPilot = Map.groupBy(readable, (link) => link.pilotId);
  const counts = new Map<string, number>();
  for await (const rows of engine.stream(
    `SELECT "key", count(*)::DOUBLE AS "events" FROM event WHERE ${ACCEPTED} GROUP BY "key"`,
  ))
    for (const row of rows) counts.set(String(row['key']), Number(row['events']));

  const pilots = [...byPilot.keys()]
    .filter((id) => byPilot.get(id)!.some(({ key }) => counts.has(key)))
    .sort();
  const events = (id: string) => byPilot.get(id)!.reduce((sum, { key }) => sum + (counts.get(key) ?? 0), 0);
  const zoneOf = new Map([...byPilot].map(([id, [link]]) => [id, link!.timeZone]));
  const zones = [...new Set(zoneOf.values())];
  const batches: { number: number; pilotIds: string[]; mayRepeat: boolean; events: number }[] = [];
  for (const id of pilots) {
    let batch = batches.at(-1);
    if (!batch || batch.events + events(id) > BATCH_EVENTS)
      batches.push((batch = { number: batches.length, pilotIds: [], mayRepeat: false, events: 0 }));
    batch.pilotIds.push(id);
    batch.events += events(id);
    const keys = byPilot.get(id)!.map(({ key }) => key);
    batch.mayRepeat ||= new Set(keys).size < keys.length;
  }
  const batchOf = new Map(
    batches.flatMap(({ number, pilotIds }) => pilotIds.map((id) => [id, number] as const)),
  );
  await insertLinks(engine, links, (link) => [
    batchOf.get(link.pilotId) ?? null,
    zones.indexOf(link.timeZone),
  ]);
  return { batches, zones, zoneOf };
}

async function insertLinks(
  engine: Engine,
  links: readonly UsageLink[],
  place: (link: UsageLink) => [number | null, number],
): Promise<void> {
  await engine.run(`CREATE TABLE link (pilot_id VARCHAR, batch INTEGER, zone_no INTEGER, "key" VARCHAR,
    from_day DATE, to_day DATE, filter_column VARCHAR, filter_value VARCHAR)`);
  const text = (value: string | null | undefined) => (typeof value === 'string' ? literal(value) : 'NULL');
  for (let at = 0; at < links.length; at += INSERT_ROWS) {
    const rows = links.slice(at, at + INSERT_ROWS).map((link) => {
      const [batch, zone] = place(link);
      const window = [text(link.from), text(link.to), text(link.filter?.column), text(link.filter?.value)];
      return `(${[literal(link.pilotId), batch ?? 'NULL', zone, literal(link.key), ...window].join(', ')})`;
    });
    await engine.run(`INSERT INTO link VALUES ${rows.join(', ')}`);
  }
}
