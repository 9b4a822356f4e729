import { readFile } from 'node:fs/promises';
import pg from 'pg';
import { identifier } from '../engine/sql.ts';
import { SourceError } from '../source-error.ts';
import { postgresError } from './postgres-error.ts';
import type { PostgresSourceConfig } from './postgres-source-config.ts';

export interface PostgresColumn {
  readonly name: string;
  /** Object id of the type, https://www.postgresql.org/docs/15/datatype-oid.html. */
  readonly type: number;
}

/** A value as the server wrote it; arrays as arrays of what they hold. */
export type PostgresRow = readonly unknown[];

export type Environment = Readonly<Record<string, string | undefined>>;

const FETCH_ROWS = 5000;
const CONNECT_MS = 15_000;
const ARRAYS = new Set([1009, 1015, 1022]);

/** One read-only transaction with one snapshot, so that every count of a read is about the same rows. */
export class PostgresSession {
  readonly place: string;
  readonly #client: pg.Client;
  readonly #signal: AbortSignal | undefined;
  // Ending a client in the middle of a query destroys its socket, which is what an abort means.
  readonly #abort = () => void this.#client.end();

  private constructor(client: pg.Client, place: string, signal: AbortSignal | undefined) {
    this.#client = client;
    this.place = place;
    this.#signal = signal;
    client.on('error', () => undefined);
    signal?.addEventListener('abort', this.#abort);
  }

  static async open(
    config: PostgresSourceConfig,
    environment: Environment,
    signal: AbortSignal | undefined,
  ): Promise<PostgresSession> {
    signal?.throwIfAborted();
    const { host, port, database, user } = config;
    const client = new pg.Client({
      host,
      port,
      database,
      user,
      password: passwordOf(config, environment),
      ssl: await sslOf(config),
      application_name: 'pilot-tracker',
      connectionTimeoutMillis: CONNECT_MS,
      types: { getTypeParser: (type: number) => (ARRAYS.has(type) ? pg.types.getTypeParser(type) : String) },
    });
    const session = new PostgresSession(client, `${host}:${port}/${database}`, signal);
    try {
      await session.#guarded(() => client.connect());
      await session.#begin(config);
      return session;
    } catch (error) {
      await session.close();
      throw error;
    }
  }

  async #begin({ settings, statement_timeout_minutes }: PostgresSourceConfig): Promise<void> {
    await this.rows('BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const all = {
      ...settings,
      statement_timeout: String(Math.round(statement_timeout_minutes * 60_000)),
      TimeZone: 'UTC',
      DateStyle: 'ISO, MDY',
      extra_float_digits: '1',
    };
    for (const [name, value] of Object.entries(all))
      await this.#guarded(() => this.#client.query('SELECT set_config($1, $2, true)', [name, value]));
  }

  async rows(sql: string): Promise<PostgresRow[]> {
    return (await this.#guarded(() => this.#client.query<unknown[]>({ text: sql, rowMode: 'array' }))).rows;
  }

  /** Names and types of a table's columns, without reading a row. */
  async columns(schema: string, table: string): Promise<PostgresColumn[]> {
    const sql = `SELECT * FROM ${identifier(schema)}.${identifier(table)} LIMIT 0`;
    const { fields } = await this.#guarded(() => this.#client.query({ text: sql, rowMode: 'array' }));
    return fields.map(({ name, dataTypeID }) => ({ name, type: dataTypeID }));
  }

  /** A query's rows through a cursor, a few thousand at a time; `columns` is told before the first. */
  async *stream(sql: string): AsyncGenerator<{ columns: readonly PostgresColumn[]; rows: PostgresRow[] }> {
    await this.rows(`DECLARE usage_rows NO SCROLL CURSOR FOR ${sql}`);
    for (;;) {
      const text = `FETCH FORWARD ${FETCH_ROWS} FROM usage_rows`;
      const { fields, rows } = await this.#guarded(() =>
        this.#client.query<unknown[]>({ text, rowMode: 'array' }),
      );
      if (rows.length === 0) break;
      yield { columns: fields.map(({ name, dataTypeID }) => ({ name, type: dataTypeID })), rows };
    }
    await this.rows('CLOSE usage_rows');
  }

  async close(): Promise<void> {
    this.#signal?.removeEventListener('abort', this.#abort);
    await this.#client.end().catch(() => undefined);
  }

  async #guarded<T>(work: () => Promise<T>): Promise<T> {
    this.#signal?.throwIfAborted();
    try {
      return await work();
    } catch (error) {
      this.#signal?.throwIfAborted();
      throw postgresError(this.place, error);
    }
  }
}

function passwordOf(config: PostgresSourceConfig, environment: Environment): string | undefined {
  if (config.password_env === null) return undefined;
  const password = environment[config.password_env];
  if (password !== undefined && password !== '') return password;
  throw new SourceError(
    'SOURCE_SECRET',
    `${config.password_env} is not set; it holds the database’s password.`,
    [
      `export ${config.password_env}=…, or name another variable in password_env of source ${config.name}.`,
      'Where the server asks for no password: password_env: null',
    ],
  );
}

async function sslOf(config: PostgresSourceConfig): Promise<pg.ClientConfig['ssl']> {
  if (config.ssl === 'disable') return false;
  if (config.ssl === 'require') return { rejectUnauthorized: false };
  if (config.ssl_ca === undefined) return { rejectUnauthorized: true };
  const ca = await readFile(config.ssl_ca, 'utf8').catch((error: unknown) => {
    const message = `The certificate file ${config.ssl_ca} cannot be read.`;
    throw new SourceError('SOURCE_SECRET', message, ['Check ssl_ca of the source.'], error);
  });
  return { rejectUnauthorized: true, ca };
}
