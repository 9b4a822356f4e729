import type { FieldDescription, ObjectDescription } from '../salesforce/describe.ts';
import type { PreflightFinding } from '../salesforce/preflight.ts';
import { SCHEMA } from '../salesforce/schema.ts';
import type { MappedField } from './mapped-fields.ts';

interface Shape {
  /** As describe names them. */
  readonly types: readonly string[];
  readonly length?: number;
  readonly values?: readonly string[];
}

const HEALTH = SCHEMA.Pilot__c.fields.Health__c.values;
const TEXTS = ['string', 'textarea'];

/** What a field must be to hold a value. */
const SHAPES: Readonly<Record<MappedField['value'], Shape>> = {
  health: { types: ['picklist', ...TEXTS], length: 8, values: HEALTH },
  stalled: { types: ['boolean'] },
  stalled_since: { types: ['date'] },
  reason: { types: TEXTS, length: SCHEMA.Pilot__c.fields.Stall_Reason__c.length },
  active_users: { types: ['double', 'int'] },
  usage_change: { types: ['percent', 'double'] },
  last_usage_on: { types: ['date'] },
  risk: { types: ['percent', 'double'] },
};

const FIELDS = 'Setup > Object Manager > Opportunity > Fields & Relationships';

/** What keeps the sync from writing into the admin's own fields on the deal, each with the click. */
export function mappedFieldFindings(
  mapped: readonly MappedField[],
  deal: ObjectDescription | null,
): PreflightFinding[] {
  return deal === null ? [] : mapped.flatMap((entry) => findingsOf(entry, deal.fields.get(entry.field)));
}

function findingsOf({ value, field }: MappedField, found: FieldDescription | undefined): PreflightFinding[] {
  const finding = (code: PreflightFinding['code'], what: string, fix: string): PreflightFinding => ({
    code,
    object: 'Opportunity',
    field,
    message: `opportunity_fields: Opportunity.${field} ${what}`,
    fix,
  });
  const grant = `Give the integration user Edit Access to Opportunity.${field} in a permission set of your own.`;
  const other = `Name another field for "${value}" under opportunity_fields of the configuration.`;
  if (!found)
    return [
      finding(
        'FIELD_MISSING',
        'does not exist, or the integration user may not read it.',
        `${FIELDS}: compare the API name, or create the field. ${grant}`,
      ),
    ];
  if (found.calculated === true)
    return [finding('FIELD_TYPE', 'is a formula or roll-up, which nobody can write.', other)];
  const { types, length = 0, values = [] } = SHAPES[value];
  if (!types.includes(found.type)) {
    const what = `is of type ${found.type}; "${value}" needs ${types.join(' or ')}.`;
    return [finding('FIELD_TYPE', what, other)];
  }
  const denied = found.updateable
    ? []
    : [finding('NO_PERMISSION', 'may not be written by the integration user.', grant)];
  const isShort = found.type !== 'picklist' && found.length < length;
  const short = isShort
    ? [
        finding(
          'FIELD_LENGTH',
          `holds ${found.length} characters; "${value}" takes up to ${length}.`,
          `${FIELDS} > ${found.label} > Edit > Length: ${length}.`,
        ),
      ]
    : [];
  const offered = new Set(found.picklistValues.filter(({ active }) => active).map((each) => each.value));
  const missing = found.restrictedPicklist === true ? values.filter((each) => !offered.has(each)) : [];
  return [
    ...denied,
    ...short,
    ...missing.map((each) =>
      finding(
        'PICKLIST_VALUE',
        `does not offer the value "${each}".`,
        `${FIELDS} > ${found.label} > Values > New (or Activate): ${each}`,
      ),
    ),
  ];
}
