// What the sync writes, object by object: our names on the left, the org's fields on the right.
// Preflight derives from these tables what it must be allowed to write.
import type { Health } from '../domain/evaluation.ts';
import type { Day } from '../domain/facts.ts';
import type { Cell, Cells } from './difference.ts';

type Columns<Record_> = { readonly [Key in keyof Record_]: string };

/** The sync's verdict on a pilot, in the words of the rules; texts are ready to store. */
export interface PilotVerdict {
  readonly activeUsers7d: number | null;
  readonly activeUsers28d: number | null;
  readonly events7d: number | null;
  readonly activeDepartments: number | null;
  readonly usageChangePercent: number | null;
  readonly lastUsageOn: Day | null;
  readonly firstValueOn: Day | null;
  /** Written only when the digest differs, so that 32,768 characters need not be read to compare. */
  readonly usageSeries: string | null;
  /** Two halves of 32 hexadecimal digits: of the series, and of the network where there is one. */
  readonly seriesDigest: string | null;
  /** Written only when its half of the digest differs. */
  readonly network: string | null;
  readonly adoptionStage: string | null;
  readonly health: Health;
  readonly isStalled: boolean;
  readonly stalledSince: Day | null;
  readonly clearSince: Day | null;
  readonly stallReason: string | null;
  readonly signals: string;
  /** Null where the health is as it was, and the log with it. */
  readonly healthLog: string | null;
  readonly priceLockEnds: Day | null;
  readonly toTidy: number;
  readonly usageCompleteTo: Day | null;
  readonly staleAfter: string;
  readonly riskPercent: number | null;
}

const PILOT: Columns<PilotVerdict> = {
  activeUsers7d: 'Active_Users_7d__c',
  activeUsers28d: 'Active_Users_28d__c',
  events7d: 'Events_7d__c',
  activeDepartments: 'Active_Departments__c',
  usageChangePercent: 'Usage_Change__c',
  lastUsageOn: 'Last_Usage_On__c',
  firstValueOn: 'First_Value_On__c',
  usageSeries: 'Usage_Series__c',
  seriesDigest: 'Series_Digest__c',
  network: 'Network__c',
  adoptionStage: 'Adoption_Stage__c',
  health: 'Health__c',
  isStalled: 'Stalled__c',
  stalledSince: 'Stalled_Since__c',
  clearSince: 'Clear_Since__c',
  stallReason: 'Stall_Reason__c',
  signals: 'Signals__c',
  healthLog: 'Health_Log__c',
  priceLockEnds: 'Price_Lock_Ends__c',
  toTidy: 'To_Tidy__c',
  usageCompleteTo: 'Usage_Complete_To__c',
  staleAfter: 'Stale_After__c',
  riskPercent: 'Risk__c',
};

/** Written only together with another change: otherwise every run would write every pilot. */
export const PILOT_SYNCED_AT = 'Synced_At__c';

export interface CriterionVerdict {
  readonly actual: number | null;
  readonly measuredOn: Day | null;
  readonly metOn: Day | null;
  readonly projected: number | null;
  readonly projectedLow: number | null;
  readonly projectedHigh: number | null;
  readonly pace: string;
}

const CRITERION: Columns<CriterionVerdict> = {
  actual: 'Actual__c',
  measuredOn: 'Measured_On__c',
  metOn: 'Met_On__c',
  projected: 'Projected__c',
  projectedLow: 'Projected_Low__c',
  projectedHigh: 'Projected_High__c',
  pace: 'Pace__c',
};

/** One pilot's usage in one week that begins on Monday `weekStart`. */
export interface UsageWeek {
  readonly pilotId: string;
  readonly weekStart: Day;
  readonly activeUsers: number | null;
  readonly newUsers: number | null;
  readonly events: number;
  readonly activeDepartments: number | null;
  /** JSON: each metric's value at the end of the week. */
  readonly metrics: string | null;
}

const USAGE_WEEK: Columns<UsageWeek> = {
  pilotId: 'Pilot__c',
  weekStart: 'Week_Start__c',
  activeUsers: 'Active_Users__c',
  newUsers: 'New_Users__c',
  events: 'Events__c',
  activeDepartments: 'Active_Departments__c',
  metrics: 'Metrics__c',
};

export const USAGE_WEEK_KEY = 'Usage_Week_Key__c';
export const LEAD_PILOT = 'Lead_Pilot__c';

export type IssueKind = 'Rejected event' | 'Failed record' | 'Unknown key' | 'Overlap' | 'Source' | 'Setup';

/** Something a person should look at; the same trouble has the same key in every run. */
export interface Issue {
  readonly kind: IssueKind;
  readonly pilotId: string | null;
  readonly recordId: string | null;
  /** What the trouble is about where that is no record yet, e.g. a setup check; tells issues of one code apart. */
  readonly about?: string;
  readonly source: string | null;
  readonly line: number | null;
  readonly code: string;
  readonly message: string;
  readonly fix: string;
  /** Address of the page on which it is solved. */
  readonly link?: string;
}

const ISSUE: Columns<Required<Omit<Issue, 'about'>>> = {
  kind: 'Kind__c',
  pilotId: 'Pilot__c',
  recordId: 'Record_Id__c',
  source: 'Source__c',
  line: 'Line__c',
  code: 'Code__c',
  message: 'Message__c',
  fix: 'Fix__c',
  link: 'Link__c',
};

export const ISSUE_KEY = 'Issue_Key__c';
/** How many runs in a row tried to write the record and failed. */
export const ISSUE_ATTEMPTS = 'Attempts__c';
/** A person's or `pilot issues --ack`'s; the sync only clears it when the issue is resolved. */
export const ISSUE_ACKNOWLEDGED = 'Acknowledged_On__c';
/** Written only together with another change, and when the issue is resolved. */
export const ISSUE_TIMES = {
  firstSeen: 'First_Seen__c',
  lastSeen: 'Last_Seen__c',
  resolvedOn: 'Resolved_On__c',
} as const;

/** The record of one run. */
export interface RunResult {
  readonly finishedAt: string;
  readonly outcome: 'Succeeded' | 'Partial' | 'Failed';
  readonly source: string;
  readonly eventsRead: number;
  readonly eventsRejected: number;
  readonly pilotsRead: number;
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly skipped: number;
  readonly failed: number;
  readonly newlyStalled: number;
  readonly cleared: number;
  readonly apiCalls: number;
  readonly seconds: number;
  readonly message: string | null;
  /** The policy's, for pages: they cannot read it. */
  readonly capacityPerManager: number;
  readonly capacityMode: 'Warn' | 'Block';
}

const RUN: Columns<RunResult> = {
  finishedAt: 'Finished_At__c',
  outcome: 'Outcome__c',
  source: 'Source__c',
  eventsRead: 'Events_Read__c',
  eventsRejected: 'Events_Rejected__c',
  pilotsRead: 'Pilots_Read__c',
  created: 'Created__c',
  updated: 'Updated__c',
  unchanged: 'Unchanged__c',
  skipped: 'Skipped__c',
  failed: 'Failed__c',
  newlyStalled: 'Newly_Stalled__c',
  cleared: 'Cleared__c',
  apiCalls: 'API_Calls__c',
  seconds: 'Seconds__c',
  message: 'Message__c',
  capacityPerManager: 'Capacity_Per_Manager__c',
  capacityMode: 'Capacity_Mode__c',
};

/** Also written on a run's record when it starts. */
export const RUN_START = {
  lease: 'Lease_Key__c',
  leaseExpiresAt: 'Lease_Expires_At__c',
  startedAt: 'Started_At__c',
  outcome: 'Outcome__c',
  mode: 'Mode__c',
  version: 'Version__c',
} as const;

function cells<Record_ extends object>(columns: Columns<Record_>, record: Record_): Cells {
  return Object.fromEntries(
    Object.entries(columns).map(([key, field]) => [field, (record as Record<string, Cell>)[key] ?? null]),
  );
}

export const pilotCells = (verdict: PilotVerdict): Cells => cells(PILOT, verdict);
export const criterionCells = (verdict: CriterionVerdict): Cells => cells(CRITERION, verdict);
export const usageWeekCells = (week: UsageWeek): Cells => cells(USAGE_WEEK, week);
export const issueCells = (issue: Issue): Cells => cells<object>(ISSUE, issue);
export const runCells = (run: RunResult): Cells => cells(RUN, run);

/** Every field the sync writes, by object. */
export const WRITTEN_FIELDS: Readonly<Record<string, readonly string[]>> = {
  Pilot__c: [...Object.values(PILOT), PILOT_SYNCED_AT],
  SuccessCriterion__c: Object.values(CRITERION),
  PilotUsage__c: [...Object.values(USAGE_WEEK), USAGE_WEEK_KEY],
  Opportunity: [LEAD_PILOT],
  PilotSyncIssue__c: [
    ...Object.values(ISSUE),
    ISSUE_KEY,
    ISSUE_ATTEMPTS,
    ISSUE_ACKNOWLEDGED,
    ...Object.values(ISSUE_TIMES),
  ],
  PilotSyncRun__c: [...new Set([...Object.values(RUN), ...Object.values(RUN_START)])],
};
