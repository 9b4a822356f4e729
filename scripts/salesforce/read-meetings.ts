import type { z } from 'zod';
import type { SalesforceClient } from './client.ts';
import { READ_IF_SEEN } from './needs.ts';
import { eventRow, meetingsRow, taskRow } from './pilot-rows.ts';
import { queryPage } from './query-page.ts';
import { soql, type Soql } from './soql.ts';

// What a task must be to count: an e-mail is one too, with another type and subtype.
// https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_task.htm
const MEETING_TYPES = ['Call', 'Meeting'];

/** The meetings and calls of one deal. */
export interface DealMeetings {
  readonly opportunityId: string;
  readonly events: readonly z.infer<typeof eventRow>[];
  readonly tasks: readonly z.infer<typeof taskRow>[];
}

/** What `meetingsQuery` asks for; null where there is no query. */
export async function readMeetings(
  client: SalesforceClient,
  query: Soql | null,
): Promise<DealMeetings[] | null> {
  if (query === null) return null;
  // A deal with more children than a page holds says where the rest is, and may itself come again on the next page:
  // https://github.com/jetstreamapp/jetstream/pull/1966
  const children = async <Row>(answer: unknown, row: z.ZodType<Row>): Promise<Row[]> =>
    answer === null ? [] : await client.query(query, row, undefined, queryPage(answer, row, query.text));
  const deals = Map.groupBy(await client.query(query, meetingsRow), ({ Id }) => Id);
  return await Promise.all(
    [...deals].map(async ([opportunityId, rows]) => {
      const [events, tasks] = await Promise.all([
        Promise.all(rows.map(({ Events }) => children(Events, eventRow))),
        Promise.all(rows.map(({ Tasks }) => children(Tasks, taskRow))),
      ]);
      return { opportunityId, events: events.flat(), tasks: tasks.flat() };
    }),
  );
}

/**
 * For deals whose pilots have one of the statuses; null where the caller may not see events or tasks. Reached through the deal: whether a semi-join may start at a lookup to several objects, such as an event's, is not documented.
 */
export async function meetingsQuery(
  client: SalesforceClient,
  statuses: readonly string[],
): Promise<Soql | null> {
  const [event, task] = await Promise.all(READ_IF_SEEN.map((object) => client.describe(object)));
  const shows = (object: typeof event, ...names: string[]) =>
    names.every((name) => object?.fields.has(name) === true);
  if (!shows(event, 'WhatId', 'StartDateTime') || !shows(task, 'WhatId', 'ActivityDate', 'IsClosed', 'Type'))
    return null;
  // "Log a Call" sets the subtype, and the type only where the layout does.
  const isCall = shows(task, 'TaskSubtype') ? soql`TaskSubtype = ${'Call'} OR ` : soql``;
  return soql`SELECT Id, (SELECT StartDateTime FROM Events), (SELECT ActivityDate, IsClosed FROM Tasks WHERE ${isCall}Type IN ${MEETING_TYPES}) FROM Opportunity WHERE Id IN (SELECT Opportunity__c FROM Pilot__c WHERE Status__c IN ${statuses}) AND IsClosed = false ORDER BY Id`;
}
