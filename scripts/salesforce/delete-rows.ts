import { z } from 'zod';
import type { SalesforceClient } from './client.ts';
import { soql, type Soql } from './soql.ts';
import { ROWS_PER_CALL } from './write-rows.ts';

const idRow = z.object({ Id: z.string() });
const results = z.array(
  z.object({ success: z.boolean(), errors: z.array(z.object({ statusCode: z.string() })) }),
);

/** More wait for the next run, so that the first one after months does not take the day's requests. */
const MOST_PER_RUN = 2_000;

/** Deletes the rows that `from` (FROM … WHERE …) selects, at most 2,000, in calls of 200; answers how many are gone. */
export async function deleteRows(client: SalesforceClient, from: Soql): Promise<number> {
  return await deleteById(client, await idsToDelete(client, from));
}

/** At most 2,000 ids of the rows that `from` (FROM … WHERE …) selects. */
export async function idsToDelete(client: SalesforceClient, from: Soql): Promise<string[]> {
  const rows = await client.query(soql`SELECT Id ${from} ORDER BY Id LIMIT ${MOST_PER_RUN}`, idRow);
  return rows.map(({ Id }) => Id);
}

/** Deletes in calls of 200; answers how many are gone. */
export async function deleteById(client: SalesforceClient, all: readonly string[]): Promise<number> {
  let gone = 0;
  for (let start = 0; start < all.length; start += ROWS_PER_CALL) {
    const ids = all.slice(start, start + ROWS_PER_CALL);
    const answer = await client.send('DELETE', `/composite/sobjects?allOrNone=false&ids=${ids.join(',')}`);
    // After a lost answer the repetition finds them gone.
    gone += results
      .parse(answer)
      .filter(({ success, errors }) => success || errors[0]?.statusCode === 'ENTITY_IS_DELETED').length;
  }
  return gone;
}
