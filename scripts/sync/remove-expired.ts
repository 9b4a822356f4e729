import { addDays } from '../domain/day.ts';
import type { Policy } from '../domain/evaluation.ts';
import type { SalesforceClient } from '../salesforce/client.ts';
import { deleteRows } from '../salesforce/delete-rows.ts';
import { soql, soqlDay } from '../salesforce/soql.ts';

/** Rows of our own objects that were older than the policy keeps them, and are gone. */
export interface Removed {
  readonly usageWeeks: number;
  readonly runs: number;
  readonly issues: number;
}

/** Removes weekly usage of pilots closed long ago, old runs and issues resolved long ago, by the policy's terms. */
export async function removeExpired(
  client: SalesforceClient,
  { keepUsageWeeks, keepRunsDays }: Pick<Policy, 'keepUsageWeeks' | 'keepRunsDays'>,
  now: Date,
): Promise<Removed> {
  const today = now.toISOString().slice(0, 10);
  const closedBefore = soqlDay(addDays(today, -7 * keepUsageWeeks));
  const oldest = new Date(now.getTime() - keepRunsDays * 86_400_000);
  return {
    usageWeeks: await deleteRows(
      client,
      soql`FROM PilotUsage__c WHERE Pilot__r.Status__c = ${'Closed'} AND Pilot__r.Decided_On__c < ${closedBefore}`,
    ),
    runs: await deleteRows(
      client,
      soql`FROM PilotSyncRun__c WHERE Started_At__c < ${oldest} AND Outcome__c != ${'Running'}`,
    ),
    issues: await deleteRows(
      client,
      soql`FROM PilotSyncIssue__c WHERE Resolved_On__c < ${soqlDay(oldest.toISOString().slice(0, 10))}`,
    ),
  };
}
