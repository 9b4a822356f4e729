import type { FileSourceConfig } from './file-source-config.ts';
import type { Engine } from './engine/engine.ts';
import type { LineReject, PreparedFile } from './files/prepared-file.ts';
import type { RejectLog } from './files/reject-log.ts';
import { SourceError } from './source-error.ts';
import {
  createEventTable,
  EXCLUDE_REPEATED,
  fillEventTable,
  locateProblems,
  type EventTableInput,
} from './facts/event-table.ts';

export interface Account {
  readonly read: number;
  readonly accepted: number;
  readonly rejected: number;
  readonly excluded: Readonly<Record<string, number>>;
}

/** Reads the prepared files into the table `event`, lists every rejected row, and closes the account. */
export async function loadFiles(
  engine: Engine,
  input: EventTableInput,
  files: readonly PreparedFile[],
  log: RejectLog,
): Promise<Account> {
  await engine.run(createEventTable(input));
  for (const group of Map.groupBy(files, ({ shape }) => shape).values())
    await engine.run(fillEventTable(input, group[0]!.relation(group.map(({ path }) => path))));
  if (input.config.columns.event_id !== undefined) for (const sql of EXCLUDE_REPEATED) await engine.run(sql);

  const bad = await reconcile(engine, files);
  for (const file of files) {
    const values = (bad.get(file.path) ?? 0) > 0 ? await locate(engine, input, file) : [];
    await log.add(file.file.name, [...file.rejects, ...values]);
  }
  return closeAccount(engine, input.config, files, log);
}

/** Compares the engine's count of each file with the walk's; returns the problems per file. */
async function reconcile(engine: Engine, files: readonly PreparedFile[]): Promise<Map<string, number>> {
  const rows = await engine.rows(
    'SELECT filename, count(*)::DOUBLE AS "rows", count(problem)::DOUBLE AS "bad" FROM event GROUP BY filename',
  );
  const counted = new Map(rows.map((row) => [String(row['filename']), row]));
  for (const { file, path, good } of files) {
    const seen = Number(counted.get(path)?.['rows'] ?? 0);
    if (seen !== good) throw miscount(file.name, good, seen);
  }
  return new Map([...counted].map(([path, row]) => [path, Number(row['bad'])]));
}

async function locate(engine: Engine, input: EventTableInput, file: PreparedFile): Promise<LineReject[]> {
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

async function closeAccount(
  engine: Engine,
  config: FileSourceConfig,
  files: readonly PreparedFile[],
  log: RejectLog,
): Promise<Account> {
  const rows = await engine.rows(
    'SELECT excluded, count(*)::DOUBLE AS "rows" FROM event WHERE problem IS NULL GROUP BY excluded ORDER BY excluded',
  );
  const count = (row: (typeof rows)[number]) => Number(row['rows']);
  const excluded = Object.fromEntries(
    rows.filter((row) => row['excluded'] !== null).map((row) => [String(row['excluded']), count(row)]),
  );
  const accepted = rows.filter((row) => row['excluded'] === null).reduce((sum, row) => sum + count(row), 0);
  const read = files.reduce((sum, file) => sum + file.good + file.rejects.length, 0);
  const booked = accepted + log.count + Object.values(excluded).reduce((sum, rows) => sum + rows, 0);
  if (booked !== read) throw miscount(`source ${config.name}`, read, booked);
  if (read > 0 && log.count === read)
    throw new SourceError(
      'SOURCE_ALL_REJECTED',
      `All ${read} rows of source ${config.name} were rejected; the first: ` +
        `${log.sample[0]!.file}:${log.sample[0]!.line}: ${log.sample[0]!.reason}.`,
      [`See ${log.path} for every row.`, 'Check columns, time_format and time_zone of the source.'],
    );
  return { read, accepted, rejected: log.count, excluded };
}

function miscount(what: string, expected: number, seen: number): SourceError {
  return new SourceError(
    'SOURCE_MISCOUNT',
    `${what}: ${expected} records were counted and ${seen} arrived; nothing of it is used.`,
    [
      'If the file was being written meanwhile, run again when the export has finished.',
      'Otherwise report this message with the size and the kind of the file.',
    ],
  );
}
