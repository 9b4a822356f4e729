import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import {
  DuckDBDoubleVector,
  DuckDBInstance,
  DuckDBIntegerVector,
  JsonDuckDBValueConverter,
  type DuckDBConnection,
  type DuckDBDataChunk,
  type Json,
} from '@duckdb/node-api';
import { SourceError } from '../source-error.ts';
import { literal, literalList } from './sql.ts';

export type Row = Record<string, Json>;
export type BoundValue = string | number;
/** Values of one column of a chunk; whole and double numbers come without a conversion. */
export type Column = ArrayLike<Json | null>;

export interface EngineOptions {
  /** Files the engine may read; nothing else outside its own folder is reachable. */
  readonly inputs: readonly string[];
  /** Session zone, which DuckDB applies to times without one. */
  readonly timeZone: string;
  readonly memoryLimitMb: number;
  /** Of this read alone: DuckDB processes that share a folder corrupt each other's spill files. */
  readonly folder: string;
  readonly signal: AbortSignal | undefined;
}

/** One DuckDB database for one read, locked down, in a folder of its own that `close` removes. */
export class Engine {
  readonly #instance: DuckDBInstance;
  readonly #connection: DuckDBConnection;
  readonly #folder: string;
  readonly #signal: AbortSignal | undefined;
  readonly #interrupt = () => this.#connection.interrupt();

  private constructor(instance: DuckDBInstance, connection: DuckDBConnection, options: EngineOptions) {
    this.#instance = instance;
    this.#connection = connection;
    this.#folder = options.folder;
    this.#signal = options.signal;
    this.#signal?.addEventListener('abort', this.#interrupt);
  }

  static async open(options: EngineOptions): Promise<Engine> {
    // In memory, spilling into the folder: tables in a database file are compressed, which costs three times the reduction.
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    const engine = new Engine(instance, connection, options);
    try {
      for (const setting of lockDown(options)) await engine.run(setting);
      return engine;
    } catch (error) {
      await engine.close();
      throw error;
    }
  }

  async run(sql: string, values: readonly BoundValue[] = []): Promise<void> {
    await this.#guarded(async () => void (await this.#connection.run(sql, [...values])));
  }

  async rows(sql: string, values: readonly BoundValue[] = []): Promise<Row[]> {
    return this.#guarded(async () =>
      (await this.#connection.runAndReadAll(sql, [...values])).getRowObjectsJson(),
    );
  }

  /** Streams a result in chunks, so that memory does not grow with it. */
  async *stream(sql: string, values: readonly BoundValue[] = []): AsyncGenerator<Row[]> {
    const result = await this.#guarded(() => this.#connection.stream(sql, [...values]));
    const chunks = result.yieldRowObjectJson();
    for (;;) {
      const { done, value } = await this.#guarded(() => chunks.next());
      if (done === true) return;
      yield value;
    }
  }

  /** Streams a result in chunks of columns; a row as an object costs several times as much. */
  async *columns(sql: string): AsyncGenerator<Column[]> {
    const result = await this.#guarded(() => this.#connection.stream(sql));
    for (;;) {
      const chunk = await this.#guarded(() => result.fetchChunk());
      if (chunk === null || chunk.rowCount === 0) return;
      yield Array.from({ length: chunk.columnCount }, (_, index) => columnOf(chunk, index));
    }
  }

  async close(): Promise<void> {
    this.#signal?.removeEventListener('abort', this.#interrupt);
    this.#connection.closeSync();
    this.#instance.closeSync();
    await rm(this.#folder, { recursive: true, force: true });
  }

  async #guarded<T>(work: () => Promise<T>): Promise<T> {
    this.#signal?.throwIfAborted();
    try {
      return await work();
    } catch (error) {
      this.#signal?.throwIfAborted();
      throw engineError(error);
    }
  }
}

function columnOf(chunk: DuckDBDataChunk, index: number): Column {
  const vector = chunk.getColumnVector(index);
  if (!(vector instanceof DuckDBDoubleVector || vector instanceof DuckDBIntegerVector))
    return chunk.convertColumnValues(index, JsonDuckDBValueConverter);
  const values = new Array<number | null>(vector.itemCount);
  for (let row = 0; row < values.length; row++) values[row] = vector.getItem(row);
  return values;
}

// The order matters: after `enable_external_access=false` no path can be added, after `lock_configuration`
// no setting changed (https://duckdb.org/docs/stable/operations_manual/securing_duckdb/overview).
function lockDown({ inputs, timeZone, memoryLimitMb, folder }: EngineOptions): string[] {
  return [
    `SET TimeZone = ${literal(timeZone)}`,
    `SET memory_limit = '${memoryLimitMb}MB'`,
    `SET allowed_paths = ${literalList(inputs)}`,
    `SET allowed_directories = ${literalList([folder])}`,
    `SET temp_directory = ${literal(join(folder, 'spill'))}`,
    'SET autoinstall_known_extensions = false',
    'SET autoload_known_extensions = false',
    'SET allow_community_extensions = false',
    'SET enable_external_access = false',
    'SET lock_configuration = true',
  ];
}

/** DuckDB refused a record of a CSV file; which one, the careful walk over the file says better. */
export class RecordRefused extends SourceError {}

function engineError(error: unknown): SourceError {
  const text = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
  if (text.startsWith('Invalid Input Error: CSV Error'))
    return new RecordRefused(
      'SOURCE_ENGINE',
      `The usage engine stopped: ${text}`,
      ['Report this message.'],
      error,
    );
  const isMemory = text.startsWith('Out of Memory');
  const action = isMemory
    ? 'Give the sync more memory (memory_limit_mb) or split the files by time.'
    : 'Run the sync again; if it repeats, report this message.';
  return new SourceError('SOURCE_ENGINE', `The usage engine stopped: ${text}`, [action], error);
}
