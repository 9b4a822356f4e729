import { connect, type ConnectedOrg, type ConnectOptions } from '../salesforce/connect.ts';
import { readPolicyRecords } from '../salesforce/read-org.ts';
import type { PilotError } from '../salesforce/pilot-error.ts';
import { resolvePolicy } from '../domain/policy.ts';
import { POLICY_FIELDS } from './policy-query.ts';
import { checkOrg } from './check-org.ts';
import { dealFields } from './mapped-fields.ts';
import { openSources } from './open-sources.ts';
import type { Progress } from './progress.ts';
import { sourceFailure } from './read-usage.ts';
import type { SyncConfig } from './sync-config.ts';
import { wholeRunFailure } from './whole-run-failure.ts';

export interface SetupCheck {
  readonly name: string;
  /** Null when all is well. */
  readonly error: PilotError | null;
}

/** Tries everything a sync needs and goes on after a failure, so that one list names it all. Writes nothing. */
export async function checkSetup(
  config: SyncConfig,
  login: ConnectOptions,
  secret: string,
  progress: Progress,
): Promise<SetupCheck[]> {
  const checks: SetupCheck[] = [];
  const attempt = async (
    name: string,
    run: () => Promise<unknown>,
    told = wholeRunFailure,
  ): Promise<void> => {
    const error = await run().then(() => null, told);
    checks.push({ name, error });
  };
  progress.stage('read usage');
  for (const source of openSources(config, secret)) {
    await attempt(
      `source ${source.name}`,
      () => source.check(),
      (error: unknown) => sourceFailure(source.name, error),
    );
  }
  progress.stage('connect');
  let org: ConnectedOrg | null = null;
  await attempt('login', async () => {
    org = await connect({ ...login, targetOrg: login.targetOrg ?? config.salesforce.target_org });
  });
  if (org !== null) await checkConnected(org, config, attempt, progress);
  return checks;
}

async function checkConnected(
  { client, orgId }: ConnectedOrg,
  config: SyncConfig,
  attempt: (name: string, run: () => Promise<unknown>) => Promise<void>,
  progress: Progress,
): Promise<void> {
  progress.stage('preflight');
  await attempt('package and permissions', () =>
    checkOrg(client, orgId, config.salesforce.org_id, dealFields(config)),
  );
  await attempt('policy', async () => {
    const records = await readPolicyRecords(client, POLICY_FIELDS);
    for (const type of [null, 'POC', 'Pilot', 'Trial']) resolvePolicy(records, type);
  });
}
