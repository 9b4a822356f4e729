import type { SalesforceClient } from '../salesforce/client.ts';
import { cutText } from '../salesforce/cut-text.ts';
import type { RunResult } from '../salesforce/columns.ts';
import { problemsText } from '../salesforce/run-words.ts';
import type { Language } from '../salesforce/told.ts';
import type { ApiPlan } from './api-plan.ts';
import type { Removed } from './remove-expired.ts';
import type { Account } from './account.ts';
import type { Evaluations } from './evaluate-pilots.ts';
import { claimedKey, type RunPlan } from './plan-run.ts';
import { issueKey } from './plan-writes.ts';
import { failedIssues } from './run-issues.ts';
import type { UsageRead } from './read-usage.ts';
import type { ReportedPilot, ReportedProblem, SyncReport } from './sync-report.ts';

export interface Findings {
  readonly plan: RunPlan;
  readonly apiPlan: ApiPlan;
  readonly removed: Removed | null;
  readonly account: Account;
  readonly evaluations: Evaluations;
  readonly usage: UsageRead;
  /** The integration user may not see events or tasks, so no meeting is known. */
  readonly areActivitiesHidden: boolean;
  readonly seconds: number;
}

export interface RunIdentity {
  readonly isDryRun: boolean;
  readonly now: Date;
  readonly orgId: string;
  readonly runId: string | null;
  readonly syncIntervalHours: number;
}

/** The report of a run that came to its end. */
export function makeReport(run: RunIdentity, client: SalesforceClient, findings: Findings): SyncReport {
  const { plan, apiPlan, removed, account, evaluations, usage, seconds } = findings;
  const problems = [
    ...sourceProblems(usage),
    ...massChangeProblems(evaluations),
    ...queuedProblems(apiPlan),
    ...(findings.areActivitiesHidden ? [ACTIVITIES_HIDDEN] : []),
  ];
  const { failed } = account.totals();
  const acknowledged = acknowledgedFailures(plan, account);
  const exitCode = exitCodeOf(usage, failed - acknowledged, evaluations, apiPlan);
  return {
    outcome: exitCode === 0 && failed === 0 ? 'Succeeded' : 'Partial',
    exitCode,
    isDryRun: run.isDryRun,
    now: run.now.toISOString(),
    orgId: run.orgId,
    instanceUrl: client.instanceUrl,
    runId: run.runId,
    pilots: reportedPilots(plan),
    sources: usage.summaries.map((summary) => ({
      ...summary,
      unlinked: summary.unlinked.filter(({ source, key }) => !plan.claimedKeys.has(claimedKey(source, key))),
    })),
    totals: account.totals(),
    byObject: Object.fromEntries(account.objects().map((object) => [object, account.totals(object)])),
    left: account.left(),
    acknowledged,
    problems,
    apiPlan,
    removed,
    apiCalls: client.apiCalls,
    apiUsage: client.apiUsage,
    syncIntervalHours: run.syncIntervalHours,
    seconds: Math.round(seconds * 10) / 10,
  };
}

// An admin may want it so: said in every report, but no reason for another exit code.
const ACTIVITIES_HIDDEN: ReportedProblem = {
  code: 'ACTIVITIES_HIDDEN',
  message:
    'events or tasks are hidden from the integration user, so no meeting is known: NO_NEXT_STEP and SPONSOR_SILENT are off',
  actions: ['To switch them on: assign the permission set Pilot Sync, which shows both, to that user.'],
};

/** What the run's record in the org says. `calls` still to come are those of writing this record. */
export function runResult(
  report: SyncReport,
  finishedAt: Date,
  capacity: Pick<RunResult, 'capacityPerManager' | 'capacityMode'>,
  language: Language,
): RunResult {
  const { totals } = report;
  const sum = (count: (source: SyncReport['sources'][number]) => number): number =>
    report.sources.reduce((all, source) => all + count(source), 0);
  return {
    finishedAt: finishedAt.toISOString(),
    outcome: report.outcome,
    source: cutText(report.sources.map((source) => source.source).join(', '), 255),
    eventsRead: sum((source) => source.read),
    eventsRejected: sum((source) => source.rejected),
    pilotsRead: report.pilots.length + report.left.filter(({ object }) => object === 'Pilot__c').length,
    created: totals.created,
    updated: totals.updated,
    unchanged: totals.unchanged,
    skipped: totals.skipped,
    failed: totals.failed,
    newlyStalled: report.pilots.filter((pilot) => pilot.isNewlyStalled).length,
    cleared: report.pilots.filter((pilot) => pilot.isCleared).length,
    apiCalls: report.apiCalls + 1,
    seconds: report.seconds,
    message: problemsText(report.problems, language) || null,
    ...capacity,
  };
}

function reportedPilots(plan: RunPlan): ReportedPilot[] {
  const writes = new Map(
    plan.objects
      .find((object) => object.object === 'Pilot__c')!
      .rows.map((row) => [row.key, Object.keys(row.cells)]),
  );
  return plan.evaluated.map(({ pilot, reason }) => {
    const { row, evaluation } = pilot;
    return {
      id: row.Id,
      name: row.Name,
      opportunity: row.Opportunity__r.Name,
      health: evaluation.health,
      before: row.Health__c,
      reason,
      isNewlyStalled: evaluation.isStalled && !row.Stalled__c,
      isCleared: !evaluation.isStalled && row.Stalled__c,
      changed: writes.get(row.Id) ?? [],
    };
  });
}

function sourceProblems(usage: UsageRead): ReportedProblem[] {
  return [...usage.failures.values()].map(({ code, message, actions }) => ({ code, message, actions }));
}

function massChangeProblems(evaluations: Evaluations): ReportedProblem[] {
  if (evaluations.braked === 0) return [];
  const message = `usage fell for ${evaluations.braked} of ${evaluations.pilots.length} pilots at once: source suspected, none of them flagged`;
  return [
    {
      code: 'MASS_CHANGE',
      message,
      actions: [
        'Compare the export with the product.',
        'If it is right: npx pilot sync --accept-mass-change',
      ],
    },
  ];
}

function queuedProblems({ queued, available }: ApiPlan): ReportedProblem[] {
  if (queued === 0) return [];
  const message = `${queued} rows wait for the next run: only ${available} API requests may be used today`;
  return [{ code: 'API_QUEUED', message, actions: ['Run again when the 24-hour window has room.'] }];
}

/** The gravest wins: a source that must be corrected (2), one that was not reachable (3), records that failed (1). */
function exitCodeOf(
  usage: UsageRead,
  failures: number,
  evaluations: Evaluations,
  apiPlan: ApiPlan,
): SyncReport['exitCode'] {
  const kinds = new Set([...usage.failures.values()].map((error) => error.kind));
  if (kinds.has('config')) return 2;
  if (kinds.size > 0) return 3;
  return failures > 0 || evaluations.braked > 0 || apiPlan.queued > 0 ? 1 : 0;
}

/** Failed records of which somebody said that it is known: the same trouble at the same record. */
function acknowledgedFailures(plan: RunPlan, account: Account): number {
  const acknowledged = new Set(
    plan.openIssues.filter((row) => row.Acknowledged_On__c !== null).map((row) => row.Issue_Key__c),
  );
  return failedIssues(account.left()).filter((issue) => acknowledged.has(issueKey(issue))).length;
}
