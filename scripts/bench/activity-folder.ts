// A folder of real activity: pilots.csv, events.csv(.gz) and, where it is known what came after, outcomes.csv.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { z } from 'zod';
import { ConfigError } from '../salesforce/pilot-error.ts';

/** One line of pilots.csv with what its events say to somebody who only counts. */
export interface ActivityPilot {
  readonly key: string;
  readonly startDate: string;
  readonly endDate: string;
  readonly licensedUsers: number;
  readonly counts: ActivityCounts;
  /** Whether use died in the four weeks after; null without outcomes.csv. */
  readonly died: boolean | null;
}

/** What the naive rules look at, as of one instant. */
export interface ActivityCounts {
  /** Whole and part days since the last event; null when there was none. */
  readonly idleDays: number | null;
  readonly usersLastWeek: number;
  readonly usersWeekBefore: number;
  readonly eventsLast2Weeks: number;
  readonly eventsFourWeeksBefore: number;
}

export interface ActivityFolder {
  readonly eventsFile: string;
  /** Rows of the events file as DuckDB's own CSV reader counts them, to hold against the sync's count. */
  readonly eventRows: number;
  readonly pilots: readonly ActivityPilot[];
  readonly hasOutcomes: boolean;
}

const pilotLine = z.object({
  usage_key: z.string().min(1),
  start_date: z.iso.date(),
  end_date: z.iso.date(),
  licensed_users: z.coerce.number().int().positive(),
});
const outcomeLine = z.object({
  usage_key: z.string().min(1),
  events_per_week_during: z.coerce.number().nonnegative(),
  events_per_week_next_4_weeks: z.coerce.number().nonnegative(),
});
const countsRow = z.object({
  usage_key: z.string(),
  idleDays: z.number().nullable(),
  usersLastWeek: z.number(),
  usersWeekBefore: z.number(),
  eventsLast2Weeks: z.number(),
  eventsFourWeeksBefore: z.number(),
});
/** Use died when the four weeks after hold at most this share of the weekly events during: the data's own definition. */
const DIED_SHARE = 0.25;
const NO_COUNTS: ActivityCounts = {
  idleDays: null,
  usersLastWeek: 0,
  usersWeekBefore: 0,
  eventsLast2Weeks: 0,
  eventsFourWeeksBefore: 0,
};

/**
 * Reads such a folder as of an instant.
 * @throws ConfigError BENCH_FOLDER with file and line for whatever is missing or cannot be read
 */
export async function readActivityFolder(folder: string, asOf: Date): Promise<ActivityFolder> {
  const pilotsFile = join(folder, 'pilots.csv');
  const outcomesFile = join(folder, 'outcomes.csv');
  const eventsFile = ['events.csv.gz', 'events.csv'].map((name) => join(folder, name)).find(existsSync);
  if (!existsSync(pilotsFile)) throw folderError(`${pilotsFile} is not there.`);
  if (eventsFile === undefined) throw folderError(`${folder} has neither events.csv.gz nor events.csv.`);
  const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
  const connection = await instance.connect();
  try {
    const lines = unique(await csvLines(connection, pilotsFile, pilotLine), pilotsFile);
    const outcomes = existsSync(outcomesFile)
      ? unique(await csvLines(connection, outcomesFile, outcomeLine), outcomesFile)
      : null;
    const missing = outcomes && [...lines.keys()].find((key) => !outcomes.has(key));
    if (missing) throw folderError(`${outcomesFile} has no line for ${missing} of pilots.csv.`);
    const events = await readEvents(connection, eventsFile, asOf);
    const pilots = [...lines].map(([key, line]): ActivityPilot => ({
      key,
      startDate: line.start_date,
      endDate: line.end_date,
      licensedUsers: line.licensed_users,
      counts: events.counts.get(key) ?? NO_COUNTS,
      died: outcomes ? hasDied(outcomes.get(key)!) : null,
    }));
    return { eventsFile, eventRows: events.rows, pilots, hasOutcomes: outcomes !== null };
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

function hasDied(outcome: z.infer<typeof outcomeLine>): boolean {
  return outcome.events_per_week_next_4_weeks <= DIED_SHARE * outcome.events_per_week_during;
}

async function csvLines<Line>(
  connection: DuckDBConnection,
  file: string,
  line: z.ZodType<Line>,
): Promise<Line[]> {
  const rows = await select(connection, `SELECT * FROM ${relation(file)}`, file);
  return rows.map((row, index) => {
    const parsed = line.safeParse(row);
    if (parsed.success) return parsed.data;
    const { path, message } = parsed.error.issues[0]!;
    throw folderError(`${file}, row ${index + 1} below the header: ${path.join('.')}: ${message}.`);
  });
}

function unique<Line extends { readonly usage_key: string }>(
  lines: readonly Line[],
  file: string,
): Map<string, Line> {
  const byKey = new Map<string, Line>();
  for (const line of lines) {
    if (byKey.has(line.usage_key)) throw folderError(`${file} has two lines for ${line.usage_key}.`);
    byKey.set(line.usage_key, line);
  }
  if (byKey.size === 0) throw folderError(`${file} has no line below its header.`);
  return byKey;
}

async function readEvents(
  connection: DuckDBConnection,
  file: string,
  asOf: Date,
): Promise<{ readonly rows: number; readonly counts: ReadonlyMap<string, ActivityCounts> }> {
  const [total] = await select(connection, `SELECT count(*)::DOUBLE AS "rows" FROM ${relation(file)}`, file);
  const daysAgo = `(${asOf.getTime()} - epoch_ms(TRY_CAST(event_time AS TIMESTAMP))) / 86400000.0`;
  const rows = await select(
    connection,
    `WITH aged AS (SELECT usage_key, user_id, ${daysAgo} AS age FROM ${relation(file)})
    SELECT usage_key, min(age)::DOUBLE AS "idleDays",
      (count(DISTINCT user_id) FILTER (age <= 7))::DOUBLE AS "usersLastWeek",
      (count(DISTINCT user_id) FILTER (age > 7 AND age <= 14))::DOUBLE AS "usersWeekBefore",
      (count(*) FILTER (age <= 14))::DOUBLE AS "eventsLast2Weeks",
      (count(*) FILTER (age > 14 AND age <= 42))::DOUBLE AS "eventsFourWeeksBefore"
    FROM aged WHERE age > 0 AND usage_key IS NOT NULL GROUP BY usage_key`,
    file,
  );
  const counts = rows
    .map((row) => countsRow.parse(row))
    .map(({ usage_key, ...rest }) => [usage_key, rest] as const);
  return { rows: Number(total!['rows']), counts: new Map(counts) };
}

async function select(
  connection: DuckDBConnection,
  sql: string,
  file: string,
): Promise<Record<string, unknown>[]> {
  try {
    return (await connection.runAndReadAll(sql)).getRowObjectsJS();
  } catch (error) {
    throw folderError(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** All columns as text; lines that are no row of the table are kept with blanks, so that the count is of all. */
function relation(file: string): string {
  return `read_csv('${file.replaceAll("'", "''")}', header = true, delim = ',', all_varchar = true, null_padding = true, strict_mode = false)`;
}

function folderError(message: string): ConfigError {
  return new ConfigError('BENCH_FOLDER', message, {
    actions: [
      'The folder needs pilots.csv (usage_key, start_date, end_date, licensed_users)',
      'and events.csv.gz (event_id, event_time, usage_key, user_id, feature, department, invited_by);',
      'outcomes.csv (usage_key, events_per_week_during, events_per_week_next_4_weeks) is optional.',
    ],
  });
}
