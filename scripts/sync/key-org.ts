import type { PilotInput } from '../domain/evaluation.ts';
import { connect, type ConnectOptions } from '../salesforce/connect.ts';
import type { SalesforceClient } from '../salesforce/client.ts';
import { pilotInputs } from '../salesforce/pilot-input.ts';
import type { UsageKeyRow } from '../salesforce/pilot-rows.ts';
import { readPilotAccounts, type PilotAccount } from '../salesforce/read-accounts.ts';
import { readOrg } from '../salesforce/read-org.ts';
import { userHash } from '../sources/user-hash.ts';
import { checkOrg } from './check-org.ts';
import type { Progress } from './progress.ts';
import type { SyncConfig } from './sync-config.ts';

export interface KeyOptions {
  readonly config: SyncConfig;
  readonly login: ConnectOptions;
  readonly now: Date;
  readonly secret: string;
  readonly progress: Progress;
}

/** A live pilot as the key commands name it. */
export interface KeyPilot {
  readonly id: string;
  readonly name: string;
  readonly opportunity: string;
}

/** What the key commands know of the org: its live pilots, their accounts, and the usage keys that it holds for them. */
export interface KeyOrg {
  readonly client: SalesforceClient;
  readonly pilots: ReadonlyMap<string, KeyPilot>;
  /** The pilots whose records can be read. */
  readonly inputs: readonly PilotInput[];
  readonly rows: readonly UsageKeyRow[];
  readonly accounts: readonly PilotAccount[];
}

/** Connects and reads; writes nothing. */
export async function readKeyOrg({ config, login, now, secret, progress }: KeyOptions): Promise<KeyOrg> {
  progress.stage('connect');
  const { client, orgId } = await connect({
    ...login,
    targetOrg: login.targetOrg ?? config.salesforce.target_org,
  });
  progress.stage('preflight');
  await checkOrg(client, orgId, config.salesforce.org_id);
  progress.stage('read org');
  const org = await readOrg(client, (rows) => progress.update(rows, null, 'records'));
  const accountFields = config.link.account_fields.map(({ field }) => field);
  return {
    client,
    pilots: new Map(
      org.pilots.map((row) => [row.Id, { id: row.Id, name: row.Name, opportunity: row.Opportunity__r.Name }]),
    ),
    inputs: pilotInputs(org, now.toISOString().slice(0, 10), userHash(secret)).flatMap((pilot) =>
      'input' in pilot ? [pilot.input] : [],
    ),
    rows: org.usageKeys,
    accounts: await readPilotAccounts(client, accountFields),
  };
}
