import type { RecalledPart } from './cache/recall-parts.ts';
import type { Engine } from './engine/engine.ts';
import { NO_RECORDS } from './engine/relation.ts';
import { literalList } from './engine/sql.ts';
import type { LineReject, PreparedFile } from './files/prepared-file.ts';
import type { RejectLog } from './files/reject-log.ts';
import { locateProblems, typedRows, type TypedRowsInput } from './facts/typed-rows.ts';
import type { UsageShape } from './facts/usage-shape.ts';
import { createUsageTables, foldEvents, recallRows } from './facts/usage-tables.ts';
import { closeAccount, miscount } from './close-account.ts';
import type { Account } from './usage-data.ts';

/** What is known of some files from an earlier run, and what is to be read, in the parts it will be kept in. */
export interface FilesToLoad {
  readonly recalled: readonly RecalledPart[];
  readonly parts: readonly (readonly PreparedFile[])[];
}

export interface LoadedPart {
  readonly number: number;
  /** With the well-formed records that hold a value that cannot be. */
  readonly files: readonly { readonly prepared: PreparedFile; readonly values: readonly LineReject[] }[];
}

// Records that one statement groups, which bounds its memory however much data there is.
const FOLD_RECORDS = 8_000_000;

/** Reads the files into the tables, lists every rejected row, and closes the account. */
export async function loadFiles(
  engine: Engine,
  input: TypedRowsInput,
  shape: UsageShape,
  { recalled, parts }: FilesToLoad,
  log: RejectLog,
): Promise<{ readonly account: Account; readonly loaded: readonly LoadedPart[] }> {
  await createUsageTables(engine, shape, typedRows(input, NO_RECORDS));
  await recallRows(
    engine,
    shape,
    recalled.map(({ rows, kept }) => ({ path: rows, zones: kept.zones })),
  );
  const numbered = parts.map((files, index) => ({ number: recalled.length + index, files }));
  if (input.config.columns.event_id === undefined)
    for (const { number, files } of numbered)
      for (const query of queriesOf(input, files)) await foldEvents(engine, shape, query, number);
  else
    await foldOnce(
      engine,
      shape,
      numbered.flatMap(({ files }) => queriesOf(input, files)),
    );

  const prepared = parts.flat();
  const bad = await reconcile(engine, [
    ...prepared.map(({ path, file, good }) => ({ path, name: file.name, good })),
    ...recalled.map((part) => ({ path: part.rows, name: 'the cache', good: goodIn(part) })),
  ]);
  const values = new Map<PreparedFile, readonly LineReject[]>();
  for (const file of prepared)
    values.set(file, (bad.get(file.path) ?? 0) > 0 ? await locate(engine, input, file) : []);
  const listed = [
    ...prepared.map((file) => ({ file: file.file, rejects: [...file.rejects, ...values.get(file)!] })),
    ...recalled.flatMap(({ files }) =>
      files.map(({ file, known }) => ({ file, rejects: [...known.rejects, ...known.values] })),
    ),
  ].sort((a, b) => (a.file.path < b.file.path ? -1 : 1));
  for (const { file, rejects } of listed) await log.add(file.name, rejects);
  const malformed = [...prepared, ...recalled.flatMap(({ files }) => files.map(({ known }) => known))];
  const read = malformed.reduce((sum, { good, rejects }) => sum + good + rejects.length, 0);
  return {
    account: await closeAccount(engine, input.config.name, read, log),
    loaded: numbered.map(({ number, files }) => ({
      number,
      files: files.map((file) => ({ prepared: file, values: values.get(file)! })),
    })),
  };
}

function goodIn({ files }: RecalledPart): number {
  return files.reduce((sum, { known }) => sum + known.good, 0);
}

/** Files of one shape are read in one statement, as many as hold about so many records, at least one. */
function queriesOf(input: TypedRowsInput, files: readonly PreparedFile[]): string[] {
  return [...Map.groupBy(files, ({ shape }) => shape).values()].flatMap((same) => {
    const groups: PreparedFile[][] = [];
    let records = Infinity;
    for (const file of same) {
      records += file.good;
      if (records > FOLD_RECORDS) {
        groups.push([]);
        records = file.good;
      }
      groups.at(-1)!.push(file);
    }
    return groups.map((group) => typedRows(input, group[0]!.relation(group.map(({ path }) => path))));
  });
}

/** A repeated event counts once: the earliest, and among equals the first read. That needs all events side by side. */
async function foldOnce(engine: Engine, shape: UsageShape, queries: readonly string[]): Promise<void> {
  await engine.run(`CREATE OR REPLACE TABLE event AS ${queries.join(' UNION ALL ')}`);
  await engine.run(`CREATE OR REPLACE TEMP TABLE repeated AS SELECT event_id FROM event
    WHERE problem IS NULL AND excluded IS NULL AND event_id IS NOT NULL GROUP BY event_id HAVING count(*) > 1`);
  await engine.run(`UPDATE event SET excluded = 'repeated event_id' WHERE rowid IN (
    SELECT row FROM (SELECT e.rowid AS row, row_number() OVER (PARTITION BY e.event_id
      ORDER BY coalesce(e.t, e."day"::TIMESTAMPTZ), e."key", e.user_id, e.rowid) AS place
      FROM event e SEMI JOIN repeated USING (event_id) WHERE problem IS NULL AND excluded IS NULL) WHERE place > 1)`);
  await foldEvents(engine, shape, 'SELECT * FROM event', 0);
  await engine.run('DROP TABLE event');
}

interface Expected {
  readonly path: string;
  readonly name: string;
  readonly good: number;
}

/** Compares the engine's count of each file with the walk's; returns the problems per path. */
async function reconcile(engine: Engine, files: readonly Expected[]): Promise<Map<string, number>> {
  const rows = await engine.rows(
    `SELECT path, coalesce(sum("rows"), 0)::DOUBLE AS "rows",
      coalesce(sum("rows") FILTER (problem IS NOT NULL), 0)::DOUBLE AS "bad"
    FROM (SELECT unnest(${literalList(files.map(({ path }) => path))}) AS path)
      LEFT JOIN key_day ON file = hash(path) AND is_main
    GROUP BY path`,
  );
  const counted = new Map(rows.map((row) => [String(row['path']), row]));
  for (const { path, name, good } of files) {
    const seen = Number(counted.get(path)?.['rows'] ?? 0);
    if (seen !== good) throw miscount(name, good, seen);
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
