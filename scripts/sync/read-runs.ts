import { z } from 'zod';
import { selectOf } from '../salesforce/select-of.ts';
import { soql } from '../salesforce/soql.ts';
import { openOrg, type OrgOptions } from './open-org.ts';

const text = z.string().nullable();
const number = z.number().nullable();
const runRow = z.object({
  Id: z.string(),
  Name: z.string(),
  Started_At__c: text,
  Finished_At__c: text,
  Outcome__c: text,
  Mode__c: text,
  Source__c: text,
  Events_Read__c: number,
  Events_Rejected__c: number,
  Pilots_Read__c: number,
  Created__c: number,
  Updated__c: number,
  Unchanged__c: number,
  Skipped__c: number,
  Failed__c: number,
  Newly_Stalled__c: number,
  Cleared__c: number,
  API_Calls__c: number,
  Seconds__c: number,
  Version__c: text,
  Message__c: text,
});

/** A run as its record in the org tells it; what a run did not come to is null. */
export interface PastRun {
  readonly id: string;
  readonly name: string;
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
  readonly outcome: string | null;
  readonly mode: string | null;
  readonly sources: string | null;
  readonly eventsRead: number | null;
  readonly eventsRejected: number | null;
  readonly pilotsRead: number | null;
  readonly created: number | null;
  readonly updated: number | null;
  readonly unchanged: number | null;
  readonly skipped: number | null;
  readonly failed: number | null;
  readonly newlyStalled: number | null;
  readonly cleared: number | null;
  readonly apiCalls: number | null;
  readonly seconds: number | null;
  readonly version: string | null;
  readonly message: string | null;
}

/** The last `limit` runs, newest first. */
export async function readRuns(options: OrgOptions, limit: number): Promise<PastRun[]> {
  const { client } = await openOrg(options);
  const rows = await client.query(
    soql`SELECT ${selectOf(runRow)} FROM PilotSyncRun__c ORDER BY Started_At__c DESC NULLS LAST, Id DESC LIMIT ${limit}`,
    runRow,
  );
  return rows.map((row) => ({
    id: row.Id,
    name: row.Name,
    startedAt: row.Started_At__c,
    finishedAt: row.Finished_At__c,
    outcome: row.Outcome__c,
    mode: row.Mode__c,
    sources: row.Source__c,
    eventsRead: row.Events_Read__c,
    eventsRejected: row.Events_Rejected__c,
    pilotsRead: row.Pilots_Read__c,
    created: row.Created__c,
    updated: row.Updated__c,
    unchanged: row.Unchanged__c,
    skipped: row.Skipped__c,
    failed: row.Failed__c,
    newlyStalled: row.Newly_Stalled__c,
    cleared: row.Cleared__c,
    apiCalls: row.API_Calls__c,
    seconds: row.Seconds__c,
    version: row.Version__c,
    message: row.Message__c,
  }));
}
