import { z } from 'zod';
import { FatalError } from './pilot-error.ts';

const envelope = z.object({
  totalSize: z.number(),
  done: z.boolean(),
  nextRecordsUrl: z.string().optional(),
  records: z.array(z.unknown()),
});

export interface QueryPage<Row> {
  readonly rows: readonly Row[];
  readonly totalSize: number;
  /** Path of the next page; null on the last one. */
  readonly next: string | null;
}

/** One page of a query's answer with its rows parsed. */
export function queryPage<Row>(body: unknown, row: z.ZodType<Row>, query: string): QueryPage<Row> {
  const page = envelope.safeParse(body);
  if (!page.success) throw unexpected(query, z.prettifyError(page.error));
  if (!page.data.done && page.data.nextRecordsUrl === undefined)
    throw unexpected(query, 'more rows announced, no nextRecordsUrl');
  const rows = z.array(row).safeParse(page.data.records);
  if (!rows.success) throw unexpected(query, z.prettifyError(rows.error));
  return {
    rows: rows.data,
    totalSize: page.data.totalSize,
    next: page.data.done ? null : page.data.nextRecordsUrl!,
  };
}

function unexpected(query: string, why: string): FatalError {
  return new FatalError(
    'ANSWER_UNEXPECTED',
    `The org's answer to "${query.slice(0, 80)}…" is not what its schema promises: ${why}`,
    {
      actions: ['Run npx pilot check.', 'If it finds nothing, report this message.'],
    },
  );
}
