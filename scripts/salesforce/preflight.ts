import { assignmentFirst } from './assign-pilot-sync.ts';
import type { SalesforceClient } from './client.ts';
import type { FieldDescription, ObjectDescription } from './describe.ts';
import type { FieldSchema, ObjectSchema } from './needs.ts';
import type { ObjectNeed } from './needs.ts';
import type { Told } from './told.ts';

/** One thing in the org that the sync could not work with, and the click that puts it right. */
export interface PreflightFinding {
  readonly code:
    | 'OBJECT_MISSING'
    | 'FIELD_MISSING'
    | 'FIELD_TYPE'
    | 'FIELD_LENGTH'
    | 'PICKLIST_VALUE'
    | 'NO_PERMISSION'
    | 'CLOCK_SKEW';
  readonly object: string;
  readonly field: string | null;
  readonly told: Told;
}

/** Compares the org, as the calling user sees it, with what the sync needs; everything wrong in one list, a missing assignment first. */
export async function preflight(
  client: SalesforceClient,
  needs: readonly ObjectNeed[],
): Promise<readonly PreflightFinding[]> {
  const found = await Promise.all(needs.map(({ object }) => client.describe(object)));
  const findings = needs.flatMap((need, index) => compareObject(need, found[index] ?? null));
  return assignmentFirst(needs, findings);
}

/** The findings for one object; `found` is null when the org does not list it for this user. */
export function compareObject(need: ObjectNeed, found: ObjectDescription | null): PreflightFinding[] {
  const { object, schema } = need;
  if (found === null) {
    const told = {
      en: {
        message: `The org has no object ${object}, or the integration user may not read it.`,
        fix: `${grant(schema)}: Read. ${DEPLOY}`,
      },
      es: {
        message: `La organización no tiene el objeto ${object}, o el usuario de integración no puede leerlo.`,
        fix: `${grantEs(object)}: Leer. ${DEPLOY_ES}`,
      },
    };
    return [{ code: 'OBJECT_MISSING', object, field: null, told }];
  }
  const denied = [
    ...(need.create && !found.createable ? ['Create'] : []),
    ...(need.update && !found.updateable ? ['Edit'] : []),
  ].map((right): PreflightFinding => {
    const rightEs = right === 'Create' ? 'Crear' : 'Modificar';
    const told = {
      en: {
        message: `The integration user may not ${right.toLowerCase()} ${schema.plural}.`,
        fix: `${grant(schema)} > Object Permissions: ${right}.`,
      },
      es: {
        message: `El usuario de integración no puede ${rightEs.toLowerCase()} registros de ${object}.`,
        fix: `${grantEs(object)} > Permisos de objeto: ${rightEs}.`,
      },
    };
    return { code: 'NO_PERMISSION', object, field: null, told };
  });
  const fields = need.fields.flatMap((field) => compareField(need, field, found.fields.get(field)));
  return [...denied, ...fields];
}

const DEPLOY = 'If it is not listed there, deploy the package again.';
const DEPLOY_ES = 'Si no aparece allí, vuelva a desplegar el paquete.';

function grant(schema: ObjectSchema): string {
  return `Setup > Permission Sets > Pilot Sync (assigned to the integration user) > Object Settings > ${schema.plural} > Edit`;
}

/** By the object's API name, since its label in Spanish is there only where the translations were installed. */
function grantEs(object: string): string {
  return `Configuración > Conjuntos de permisos > Pilot Sync (asignado al usuario de integración) > Configuración de objetos > ${object} > Modificar`;
}

function compareField(
  need: ObjectNeed,
  name: string,
  found: FieldDescription | undefined,
): PreflightFinding[] {
  const { object, schema } = need;
  const wanted = schema.fields[name];
  const label = wanted?.label ?? name;
  const finding = (code: PreflightFinding['code'], told: Told): PreflightFinding => ({
    code,
    object,
    field: name,
    told,
  });
  const writes = need.writes.includes(name);
  if (!found) {
    const [access, accessEs] = writes
      ? ['Edit Access', 'acceso de modificación']
      : ['Read Access', 'acceso de lectura'];
    return [
      finding('FIELD_MISSING', {
        en: {
          message: `${object}.${name} is missing, or the integration user may not read it.`,
          fix: `${grant(schema)} > Field Permissions: ${label}: ${access}. ${DEPLOY}`,
        },
        es: {
          message: `Falta ${object}.${name}, o el usuario de integración no puede leerlo.`,
          fix: `${grantEs(object)} > Permisos de campo: ${name}: ${accessEs}. ${DEPLOY_ES}`,
        },
      }),
    ];
  }
  const problems: PreflightFinding[] = [];
  if (writes && !found.updateable) {
    problems.push(
      finding('NO_PERMISSION', {
        en: {
          message: `The integration user may not write ${object}.${name}.`,
          fix: `${grant(schema)} > Field Permissions: ${label}: Edit Access.`,
        },
        es: {
          message: `El usuario de integración no puede escribir ${object}.${name}.`,
          fix: `${grantEs(object)} > Permisos de campo: ${name}: acceso de modificación.`,
        },
      }),
    );
  }
  return wanted
    ? [...problems, ...compareShape(wanted, found, writes, finding, fieldPage(need, name))]
    : problems;
}

interface FieldPage {
  readonly en: string;
  readonly es: string;
}

function fieldPage({ object, schema }: ObjectNeed, name: string): FieldPage {
  const label = schema.fields[name]?.label ?? name;
  return {
    en: `Setup > Object Manager > ${schema.label} > Fields & Relationships > ${label}`,
    es: `Configuración > Gestor de objetos > ${object} > Campos y relaciones > ${name}`,
  };
}

function compareShape(
  wanted: FieldSchema,
  found: FieldDescription,
  writes: boolean,
  finding: (code: PreflightFinding['code'], told: Told) => PreflightFinding,
  page: FieldPage,
): PreflightFinding[] {
  const problems: PreflightFinding[] = [];
  const types = DESCRIBED_AS[wanted.kind];
  if (types && !types.includes(found.type)) {
    return [
      finding('FIELD_TYPE', {
        en: {
          message: `${found.name} is a field of type ${found.type}; the sync needs ${types.join(' or ')}.`,
          fix: `${page.en}: rename the field that is in the way, then deploy the package again.`,
        },
        es: {
          message: `${found.name} es un campo de tipo ${found.type}; la sincronización necesita ${types.join(' o ')}.`,
          fix: `${page.es}: cambie el nombre del campo que estorba y vuelva a desplegar el paquete.`,
        },
      }),
    ];
  }
  if (writes && SIZED.has(wanted.kind) && found.length < (wanted.length ?? 0)) {
    problems.push(
      finding('FIELD_LENGTH', {
        en: {
          message: `${found.name} holds ${found.length} characters; the sync writes up to ${wanted.length}.`,
          fix: `${page.en} > Edit > Length: ${wanted.length}.`,
        },
        es: {
          message: `En ${found.name} caben ${found.length} caracteres; la sincronización escribe hasta ${wanted.length}.`,
          fix: `${page.es} > Modificar > Longitud: ${wanted.length}.`,
        },
      }),
    );
  }
  if (writes && wanted.scale !== undefined && found.scale < wanted.scale) {
    problems.push(
      finding('FIELD_TYPE', {
        en: {
          message: `${found.name} has ${found.scale} decimal places; the sync writes ${wanted.scale}.`,
          fix: `${page.en} > Edit > Decimal Places: ${wanted.scale}.`,
        },
        es: {
          message: `${found.name} tiene ${found.scale} decimales; la sincronización escribe ${wanted.scale}.`,
          fix: `${page.es} > Modificar > Decimales: ${wanted.scale}.`,
        },
      }),
    );
  }
  const active = new Set(found.picklistValues.filter((value) => value.active).map((value) => value.value));
  const missing =
    writes && found.restrictedPicklist === true
      ? (wanted.values ?? []).filter((value) => !active.has(value))
      : [];
  for (const value of missing) {
    problems.push(
      finding('PICKLIST_VALUE', {
        en: {
          message: `${found.name} does not offer the value "${value}".`,
          fix: `${page.en} > Values > New (or Activate): ${value}`,
        },
        es: {
          message: `${found.name} no ofrece el valor «${value}».`,
          fix: `${page.es} > Valores > Nuevo (o Activar): ${value}`,
        },
      }),
    );
  }
  return problems;
}

const SIZED = new Set(['Text', 'TextArea', 'LongTextArea', 'Url']);

// How describe names the types of metadata.
// https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/field_types.htm
const DESCRIBED_AS: Readonly<Record<string, readonly string[]>> = {
  Text: ['string'],
  TextArea: ['textarea'],
  LongTextArea: ['textarea'],
  Url: ['url'],
  Number: ['double', 'int'],
  Currency: ['currency'],
  Percent: ['percent'],
  Checkbox: ['boolean'],
  Date: ['date'],
  DateTime: ['datetime'],
  Picklist: ['picklist'],
  MultiselectPicklist: ['multipicklist'],
  Lookup: ['reference'],
  MasterDetail: ['reference'],
};
