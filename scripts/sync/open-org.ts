import { connect, type ConnectedOrg, type ConnectOptions } from '../salesforce/connect.ts';
import { assertPinned } from './check-org.ts';
import type { Progress } from './progress.ts';
import type { SyncConfig } from './sync-config.ts';

/** What a command needs that only looks at or tidies the sync's own records. */
export interface OrgOptions {
  readonly config: SyncConfig;
  readonly login: ConnectOptions;
  readonly now: Date;
  readonly progress: Progress;
}

/** The configured org, and no other, without the preflight of a sync: its records tell why a preflight fails. */
export async function openOrg({ config, login, progress }: OrgOptions): Promise<ConnectedOrg> {
  progress.stage('connect');
  const org = await connect({ ...login, targetOrg: login.targetOrg ?? config.salesforce.target_org });
  assertPinned(org.orgId, config.salesforce.org_id);
  progress.stage('read org');
  return org;
}
