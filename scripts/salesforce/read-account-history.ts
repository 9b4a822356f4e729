import { z } from 'zod';
import type { Day } from '../domain/facts.ts';
import type { SalesforceClient } from './client.ts';
import { convertedPilotRow } from './pilot-rows.ts';
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
// Ids per query: 18 characters each stay far below the 16,000 that a URL may have at Salesforce. An aggregate query
// answers at most 2,000 rows and has no next page.
const IDS_PER_QUERY = 200;

/** What each of the accounts bought; one query over all converted pilots, and one for each 200 accounts. */
export async function readAccountHistory(
  client: SalesforceClient,
  accountIds: readonly string[],
): Promise<Map<string, AccountHistory>> {
  if (accountIds.length === 0) return new Map();
  const pilots = await client.query(
    soql`SELECT ${selectOf(convertedPilotRow)} FROM Pilot__c WHERE Status__c = ${'Closed'} AND Outcome__c IN ${CONVERTED} AND Decided_On__c != null ORDER BY Id`,
    convertedPilotRow,
  );
  const converted = Map.groupBy(pilots, (pilot) => pilot.Opportunity__r.AccountId);
  const wonRow = z.object({ AccountId: z.string(), firstWonOn: z.iso.date() });
  const won = new Map<string, Day>();
  for (let at = 0; at < accountIds.length; at += IDS_PER_QUERY) {
    const ids = accountIds.slice(at, at + IDS_PER_QUERY);
    const rows = await client.query(
      soql`SELECT AccountId, MIN(CloseDate) firstWonOn FROM Opportunity WHERE IsWon = true AND AccountId IN ${ids} GROUP BY AccountId`,
      wonRow,
    );
    for (const row of rows) won.set(row.AccountId, row.firstWonOn);
  }
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
  for (let at = 0; at < accountIds.length; at += IDS_PER_QUERY) {
    const ids = accountIds.slice(at, at + IDS_PER_QUERY);
    const rows = await client.query(
      soql`SELECT ${selectOf(row)} FROM Contact WHERE AccountId IN ${ids} AND Email != null ORDER BY Id`,
      row,
    );
    for (const { Id, AccountId, Email } of rows) {
      const contacts = found.get(AccountId) ?? new Map<string, string>();
      found.set(AccountId, contacts);
      const address = hash(Email.trim().toLowerCase());
      // Of two contacts with one address the older is meant.
      if (!contacts.has(address)) contacts.set(address, Id);
    }
  }
  return found;
}
