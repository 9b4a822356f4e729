import { z } from 'zod';
import type { Day } from '../domain/facts.ts';
import type { SalesforceClient } from './client.ts';
import { convertedPilotRow } from './pilot-rows.ts';
import { queryByIds } from './query-by-ids.ts';
import { selectOf } from './select-of.ts';
import { soql } from './soql.ts';

/** Purchases of one account before or beside a pilot. */
export interface AccountHistory {
  /** Its first won deal; null when none was won. */
  readonly firstWonOn: Day | null;
  readonly converted: readonly {
    readonly on: Day;
    readonly department: string | null;
    readonly plannedDepartments: number | null;
  }[];
}

const CONVERTED = ['Converted', 'Converted on other terms'];

/** What each of the accounts bought; one query over all converted pilots, and one for each 500 accounts. */
export async function readAccountHistory(
  client: SalesforceClient,
  accountIds: readonly string[],
): Promise<Map<string, AccountHistory>> {
  if (accountIds.length === 0) return new Map();
  const wonRow = z.object({ AccountId: z.string(), firstWonOn: z.iso.date() });
  const [pilots, deals] = await Promise.all([
    client.query(
      soql`SELECT ${selectOf(convertedPilotRow)} FROM Pilot__c WHERE Status__c = ${'Closed'} AND Outcome__c IN ${CONVERTED} AND Decided_On__c != null ORDER BY Id`,
      convertedPilotRow,
    ),
    queryByIds(
      client,
      accountIds,
      (ids) =>
        soql`SELECT AccountId, MIN(CloseDate) firstWonOn FROM Opportunity WHERE IsWon = true AND AccountId IN ${ids} GROUP BY AccountId`,
      wonRow,
    ),
  ]);
  const converted = Map.groupBy(pilots, (pilot) => pilot.Opportunity__r.AccountId);
  const won = new Map(deals.map(({ AccountId, firstWonOn }) => [AccountId, firstWonOn]));
  return new Map(
    accountIds.map((id) => [
      id,
      {
        firstWonOn: won.get(id) ?? null,
        converted: (converted.get(id) ?? []).map((pilot) => ({
          on: pilot.Decided_On__c!,
          department: pilot.Department__c,
          plannedDepartments: pilot.Planned_Departments__c,
        })),
      },
    ]),
  );
}

/** Contact ids by account and hash of the address; empty where the caller may not see addresses. */
export async function readContactHashes(
  client: SalesforceClient,
  accountIds: readonly string[],
  hash: (address: string) => string,
): Promise<Map<string, Map<string, string>>> {
  const found = new Map<string, Map<string, string>>();
  if (accountIds.length === 0 || !(await client.describe('Contact'))?.fields.has('Email')) return found;
  const row = z.object({ Id: z.string(), AccountId: z.string(), Email: z.string() });
  const contacts = await queryByIds(
    client,
    accountIds,
    (ids) =>
      soql`SELECT ${selectOf(row)} FROM Contact WHERE AccountId IN ${ids} AND Email != null ORDER BY Id`,
    row,
  );
  for (const { Id, AccountId, Email } of contacts) {
    const ofAccount = found.get(AccountId) ?? new Map<string, string>();
    found.set(AccountId, ofAccount);
    const address = hash(Email.trim().toLowerCase());
    // Of two contacts with one address the older is meant.
    if (!ofAccount.has(address)) ofAccount.set(address, Id);
  }
  return found;
}
