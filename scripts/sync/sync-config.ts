import { z } from 'zod';
import { SourceConfig } from '../sources/source-config.ts';
import { MappedField } from './mapped-fields.ts';
import { NetworkConfig } from './network-config.ts';
import { NotifyConfig } from './notify-config.ts';
import { MetricDefinition } from '../sources/metric-definition.ts';

const zone = z
  .string()
  .refine((name) => isTimeZone(name), { error: 'is not an IANA time zone, e.g. Europe/Berlin' });

/** `config/sync.yaml`. Every key has a default but `sources`; an unknown key is refused. */
export const SyncConfig = z
  .strictObject({
    salesforce: z
      .strictObject({
        /** Alias or username of a login stored by the Salesforce CLI; `--target-org` goes before it. */
        target_org: z.string().min(1).nullable().default(null),
        /** The only org this configuration may write to. */
        org_id: z
          .string()
          .regex(/^00D\w{12}(\w{3})?$/, {
            error: 'is not an org id: 15 or 18 characters from Setup > Company Information',
          })
          .nullable()
          .default(null),
      })
      .prefault({}),
    /** Language of what is stored in the org for people: reasons, findings of a check, how a run ended. */
    language: z.enum(['en', 'es']).default('en'),
    /** ISO 4217 code of the amounts, where the org has one currency; a multi-currency org names it on each pilot. */
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/, { error: 'is not an ISO 4217 code, e.g. EUR' })
      .default('USD'),
    /** Zone of pilots that name none. */
    time_zone: zone.default('UTC'),
    sources: z.array(SourceConfig).min(1, { error: 'must describe at least one source of usage' }),
    /** What criteria can be measured by. */
    metrics: z.array(MetricDefinition).default([]),
    link: z
      .strictObject({
        /** Usage counts from this many days before the start to that many after the end, unless the key says otherwise. */
        days_before_start: z.int().min(0).max(365).default(14),
        days_after_end: z.int().min(0).max(365).default(28),
        /** Fields of Account that already hold a source's key; used where nobody entered one for the pilot. */
        account_fields: z
          .array(
            z.strictObject({
              source: z.string().min(1),
              field: z
                .string()
                .regex(/^[A-Za-z]\w*$/, { error: 'is not the API name of a field of Account' }),
            }),
          )
          .default([]),
      })
      .prefault({}),
    network: NetworkConfig.prefault({}),
    /** Values of the lead pilot written into an admin's own fields of Opportunity; none by default. */
    opportunity_fields: z.array(MappedField).default([]),
    run: z
      .strictObject({
        /** From this many rows of one object on, a bulk job writes them instead of calls of 200. */
        bulk_from_rows: z.int().min(1).default(2_000),
        /** A run that is silent for longer counts as dead, and the next one takes over. */
        lease_minutes: z
          .number()
          .min(1)
          .max(24 * 60)
          .default(15),
        /** Folder for rejected rows and other local files. */
        folder: z.string().min(1).default('.pilot'),
        /** Folder of what was read from files, encrypted, so that only new files are read again; false keeps nothing. Default: `cache` in the folder above. */
        cache: z.union([z.string().min(1), z.literal(false)]).optional(),
      })
      .prefault({}),
    /** Whom a run tells how it ended. */
    notify: NotifyConfig.prefault({}),
  })
  .superRefine((config, context) => {
    refuseRepeats(config.sources, 'sources', context);
    refuseRepeats(config.metrics, 'metrics', context);
    const names = config.sources.map((source) => source.name);
    config.metrics.forEach((metric, index) => {
      const unknown = metric.sources?.find((name) => !names.includes(name));
      if (unknown === undefined) return;
      const message = `there is no source "${unknown}"; choose from ${names.join(', ')}`;
      context.addIssue({ code: 'custom', path: ['metrics', index, 'sources'], message });
    });
    config.link.account_fields.forEach(({ source }, index) => {
      if (names.includes(source)) return;
      const message = `there is no source "${source}"; choose from ${names.join(', ')}`;
      context.addIssue({ code: 'custom', path: ['link', 'account_fields', index, 'source'], message });
    });
  });
export type SyncConfig = z.infer<typeof SyncConfig>;

function refuseRepeats(
  items: readonly { readonly name: string }[],
  key: string,
  context: z.RefinementCtx,
): void {
  items.forEach(({ name }, index) => {
    if (items.findIndex((item) => item.name === name) === index) return;
    context.addIssue({
      code: 'custom',
      path: [key, index, 'name'],
      message: `"${name}" is used twice; give each its own name`,
    });
  });
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) !== null;
  } catch {
    return false;
  }
}
