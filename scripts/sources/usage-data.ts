import type { Engine } from './engine/engine.ts';
import type { EventColumns } from './facts/event-columns.ts';
import type { TypedRowsInput } from './facts/typed-rows.ts';
import type { UsageShape } from './facts/usage-shape.ts';
import type { RejectLog } from './files/reject-log.ts';
import type { ReadProgress } from './read-progress.ts';

/** Every record of one read: `read = accepted + rejected + excluded`. */
export interface Account {
  readonly read: number;
  readonly accepted: number;
  readonly rejected: number;
  readonly excluded: Readonly<Record<string, number>>;
}

/** What differs from one kind of source to the next: how the data gets into the table `usage`. */
export interface UsageData {
  /** Files outside the read's own folder that the engine may read. */
  readonly inputs: readonly string[];
  /** Whether records can have the column, by header name. */
  hasColumn(header: string): boolean;
  /** Fills the table `usage`, lists every rejected row in the log, and closes the account. */
  load(engine: Engine, input: TypedRowsInput, shape: UsageShape, log: RejectLog): Promise<Account>;
  /** Day or instant through which the data is complete, where the source itself knows. */
  completeThrough?(): Promise<{ readonly text: string; readonly place: string }>;
  close(): Promise<void>;
}

export interface OpenUsageData {
  readonly columns: EventColumns;
  readonly shape: UsageShape;
  readonly stamps: readonly string[];
  /** The clock of the read. */
  readonly now: Date;
  /** Private folder of the read; removed with it. */
  readonly folder: string;
  readonly signal: AbortSignal | undefined;
  readonly progress: ReadProgress;
}
