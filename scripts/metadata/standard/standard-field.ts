// Short spellings for the curated standard fields. Defaults: optional, writable, no default value.
import type { FieldKind, FieldModel, ObjectModel, PicklistValue } from '../model.ts';

export type FieldOptions = Partial<Omit<FieldModel, 'name' | 'label' | 'kind' | 'isCustom'>>;

/** Set by the platform, never by a caller. */
export const READ_ONLY: FieldOptions = { isCreateable: false, isUpdateable: false };
export const REQUIRED: FieldOptions = { isRequired: true };

function field(name: string, label: string, kind: FieldKind, options: FieldOptions): FieldModel {
  return {
    name,
    label,
    kind,
    description: null,
    helpText: null,
    length: null,
    precision: null,
    scale: null,
    isRequired: false,
    isUnique: false,
    isCaseSensitive: false,
    isExternalId: false,
    isCustom: false,
    isCreateable: true,
    isUpdateable: true,
    defaultValue: null,
    picklist: null,
    reference: null,
    formula: null,
    rollUp: null,
    displayFormat: null,
    trackHistory: false,
    ...options,
  };
}

type Make = (name: string, label: string, options?: FieldOptions) => FieldModel;
const sized =
  (kind: FieldKind, length: number | null): Make =>
  (name, label, options = {}) =>
    field(name, label, kind, { length, ...options });

export const email = sized('Email', 80);
export const phone = sized('Phone', 40);
export const url = sized('Url', 255);
export const date = sized('Date', null);
export const dateTime = sized('DateTime', null);
export const checkbox: Make = (name, label, options = {}) =>
  field(name, label, 'Checkbox', { defaultValue: 'false', ...options });

export function text(name: string, label: string, length: number, options: FieldOptions = {}): FieldModel {
  return field(name, label, 'Text', { length, ...options });
}

export function textArea(
  name: string,
  label: string,
  length: number,
  options: FieldOptions = {},
): FieldModel {
  return field(name, label, length > 255 ? 'LongTextArea' : 'TextArea', { length, ...options });
}

export function number(
  name: string,
  label: string,
  precision: number,
  scale: number,
  options: FieldOptions = {},
): FieldModel {
  return field(name, label, 'Number', { precision, scale, ...options });
}

export function currency(name: string, label: string, options: FieldOptions = {}): FieldModel {
  return field(name, label, 'Currency', { precision: 18, scale: 2, ...options });
}

export function percent(
  name: string,
  label: string,
  precision: number,
  scale: number,
  options: FieldOptions = {},
): FieldModel {
  return field(name, label, 'Percent', { precision, scale, ...options });
}

/** Unrestricted like most standard picklists; `first` marks the default value. */
export function picklist(
  name: string,
  label: string,
  values: readonly string[],
  options: FieldOptions & { readonly first?: string; readonly isRestricted?: boolean } = {},
): FieldModel {
  const { first, isRestricted = false, ...rest } = options;
  const listed = values.map((value): PicklistValue => ({
    value,
    label: value,
    isDefault: value === first,
    isActive: true,
  }));
  return field(name, label, 'Picklist', { length: 255, picklist: { values: listed, isRestricted }, ...rest });
}

/** `childName` is the plural the parent shows in SOQL, null when it shows none. */
export function lookup(
  name: string,
  label: string,
  to: readonly string[],
  childName: string | null,
  options: FieldOptions & { readonly onDelete?: 'Cascade' | 'SetNull' | 'Restrict' } = {},
): FieldModel {
  const { onDelete = 'SetNull', ...rest } = options;
  const parentName = name.replace(/Id$/, '');
  const reference = {
    to,
    parentName,
    childName,
    onDelete,
    masterOrder: null,
    isReparentable: false,
    writeRequiresMasterRead: false,
  };
  return field(name, label, 'Lookup', { length: 18, reference, ...rest });
}

export function id(): FieldModel {
  return field('Id', 'Record ID', 'Id', { length: 18, ...READ_ONLY });
}

export function standardObject(
  name: string,
  labels: readonly [label: string, plural: string],
  keyPrefix: string,
  sharing: ObjectModel['sharing'],
  fields: readonly FieldModel[],
): ObjectModel {
  const [label, pluralLabel] = labels;
  return {
    name,
    label,
    pluralLabel,
    kind: 'standard',
    keyPrefix,
    sharing,
    fields: new Map(fields.map((each) => [each.name, each])),
    validationRules: [],
  };
}
