import { z } from 'zod';
import type { AccountTraits } from '../domain/suggest-links.ts';
import type { SalesforceClient } from './client.ts';
import { queryByIds } from './query-by-ids.ts';
import { selectOf } from './select-of.ts';
import { soql } from './soql.ts';

export interface PilotAccount {
  readonly pilotId: string;
  readonly opportunityId: string;
  readonly accountId: string | null;
  readonly website: string | null;
  /** The asked fields of the account that hold a text, by API name. */
  readonly fields: Readonly<Record<string, string>>;
}

const LIVE = ['Active', 'In Review'];

/** The accounts of all live pilots, with more of their fields where the configuration names some. */
export async function readPilotAccounts(
  client: SalesforceClient,
  fields: readonly string[] = [],
): Promise<PilotAccount[]> {
  const text = z.string().nullable();
  const account = z.object({ Website: text, ...Object.fromEntries(fields.map((name) => [name, text])) });
  const row = z.object({
    Id: z.string(),
    Opportunity__c: z.string(),
    Opportunity__r: z.object({ AccountId: text, Account: account.nullable() }),
  });
  const rows = await client.query(
    soql`SELECT ${selectOf(row)} FROM Pilot__c WHERE Status__c IN ${LIVE} AND Opportunity__r.IsClosed = false ORDER BY Id`,
    row,
  );
  return rows.map(({ Id, Opportunity__c, Opportunity__r: { AccountId, Account } }) => {
    const values = Object.entries(Account ?? {}).filter(([name]) => fields.includes(name));
    return {
      pilotId: Id,
      opportunityId: Opportunity__c,
      accountId: AccountId,
      website: Account?.Website ?? null,
      fields: Object.fromEntries(
        values.flatMap(([name, value]) =>
          value === null || value.trim() === '' ? [] : [[name, value.trim()]],
        ),
      ),
    };
  });
}

/** What links are suggested by: per account of `pilots` its website, its live pilots and the domains of its contacts. */
export async function readAccountTraits(
  client: SalesforceClient,
  pilots: readonly PilotAccount[],
): Promise<AccountTraits[]> {
  const byAccount = Map.groupBy(
    pilots.flatMap((pilot) => (pilot.accountId === null ? [] : [{ ...pilot, accountId: pilot.accountId }])),
    ({ accountId }) => accountId,
  );
  const ids = [...byAccount.keys()];
  const row = z.object({ AccountId: z.string(), Email: z.string() });
  const contacts = await queryByIds(
    client,
    ids,
    (some) =>
      soql`SELECT ${selectOf(row)} FROM Contact WHERE AccountId IN ${some} AND Email != null ORDER BY Id`,
    row,
  );
  const domains = Map.groupBy(contacts, ({ AccountId }) => AccountId);
  return [...byAccount].map(([accountId, own]) => ({
    accountId,
    website: own[0]!.website,
    contactDomains: (domains.get(accountId) ?? []).flatMap(({ Email }) => Email.split('@').at(-1) ?? []),
    livePilotIds: own.map(({ pilotId }) => pilotId),
  }));
}
