import { z } from 'zod';
import { ColumnMapping, refuseMissingColumns, USAGE_KEYS } from '../usage-config.ts';

const variable = z
  .string()
  .regex(/^[A-Z_][A-Z0-9_]*$/, { error: 'is the NAME of an environment variable, never the secret' });
const address = z.string().refine(isSafeAddress, { error: 'is not an https:// address' });
/** How far back is read, in days. Every run reads all of it again, so late events find their place. */
const days = z.int().min(1).max(365).default(90);
const columnsWith = (defaults: Partial<ColumnMapping>) => ColumnMapping.prefault(defaults);

const POSTHOG_COLUMNS: ColumnMapping = {
  event_time: 'day',
  usage_key: 'usage_key',
  user_id: 'user_id',
  event: 'event',
  events: 'events',
};

/** Events per day, group, person and name, added up by PostHog itself. */
export const PosthogSourceConfig = z.strictObject({
  name: USAGE_KEYS.name,
  kind: z.literal('posthog'),
  host: address.default('https://us.posthog.com'),
  project_id: z.string().regex(/^[A-Za-z0-9-]{1,40}$/, { error: 'is not a project id' }),
  /** Variable with a personal API key that has the permission Query Read. */
  key_env: variable.default('POSTHOG_KEY'),
  /** Index of the group type whose key is the workspace: 0 for `$group_0`. */
  group: z.int().min(0).max(4).default(0),
  days,
  lag_hours: USAGE_KEYS.lag_hours,
  exclude: USAGE_KEYS.exclude,
  /** Given by the query, so there is nothing to configure. */
  columns: z
    .strictObject({})
    .default({})
    .transform(() => POSTHOG_COLUMNS),
});
export type PosthogSourceConfig = z.infer<typeof PosthogSourceConfig>;

const shared = {
  name: USAGE_KEYS.name,
  time_zone: USAGE_KEYS.time_zone,
  lag_hours: USAGE_KEYS.lag_hours,
  complete_through: USAGE_KEYS.complete_through,
  exclude: USAGE_KEYS.exclude,
};

export const MixpanelSourceConfig = z
  .strictObject({
    ...shared,
    kind: z.literal('mixpanel'),
    host: address.default('https://data.mixpanel.com'),
    project_id: z.string().regex(/^\d{1,20}$/, { error: 'is not a project id' }),
    /** Variables with the name and the secret of a service account. */
    user_env: variable.default('MIXPANEL_USER'),
    secret_env: variable.default('MIXPANEL_SECRET'),
    days,
    grain: z.literal('event').default('event'),
    columns: columnsWith({
      event_time: 'properties.time',
      usage_key: 'properties.company_id',
      user_id: 'properties.distinct_id',
      event: 'event',
    }),
  })
  .superRefine(refuseMissingColumns);
export type MixpanelSourceConfig = z.infer<typeof MixpanelSourceConfig>;

export const AmplitudeSourceConfig = z
  .strictObject({
    ...shared,
    kind: z.literal('amplitude'),
    host: address.default('https://amplitude.com'),
    /** Variables with the project's API key and secret key. */
    key_env: variable.default('AMPLITUDE_KEY'),
    secret_env: variable.default('AMPLITUDE_SECRET'),
    days,
    grain: z.literal('event').default('event'),
    columns: columnsWith({
      event_time: 'event_time',
      usage_key: 'groups.company',
      user_id: 'user_id',
      event: 'event_type',
      event_id: 'uuid',
    }),
  })
  .superRefine(refuseMissingColumns);
export type AmplitudeSourceConfig = z.infer<typeof AmplitudeSourceConfig>;

const path = z.string().regex(/^[^.]+(\.[^.]+)*$/, { error: 'is not a path like data.items' });

/** Any API that answers pages of JSON. */
export const JsonSourceConfig = z
  .strictObject({
    ...USAGE_KEYS,
    kind: z.literal('json'),
    /** `{from}` and `{to}` become the first and last day that is read. */
    url: address,
    /** `${NAME}` in a value becomes the environment's variable NAME. */
    headers: z.record(z.string().min(1), z.string()).default({}),
    days,
    /** Where the list of events is in a body; null when the body is the list. */
    rows: path.nullable().default(null),
    paging: z
      .discriminatedUnion('by', [
        z.strictObject({ by: z.literal('none') }),
        /** `next` is where a body has the cursor of the next page: null or '' on the last one. */
        z.strictObject({ by: z.literal('cursor'), next: path, param: z.string().min(1) }),
        /** Counts up until a page is empty. */
        z.strictObject({ by: z.literal('page'), param: z.string().min(1), first: z.int().default(1) }),
        /** The header `Link: <…>; rel="next"` (RFC 8288). */
        z.strictObject({ by: z.literal('link') }),
      ])
      .default({ by: 'none' }),
    /** Where a body says how many events there are on all pages; then they are counted. */
    total: path.optional(),
  })
  .superRefine(refuseMissingColumns)
  .superRefine(({ paging, columns }, context) => {
    if (paging.by !== 'page' || columns.event_id !== undefined) return;
    const message =
      'columns.event_id is needed by page numbers, which repeat events when data arrives meanwhile';
    context.addIssue({ code: 'custom', path: ['columns', 'event_id'], message });
  });
export type JsonSourceConfig = z.infer<typeof JsonSourceConfig>;

export type HttpSourceConfig =
  PosthogSourceConfig | MixpanelSourceConfig | AmplitudeSourceConfig | JsonSourceConfig;

// Credentials go over this connection.
function isSafeAddress(text: string): boolean {
  if (!URL.canParse(text.replaceAll(/[{}]/g, ''))) return false;
  const { protocol, hostname, username } = new URL(text);
  return username === '' && (protocol === 'https:' || (protocol === 'http:' && hostname === '127.0.0.1'));
}
