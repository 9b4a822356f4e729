import { z } from 'zod';
import type { PilotVerdict } from '../salesforce/columns.ts';

/** Values of the lead pilot that an admin may want in fields of their own on the deal, e.g. for field history. */
export const MAPPED_VALUES = {
  health: 'health',
  stalled: 'isStalled',
  stalled_since: 'stalledSince',
  reason: 'stallReason',
  active_users: 'activeUsers7d',
  usage_change: 'usageChangePercent',
  last_usage_on: 'lastUsageOn',
  risk: 'riskPercent',
} as const satisfies Readonly<Record<string, keyof PilotVerdict>>;

type MappedValue = keyof typeof MAPPED_VALUES;

/** One entry of `opportunity_fields:`. */
export const MappedField = z.strictObject({
  value: z.enum(Object.keys(MAPPED_VALUES) as [MappedValue, ...MappedValue[]]),
  field: z.string().regex(/^[A-Za-z]\w*__c$/, { error: 'is not the API name of a custom field (…__c)' }),
});
export type MappedField = z.infer<typeof MappedField>;

/** API names of the admin's own fields of Opportunity. */
export function dealFields(config: { readonly opportunity_fields: readonly MappedField[] }): string[] {
  return config.opportunity_fields.map(({ field }) => field);
}
