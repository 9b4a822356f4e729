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

type Wording = readonly [what: string, fix: string];

const FIELDS = 'Setup > Object Manager > Opportunity > Fields & Relationships';
const FIELDS_ES = 'Configuración > Gestor de objetos > Oportunidad > Campos y relaciones';

/** What keeps the sync from writing into the admin's own fields on the deal, each with the click. */
export function mappedFieldFindings(
  mapped: readonly MappedField[],
  deal: ObjectDescription | null,
): PreflightFinding[] {
  return deal === null ? [] : mapped.flatMap((entry) => findingsOf(entry, deal.fields.get(entry.field)));
}

function findingsOf({ value, field }: MappedField, found: FieldDescription | undefined): PreflightFinding[] {
  // What stands after the field's name and what to do, in English and in Spanish.
  const finding = (code: PreflightFinding['code'], en: Wording, es: Wording): PreflightFinding => {
    const told = ([what, fix]: Wording) => ({
      message: `opportunity_fields: Opportunity.${field} ${what}`,
      fix,
    });
    return { code, object: 'Opportunity', field, told: { en: told(en), es: told(es) } };
  };
  const grant = `Give the integration user Edit Access to Opportunity.${field} in a permission set of your own.`;
  const grantEs = `Dé al usuario de integración acceso de modificación a Opportunity.${field} en un conjunto de permisos propio.`;
  const other = `Name another field for "${value}" under opportunity_fields of the configuration.`;
  const otherEs = `Indique otro campo para «${value}» en opportunity_fields de la configuración.`;
  if (!found)
    return [
      finding(
        'FIELD_MISSING',
        [
          'does not exist, or the integration user may not read it.',
          `${FIELDS}: compare the API name, or create the field. ${grant}`,
        ],
        [
          'no existe, o el usuario de integración no puede leerlo.',
          `${FIELDS_ES}: compare el nombre de API o cree el campo. ${grantEs}`,
        ],
      ),
    ];
  if (found.calculated === true)
    return [
      finding(
        'FIELD_TYPE',
        ['is a formula or roll-up, which nobody can write.', other],
        ['es una fórmula o un resumen, que nadie puede escribir.', otherEs],
      ),
    ];
  const { types, length = 0, values = [] } = SHAPES[value];
  if (!types.includes(found.type)) {
    return [
      finding(
        'FIELD_TYPE',
        [`is of type ${found.type}; "${value}" needs ${types.join(' or ')}.`, other],
        [`es de tipo ${found.type}; «${value}» necesita ${types.join(' o ')}.`, otherEs],
      ),
    ];
  }
  const denied = found.updateable
    ? []
    : [
        finding(
          'NO_PERMISSION',
          ['may not be written by the integration user.', grant],
          ['no puede ser escrito por el usuario de integración.', grantEs],
        ),
      ];
  const isShort = found.type !== 'picklist' && found.length < length;
  const short = isShort
    ? [
        finding(
          'FIELD_LENGTH',
          [
            `holds ${found.length} characters; "${value}" takes up to ${length}.`,
            `${FIELDS} > ${found.label} > Edit > Length: ${length}.`,
          ],
          [
            `admite ${found.length} caracteres; «${value}» ocupa hasta ${length}.`,
            `${FIELDS_ES} > ${found.label} > Modificar > Longitud: ${length}.`,
          ],
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
        [
          `does not offer the value "${each}".`,
          `${FIELDS} > ${found.label} > Values > New (or Activate): ${each}`,
        ],
        [
          `no ofrece el valor «${each}».`,
          `${FIELDS_ES} > ${found.label} > Valores > Nuevo (o Activar): ${each}`,
        ],
      ),
    ),
  ];
}
