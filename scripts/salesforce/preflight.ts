import type { SalesforceClient } from './client.ts';
import type { FieldDescription, ObjectDescription } from './describe.ts';
import type { FieldSchema, ObjectSchema } from './needs.ts';
import type { ObjectNeed } from './needs.ts';

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
  readonly message: string;
  readonly fix: string;
}

/** Compares the org, as the calling user sees it, with what the sync needs; everything wrong in one list. */
export async function preflight(
  client: SalesforceClient,
  needs: readonly ObjectNeed[],
): Promise<PreflightFinding[]> {
  const findings: PreflightFinding[] = [];
  for (const need of needs) findings.push(...compareObject(need, await client.describe(need.object)));
  return findings;
}

/** The findings for one object; `found` is null when the org does not list it for this user. */
export function compareObject(need: ObjectNeed, found: ObjectDescription | null): PreflightFinding[] {
  const { object, schema } = need;
  if (found === null) {
    const message = `The org has no object ${object}, or the integration user may not read it.`;
    return [
      { code: 'OBJECT_MISSING', object, field: null, message, fix: `${grant(schema)}: Read. ${DEPLOY}` },
    ];
  }
  const denied = [
    ...(need.create && !found.createable ? ['Create'] : []),
    ...(need.update && !found.updateable ? ['Edit'] : []),
  ].map((right): PreflightFinding => {
    const message = `The integration user may not ${right.toLowerCase()} ${schema.plural}.`;
    return {
      code: 'NO_PERMISSION',
      object,
      field: null,
      message,
      fix: `${grant(schema)} > Object Permissions: ${right}.`,
    };
  });
  const fields = need.fields.flatMap((field) => compareField(need, field, found.fields.get(field)));
  return [...denied, ...fields];
}

const DEPLOY = 'If it is not listed there, deploy the package again.';

function grant(schema: ObjectSchema): string {
  return `Setup > Permission Sets > Pilot Sync (assigned to the integration user) > Object Settings > ${schema.plural} > Edit`;
}

function compareField(
  need: ObjectNeed,
  name: string,
  found: FieldDescription | undefined,
): PreflightFinding[] {
  const { object, schema } = need;
  const wanted = schema.fields[name];
  const label = wanted?.label ?? name;
  const finding = (code: PreflightFinding['code'], message: string, fix: string): PreflightFinding => ({
    code,
    object,
    field: name,
    message,
    fix,
  });
  const writes = need.writes.includes(name);
  if (!found) {
    const message = `${object}.${name} is missing, or the integration user may not read it.`;
    return [
      finding(
        'FIELD_MISSING',
        message,
        `${grant(schema)} > Field Permissions: ${label}: ${writes ? 'Edit Access' : 'Read Access'}. ${DEPLOY}`,
      ),
    ];
  }
  const problems: PreflightFinding[] = [];
  if (writes && !found.updateable) {
    const fix = `${grant(schema)} > Field Permissions: ${label}: Edit Access.`;
    problems.push(finding('NO_PERMISSION', `The integration user may not write ${object}.${name}.`, fix));
  }
  return wanted
    ? [...problems, ...compareShape(wanted, found, writes, finding, fieldPage(schema, label))]
    : problems;
}

function fieldPage(schema: ObjectSchema, label: string): string {
  return `Setup > Object Manager > ${schema.label} > Fields & Relationships > ${label}`;
}

function compareShape(
  wanted: FieldSchema,
  found: FieldDescription,
  writes: boolean,
  finding: (code: PreflightFinding['code'], message: string, fix: string) => PreflightFinding,
  page: string,
): PreflightFinding[] {
  const problems: PreflightFinding[] = [];
  const types = DESCRIBED_AS[wanted.kind];
  if (types && !types.includes(found.type)) {
    const message = `${found.name} is a field of type ${found.type}; the sync needs ${types.join(' or ')}.`;
    return [
      finding(
        'FIELD_TYPE',
        message,
        `${page}: rename the field that is in the way, then deploy the package again.`,
      ),
    ];
  }
  if (writes && SIZED.has(wanted.kind) && found.length < (wanted.length ?? 0)) {
    const message = `${found.name} holds ${found.length} characters; the sync writes up to ${wanted.length}.`;
    problems.push(finding('FIELD_LENGTH', message, `${page} > Edit > Length: ${wanted.length}.`));
  }
  if (writes && wanted.scale !== undefined && found.scale < wanted.scale) {
    const message = `${found.name} has ${found.scale} decimal places; the sync writes ${wanted.scale}.`;
    problems.push(finding('FIELD_TYPE', message, `${page} > Edit > Decimal Places: ${wanted.scale}.`));
  }
  const active = new Set(found.picklistValues.filter((value) => value.active).map((value) => value.value));
  const missing =
    writes && found.restrictedPicklist === true
      ? (wanted.values ?? []).filter((value) => !active.has(value))
      : [];
  for (const value of missing) {
    problems.push(
      finding(
        'PICKLIST_VALUE',
        `${found.name} does not offer the value "${value}".`,
        `${page} > Values > New (or Activate): ${value}`,
      ),
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
