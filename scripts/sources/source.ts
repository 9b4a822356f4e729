import type { Day, PilotFacts, ReadSummary, UsageLink } from '../domain/facts.ts';
import type { IncompleteDayRule } from './facts/incomplete-days.ts';

export interface UsageRequest {
  readonly links: readonly UsageLink[];
  /** The run's clock. Events later than this are rejected as "in the future". */
  readonly now: Date;
  /**
   * First and last day of the pilots themselves, by pilot id: what "Whole pilot" and the weeks of a metric mean.
   * Without an entry the pilot's first day with usage counts, and no end.
   */
  readonly periods?: ReadonlyMap<string, { readonly first: Day; readonly last: Day | null }>;
  /** From the org's policy; without it 50 % of a median of at least 200 events. */
  readonly incompleteDays?: IncompleteDayRule;
  /** Called at most a few times a second with the rows seen, never 0, and how many there seem to be; null when unknown. */
  readonly onProgress?: (progress: { readonly rows: number; readonly total: number | null }) => void;
  readonly signal?: AbortSignal;
}

/** A place usage comes from. Every implementation passes the same contract suite. */
export interface UsageSource {
  readonly name: string;
  /** Proves that the source can be read; throws a SourceError whose actions say what to do. */
  check(): Promise<void>;
  /**
   * Yields the facts of every linked pilot of whose keys at least one occurs in a readable row, ordered by pilot id
   * (without days where no event counts). A pilot that is not yielded is unknown, not idle.
   * The generator's return value accounts for every row.
   */
  read(request: UsageRequest): AsyncGenerator<PilotFacts, ReadSummary>;
  close(): Promise<void>;
}
