import type { z } from 'zod';
import { z as zod } from 'zod';
import type { SalesforceClient } from './client.ts';
import {
  contactRow,
  checkInRow,
  commitmentRow,
  contactRoleRow,
  criterionRow,
  issueRow,
  multiCurrencyPilotRow,
  pilotRow,
  termRow,
  usageKeyRow,
  usageWeekRow,
} from './pilot-rows.ts';
import type { PilotRow } from './pilot-rows.ts';
import { meetingsQuery, readMeetings, type DealMeetings } from './read-meetings.ts';
import { readInRanges } from './read-in-ranges.ts';
import { readLongTexts } from './read-long-texts.ts';
import type { SCHEMA } from './schema.ts';
import { selectOf } from './select-of.ts';
import { soql, soqlNames } from './soql.ts';

/** Everything the sync reads about live pilots: status Active or In Review on an open deal. */
export interface OrgRows {
  readonly pilots: readonly PilotRow[];
  readonly usageKeys: readonly z.infer<typeof usageKeyRow>[];
  readonly criteria: readonly z.infer<typeof criterionRow>[];
  readonly terms: readonly z.infer<typeof termRow>[];
  readonly checkIns: readonly z.infer<typeof checkInRow>[];
  readonly commitments: readonly z.infer<typeof commitmentRow>[];
  readonly usageWeeks: readonly z.infer<typeof usageWeekRow>[];
  readonly contactRoles: readonly z.infer<typeof contactRoleRow>[];
  /** Meetings and calls by deal; null where the caller may not see events or tasks. */
  readonly meetings: readonly DealMeetings[] | null;
  /** Open ones only. */
  readonly issues: readonly z.infer<typeof issueRow>[];
}

const LIVE = ['Active', 'In Review'];

/**
 * Reads the org's true state, ordered so that two reads of one state are equal.
 * @param dealFields API names of fields of Opportunity to read beside our own
 */
export async function readOrg(
  client: SalesforceClient,
  onRows: (rows: number) => void,
  dealFields: readonly string[] = [],
): Promise<OrgRows> {
  const seen = new Map<string, number>();
  const counting = (object: string) => (count: number) => {
    seen.set(object, count);
    onRows([...seen.values()].reduce((sum, rows) => sum + rows));
  };
  const cell = zod.union([zod.string(), zod.number(), zod.boolean(), zod.null()]);
  const more = Object.fromEntries(dealFields.map((name) => [name, cell]));
  // The type of the rows stays that of our own fields; whoever asks for more knows their names.
  const deal = { Opportunity__r: pilotRow.shape.Opportunity__r.extend(more as object) };
  const contacts = await client.describe('Contact');
  const contact = contactRow((field) => contacts?.fields.has(field) ?? false);
  const hasCurrencies = (await client.describe('Pilot__c'))?.fields.has('CurrencyIsoCode');
  const meetingsOf = await meetingsQuery(client, LIVE);
  const toCome = readLongTexts(
    client,
    {
      object: 'Pilot__c',
      row: (hasCurrencies ? multiCurrencyPilotRow : pilotRow).extend({
        ...deal,
        Customer_Sponsor__r: contact,
        Champion__r: contact,
      }),
      where: soql`Status__c IN ${LIVE} AND Opportunity__r.IsClosed = false`,
    },
    counting('Pilot__c'),
  );
  const details = <Row extends { readonly Pilot__c: string }>(
    row: zod.ZodObject & zod.ZodType<Row>,
    object: keyof typeof SCHEMA,
  ): Promise<Row[]> => {
    const from = soql`SELECT ${selectOf(row)} FROM ${soqlNames(object)} WHERE Pilot__r.Status__c IN ${LIVE} AND Pilot__r.Opportunity__r.IsClosed = false`;
    return readInRanges<Row>(client, { from, key: 'Pilot__c', row }, toCome.ids, counting(object));
  };
  // Asked for at once, pages of several queries share a call; those with most pages begin first.
  const [
    pilots,
    usageWeeks,
    meetings,
    usageKeys,
    criteria,
    checkIns,
    commitments,
    contactRoles,
    terms,
    issues,
  ] = await Promise.all([
    toCome.rows,
    details(usageWeekRow, 'PilotUsage__c'),
    readMeetings(client, meetingsOf),
    details(usageKeyRow, 'PilotUsageKey__c'),
    details(criterionRow, 'SuccessCriterion__c'),
    details(checkInRow, 'PilotCheckIn__c'),
    details(commitmentRow, 'PilotCommitment__c'),
    client.query(
      soql`SELECT ${selectOf(contactRoleRow)} FROM OpportunityContactRole WHERE OpportunityId IN (SELECT Opportunity__c FROM Pilot__c WHERE Status__c IN ${LIVE}) ORDER BY Id`,
      contactRoleRow,
      counting('OpportunityContactRole'),
    ),
    details(termRow, 'ConversionTerm__c'),
    readLongTexts(
      client,
      {
        object: 'PilotSyncIssue__c',
        row: issueRow,
        where: soql`Resolved_On__c = null AND Kind__c != ${'Setup'}`,
      },
      counting('PilotSyncIssue__c'),
    ).rows,
  ]);
  return {
    pilots: pilots.toSorted(byDeal),
    usageKeys,
    criteria,
    terms,
    checkIns,
    commitments,
    usageWeeks,
    contactRoles,
    meetings,
    issues,
  };
}

function byDeal(a: PilotRow, b: PilotRow): number {
  return compare(a.Opportunity__c, b.Opportunity__c) || compare(a.Id, b.Id);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

/** The policy's records with the named fields, by developer name. */
export async function readPolicyRecords(
  client: SalesforceClient,
  fields: readonly string[],
): Promise<{ readonly name: string; readonly fields: Readonly<Record<string, unknown>> }[]> {
  const row = zod.looseObject({ DeveloperName: zod.string() });
  const rows = await client.query(
    soql`SELECT DeveloperName, ${soqlNames(...fields)} FROM PilotPolicy__mdt`,
    row,
  );
  return rows.map(({ DeveloperName, ...values }) => ({ name: DeveloperName, fields: values }));
}
