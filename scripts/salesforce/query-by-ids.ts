import type { z } from 'zod';
import type { SalesforceClient } from './client.ts';
import type { Soql } from './soql.ts';

// In a URL, which may have 16,000 characters at Salesforce, an id in a list takes 26 of them. An aggregate query answers at most
// 2,000 rows and has no next page.
const IDS_PER_QUERY = 500;

/** The rows of one query per 500 ids, in the order of the ids; the queries are asked for at once. */
export async function queryByIds<Row>(
  client: SalesforceClient,
  ids: readonly string[],
  queryOf: (some: readonly string[]) => Soql,
  row: z.ZodType<Row>,
): Promise<Row[]> {
  const queries: Promise<Row[]>[] = [];
  for (let at = 0; at < ids.length; at += IDS_PER_QUERY)
    queries.push(client.query(queryOf(ids.slice(at, at + IDS_PER_QUERY)), row));
  return (await Promise.all(queries)).flat();
}
