import { z } from 'zod';

/** The way into the org: sends one REST request as the admin, answers the parsed body, throws on HTTP 400 and above. */
export interface SampleClient {
  request(method: 'GET' | 'POST' | 'PATCH', path: string, body?: unknown): Promise<unknown>;
}

export class SampleError extends Error {
  readonly code = 'SAMPLE_REFUSED';
  readonly actions: readonly string[];

  constructor(message: string, actions: readonly string[]) {
    super(message);
    this.name = 'SampleError';
    this.actions = actions;
  }
}

export type Fields = Readonly<Record<string, string | number | boolean | null>>;

const API = '/services/data/v67.0';
const COLLECTION = 200;

const SaveResults = z.array(
  z.object({
    id: z.string().nullish(),
    success: z.boolean(),
    errors: z.array(z.object({ statusCode: z.string(), message: z.string() })).default([]),
  }),
);
const QueryResult = z.object({ records: z.array(z.record(z.string(), z.unknown())) });

/** Creates records all or none; the ids come back in the order of the rows. */
export async function create(client: SampleClient, type: string, rows: readonly Fields[]): Promise<string[]> {
  return (await save(client, 'POST', type, rows)).map((id) => id!);
}

/** Updates records by their `id`. */
export async function update(client: SampleClient, type: string, rows: readonly Fields[]): Promise<void> {
  await save(client, 'PATCH', type, rows);
}

export async function query(client: SampleClient, soql: string): Promise<Record<string, unknown>[]> {
  const body = await client.request('GET', `${API}/query?q=${encodeURIComponent(soql)}`);
  return QueryResult.parse(body).records;
}

async function save(
  client: SampleClient,
  method: 'POST' | 'PATCH',
  type: string,
  rows: readonly Fields[],
): Promise<(string | null | undefined)[]> {
  const ids = [];
  for (let at = 0; at < rows.length; at += COLLECTION) {
    const part = rows.slice(at, at + COLLECTION);
    const records = part.map((fields) => ({ attributes: { type }, ...fields }));
    const body = await client.request(method, `${API}/composite/sobjects`, { allOrNone: true, records });
    const results = SaveResults.parse(body);
    // With allOrNone the rows that were fine say ALL_OR_NONE_OPERATION_ROLLED_BACK; the culprit says why.
    const reasons = results.flatMap(({ errors }, index) =>
      errors
        .filter(({ statusCode }) => statusCode !== 'ALL_OR_NONE_OPERATION_ROLLED_BACK')
        .map(({ statusCode, message }) => ({ row: at + index + 1, why: `${statusCode}: ${message}` })),
    );
    if (results.some(({ success }) => !success))
      throw new SampleError(`The org refused a sample ${type}: ${told(reasons)}`, [
        'The sample is made for an org that holds the package and nothing else; start a fresh local org.',
      ]);
    ids.push(...results.map(({ id }) => id));
  }
  return ids;
}

/** One sentence per reason: what is wrong with the package is wrong with every row. */
function told(reasons: readonly { readonly row: number; readonly why: string }[]): string {
  return [...Map.groupBy(reasons, ({ why }) => why)]
    .map(
      ([why, [first, ...more]]) =>
        `row ${first!.row}${more.length > 0 ? ` and ${more.length} more` : ''}: ${why}`,
    )
    .join('; ');
}
