import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Day } from '../../domain/facts.ts';
import { closeAccount, miscount } from '../close-account.ts';
import type { Engine } from '../engine/engine.ts';
import { NO_RECORDS } from '../engine/relation.ts';
import { identifier, literal } from '../engine/sql.ts';
import { checkColumns } from '../files/check-columns.ts';
import type { LineReject } from '../files/prepared-file.ts';
import type { RejectLog } from '../files/reject-log.ts';
import { typedRows, type TypedRowsInput } from '../facts/typed-rows.ts';
import type { UsageShape } from '../facts/usage-shape.ts';
import { createUsageTables, foldUserDays, userDayColumns } from '../facts/usage-tables.ts';
import { SourceError } from '../source-error.ts';
import type { Account, OpenUsageData, UsageData } from '../usage-data.ts';
import {
  PostgresSession,
  type Environment,
  type PostgresColumn,
  type PostgresRow,
} from './postgres-session.ts';
import type { PostgresSourceConfig } from './postgres-source-config.ts';
import { INVITED_AT, INVITER, levelsOf, reduceTable } from './reduce-table.ts';
import { rowsOf, tableOf, typedTable } from './typed-table.ts';

/**
 * Usage that the database itself reduces to one row per key, user and day. The rows stream through a cursor into the
 * read's private folder and from there into the engine, so that memory does not grow with them.
 */
export async function openPostgresData(
  config: PostgresSourceConfig,
  environment: Environment,
  { columns, folder, signal, progress }: OpenUsageData,
  since: Day | null,
): Promise<UsageData> {
  const session = await PostgresSession.open(config, environment, signal);
  try {
    const table = await session.columns(config.schema, config.table);
    const names = table.map(({ name }) => name);
    checkColumns(`${config.schema}.${config.table}`, names, config, columns);
    if (config.row_id !== undefined && !names.includes(config.row_id)) throw noRowId(config);
    return {
      inputs: [],
      hasColumn: (header) => names.includes(header),
      load: (engine, input, shape, log) =>
        new TableLoad(config, session, table, { folder, progress, since }).load(engine, input, shape, log),
      ...(config.loaded_through === undefined
        ? {}
        : { completeThrough: () => loadedThrough(config, session) }),
      close: () => session.close(),
    };
  } catch (error) {
    await session.close();
    throw error;
  }
}

interface LoadOptions extends Pick<OpenUsageData, 'folder' | 'progress'> {
  readonly since: Day | null;
}

class TableLoad {
  readonly #config: PostgresSourceConfig;
  readonly #session: PostgresSession;
  readonly #table: readonly PostgresColumn[];
  readonly #how: LoadOptions;
  #rows = 0;

  constructor(
    config: PostgresSourceConfig,
    session: PostgresSession,
    table: readonly PostgresColumn[],
    how: LoadOptions,
  ) {
    this.#config = config;
    this.#session = session;
    this.#table = table;
    this.#how = how;
  }

  async load(engine: Engine, input: TypedRowsInput, shape: UsageShape, log: RejectLog): Promise<Account> {
    const { since } = this.#how;
    const typed = typedTable(this.#config, input, this.#table, since);
    await createUsageTables(engine, shape, typedRows(input, NO_RECORDS));
    for (let level = 0; level < levelsOf(shape); level++) await this.#fill(engine, shape, typed, level);
    const rows = rowsOf(this.#config, this.#table, since);
    const [total] = await this.#session.rows(`SELECT count(*) FROM ${rows}`);
    const read = Number(total?.[0]);
    if (read === 0) throw emptyTable(this.#config, rows === tableOf(this.#config) ? null : since);
    const [bad] = await engine.rows(
      'SELECT coalesce(sum("rows"), 0)::DOUBLE AS "bad" FROM key_day WHERE problem IS NOT NULL AND is_main',
    );
    await this.#reject(typed, Number(bad?.['bad']), log);
    return closeAccount(engine, this.#config.name, read, log);
  }

  /** Streams one query's rows to a file and the file into the tables. */
  async #fill(engine: Engine, shape: UsageShape, typed: string, level: number): Promise<void> {
    const path = join(this.#how.folder, `rows-${level}.ndjson`);
    const before = this.#rows;
    await pipeline(
      Readable.from(this.#lines(reduceTable(shape, typed, level), level === 0)),
      createWriteStream(path, { flags: 'wx', mode: 0o600 }),
    );
    if (this.#rows === before) return;
    const columns = await userDayColumns(engine);
    const types = columns.map(({ name, type }) => `${literal(name)}: ${literal(type)}`).join(', ');
    const rows = `read_json(${literal(path)}, format = 'newline_delimited', columns = {${types}})`;
    await foldUserDays(engine, shape, rows);
  }

  async *#lines(query: string, isMain: boolean): AsyncGenerator<string> {
    for await (const { columns, rows } of this.#session.stream(query)) {
      this.#rows += rows.length;
      this.#how.progress.walking(0, 1, this.#rows);
      yield rows.map((row) => `${JSON.stringify(usageRow(columns, row, isMain))}\n`).join('');
    }
  }

  /** Lists rows that cannot be read: by `row_id` or `event_id`, else by what of the row is not about a person. */
  async #reject(typed: string, expected: number, log: RejectLog): Promise<void> {
    if (expected === 0) return;
    const { columns, row_id } = this.#config;
    const id = row_id ?? columns.event_id;
    const shown =
      row_id !== undefined ? ['row_id'] : id !== undefined ? ['event_id'] : ['"key"', 'event_time'];
    const labels = id === undefined ? [columns.usage_key, columns.event_time] : [id];
    const query = `SELECT problem, ${shown.join(', ')} FROM (${typed}) r WHERE problem IS NOT NULL ORDER BY ${shown.join(', ')}`;
    const place = `${this.#config.schema}.${this.#config.table}`;
    let line = 0;
    for await (const { rows } of this.#session.stream(query)) {
      const rejects = rows.map(([problem, ...values]): LineReject => {
        const which = labels.map((label, index) => `${label} ${values[index] ?? 'empty'}`).join(', ');
        return { line: ++line, reason: `${String(problem)} (${which})` };
      });
      await log.add(place, rejects);
    }
    if (line !== expected) throw miscount(place, expected, line);
  }
}

// bool, and the number types whose text JSON takes as it is.
const BOOLEAN = 16;
const NUMBERS = new Set([20, 21, 23, 700, 701, 1700]);

function usageRow(columns: readonly PostgresColumn[], row: PostgresRow, isMain: boolean): object {
  const fields = columns.map(({ name, type }, index) => {
    const value = row[index] ?? null;
    if (value === null || Array.isArray(value)) return [name, value] as const;
    if (NUMBERS.has(type)) return [name, Number(value)] as const;
    return [name, type === BOOLEAN ? value === 't' : String(value)] as const;
  });
  const known: Record<string, unknown> = Object.fromEntries(fields);
  const inviters = known[INVITER];
  return {
    file: 0,
    zone_no: 0,
    ...known,
    is_main: isMain,
    ...(Array.isArray(inviters)
      ? { invitation: { t: known[INVITED_AT], inviter: inviters[0] as unknown } }
      : {}),
  };
}

async function loadedThrough(config: PostgresSourceConfig, session: PostgresSession) {
  const told = config.loaded_through!;
  const [row] = await session.rows(`SELECT max(${identifier(told.column)}) FROM ${tableOf(told)}`);
  // With the session in UTC and ISO style: 2026-11-17 or 2026-11-17 23:00:00+00.
  const text = String(row?.[0] ?? '')
    .replace(' ', 'T')
    .replace(/\+00$/, 'Z');
  return { text, place: `loaded_through (${told.schema}.${told.table}.${told.column})` };
}

function emptyTable({ schema, table }: PostgresSourceConfig, since: Day | null): SourceError {
  const which = since === null ? '' : ` since ${since}, where the read begins`;
  return new SourceError('SOURCE_EMPTY', `${schema}.${table} has no row${which}.`, [
    'Look at the job that loads the table; check that the user of the source may see its rows (row security).',
  ]);
}

function noRowId({ schema, table, row_id, name }: PostgresSourceConfig): SourceError {
  return new SourceError('SOURCE_COLUMNS', `${schema}.${table} has no column ${row_id}.`, [
    `Check row_id of source ${name}, or leave it out.`,
  ]);
}
