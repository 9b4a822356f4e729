import type { PilotAccount } from '../salesforce/read-accounts.ts';
import type { UsageKeyRow } from '../salesforce/pilot-rows.ts';
import type { SyncConfig } from './sync-config.ts';

/** A usage key as a record of the org, or one that nobody entered: `Id` is the pilot's then. */
export interface KeyRow extends UsageKeyRow {
  readonly by?: 'stamp' | 'account';
}

/**
 * Keys that follow from the org's records (product.md, "Links"): the pilot's own id, and its deal's where it is the only
 * live pilot there, for sources whose events may be stamped with it; and what an account's field says, for a pilot that
 * nobody has given a key of that source.
 */
export function derivedKeys(
  config: Pick<SyncConfig, 'sources' | 'link'>,
  entered: readonly UsageKeyRow[],
  pilots: readonly PilotAccount[],
): KeyRow[] {
  const stamped = config.sources.filter((source) => source.columns.stamp !== undefined);
  const onDeal = Map.groupBy(pilots, ({ opportunityId }) => opportunityId);
  const hasKey = new Set(entered.map((row) => JSON.stringify([row.Pilot__c, row.Source__c])));
  return pilots.flatMap(({ pilotId, opportunityId, fields }) => {
    const ids = onDeal.get(opportunityId)!.length === 1 ? [pilotId, opportunityId] : [pilotId];
    const key = (source: string, text: string, by: 'stamp' | 'account'): KeyRow => ({
      ...NOTHING_ENTERED,
      Id: pilotId,
      Pilot__c: pilotId,
      Source__c: source,
      Key__c: text,
      by,
    });
    const stamps = stamped.flatMap(({ name }) => ids.map((id) => key(name, stampOf(id), 'stamp')));
    const ofAccount = config.link.account_fields.flatMap(({ source, field }) => {
      const text = fields[field];
      const isNeeded = text !== undefined && !hasKey.has(JSON.stringify([pilotId, source]));
      return isNeeded ? [key(source, text, 'account')] : [];
    });
    return [...stamps, ...ofAccount];
  });
}

const NOTHING_ENTERED = { From__c: null, To__c: null, Filter__c: null };

/** The 15 characters that an id has in both of its forms; they tell upper from lower case. */
function stampOf(id: string): string {
  return id.slice(0, 15);
}
