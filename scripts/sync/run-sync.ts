// The whole sync, top to bottom: configure (the caller) → connect → preflight → read org → read usage →
// evaluate → diff → write → account → report.
import { tmpdir } from 'node:os';
import type { PilotInput, Policy } from '../domain/evaluation.ts';
import { resolvePolicy } from '../domain/policy.ts';
import { connect, type ConnectOptions } from '../salesforce/connect.ts';
import { pilotInputs } from '../salesforce/pilot-input.ts';
import { readPilotAccounts } from '../salesforce/read-accounts.ts';
import { readOrg, readPolicyRecords } from '../salesforce/read-org.ts';
import { RunLease } from '../salesforce/run-lease.ts';
import type { SalesforceClient } from '../salesforce/client.ts';
import { Account } from './account.ts';
import type { UsageRequest } from '../sources/source.ts';
import { checkOrg } from './check-org.ts';
import { derivedKeys } from './derived-keys.ts';
import { evaluatePilots, type Evaluations } from './evaluate-pilots.ts';
import { unclaimedKeys, withCandidates } from './not-linked.ts';
import { openSources } from './open-sources.ts';
import { POLICY_FIELDS } from './policy-query.ts';
import { planRun, type RunPlan } from './plan-run.ts';
import { makeReport, runResult } from './make-report.ts';
import type { Progress } from './progress.ts';
import { readUsage } from './read-usage.ts';
import type { SyncConfig } from './sync-config.ts';
import type { SyncReport } from './sync-report.ts';
import { takeMachineLock } from './take-machine-lock.ts';
import { usageLinks } from './usage-links.ts';
import { wholeRunFailure } from './whole-run-failure.ts';
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
  await checkOrg(client, orgId, config.salesforce.org_id);
  if (isDryRun) return await syncOnce(options, client, orgId, null, startedMs);

  const giveBack = await takeMachineLock(options.lockFolder ?? tmpdir(), orgId, client.instanceUrl);
  try {
    const lease = await RunLease.take(client, {
      startedAt: options.now,
      mode: options.mode,
      version: options.version,
      leaseMinutes: config.run.lease_minutes,
    });
    try {
      return await syncOnce(options, client, orgId, lease, startedMs);
    } catch (error) {
      await lease.abandon(error, (performance.now() - startedMs) / 1000);
      throw error;
    }
  } finally {
    await giveBack().catch(() => undefined);
  }
}

/** What a source must know of the pilots and of the admin's rules. */
function usageRules(
  pilots: readonly PilotInput[],
  policy: Policy,
): Pick<UsageRequest, 'periods' | 'incompleteDays'> {
  return {
    periods: new Map(
      pilots.flatMap(({ id, startDate, endDate }) =>
        startDate === null ? [] : [[id, { first: startDate, last: endDate }] as const],
      ),
    ),
    incompleteDays: { percent: policy.incompleteDayPercent, minEvents: policy.incompleteDayMinEvents },
  };
}

async function syncOnce(
  options: SyncOptions,
  client: SalesforceClient,
  orgId: string,
  lease: RunLease | null,
  startedMs: number,
): Promise<SyncReport> {
  const { config, now, progress } = options;
  progress.stage('read org');
  const policies = await readPolicyRecords(client, POLICY_FIELDS);
  const rows = await readOrg(client, (count) => progress.update(count, null, 'records'));
  const read = pilotInputs(rows, now.toISOString().slice(0, 10));
  const readable = read.filter((pilot) => 'input' in pilot);

  progress.stage('read usage');
  const sources = openSources(config, options.secret);
  const inputs = readable.map((pilot) => pilot.input);
  const fields = config.link.account_fields.map(({ field }) => field);
  const isDerived = fields.length > 0 || config.sources.some(({ columns }) => columns.stamp !== undefined);
  const derived = isDerived
    ? derivedKeys(config, rows.usageKeys, await readPilotAccounts(client, fields))
    : [];
  const links = usageLinks(inputs, [...rows.usageKeys, ...derived], {
    sources: sources.map((source) => source.name),
    timeZone: config.time_zone,
    daysBeforeStart: config.link.days_before_start,
    daysAfterEnd: config.link.days_after_end,
  });
  const asked = { now, ...usageRules(inputs, resolvePolicy(policies, null)) };
  const usage = await readUsage(sources, links.links, asked, (source, count, share) => {
    progress.update(
      count,
      share === null || share === 0 ? null : Math.round(count / share),
      `rows of ${source}`,
    );
  });

  progress.stage('evaluate');
  const judgeable = readable.filter(
    ({ input }) =>
      usage.facts.has(input.id) ||
      usage.problems.has(input.id) ||
      !links.links.some((link) => link.pilotId === input.id),
  );
  const problems = await withCandidates(
    client,
    new Map([...links.problems, ...usage.problems]),
    unclaimedKeys(usage, rows.usageKeys),
  );
  const evaluations: Evaluations = evaluatePilots(judgeable, { links: links.links, problems }, usage, {
    now,
    timeZone: config.time_zone,
    policies,
    acceptMassChange: options.acceptMassChange,
    pilotsWithWeeks: new Set(rows.usageWeeks.map((week) => week.Pilot__c)),
  });
  const plan: RunPlan = await planRun(client, {
    rows,
    read,
    links,
    usage,
    evaluations,
    wording: config,
    now,
  });

  progress.stage('write');
  const account = new Account();
  for (const { row, outcome } of plan.notTried) account.enter('Pilot__c', row.Id, row.Name, outcome);
  if (lease === null) accountForDryRun(plan, account, now);
  else
    await writePlan(
      client,
      lease,
      plan,
      account,
      { now, apiReservePercent: resolvePolicy(policies, null).apiReservePercent },
      progress,
    );

  progress.stage('account');
  const seconds = (performance.now() - startedMs) / 1000;
  const run = { isDryRun: options.isDryRun, now, orgId, runId: lease?.runId ?? null };
  const report = makeReport(run, client, { plan, account, evaluations, usage, seconds });
  await lease?.finish(runResult(report, new Date(now.getTime() + seconds * 1000)));
  return report;
}
