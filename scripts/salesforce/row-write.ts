// What is sent for a row and what Salesforce answers, by collection call or Bulk job alike.
import { z } from 'zod';
import type { Cells } from './difference.ts';

/** One row to write. `key` is the record id for an update and the external id's value for an upsert. */
export interface RowWrite {
  readonly key: string;
  readonly cells: Cells;
}

export interface WriteBatch {
  readonly object: string;
  /** Null updates by record id; a field name upserts by that external id. Both may be sent twice without harm. */
  readonly externalId: string | null;
  /** In the order they are sent; rows of one master belong together, since a write locks its master. */
  readonly rows: readonly RowWrite[];
}

export const rowResult = z.object({
  id: z.string().nullish(),
  success: z.boolean(),
  created: z.boolean().optional(),
  errors: z.array(
    z.object({ statusCode: z.string(), message: z.string(), fields: z.array(z.string()).optional() }),
  ),
});
export type RowResult = z.infer<typeof rowResult>;
