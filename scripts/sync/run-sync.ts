// The whole sync, top to bottom: configure (the caller) → connect → preflight → read org → read usage →
// evaluate → diff → write → account → report.
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { capacityMode, resolvePolicy } from '../domain/policy.ts';
import { connect, type ConnectOptions } from '../salesforce/connect.ts';
import { RunLease } from '../salesforce/run-lease.ts';
import type { SalesforceClient } from '../salesforce/client.ts';
import { Account } from './account.ts';
import { checkOrg } from './check-org.ts';
import { apiPlanLine, fitIntoAllowance } from './api-plan.ts';
import { expireRejectFiles } from './expire-reject-files.ts';
import { judgeOrg } from './judge-org.ts';
import { planRun, type RunPlan } from './plan-run.ts';
import { makeReport, runResult } from './make-report.ts';
import type { Progress } from './progress.ts';
import type { SyncConfig } from './sync-config.ts';
import type { SyncReport } from './sync-report.ts';
import { takeMachineLock } from './take-machine-lock.ts';
import { atMost, PARTING_MS, unlessStopped } from './unless-stopped.ts';
import { wholeRunFailure } from './whole-run-failure.ts';
import { removeExpired } from './remove-expired.ts';
import { accountForDryRun, writePlan } from './write-plan.ts';

export interface SyncOptions {
  readonly config: SyncConfig;
  readonly login: ConnectOptions;
  /** The run's clock; only durations are measured elsewhere. */
  readonly now: Date;
  readonly isDryRun: boolean;
  readonly acceptMassChange: boolean;
  readonly mode: 'Scheduled' | 'Manual';
  /** Key for the hashes of user ids. */
  readonly secret: string;
  readonly version: string;
  readonly progress: Progress;
  /** Folder of the per-machine lock; the system's temporary folder unless a test says otherwise. */
  readonly lockFolder?: string;
}

/** Runs the sync once. Rejects with a PilotError when nothing or not everything could be tried. */
export async function runSync(options: SyncOptions): Promise<SyncReport> {
  return await connectAndSync(options).catch((error: unknown) => {
    throw wholeRunFailure(error);
  });
}

async function connectAndSync(options: SyncOptions): Promise<SyncReport> {
  const { config, login, progress, isDryRun } = options;
  const startedMs = performance.now();
  progress.stage('connect');
  const { client, orgId } = await connect({
    ...login,
    targetOrg: login.targetOrg ?? config.salesforce.target_org,
  });

  progress.stage('preflight');
  await checkOrg(client, orgId, config.salesforce.org_id, config.opportunity_fields);
  if (isDryRun) return await syncOnce(options, client, orgId, null, startedMs);

  const giveBack = await takeMachineLock(options.lockFolder ?? tmpdir(), orgId, client.instanceUrl);
  try {
    const lease = await RunLease.take(client, {
      startedAt: options.now,
      mode: options.mode,
      version: options.version,
      leaseMinutes: config.run.lease_minutes,
      language: config.language,
    });
    try {
      return await unlessStopped(syncOnce(options, client, orgId, lease, startedMs), login.signal);
    } catch (error) {
      await atMost(PARTING_MS, lease.abandon(error, (performance.now() - startedMs) / 1000));
      throw error;
    }
  } finally {
    await giveBack().catch(() => undefined);
  }
}

async function syncOnce(
  options: SyncOptions,
  client: SalesforceClient,
  orgId: string,
  lease: RunLease | null,
  startedMs: number,
): Promise<SyncReport> {
  const { config, now, progress } = options;
  const { policies, rows, read, links, usage, evaluations, networks } = await judgeOrg(client, options);
  const plan: RunPlan = await planRun(client, {
    rows,
    read,
    links,
    usage,
    evaluations,
    networks,
    wording: config,
    opportunityFields: config.opportunity_fields,
    now,
  });

  progress.stage('write');
  const account = new Account();
  for (const { row, outcome } of plan.notTried) account.enter('Pilot__c', row.Id, row.Name, outcome);
  const policy = resolvePolicy(policies, null);
  const bulkFromRows = config.run.bulk_from_rows;
  const written = fitIntoAllowance(plan.objects, plan.urgency, {
    usage: client.apiUsage,
    reservePercent: policy.apiReservePercent,
    bulkFromRows,
  });
  progress.note(apiPlanLine(written.plan));
  if (lease === null) accountForDryRun(plan, account, now);
  else await writePlan(client, lease, plan, written, account, { now, bulkFromRows }, progress);
  const removed = lease === null ? null : await removeExpired(client, policy, now);
  if (lease !== null) await expireRejectFiles(join(config.run.folder, 'rejected'), policy.keepRunsDays, now);

  progress.stage('account');
  const seconds = (performance.now() - startedMs) / 1000;
  const { syncIntervalHours } = policy;
  const run = { isDryRun: options.isDryRun, now, orgId, runId: lease?.runId ?? null, syncIntervalHours };
  const report = makeReport(run, client, {
    plan,
    apiPlan: written.plan,
    removed,
    account,
    evaluations,
    usage,
    areActivitiesHidden: rows.meetings === null,
    seconds,
  });
  const capacity = { capacityPerManager: policy.capacityPerManager, capacityMode: capacityMode(policies) };
  await lease?.finish(runResult(report, new Date(now.getTime() + seconds * 1000), capacity, config.language));
  return report;
}
