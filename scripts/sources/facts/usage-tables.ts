import type { Engine } from '../engine/engine.ts';
import { literal, literalList } from '../engine/sql.ts';
import { cellsOfEvents, cellsOfUserDays } from './usage-cells.ts';
import { textColumn } from './event-columns.ts';
import { metricParts } from './metric-partials.ts';
import { eventColumn, filterColumn, partColumn, watchedEvents, type UsageShape } from './usage-shape.ts';

/** Both tables come of one pass over the data, unless values have to be kept. */
type Kind = 'day' | 'member';
const TABLES = { day: 'key_day', member: 'member' } as const;
/** Both group by these; of members only those rows are kept that count as use. */
const TESTS = ['problem', 'excluded', 'is_used'];
const COUNTS = 'problem IS NULL AND excluded IS NULL AND is_used';

interface Grouping {
  readonly keys: readonly string[];
  /** SQL by column. */
  readonly sums: Readonly<Record<string, string>>;
}

/**
 * Makes the two empty tables that all facts are read from. `key_day` has a row per file, key and day, with what needs no
 * people; `member` has one per part, key, user, department and 64 days, with a bit for every day of use. Neither grows
 * with the events, and the second hardly with the days of a user.
 */
export async function createUsageTables(engine: Engine, shape: UsageShape, typed: string): Promise<void> {
  await createList(engine, 'key_zone', '"key" VARCHAR, zone_no INTEGER, is_main BOOLEAN', zoneRows(shape));
  const windowed = shape.windowed.map((key) => `(${literal(key)})`);
  await createList(engine, 'windowed', '"key" VARCHAR', windowed);
  const both = groupings(shape, 'events', 0);
  await engine.run(foldOf(cellsOfEvents(shape, typed), both, ['day', 'member']));
  for (const kind of ['day', 'member'] as const)
    await engine.run(
      `CREATE OR REPLACE TABLE ${TABLES[kind]} AS SELECT ${columnsOf(kind, both).join(', ')} FROM fold LIMIT 0`,
    );
}

/** Reads typed rows into the tables, as a part of that number. This is where the whole of the data passes, once. */
export async function foldEvents(
  engine: Engine,
  shape: UsageShape,
  typed: string,
  part: number,
): Promise<void> {
  await fold(engine, shape, cellsOfEvents(shape, typed), groupings(shape, 'events', part));
}

/** The same for rows that a database has reduced to a row per key, user and day, with the parts of metrics. */
export async function foldUserDays(engine: Engine, shape: UsageShape, from: string): Promise<void> {
  await fold(engine, shape, cellsOfUserDays(shape, from), groupings(shape, 'user-days', 0));
}

/** Columns of reduced rows, with their types. */
export async function userDayColumns(
  engine: Engine,
): Promise<{ readonly name: string; readonly type: string }[]> {
  const rows = await engine.rows(`SELECT DISTINCT column_name, data_type FROM duckdb_columns()
    WHERE table_name IN ('key_day', 'member') AND column_name NOT IN ('part', 'slice', 'cut', 'mask', 'is_used')`);
  return rows.map((row) => ({ name: String(row['column_name']), type: String(row['data_type']) }));
}

/** What a part has put into the tables, as one relation: `files` are those of its key days. */
export function rowsOfParts(shape: UsageShape, parts: readonly number[], files: readonly string[]): string {
  const { keys } = groupings(shape, 'events', 0).member;
  const names = keys.filter((key) => !TESTS.includes(key));
  const { config, zones, windowed } = shape;
  const sums = [
    ...['sum(n)::BIGINT AS n', 'max(moment) AS moment', 'bit_or(mask) AS mask'],
    ...(zones.names.length === 1 ? ['0 AS zone_no'] : []),
    ...(windowed.length === 0 ? ['NULL::DATE AS cut'] : []),
    ...(config.columns.user_email === undefined ? [] : ['max(address) AS address']),
    ...(config.columns.invited_by === undefined ? [] : ['min(invitation) AS invitation']),
  ];
  return `SELECT true AS is_day, * EXCLUDE (file) FROM key_day WHERE file IN (${hashes(files)})
    UNION ALL BY NAME SELECT false AS is_day, ${[...names, ...sums].join(', ')} FROM member
    WHERE part IN (${parts.join(', ')}) GROUP BY ${names.join(', ')}`;
}

/** All keys that occur in files. */
export async function keysIn(engine: Engine, paths: readonly string[]): Promise<string[]> {
  const rows = await engine.rows(
    `SELECT DISTINCT "key" FROM key_day WHERE file IN (${hashes(paths)}) AND "key" IS NOT NULL ORDER BY "key"`,
  );
  return rows.map((row) => String(row['key']));
}

export interface RecalledRows {
  /** Parquet file of one part. */
  readonly path: string;
  /** Zones by the numbers that its rows have. */
  readonly zones: readonly string[];
}

/**
 * Puts such rows into the tables again, part after part, numbered from 0; their key days are then those of this file. In one
 * statement each: a further one costs as much as twenty thousand rows.
 */
export async function recallRows(
  engine: Engine,
  shape: UsageShape,
  parts: readonly RecalledRows[],
): Promise<void> {
  if (parts.length === 0) return;
  const both = groupings(shape, 'events', 0);
  const paths = literalList(parts.map(({ path }) => path));
  const { names } = shape.zones;
  const renumbered = parts.map(({ path, zones }) => {
    const numbers = zones.map((zone) => Math.max(0, names.indexOf(zone)));
    return `WHEN ${literal(path)} THEN [${numbers.join(', ')}]`;
  });
  const zone = `list_extract(CASE filename ${renumbered.join(' ')} END, zone_no + 1) AS zone_no`;
  const select = (kind: Kind, own: string) =>
    columnsOf(kind, both)
      .filter((name) => name !== own)
      .map((name) => (name === 'zone_no' && names.length > 1 ? zone : name))
      .join(', ');
  const from = `FROM read_parquet(${paths}, filename = true)`;
  await engine.run(`INSERT INTO key_day BY NAME SELECT ${select('day', 'file')}, hash(filename) AS file
    ${from} WHERE is_day`);
  await engine.run(`INSERT INTO member BY NAME SELECT ${select('member', 'part')}, list_position(${paths}, filename) - 1 AS part
    ${from} WHERE NOT is_day`);
}

/** How the engine tells files apart. */
export function hashes(paths: readonly string[]): string {
  return paths.map((path) => `hash(${literal(path)})`).join(', ');
}

/** The parts of all metrics, added up over a day; adding up such sums again gives the same. */
export function dayParts({ metrics }: UsageShape): { readonly sql: string; readonly name: string }[] {
  return metrics.flatMap((metric, number) =>
    metricParts(metric).map(({ day }, part) => {
      const name = partColumn(number, part);
      return { sql: day(name), name };
    }),
  );
}

async function fold(
  engine: Engine,
  shape: UsageShape,
  cells: string,
  both: Record<Kind, Grouping>,
): Promise<void> {
  // Two groupings at once would keep every value twice, and lists cannot be spilled.
  const passes: Kind[][] = hasLists(shape) ? [['day'], ['member']] : [['day', 'member']];
  for (const kinds of passes) {
    await engine.run(foldOf(cells, both, kinds));
    for (const kind of kinds)
      await engine.run(`INSERT INTO ${TABLES[kind]} SELECT ${columnsOf(kind, both).join(', ')} FROM fold
        WHERE ${kind === 'day' ? 'is_day' : `NOT is_day AND ${COUNTS}`}`);
    await engine.run('DROP TABLE fold');
  }
}

function foldOf(cells: string, both: Record<Kind, Grouping>, kinds: readonly Kind[]): string {
  const keys = [...new Set(kinds.flatMap((kind) => both[kind].keys))];
  const sums = Object.entries(Object.assign({}, ...kinds.map((kind) => both[kind].sums)) as Grouping['sums']);
  const isDay = kinds.length > 1 ? 'grouping(file) = 0' : String(kinds[0] === 'day');
  return `CREATE OR REPLACE TEMP TABLE fold AS SELECT ${keys.join(', ')}, ${isDay} AS is_day,
      ${sums.map(([name, sql]) => `${sql} AS ${name}`).join(', ')}
    FROM (${cells}) GROUP BY GROUPING SETS (${kinds.map((kind) => `(${both[kind].keys.join(', ')})`).join(', ')})`;
}

function columnsOf(kind: Kind, both: Record<Kind, Grouping>): string[] {
  const { keys, sums } = both[kind];
  const shown = kind === 'day' ? keys : keys.filter((key) => !TESTS.includes(key));
  return [...shown, ...Object.keys(sums)];
}

function groupings(shape: UsageShape, from: 'events' | 'user-days', part: number): Record<Kind, Grouping> {
  const { config, metrics, filters, zones, windowed } = shape;
  const isOneZone = zones.names.length === 1;
  const isEvents = from === 'events';
  const columns = filters.map(filterColumn);
  const shared = { n: 'sum(n)::BIGINT', moment: 'max(moment)', ...(isOneZone ? { zone_no: '0' } : {}) };
  const invitation = isEvents
    ? 'min({t: moment, inviter: invited_by}) FILTER (invited_by IS NOT NULL)'
    : 'min(invitation)';
  const parts = metrics.flatMap((metric, number) =>
    metricParts(metric, 'epoch_us(moment)::DOUBLE').map(({ row, day }, index) => {
      const name = partColumn(number, index);
      return [name, isEvents ? row : day(name)] as const;
    }),
  );
  const events = watchedEvents(metrics).map((event, index) => {
    const name = eventColumn(index);
    const sum = isEvents ? `sum(n) FILTER (${textColumn('event')} = ${literal(event)})` : `sum(${name})`;
    return [name, `(${sum})::BIGINT`] as const;
  });
  return {
    day: {
      keys: [
        ...[...TESTS, 'file', '"key"', '"day"'],
        ...(isOneZone ? [] : ['is_main', 'zone_no', 'source_day']),
        ...columns,
      ],
      sums: {
        ...shared,
        // Grouping by what is the same in all rows costs as much as by what is not.
        ...(isOneZone ? { is_main: 'true' } : {}),
        '"rows"': isEvents ? 'count(*)' : 'sum("rows")::BIGINT',
        ...(config.grain === 'account-day' ? { active_users: 'sum(active_users)' } : {}),
        ...Object.fromEntries([...events, ...parts]),
      },
    },
    member: {
      keys: [
        ...[...TESTS, '"key"', 'user_id', 'department'],
        ...(isOneZone ? [] : ['zone_no']),
        ...columns,
        'slice',
        ...(windowed.length === 0 ? [] : ['cut']),
      ],
      sums: {
        ...shared,
        part: String(part),
        mask: 'bit_or(bit)',
        ...(windowed.length === 0 ? { cut: 'NULL::DATE' } : {}),
        ...(config.columns.user_email === undefined ? {} : { address: 'max(address)' }),
        ...(config.columns.invited_by === undefined ? {} : { invitation }),
      },
    },
  };
}

function hasLists({ metrics }: UsageShape): boolean {
  return metrics.some((metric) => metricParts(metric).some(({ isList }) => isList));
}

function zoneRows({ zones }: UsageShape): string[] {
  return [...zones.ofKey].flatMap(([key, numbers]) =>
    numbers.map((zone, index) => `(${literal(key)}, ${zone}, ${index === 0})`),
  );
}

const INSERT_ROWS = 1000;

async function createList(
  engine: Engine,
  name: string,
  columns: string,
  rows: readonly string[],
): Promise<void> {
  await engine.run(`CREATE OR REPLACE TABLE ${name} (${columns})`);
  for (let at = 0; at < rows.length; at += INSERT_ROWS)
    await engine.run(`INSERT INTO ${name} VALUES ${rows.slice(at, at + INSERT_ROWS).join(', ')}`);
}
