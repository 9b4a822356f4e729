// `pilot whatif`: which flags another policy would add or remove. Reads as the sync does
// and writes nothing but, when asked to, its answer.
import { evaluatePilot } from '../domain/evaluate-pilot.ts';
import type { Evaluation, Health } from '../domain/evaluation.ts';
import { resolvePolicy, type PolicyRecord } from '../domain/policy.ts';
import type { SignalCode } from '../domain/policy-fields.ts';
import { connect, type ConnectOptions } from '../salesforce/connect.ts';
import { checkOrg } from '../sync/check-org.ts';
import type { EvaluatedPilot } from '../sync/evaluate-pilots.ts';
import { judgeOrg } from '../sync/judge-org.ts';
import type { Progress } from '../sync/progress.ts';
import type { SyncConfig } from '../sync/sync-config.ts';
import { wholeRunFailure } from '../sync/whole-run-failure.ts';
import { readPolicyChanges, withChanges } from './policy-changes.ts';
import { storeWhatIf } from './store-what-if.ts';
import type { ChangedPilot, WhatIf } from './what-if-result.ts';

export interface WhatIfOptions {
  readonly policyFile: string;
  /** Whether the result is kept in the org for the setup page. */
  readonly isStored: boolean;
  readonly config: SyncConfig;
  readonly login: ConnectOptions;
  readonly now: Date;
  readonly secret: string;
  readonly progress: Progress;
}

/** Judges every live pilot under the org's policy and under the changed one. Rejects with a PilotError. */
export async function whatIf({ policyFile, login, isStored, ...options }: WhatIfOptions): Promise<WhatIf> {
  const changes = await readPolicyChanges(policyFile);
  try {
    const { config, progress } = options;
    progress.stage('connect');
    const targetOrg = login.targetOrg ?? config.salesforce.target_org;
    const { client, orgId } = await connect({ ...login, targetOrg });
    progress.stage('preflight');
    await checkOrg(client, orgId, config.salesforce.org_id, config.opportunity_fields);
    const { evaluations, policies } = await judgeOrg(client, { ...options, acceptMassChange: false });
    const result = { changes, ...comparePolicies(evaluations.pilots, withChanges(policies, changes)) };
    if (isStored) {
      progress.stage('write');
      await storeWhatIf(client, result, config.language, options.now);
    }
    return result;
  } catch (error) {
    throw wholeRunFailure(error);
  }
}

function comparePolicies(
  pilots: readonly EvaluatedPilot[],
  policies: readonly PolicyRecord[],
): Omit<WhatIf, 'changes'> {
  const judged = pilots.map((one) => {
    const { input: pilot, facts, dataProblem, today } = one;
    const policy = resolvePolicy(policies, pilot.type);
    return { one, after: evaluatePilot({ pilot, facts, dataProblem, policy, today }) };
  });
  return {
    pilots: judged.length,
    before: countHealth(judged.map(({ one }) => one.evaluation)),
    after: countHealth(judged.map(({ after }) => after)),
    changed: judged.flatMap(({ one, after }) => changeOf(one, after) ?? []),
  };
}

function countHealth(evaluations: readonly Evaluation[]): Record<Health, number> {
  const counts = { 'On track': 0, Watch: 0, 'At risk': 0, Stalled: 0, Unknown: 0 };
  for (const { health } of evaluations) counts[health] += 1;
  return counts;
}

function changeOf({ row, evaluation }: EvaluatedPilot, after: Evaluation): ChangedPilot | null {
  const [had, has] = [codesOf(evaluation), codesOf(after)];
  const added = has.filter((code) => !had.includes(code));
  const removed = had.filter((code) => !has.includes(code));
  if (evaluation.health === after.health && added.length + removed.length === 0) return null;
  const { Id: id, Name: name, Opportunity__r: deal } = row;
  return { id, name, opportunity: deal.Name, before: evaluation.health, after: after.health, added, removed };
}

function codesOf({ signals, toTidy }: Evaluation): SignalCode[] {
  return [...signals, ...toTidy].map(({ code }) => code);
}
