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
  meetingsRow,
  multiCurrencyPilotRow,
  pilotRow,
  termRow,
  usageKeyRow,
  usageWeekRow,
} from './pilot-rows.ts';
import type { PilotRow } from './pilot-rows.ts';
import { selectOf } from './select-of.ts';
import { soql, soqlNames, type Soql } from './soql.ts';

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
  readonly meetings: readonly z.infer<typeof meetingsRow>[] | null;
  /** Open ones only. */
  readonly issues: readonly z.infer<typeof issueRow>[];
}

const LIVE = ['Active', 'In Review'];

/**
 * Reads the org's true state. One query per object, whole, ordered so that two reads of one state are equal.
 * @param dealFields API names of fields of Opportunity to read beside our own
 */
export async function readOrg(
  client: SalesforceClient,
  onRows: (rows: number) => void,
  dealFields: readonly string[] = [],
): Promise<OrgRows> {
  let seen = 0;
  const read = async <Shape extends zod.ZodObject>(row: Shape, rest: Soql): Promise<zod.infer<Shape>[]> => {
    let own = 0;
    const query = soql`SELECT ${selectOf(row)} ${rest}`;
    return await client.query(query, row as unknown as zod.ZodType<zod.infer<Shape>>, (count) => {
      seen += count - own;
      own = count;
      onRows(seen);
    });
  };
  const detail = (object: string): Soql =>
    soql`FROM ${soqlNames(object)} WHERE Pilot__r.Status__c IN ${LIVE} AND Pilot__r.Opportunity__r.IsClosed = false ORDER BY Pilot__c, Id`;
  const cell = zod.union([zod.string(), zod.number(), zod.boolean(), zod.null()]);
  const more = Object.fromEntries(dealFields.map((name) => [name, cell]));
  // The type of the rows stays that of our own fields; whoever asks for more knows their names.
  const deal = { Opportunity__r: pilotRow.shape.Opportunity__r.extend(more as object) };
  const contacts = await client.describe('Contact');
  const contact = contactRow((field) => contacts?.fields.has(field) ?? false);
  const hasCurrencies = (await client.describe('Pilot__c'))?.fields.has('CurrencyIsoCode');
  // Asked for at once, the first pages travel in two calls.
  const [
    pilots,
    usageKeys,
    criteria,
    terms,
    checkIns,
    commitments,
    usageWeeks,
    contactRoles,
    meetings,
    issues,
  ] = await Promise.all([
    read(
      (hasCurrencies ? multiCurrencyPilotRow : pilotRow).extend({
        ...deal,
        Customer_Sponsor__r: contact,
        Champion__r: contact,
      }),
      soql`FROM Pilot__c WHERE Status__c IN ${LIVE} AND Opportunity__r.IsClosed = false ORDER BY Opportunity__c, Id`,
    ),
    read(usageKeyRow, detail('PilotUsageKey__c')),
    read(criterionRow, detail('SuccessCriterion__c')),
    read(termRow, detail('ConversionTerm__c')),
    read(checkInRow, detail('PilotCheckIn__c')),
    read(commitmentRow, detail('PilotCommitment__c')),
    read(usageWeekRow, detail('PilotUsage__c')),
    read(
      contactRoleRow,
      soql`FROM OpportunityContactRole WHERE OpportunityId IN (SELECT Opportunity__c FROM Pilot__c WHERE Status__c IN ${LIVE}) ORDER BY Id`,
    ),
    readMeetings(client),
    read(
      issueRow,
      soql`FROM PilotSyncIssue__c WHERE Resolved_On__c = null AND Kind__c != 'Setup' ORDER BY Issue_Key__c`,
    ),
  ]);
  return {
    pilots,
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

// What a task must be to count: an e-mail is one too, with another type and subtype.
// https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_task.htm
const MEETING_TYPES = ['Call', 'Meeting'];

/** Reached through the deal: whether a semi-join may start at a lookup to several objects, such as an event's, is not documented. */
async function readMeetings(client: SalesforceClient): Promise<OrgRows['meetings']> {
  const [event, task] = await Promise.all(['Event', 'Task'].map((object) => client.describe(object)));
  const shows = (object: typeof event, ...names: string[]) =>
    names.every((name) => object?.fields.has(name) === true);
  if (!shows(event, 'WhatId', 'StartDateTime') || !shows(task, 'WhatId', 'ActivityDate', 'IsClosed', 'Type'))
    return null;
  // "Log a Call" sets the subtype, and the type only where the layout does.
  const isCall = shows(task, 'TaskSubtype') ? soql`TaskSubtype = ${'Call'} OR ` : soql``;
  return await client.query(
    soql`SELECT Id, (SELECT StartDateTime FROM Events), (SELECT ActivityDate, IsClosed FROM Tasks WHERE ${isCall}Type IN ${MEETING_TYPES}) FROM Opportunity WHERE Id IN (SELECT Opportunity__c FROM Pilot__c WHERE Status__c IN ${LIVE}) AND IsClosed = false ORDER BY Id`,
    meetingsRow,
  );
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
