import type { Pilot } from 'c/pilotRecord';
import { addRecord } from 'c/pilotSave';
import type { Saved } from 'c/pilotSave';

/** Links a workspace that was suggested by its people's domain; its days count from the next run on, also past ones. */
export function linkWorkspace(
  pilot: Pilot,
  { source, key }: { readonly source: string; readonly key: string },
  userId: string,
): Promise<Saved> {
  return addRecord('PilotUsageKey__c', {
    Pilot__c: pilot.id,
    Source__c: source,
    Key__c: key,
    Matched_By__c: 'Domain',
    Confirmed_By__c: userId,
  });
}
