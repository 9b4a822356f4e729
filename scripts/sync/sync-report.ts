import type { ReadSummary } from '../domain/facts.ts';
import type { ApiPlan } from './api-plan.ts';
import type { Removed } from './remove-expired.ts';
import type { AccountedRecord, Totals } from './account.ts';

export interface ReportedPilot {
  readonly id: string;
  readonly name: string;
  readonly opportunity: string;
  readonly health: string;
  /** Health stored before this run; null when it was never judged. */
  readonly before: string | null;
  /** The reason in words, as stored. */
  readonly reason: string;
  readonly isNewlyStalled: boolean;
  readonly isCleared: boolean;
  /** API names of the fields that differ from what the org held. */
  readonly changed: readonly string[];
}

export interface ReportedProblem {
  readonly code: string;
  readonly message: string;
  readonly actions: readonly string[];
}

/** Everything a run did, as printed with `--json`. */
export interface SyncReport {
  readonly outcome: 'Succeeded' | 'Partial';
  readonly exitCode: 0 | 1 | 2 | 3;
  readonly isDryRun: boolean;
  readonly now: string;
  readonly orgId: string;
  readonly instanceUrl: string;
  /** Id of the run's record; null in a dry run. */
  readonly runId: string | null;
  readonly pilots: readonly ReportedPilot[];
  readonly sources: readonly ReadSummary[];
  /** Over all records but the run's own. In a dry run created and updated are what would be written. */
  readonly totals: Totals;
  readonly byObject: Readonly<Record<string, Totals>>;
  /** Records that were skipped or failed. */
  readonly left: readonly AccountedRecord[];
  /** Failed records whose issue somebody acknowledged; they do not change the exit code. */
  readonly acknowledged: number;
  /** Sources that could not be read, the mass-change brake, and what is off because the org hides it. */
  readonly problems: readonly ReportedProblem[];
  /** What writing was expected to cost. */
  readonly apiPlan: ApiPlan;
  /** Old rows of ours that were deleted; null in a dry run. */
  readonly removed: Removed | null;
  readonly apiCalls: number;
  readonly apiUsage: { readonly used: number; readonly limit: number } | null;
  /** How often the policy wants a run; data older than twice that is not believed. */
  readonly syncIntervalHours: number;
  readonly seconds: number;
}
