// Fields that an admin made required on Pilot__c, read from the object's metadata.
// https://developer.salesforce.com/docs/platform/lwc/guide/reference-wire-adapters-object-info.html
import type { FormOption } from 'c/pilotForm';
import type { ExtraField } from 'c/pilotPlanReview';
import type { FieldValue, FieldValues } from './pilotPlan';

export type RequiredField = Omit<ExtraField, 'value'>;

type Fields = Readonly<Record<string, unknown>>;

// What is not listed here, a lookup for instance, cannot be entered in this dialog.
const KINDS: Readonly<Record<string, RequiredField['kind']>> = {
  String: 'text',
  Email: 'text',
  Phone: 'text',
  Url: 'text',
  TextArea: 'lines',
  Int: 'number',
  Long: 'number',
  Double: 'number',
  Currency: 'number',
  Percent: 'number',
  Date: 'date',
  DateTime: 'datetime',
  Boolean: 'check',
  Picklist: 'choice',
};

/** Required fields of `info` (getObjectInfo) that the plan does not fill; picklists (getPicklistValuesByRecordType) by name. */
export function requiredFields(info: unknown, picklists: unknown, filled: FieldValues): RequiredField[] {
  const fields = at(info, 'fields');
  if (!isFields(fields)) return [];
  return Object.values(fields).flatMap((field) => {
    if (!isFields(field) || field['required'] !== true || field['createable'] !== true) return [];
    const name = String(field['apiName']);
    if (name in filled || name === 'OwnerId') return [];
    return [fieldOf(field, name, at(picklists, 'picklistFieldValues', name, 'values'))];
  });
}

export function defaultRecordTypeId(info: unknown): string | undefined {
  const id = at(info, 'defaultRecordTypeId');
  return typeof id === 'string' ? id : undefined;
}

export function isMissing({ kind }: RequiredField, value: FieldValue | undefined): boolean {
  return kind !== 'check' && (value === undefined || value === null || value === '');
}

function fieldOf(field: Fields, name: string, values: unknown): RequiredField {
  const length = field['length'];
  return {
    name,
    label: String(field['label'] ?? name),
    help: typeof field['inlineHelpText'] === 'string' ? field['inlineHelpText'] : '',
    isRequired: field['dataType'] !== 'Boolean',
    kind: KINDS[String(field['dataType'])] ?? 'elsewhere',
    maxLength: typeof length === 'number' && length > 0 ? length : undefined,
    options: Array.isArray(values) ? values.filter(isFields).map(optionOf) : [],
  };
}

function optionOf(value: Fields): FormOption {
  return { label: String(value['label']), value: String(value['value']) };
}

function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce((inner, key) => (isFields(inner) ? inner[key] : undefined), value);
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}
