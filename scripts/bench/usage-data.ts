import { existsSync, globSync, mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';

export interface UsageDataSize {
  readonly events: number;
  readonly pilots: number;
}

export const DAYS = 90;
/** First day of the generated events; the last is `DAYS - 1` later. */
export const FIRST_DAY = '2026-08-20';

/** Workspace of the pilot with that number, from 0. */
export function workspaceOf(pilot: number): string {
  return `ws-${String(pilot).padStart(6, '0')}`;
}

/**
 * Makes the same generated events once as CSV and once as Parquet below `folder`, and keeps them for the next run.
 * Few pilots have most events (exponent 2.5), a pilot has a user per about 40 events, users come with different zeal.
 */
export async function usageData(
  folder: string,
  size: UsageDataSize,
): Promise<{ csv: string; parquet: string }> {
  mkdirSync(folder, { recursive: true });
  const stem = `usage-${size.events}-${size.pilots}`;
  const files = { csv: join(folder, `${stem}.csv`), parquet: join(folder, `${stem}.parquet`) };
  if (existsSync(files.csv) && existsSync(files.parquet)) return files;
  const instance = await DuckDBInstance.create(':memory:', {
    threads: '2',
    preserve_insertion_order: 'true',
  });
  const connection = await instance.connect();
  await connection.run(`CREATE TABLE usage AS ${generated(size)}`);
  for (const [path, options] of [
    [files.csv, 'FORMAT csv, HEADER'],
    [files.parquet, 'FORMAT parquet, COMPRESSION zstd'],
  ] as const) {
    await connection.run(`COPY usage TO '${path}.part' (${options})`);
    renameSync(`${path}.part`, path);
  }
  connection.closeSync();
  instance.closeSync();
  return files;
}

/** The days of a CSV file as a file each, in order, made once in a folder beside it. */
export async function dailyFiles(csv: string): Promise<string[]> {
  const folder = csv.replace(/\.csv$/, '-days');
  if (!existsSync(folder)) {
    const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
    const connection = await instance.connect();
    await connection.run(`COPY (SELECT *, left(event_time, 10) AS "day" FROM read_csv('${csv}', all_varchar = true))
      TO '${folder}.part' (FORMAT csv, HEADER, PARTITION_BY ("day"))`);
    connection.closeSync();
    instance.closeSync();
    renameSync(`${folder}.part`, folder);
  }
  return globSync(`${folder}/*/*.csv`).toSorted();
}

/** Such events as a Parquet file per day, made one after another, so that memory holds a day and not all of them. */
export async function partitionedFiles(folder: string, size: UsageDataSize): Promise<string[]> {
  const days = join(folder, `usage-${size.events}-${size.pilots}-parquet-days`);
  mkdirSync(days, { recursive: true });
  const paths = Array.from({ length: DAYS }, (_, day) =>
    join(days, `day-${String(day).padStart(3, '0')}.parquet`),
  );
  const missing = [...paths.entries()].filter(([, path]) => !existsSync(path));
  if (missing.length === 0) return paths;
  const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
  const connection = await instance.connect();
  for (const [day, path] of missing) {
    const [from, to] = [day, day + 1].map((start) => Math.ceil((start * size.events) / DAYS)) as [
      number,
      number,
    ];
    await connection.run(
      `COPY (${generated(size, from, to)}) TO '${path}.part' (FORMAT parquet, COMPRESSION zstd)`,
    );
    renameSync(`${path}.part`, path);
  }
  connection.closeSync();
  instance.closeSync();
  return paths;
}

// hash() is DuckDB's own and the same everywhere, so that no random state is needed.
function generated({ events, pilots }: UsageDataSize, from = 0, to = events): string {
  const draw = (salt: number) => `(hash(i, ${salt}) % 1000003) / 1000003.0`;
  return `WITH drawn AS (
      SELECT i, floor(${pilots} * pow(${draw(1)}, 2.5))::INTEGER AS pilot, ${draw(2)} AS zeal,
        i * ${DAYS * 86_400}.0 / ${events} AS second FROM range(${from}, ${to}) r(i)),
    sized AS (SELECT *, greatest(3, (${events} / ${pilots} / 40.0
        * pow((pilot + 1.0) / ${pilots}, -0.6))::INTEGER) AS users FROM drawn)
    SELECT strftime(TIMESTAMP '${FIRST_DAY} 00:00:00' + to_seconds(floor(second)::BIGINT), '%Y-%m-%dT%H:%M:%SZ') AS event_time,
      'ws-' || lpad(pilot::VARCHAR, 6, '0') AS usage_key,
      'u' || pilot || '-' || floor(users * pow(zeal, 1.6))::INTEGER AS user_id,
      'dep' || (hash(pilot, floor(users * pow(zeal, 1.6))::INTEGER) % 6) AS department,
      'feature_' || (hash(i, 3) % 40) AS event,
      (hash(i, 4) % 600 / 10.0)::DECIMAL(6, 1) AS minutes
    FROM sized`;
}
