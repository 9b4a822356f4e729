import { z } from 'zod';
import { classifyFailure } from './classify-failure.ts';
import type { SalesforceClient } from './client.ts';
import type { Cells } from './difference.ts';
import { failureOf } from './retry.ts';
import { ROWS_PER_CALL } from './write-rows.ts';

export type CreateOutcome =
  | { readonly kind: 'created'; readonly id: string }
  | { readonly kind: 'failed'; readonly code: string; readonly message: string; readonly fix: string };

const answer = z.array(
  z.object({
    id: z.string().nullish(),
    success: z.boolean(),
    errors: z.array(z.object({ statusCode: z.string(), message: z.string() })),
  }),
);

/**
 * Creates rows of an object that has no external id, and says of each, in order, what became of it. Nothing is
 * repeated: after a lost answer nobody knows whether the rows are there, so the caller looks before it tries again.
 */
export async function createRows(
  client: SalesforceClient,
  object: string,
  rows: readonly Cells[],
): Promise<CreateOutcome[]> {
  const outcomes: CreateOutcome[] = [];
  for (let at = 0; at < rows.length; at += ROWS_PER_CALL) {
    const part = rows.slice(at, at + ROWS_PER_CALL);
    const records = part.map((cells) => ({ attributes: { type: object }, ...cells }));
    outcomes.push(...(await createOnce(client, records)));
  }
  return outcomes;
}

async function createOnce(client: SalesforceClient, records: readonly object[]): Promise<CreateOutcome[]> {
  try {
    const results = answer
      .length(records.length)
      .parse(await client.sendOnce('POST', '/composite/sobjects', { allOrNone: false, records }));
    return results.map(({ success, id, errors: [error] }) =>
      success && typeof id === 'string'
        ? { kind: 'created', id }
        : failed({ code: error?.statusCode ?? 'UNKNOWN', message: error?.message ?? 'no reason given' }),
    );
  } catch (error) {
    return records.map(() => failed(failureOf(error)));
  }
}

function failed(failure: { readonly code: string; readonly message: string }): CreateOutcome {
  const { code, fix } = classifyFailure(failure, 'row');
  return { kind: 'failed', code, message: `${failure.code}: ${failure.message}`, fix };
}
