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

// As many as a rep can tell apart at a glance (product.md, "Links").
const MAX_CANDIDATES = 3;
// Signals__c cuts longer texts, and a key that was cut would link nothing.
const MAX_KEY_CHARACTERS = 80;

/** Adds to every pilot without a link its likeliest workspaces. Costs no request where every pilot is linked. */
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
      const own = suggested.filter(({ pilotId, key }) => pilotId === id && isStorable(key.key));
      return open.has(id) && own.length > 0
        ? [id, { ...problem, values: candidateValues(own) }]
        : [id, problem];
    }),
  );
}

function isStorable(key: string): boolean {
  return key.length <= MAX_KEY_CHARACTERS && !/\p{Cc}/u.test(key);
}

/** What the page lists, most people first; the second and third carry their number. */
function candidateValues(suggested: readonly SuggestedLink[]): DataProblem['values'] {
  const values = suggested.slice(0, MAX_CANDIDATES).flatMap(({ key, people, domain }, index) => {
    const number = index === 0 ? '' : String(index + 1);
    const said = {
      key: key.key,
      source: key.source,
      people,
      domain,
      since: key.firstDay,
      events: key.eventsLastWeek,
    };
    return Object.entries(said).map(([name, value]) => [name + number, value] as const);
  });
  return Object.fromEntries(values);
}
