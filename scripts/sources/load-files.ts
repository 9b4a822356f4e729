import type { RecalledFile } from './cache/recall-files.ts';
import type { Engine } from './engine/engine.ts';
import { NO_RECORDS } from './engine/relation.ts';
import { literalList } from './engine/sql.ts';
import type { LineReject, PreparedFile } from './files/prepared-file.ts';
import type { RejectLog } from './files/reject-log.ts';
import { locateProblems, typedRows, type TypedRowsInput } from './facts/typed-rows.ts';
import { createKeyDays } from './facts/key-days.ts';
import { createUsageTable, fillUsageTable, type UsageShape } from './facts/usage-table.ts';
import { closeAccount, miscount } from './close-account.ts';
import type { Account } from './usage-data.ts';

export interface LoadedFiles {
  readonly account: Account;
  /** Those that were not known before, with the well-formed records that hold a value that cannot be. */
  readonly loaded: readonly { readonly prepared: PreparedFile; readonly values: readonly LineReject[] }[];
}

/** Reads the files into the table `usage`, lists every rejected row, and closes the account. */
export async function loadFiles(
  engine: Engine,
  input: TypedRowsInput,
  shape: UsageShape,
  files: readonly (PreparedFile | RecalledFile)[],
  log: RejectLog,
): Promise<LoadedFiles> {
  const queries = [...Map.groupBy(files.filter(isPrepared), ({ shape }) => shape).values()].map((group) =>
    typedRows(input, group[0]!.relation(group.map(({ path }) => path))),
  );
  await createUsageTable(engine, shape, typedRows(input, NO_RECORDS));
  await fillRecalled(
    engine,
    files.flatMap((file) => (isPrepared(file) ? [] : [file.rows])),
  );
  if (input.config.columns.event_id === undefined)
    for (const query of queries) await fillUsageTable(engine, shape, query);
  else await fillOnce(engine, shape, queries);

  await createKeyDays(engine, shape);
  const bad = await reconcile(engine, files);
  const loaded = [];
  for (const file of files) {
    const values = await valuesOf(engine, input, file, bad.get(pathOf(file)) ?? 0);
    await log.add(file.file.name, [...file.rejects, ...values]);
    if (isPrepared(file)) loaded.push({ prepared: file, values });
  }
  const read = files.reduce((sum, file) => sum + file.good + file.rejects.length, 0);
  return { account: await closeAccount(engine, input.config.name, read, log), loaded };
}

function isPrepared(file: PreparedFile | RecalledFile): file is PreparedFile {
  return 'relation' in file;
}

/** By which the engine tells the files of rows apart. */
function pathOf(file: PreparedFile | RecalledFile): string {
  return isPrepared(file) ? file.path : file.rows;
}

async function valuesOf(
  engine: Engine,
  input: TypedRowsInput,
  file: PreparedFile | RecalledFile,
  bad: number,
): Promise<readonly LineReject[]> {
  if (isPrepared(file)) return bad > 0 ? await locate(engine, input, file) : [];
  if (file.values.length !== bad) throw miscount(file.file.name, file.values.length, bad);
  return file.values;
}

/** In one statement: each further one costs as much as twenty thousand rows. */
async function fillRecalled(engine: Engine, rows: readonly string[]): Promise<void> {
  if (rows.length > 0)
    await engine.run(`INSERT INTO usage SELECT hash(filename) AS file, * EXCLUDE (filename)
      FROM read_parquet(${literalList(rows)}, filename = true)`);
}

/** A repeated event counts once: the earliest, and among equals the first read. That needs all events side by side. */
async function fillOnce(engine: Engine, shape: UsageShape, queries: readonly string[]): Promise<void> {
  await engine.run(`CREATE OR REPLACE TABLE event AS ${queries.join(' UNION ALL ')}`);
  await engine.run(`CREATE OR REPLACE TEMP TABLE repeated AS SELECT event_id FROM event
    WHERE problem IS NULL AND excluded IS NULL AND event_id IS NOT NULL GROUP BY event_id HAVING count(*) > 1`);
  await engine.run(`UPDATE event SET excluded = 'repeated event_id' WHERE rowid IN (
    SELECT row FROM (SELECT e.rowid AS row, row_number() OVER (PARTITION BY e.event_id
      ORDER BY coalesce(e.t, e."day"::TIMESTAMPTZ), e."key", e.user_id, e.rowid) AS place
      FROM event e SEMI JOIN repeated USING (event_id) WHERE problem IS NULL AND excluded IS NULL) WHERE place > 1)`);
  await fillUsageTable(engine, shape, 'SELECT * FROM event');
  await engine.run('DROP TABLE event');
}

/** Compares the engine's count of each file with the walk's; returns the problems per file. */
async function reconcile(
  engine: Engine,
  files: readonly (PreparedFile | RecalledFile)[],
): Promise<Map<string, number>> {
  const rows = await engine.rows(
    `SELECT path, coalesce(sum("rows"), 0)::DOUBLE AS "rows",
      coalesce(sum("rows") FILTER (problem IS NOT NULL), 0)::DOUBLE AS "bad"
    FROM (SELECT unnest(${literalList(files.map(pathOf))}) AS path) LEFT JOIN key_day ON file = hash(path) AND is_main
    GROUP BY path`,
  );
  const counted = new Map(rows.map((row) => [String(row['path']), row]));
  for (const file of files) {
    const seen = Number(counted.get(pathOf(file))?.['rows'] ?? 0);
    if (seen !== file.good) throw miscount(file.file.name, file.good, seen);
  }
  return new Map([...counted].map(([path, row]) => [path, Number(row['bad'])]));
}

async function locate(engine: Engine, input: TypedRowsInput, file: PreparedFile): Promise<LineReject[]> {
  const ordinals: number[] = [];
  const reasons: string[] = [];
  for await (const rows of engine.stream(locateProblems(input, file.relation([file.path]))))
    for (const row of rows) {
      ordinals.push(Number(row['ordinal']));
      reasons.push(String(row['problem']));
    }
  const lines = await file.locate(ordinals);
  if (lines.length !== ordinals.length) throw miscount(file.file.name, lines.length, ordinals.length);
  return lines.map((line, index) => ({ line, reason: reasons[index]! }));
}
