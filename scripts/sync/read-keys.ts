import type { UnlinkedKey } from '../domain/facts.ts';
import type { SuggestedLink } from '../domain/suggest-links.ts';
import { connect, type ConnectOptions } from '../salesforce/connect.ts';
import type { SalesforceClient } from '../salesforce/client.ts';
import { pilotInputs } from '../salesforce/pilot-input.ts';
import type { UsageKeyRow } from '../salesforce/pilot-rows.ts';
import { readPilotAccounts } from '../salesforce/read-accounts.ts';
import { readOrg } from '../salesforce/read-org.ts';
import { checkOrg } from './check-org.ts';
import { derivedKeys, type KeyRow } from './derived-keys.ts';
import { suggestedLinks, unclaimedKeys } from './not-linked.ts';
import { openSources } from './open-sources.ts';
import type { Progress } from './progress.ts';
import { readUsage } from './read-usage.ts';
import type { SyncConfig } from './sync-config.ts';
import { usageLinks } from './usage-links.ts';

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

export interface KeyList {
  /** Every key of every live pilot, and whether its pilot was seen in the usage data; null where a source failed. */
  readonly linked: readonly {
    readonly pilot: KeyPilot;
    readonly source: string;
    readonly key: string;
    readonly isSeen: boolean | null;
  }[];
  readonly withoutKey: readonly KeyPilot[];
  readonly unlinked: readonly UnlinkedKey[];
  readonly suggested: readonly (Omit<SuggestedLink, 'pilotId'> & { readonly pilot: KeyPilot })[];
  /** Sources that could not be read, with the reason; their keys are missing above. */
  readonly failures: readonly { readonly source: string; readonly message: string }[];
}

export interface OrgKeys {
  readonly client: SalesforceClient;
  readonly pilots: ReadonlyMap<string, KeyPilot>;
  readonly rows: readonly UsageKeyRow[];
}

/** Live pilots and the usage keys that the org holds for them. */
export async function readOrgKeys({
  config,
  login,
  progress,
}: KeyOptions): Promise<OrgKeys & { readonly org: Awaited<ReturnType<typeof readOrg>> }> {
  progress.stage('connect');
  const { client, orgId } = await connect({
    ...login,
    targetOrg: login.targetOrg ?? config.salesforce.target_org,
  });
  progress.stage('preflight');
  await checkOrg(client, orgId, config.salesforce.org_id);
  progress.stage('read org');
  const org = await readOrg(client, (rows) => progress.update(rows, null, 'records'));
  const pilots = new Map(
    org.pilots.map((row) => [row.Id, { id: row.Id, name: row.Name, opportunity: row.Opportunity__r.Name }]),
  );
  return { client, pilots, rows: org.usageKeys, org };
}

/** Which usage belongs to which pilot, which belongs to none, and what that one may be. Writes nothing. */
export async function readKeys(options: KeyOptions): Promise<KeyList> {
  const { config, now, secret, progress } = options;
  const { client, pilots, rows, org } = await readOrgKeys(options);
  progress.stage('read usage');
  const sources = openSources(config, secret);
  const inputs = pilotInputs(org, now.toISOString().slice(0, 10)).flatMap((pilot) =>
    'input' in pilot ? [pilot.input] : [],
  );
  const accounts = await readPilotAccounts(
    client,
    config.link.account_fields.map(({ field }) => field),
  );
  const keys: readonly KeyRow[] = [...rows, ...derivedKeys(config, rows, accounts)];
  const { links } = usageLinks(inputs, keys, {
    sources: sources.map(({ name }) => name),
    timeZone: config.time_zone,
    daysBeforeStart: config.link.days_before_start,
    daysAfterEnd: config.link.days_after_end,
  });
  const usage = await readUsage(sources, links, { now }, (source, count, share) =>
    progress.update(count, share ? Math.round(count / share) : null, `rows of ${source}`),
  );
  const unlinked = unclaimedKeys(usage, rows);
  const isReadable = (source: string | null) => usage.summaries.some((summary) => summary.source === source);
  const linked = keys.flatMap(({ Pilot__c, Source__c, Key__c, by }) => {
    const isSeen = usage.pilotsWithEvents.has(Pilot__c);
    const pilot = pilots.get(Pilot__c);
    // A stamp is expected of every pilot; it is a link where it occurs.
    if (!pilot || (by === 'stamp' && !isSeen)) return [];
    return [
      { pilot, source: Source__c ?? '', key: Key__c ?? '', isSeen: isReadable(Source__c) ? isSeen : null },
    ];
  });
  const hasKey = new Set(linked.map(({ pilot }) => pilot.id));
  const needsKey = new Set(
    inputs.flatMap(({ id, usageSource }) => (usageSource === 'None by agreement' ? [] : [id])),
  );
  return {
    linked,
    withoutKey: [...pilots.values()].filter(({ id }) => needsKey.has(id) && !hasKey.has(id)),
    unlinked,
    suggested: (await suggestedLinks(client, unlinked, accounts)).map(({ pilotId, ...rest }) => ({
      ...rest,
      pilot: pilots.get(pilotId)!,
    })),
    failures: [...usage.failures].map(([source, { message }]) => ({ source, message })),
  };
}
