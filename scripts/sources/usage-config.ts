import { z } from 'zod';

const zone = z.string().refine(isTimeZone, { error: 'is not an IANA time zone, e.g. Europe/Berlin' });
const header = z.string().min(1);

/** Header name of each thing the sync needs; only the time and the key are needed for every grain. */
export const ColumnMapping = z.strictObject({
  event_time: header.default('event_time'),
  usage_key: header.default('usage_key'),
  user_id: header.optional(),
  user_email: header.optional(),
  /** Id of the pilot or opportunity that onboarding wrote into the workspace; goes before the key. */
  stamp: header.optional(),
  event: header.optional(),
  department: header.optional(),
  invited_by: header.optional(),
  /** When mapped, a repeated id is counted once. */
  event_id: header.optional(),
  /** Daily grains: number of events of the row, and of active users (account-day only). */
  events: header.optional(),
  active_users: header.optional(),
});
export type ColumnMapping = z.infer<typeof ColumnMapping>;

/** What every kind of source is told about its data, in the same words. */
export const USAGE_KEYS = {
  name: z.string().regex(/^[A-Za-z0-9_-]{1,40}$/, { error: 'is 1–40 letters, digits, _ or -' }),
  columns: ColumnMapping.prefault({}),
  grain: z.enum(['event', 'user-day', 'account-day']).default('event'),
  time_format: z.enum(['iso', 'epoch_s', 'epoch_ms']).default('iso'),
  /** Zone of times that carry none; without it such rows are rejected. Also the zone of daily grains. */
  time_zone: zone.optional(),
  /** Hours by which the newest event may be ahead of the oldest one still missing. */
  lag_hours: z
    .number()
    .min(0)
    .max(24 * 14)
    .default(6),
  /** File whose first line is the day or instant through which the data is complete. */
  complete_through: z.string().min(1).optional(),
  exclude: z
    .strictObject({
      user_domains: z.array(z.string().min(1)).default([]),
      users: z.array(z.string().min(1)).default([]),
      events: z.array(z.string().min(1)).default([]),
    })
    .prefault({}),
};

/** What the reduction of events to facts needs to know of a source, whatever its kind. */
export type UsageConfig = z.infer<z.ZodObject<typeof USAGE_KEYS>>;

/** Reports the columns that a source's grain and exclusions need and `columns` does not map. */
export function refuseMissingColumns(
  config: Pick<UsageConfig, 'columns' | 'grain' | 'exclude'>,
  context: z.RefinementCtx,
): void {
  const needs = (column: keyof ColumnMapping, because: string) => {
    if (config.columns[column] !== undefined) return;
    const message = `columns.${column} is needed ${because}`;
    context.addIssue({ code: 'custom', path: ['columns', column], message });
  };
  if (config.grain !== 'account-day') needs('user_id', `for grain ${config.grain}`);
  else needs('active_users', 'for grain account-day');
  if (config.exclude.events.length > 0) needs('event', 'by exclude.events');
}

/** Whether it is an IANA zone that this runtime knows. */
export function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) !== null;
  } catch {
    return false;
  }
}
