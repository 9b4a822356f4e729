import type { z } from 'zod';
import type { SalesforceClient } from './client.ts';
import type { QueryPage } from './query-page.ts';
import { soql, soqlNames, type Soql } from './soql.ts';

// Of one query only one page can be asked for at a time. So many may follow each other before others are begun beside them.
const PAGES_OF_A_RANGE = 4;

/** A query whose rows can be cut into ranges of one id field. */
export interface RangedQuery<Row> {
  /** Everything up to the end of the conditions, which are joined by AND. */
  readonly from: Soql;
  /** An id field; rows are ordered by it, then by Id. */
  readonly key: string & keyof Row;
  readonly row: z.ZodType<Row>;
}

/**
 * All rows of a query, in the order of its key. Where many pages are left after the first, they are asked for in ranges of
 * the key, side by side, which travel together: the way of Salesforce's own PK chunking, whose ranges are of ids.
 * https://developer.salesforce.com/docs/platform/api-asynch/guide/async-api-headers-enable-pk-chunking.html
 * @param ids values of the key, in the org's order; where to cut, so that others may be missing
 * @param onRows how many rows were read so far
 */
export async function readInRanges<Row>(
  client: SalesforceClient,
  query: RangedQuery<Row>,
  ids: Promise<readonly string[]>,
  onRows: (rows: number) => void,
): Promise<Row[]> {
  const { row, key } = query;
  const whole = rangeOf(query, null, null);
  const first = await client.page(whole, row, null);
  onRows(first.rows.length);
  const follow = async () => client.query(whole, row, onRows, first);
  const count = Math.ceil(pagesLeft(first) / PAGES_OF_A_RANGE);
  if (count < 2) return await follow();
  // The last key may go on in the next page, so it begins the first range.
  const last = first.rows.at(-1)![key];
  const bounds = boundsFrom(String(last), await ids, count);
  if (bounds.length < 2) return await follow();
  const begun = first.rows.filter((one) => one[key] !== last);
  const counts = bounds.map(() => 0);
  const ranges = await Promise.all(
    bounds.map((from, index) =>
      client.query(rangeOf(query, from, bounds[index + 1] ?? null), row, (read) => {
        counts[index] = read;
        onRows(counts.reduce((sum, rows) => sum + rows, begun.length));
      }),
    ),
  );
  const parts = [begun, ...ranges];
  const rows = parts.flat();
  // Otherwise rows went meanwhile, or the org compares ids unlike it orders them. Its own pages are whole.
  return rows.length >= first.totalSize && areApart(parts, key) ? rows : await follow();
}

/** Whether no value of the key is in two parts, whose rows would be doubled. */
function areApart<Row>(parts: readonly (readonly Row[])[], key: keyof Row): boolean {
  const values = parts.map((rows) => new Set(rows.map((row) => row[key])));
  const count = values.reduce((sum, { size }) => sum + size, 0);
  return new Set(values.flatMap((one) => [...one])).size === count;
}

function pagesLeft({ rows, totalSize, next }: QueryPage<unknown>): number {
  return next === null ? 0 : Math.ceil((totalSize - rows.length) / rows.length);
}

/** Where each range begins; the last one has no end. */
function boundsFrom(last: string, ids: readonly string[], parts: number): string[] {
  const start = ids.indexOf(last);
  const left = start < 0 ? [] : ids.slice(start);
  const size = Math.max(1, Math.ceil(left.length / parts));
  return left.filter((_, index) => index % size === 0);
}

function rangeOf<Row>({ from, key }: RangedQuery<Row>, first: string | null, end: string | null): Soql {
  const name = soqlNames(key);
  const order = key === 'Id' ? name : soqlNames(key, 'Id');
  const begins = first === null ? soql`` : soql` AND ${name} >= ${first}`;
  const ends = end === null ? soql`` : soql` AND ${name} < ${end}`;
  return soql`${from}${begins}${ends} ORDER BY ${order}`;
}
