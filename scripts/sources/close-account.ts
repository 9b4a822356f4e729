import type { Engine } from './engine/engine.ts';
import type { RejectLog } from './files/reject-log.ts';
import { SourceError } from './source-error.ts';
import type { Account } from './usage-data.ts';

/** Books what is in the table `key_day` and in the log against the number of records read; they must agree. */
export async function closeAccount(
  engine: Engine,
  source: string,
  read: number,
  log: RejectLog,
): Promise<Account> {
  const rows = await engine.rows(
    'SELECT excluded, sum("rows")::DOUBLE AS "rows" FROM key_day WHERE problem IS NULL AND is_main GROUP BY excluded ORDER BY excluded',
  );
  const count = (row: (typeof rows)[number]) => Number(row['rows']);
  const excluded = Object.fromEntries(
    rows.filter((row) => row['excluded'] !== null).map((row) => [String(row['excluded']), count(row)]),
  );
  const accepted = rows.filter((row) => row['excluded'] === null).reduce((sum, row) => sum + count(row), 0);
  const booked = accepted + log.count + Object.values(excluded).reduce((sum, rows) => sum + rows, 0);
  if (booked !== read) throw miscount(`source ${source}`, read, booked);
  if (read > 0 && log.count === read)
    throw new SourceError(
      'SOURCE_ALL_REJECTED',
      `All ${read} rows of source ${source} were rejected; the first: ` +
        `${log.sample[0]!.file}:${log.sample[0]!.line}: ${log.sample[0]!.reason}.`,
      [`See ${log.path} for every row.`, 'Check columns, time_format and time_zone of the source.'],
    );
  return { read, accepted, rejected: log.count, excluded };
}

export function miscount(what: string, expected: number, seen: number): SourceError {
  return new SourceError(
    'SOURCE_MISCOUNT',
    `${what}: ${expected} records were counted and ${seen} arrived; nothing of it is used.`,
    [
      'If the data was being written meanwhile, run again when the export has finished.',
      'Otherwise report this message with the size and the kind of the source.',
    ],
  );
}
