import type { UnlinkedKey } from '../domain/facts.ts';
import type { SuggestedLink } from '../domain/suggest-links.ts';
import { derivedKeys, type KeyRow } from './derived-keys.ts';
import { readKeyOrg, type KeyOptions, type KeyOrg, type KeyPilot } from './key-org.ts';
import { suggestedLinks, unclaimedKeys } from './not-linked.ts';
import { openSources } from './open-sources.ts';
import { readUsage, type UsageRead } from './read-usage.ts';
import { linkOptions, usageLinks, type Links } from './usage-links.ts';

export interface LinkedKey {
  readonly pilot: KeyPilot;
  readonly source: string;
  readonly key: string;
  /** Does the key occur in the usage data? Null where its source could not be read. */
  readonly isSeen: boolean | null;
  /** Why nothing is counted by this key; null where it is. */
  readonly problem: string | null;
}

export interface KeyList {
  /** Every key of every live pilot. */
  readonly linked: readonly LinkedKey[];
  readonly withoutKey: readonly KeyPilot[];
  readonly unlinked: readonly UnlinkedKey[];
  readonly suggested: readonly (Omit<SuggestedLink, 'pilotId'> & { readonly pilot: KeyPilot })[];
  /** Sources that could not be read, with the reason; their keys are missing above. */
  readonly failures: readonly { readonly source: string; readonly message: string }[];
}

/** Which usage belongs to which pilot, which belongs to none, and what that one may be. Writes nothing. */
export async function readKeys(options: KeyOptions): Promise<KeyList> {
  const { config, now, secret, progress } = options;
  const org = await readKeyOrg(options);
  progress.stage('read usage');
  const keys: readonly KeyRow[] = [...org.rows, ...derivedKeys(config, org.rows, org.accounts)];
  const links = usageLinks(org.inputs, keys, linkOptions(config));
  const usage = await readUsage(openSources(config, secret), links.links, { now }, (source, rows, total) =>
    progress.update(rows, total, `rows of ${source}`),
  );
  const unlinked = unclaimedKeys(usage, org.rows);
  const linked = linkedKeys(keys, org, links, usage);
  const hasKey = new Set(linked.map(({ pilot }) => pilot.id));
  const suggested = await suggestedLinks(org.client, unlinked, org.accounts);
  return {
    linked,
    withoutKey: org.inputs.flatMap(({ id, usageSource }) =>
      usageSource === 'None by agreement' || hasKey.has(id) ? [] : [org.pilots.get(id)!],
    ),
    unlinked,
    suggested: suggested.map(({ pilotId, ...rest }) => ({ ...rest, pilot: org.pilots.get(pilotId)! })),
    failures: [...usage.failures].map(([source, { message }]) => ({ source, message })),
  };
}

function linkedKeys(keys: readonly KeyRow[], org: KeyOrg, links: Links, usage: UsageRead): LinkedKey[] {
  const summaries = new Map(usage.summaries.map((summary) => [summary.source, summary]));
  const inputs = new Map(org.inputs.map((input) => [input.id, input]));
  return keys.flatMap((row) => {
    const pilot = org.pilots.get(row.Pilot__c);
    const hasStamp = row.by === 'stamp' && usage.pilotsWithEvents.has(row.Pilot__c);
    // A stamp is expected of every pilot; it is a link where it occurs.
    if (!pilot || (row.by === 'stamp' && !hasStamp)) return [];
    const [source, key] = [row.Source__c ?? '', row.Key__c ?? ''];
    const summary = summaries.get(source);
    const issue = links.issues.find(({ recordId }) => recordId === row.Id);
    const unreadable = summary?.unreadableLinks.find((link) => link.pilotId === pilot.id && link.key === key);
    const problem =
      inputs.get(pilot.id)?.usageSource === 'None by agreement'
        ? 'its pilot has no usage data, by agreement'
        : (issue?.message ?? unreadable?.reason ?? null);
    const isSeen = summary === undefined ? null : !summary.unseenKeys.includes(key);
    return [{ pilot, source, key, isSeen, problem }];
  });
}
