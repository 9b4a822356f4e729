import type { UnlinkedKey } from '../domain/facts.ts';
import { suggestLinks, type SuggestedLink } from '../domain/suggest-links.ts';
import type { SalesforceClient } from '../salesforce/client.ts';
import type { UsageKeyRow } from '../salesforce/pilot-rows.ts';
import { readAccountTraits, readPilotAccounts, type PilotAccount } from '../salesforce/read-accounts.ts';
import type { DataProblem } from './data-problem.ts';
import { claimedKey } from './plan-run.ts';
import type { UsageRead } from './read-usage.ts';

/** Keys that no record of the org names, also not one that an overlap or a mistake keeps out of the run. */
export function unclaimedKeys(
  usage: Pick<UsageRead, 'summaries'>,
  rows: readonly UsageKeyRow[],
): UnlinkedKey[] {
  const claimed = new Set(rows.map((row) => claimedKey(row.Source__c ?? '', row.Key__c ?? '')));
  return usage.summaries
    .flatMap(({ unlinked }) => unlinked)
    .filter(({ source, key }) => !claimed.has(claimedKey(source, key)));
}

/** What links are suggested for the pilots on `accounts`; the org is asked about their contacts. */
export async function suggestedLinks(
  client: SalesforceClient,
  unlinked: readonly UnlinkedKey[],
  accounts: readonly PilotAccount[],
): Promise<SuggestedLink[]> {
  return unlinked.length === 0 ? [] : suggestLinks(unlinked, await readAccountTraits(client, accounts));
}

/** Adds to every pilot without a link the likeliest workspace. Costs no request where every pilot is linked. */
export async function withCandidates(
  client: SalesforceClient,
  problems: ReadonlyMap<string, DataProblem>,
  unlinked: readonly UnlinkedKey[],
): Promise<Map<string, DataProblem>> {
  const open = new Set([...problems].flatMap(([id, { code }]) => (code === 'NOT_LINKED' ? [id] : [])));
  if (open.size === 0 || unlinked.every(({ domain }) => domain === null)) return new Map(problems);
  const accounts = await readPilotAccounts(client);
  const wanted = new Set(
    accounts.flatMap(({ pilotId, accountId }) => (open.has(pilotId) ? [accountId] : [])),
  );
  const near = accounts.filter(({ accountId }) => wanted.has(accountId));
  const suggested = await suggestedLinks(client, unlinked, near);
  return new Map(
    [...problems].map(([id, problem]) => {
      const best = open.has(id) ? suggested.find(({ pilotId }) => pilotId === id) : undefined;
      if (!best) return [id, problem];
      return [id, { ...problem, values: { key: best.key.key, people: best.people, domain: best.domain } }];
    }),
  );
}
