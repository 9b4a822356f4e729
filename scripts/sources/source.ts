import type { PilotFacts, ReadSummary, UsageLink } from '../domain/facts.ts';

export interface UsageRequest {
  readonly links: readonly UsageLink[];
  /** The run's clock. Events later than this are rejected as "in the future". */
  readonly now: Date;
  /** Called at most a few times a second with the share done, 0..1 or null when unknown, and rows seen. */
  readonly onProgress?: (progress: { readonly share: number | null; readonly rows: number }) => void;
  readonly signal?: AbortSignal;
}

/** A place usage comes from. Every implementation passes the same contract suite. */
export interface UsageSource {
  readonly name: string;
  /** Proves that the source can be read; throws a SourceError whose actions say what to do. */
  check(): Promise<void>;
  /**
   * Yields the facts of every linked pilot that has at least one accepted event, ordered by pilot id.
   * The generator's return value accounts for every row.
   */
  read(request: UsageRequest): AsyncGenerator<PilotFacts, ReadSummary>;
  close(): Promise<void>;
}
