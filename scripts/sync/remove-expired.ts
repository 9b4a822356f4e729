import { addDays } from '../domain/day.ts';
import type { Policy } from '../domain/evaluation.ts';
import type { SalesforceClient } from '../salesforce/client.ts';
import { deleteById, idsToDelete } from '../salesforce/delete-rows.ts';
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
  // Asked for at once: one call on the many days on which there is nothing to remove.
  const [usageWeeks, runs, issues] = await Promise.all(
    [
      soql`FROM PilotUsage__c WHERE Pilot__r.Status__c = ${'Closed'} AND Pilot__r.Decided_On__c < ${closedBefore}`,
      soql`FROM PilotSyncRun__c WHERE Started_At__c < ${oldest} AND Outcome__c != ${'Running'}`,
      soql`FROM PilotSyncIssue__c WHERE Resolved_On__c < ${soqlDay(oldest.toISOString().slice(0, 10))}`,
    ].map((from) => idsToDelete(client, from)),
  );
  return {
    usageWeeks: await deleteById(client, usageWeeks!),
    runs: await deleteById(client, runs!),
    issues: await deleteById(client, issues!),
  };
}
