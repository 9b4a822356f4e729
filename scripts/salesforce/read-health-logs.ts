import { z } from 'zod';
import type { SalesforceClient } from './client.ts';
import { queryByIds } from './query-by-ids.ts';
import { selectOf } from './select-of.ts';
import { soql } from './soql.ts';

/**
 * The stored logs by pilot. Read only where an entry is added: on most days that is nearly nowhere, and a log may hold 30 kB.
 * A pilot that is gone has none.
 */
export async function readHealthLogs(
  client: SalesforceClient,
  pilotIds: readonly string[],
): Promise<Map<string, string | null>> {
  const row = z.object({ Id: z.string(), Health_Log__c: z.string().nullable() });
  const rows = await queryByIds(
    client,
    pilotIds,
    (ids) => soql`SELECT ${selectOf(row)} FROM Pilot__c WHERE Id IN ${ids} ORDER BY Id`,
    row,
  );
  return new Map(rows.map((one) => [one.Id, one.Health_Log__c]));
}
