import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { mintId } from './record-id.ts';

export type SqlValue = string | number | null;
/** One row: column name → stored value (checkbox 0/1, dates as text, blank NULL). */
export type Row = Record<string, SqlValue>;

const CACHED_STATEMENTS = 400;

/**
 * The org's rows in SQLite: one table per object, one column per stored field, both named by their API name.
 * Formulas are not stored. Everything is synchronous, so a transaction is never interleaved with another.
 */
export class Store {
  readonly database: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();
  readonly #counters = new Map<string, number>();
  readonly #changedCounters = new Set<string>();
  #depth = 0;
  #hasNewSchema = false;
  #sequence: number;

  constructor(file: string) {
    this.database = new DatabaseSync(file);
    this.database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = OFF');
    this.database.exec('CREATE TABLE IF NOT EXISTS "local_org_state" ("key" TEXT PRIMARY KEY, "value" BLOB)');
    this.#sequence = Number(this.readState('sequence')?.toString() ?? '0');
  }

  all(sql: string, ...params: SqlValue[]): Row[] {
    return this.#prepare(sql).all(...params) as Row[];
  }

  get(sql: string, ...params: SqlValue[]): Row | undefined {
    return this.#prepare(sql).get(...params) as Row | undefined;
  }

  /** Number of rows changed. */
  run(sql: string, ...params: SqlValue[]): number {
    return Number(this.#prepare(sql).run(...params).changes);
  }

  /** Statements that change the schema; prepared statements are forgotten. */
  exec(sql: string): void {
    this.database.exec(sql);
    this.#statements.clear();
    this.#hasNewSchema = true;
  }

  mintId(keyPrefix: string): string {
    this.#sequence += 1;
    return mintId(keyPrefix, this.#sequence);
  }

  /** A whole number that no record has used: shared with record ids, it never repeats. */
  nextNumber(): number {
    this.#sequence += 1;
    return this.#sequence;
  }

  /** The next number of a counter. One that is rolled back is skipped, as the platform skips auto-numbers. */
  nextOf(counter: string): number {
    const last = this.#counters.get(counter) ?? Number(this.readState(counter)?.toString() ?? '0');
    this.#counters.set(counter, last + 1);
    this.#changedCounters.add(counter);
    return last + 1;
  }

  /**
   * Runs `work` in a transaction, or in a savepoint inside one. Rolls back when it throws, or when `keep`
   * says no to its result.
   */
  transaction<T>(work: () => T, keep: (result: T) => boolean = () => true): T {
    const name = this.#begin();
    try {
      const result = work();
      this.#end(name, keep(result));
      return result;
    } catch (error) {
      this.#end(name, false);
      throw error;
    }
  }

  /**
   * Like `transaction` for work that waits. The caller sees to it that nothing else uses the store meanwhile
   * (`turns.ts`): SQLite has one transaction for all.
   */
  async transactionAsync<T>(work: () => Promise<T>, keep: (result: T) => boolean): Promise<T> {
    const name = this.#begin();
    try {
      const result = await work();
      this.#end(name, keep(result));
      return result;
    } catch (error) {
      this.#end(name, false);
      throw error;
    }
  }

  readState(key: string): Buffer | undefined {
    const row = this.#prepare('SELECT "value" FROM "local_org_state" WHERE "key" = ?').get(key);
    return row === undefined ? undefined : Buffer.from(row['value'] as Uint8Array);
  }

  writeState(key: string, value: Uint8Array): void {
    this.#prepare(
      'INSERT INTO "local_org_state" VALUES (?, ?) ON CONFLICT DO UPDATE SET "value" = excluded."value"',
    ).run(key, value);
  }

  close(): void {
    this.#statements.clear();
    this.database.close();
  }

  #begin(): string {
    const name = `level_${this.#depth}`;
    this.database.exec(this.#depth === 0 ? 'BEGIN IMMEDIATE' : `SAVEPOINT ${name}`);
    this.#depth += 1;
    return name;
  }

  #end(name: string, keep: boolean): void {
    this.#depth -= 1;
    if (this.#depth > 0) {
      this.database.exec(keep ? `RELEASE ${name}` : `ROLLBACK TO ${name}; RELEASE ${name}`);
      return;
    }
    if (keep) this.#writeCounters();
    this.database.exec(keep ? 'COMMIT' : 'ROLLBACK');
    // Statements prepared for a schema that was taken back are of no use; others stay.
    if (!keep && this.#hasNewSchema) this.#statements.clear();
    this.#hasNewSchema = false;
  }

  #writeCounters(): void {
    this.writeState('sequence', Buffer.from(String(this.#sequence)));
    for (const counter of this.#changedCounters)
      this.writeState(counter, Buffer.from(String(this.#counters.get(counter))));
    this.#changedCounters.clear();
  }

  #prepare(sql: string): StatementSync {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    if (this.#statements.size >= CACHED_STATEMENTS) this.#statements.clear();
    const statement = this.database.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }
}

export const quoted = (name: string): string => `"${name.includes('"') ? name.replaceAll('"', '""') : name}"`;
