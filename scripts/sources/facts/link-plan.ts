import type { UsageLink } from '../../domain/facts.ts';
import type { Engine } from '../engine/engine.ts';
import { literal } from '../engine/sql.ts';
import { zoneNumber, type Zones } from './usage-shape.ts';

/** Pilots that are read together: as many as hold about `BATCH_ROWS` rows, at least one. */
export interface Batch {
  readonly number: number;
  readonly pilotIds: readonly string[];
  /** True when two links of one pilot can match the same event, which then must count once. */
  readonly mayRepeat: boolean;
  /** Days of users behind its keys. */
  readonly rows: number;
}

export interface LinkPlan {
  /** Ordered by pilot id, also across batches; pilots none of whose keys occurs in a readable row are left out. */
  readonly batches: readonly Batch[];
  readonly zoneOf: ReadonlyMap<string, string>;
  /** Linked keys that occur in no readable row, each once. */
  readonly unseenKeys: readonly string[];
}

// Days of users. Bounds the memory of one aggregation: what DuckDB gathers in lists spills only in part.
const BATCH_ROWS = 1_000_000;
const INSERT_ROWS = 500;

/**
 * Divides the pilots of `readable` into batches and puts all `links` into the table `link`, so that a key whose
 * link cannot be applied still counts as linked.
 */
export async function planLinks(
  engine: Engine,
  links: readonly UsageLink[],
  readable: readonly UsageLink[],
  zones: Zones,
): Promise<LinkPlan> {
  const byPilot = Map.groupBy(readable, (link) => link.pilotId);
  const rows = await rowsByKey(engine);
  const batches = divide(byPilot, rows);
  const zoneOf = new Map([...byPilot].map(([id, [link]]) => [id, link!.timeZone]));
  const batchOf = new Map(
    batches.flatMap(({ number, pilotIds }) => pilotIds.map((id, index) => [id, { number, index }] as const)),
  );
  await insertLinks(engine, links, (link) => [
    batchOf.get(link.pilotId)?.index ?? null,
    batchOf.get(link.pilotId)?.number ?? null,
    zoneNumber(zones.names, link.timeZone),
  ]);
  const expected = links.flatMap(({ by, key }) => (by === 'stamp' ? [] : [key]));
  return { batches, zoneOf, unseenKeys: [...new Set(expected)].filter((key) => !rows.has(key)) };
}

// Excluded rows count here: a workspace with nothing but heartbeats is there, and is not used.
async function rowsByKey(engine: Engine): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  const sql = `SELECT "key", coalesce(any_value(user_days), 0)::DOUBLE AS "rows" FROM key_day LEFT JOIN
    (SELECT "key", sum(bit_count(mask)) AS user_days FROM member GROUP BY "key") USING ("key")
    WHERE problem IS NULL GROUP BY "key"`;
  for await (const rows of engine.stream(sql))
    for (const row of rows) counts.set(String(row['key']), Number(row['rows']));
  return counts;
}

function divide(
  byPilot: ReadonlyMap<string, readonly UsageLink[]>,
  rows: ReadonlyMap<string, number>,
): readonly Batch[] {
  const batches: { number: number; pilotIds: string[]; mayRepeat: boolean; rows: number }[] = [];
  for (const pilotId of [...byPilot.keys()].sort()) {
    const keys = byPilot.get(pilotId)!.map(({ key }) => key);
    if (!keys.some((key) => rows.has(key))) continue;
    const size = keys.reduce((sum, key) => sum + (rows.get(key) ?? 0), 0);
    let batch = batches.at(-1);
    if (!batch || batch.rows + size > BATCH_ROWS) {
      batch = { number: batches.length, pilotIds: [], mayRepeat: false, rows: 0 };
      batches.push(batch);
    }
    batch.pilotIds.push(pilotId);
    batch.rows += size;
    batch.mayRepeat ||= new Set(keys).size < keys.length;
  }
  return batches;
}

async function insertLinks(
  engine: Engine,
  links: readonly UsageLink[],
  place: (link: UsageLink) => readonly [number: number | null, batch: number | null, zone: number],
): Promise<void> {
  await engine.run(`CREATE TABLE link (pilot_no INTEGER, batch INTEGER, zone_no INTEGER, "key" VARCHAR,
    from_day DATE, to_day DATE, filter_column VARCHAR, filter_value VARCHAR)`);
  const text = (value: string | null | undefined) => (typeof value === 'string' ? literal(value) : 'NULL');
  for (let at = 0; at < links.length; at += INSERT_ROWS) {
    const rows = links.slice(at, at + INSERT_ROWS).map((link) => {
      const [number, batch, zone] = place(link);
      const window = [text(link.from), text(link.to), text(link.filter?.column), text(link.filter?.value)];
      return `(${[number ?? 'NULL', batch ?? 'NULL', zone, literal(link.key), ...window].join(', ')})`;
    });
    await engine.run(`INSERT INTO link VALUES ${rows.join(', ')}`);
  }
}
