import type { FieldKind, FieldModel, ObjectModel, OrgModel } from '../../metadata/model.ts';
import { valueKind } from '../formula/formula-type.ts';
import { isPolymorphic } from '../model-index.ts';
import { isPermissionable, type Permissions } from '../security/permissions.ts';

// https://developer.salesforce.com/docs/atlas.en-us.api.meta/api/sforce_api_calls_describesobjects_describesobjectresult.htm
const TYPES: Readonly<Record<FieldKind, readonly [type: string, soapType: string]>> = {
  Id: ['id', 'tns:ID'],
  Text: ['string', 'xsd:string'],
  TextArea: ['textarea', 'xsd:string'],
  LongTextArea: ['textarea', 'xsd:string'],
  Html: ['textarea', 'xsd:string'],
  Url: ['url', 'xsd:string'],
  Email: ['email', 'xsd:string'],
  Phone: ['phone', 'xsd:string'],
  Number: ['double', 'xsd:double'],
  Currency: ['currency', 'xsd:double'],
  Percent: ['percent', 'xsd:double'],
  Checkbox: ['boolean', 'xsd:boolean'],
  Date: ['date', 'xsd:date'],
  DateTime: ['datetime', 'xsd:dateTime'],
  Time: ['time', 'xsd:time'],
  Picklist: ['picklist', 'xsd:string'],
  MultiselectPicklist: ['multipicklist', 'xsd:string'],
  Lookup: ['reference', 'tns:ID'],
  MasterDetail: ['reference', 'tns:ID'],
  MetadataRelationship: ['reference', 'tns:ID'],
  AutoNumber: ['string', 'xsd:string'],
  Summary: ['double', 'xsd:double'],
};
const LONG: readonly FieldKind[] = ['LongTextArea', 'Html'];
const NUMERIC: readonly FieldKind[] = ['Number', 'Currency', 'Percent', 'Summary'];

/** One field as the caller may use it; `createable` and `updateable` count its permissions. */
export function describeField(
  model: OrgModel,
  object: ObjectModel,
  field: FieldModel,
  permissions: Permissions,
) {
  const kind = valueKind(model, field);
  const [type, soapType] = TYPES[kind];
  const isComputed = field.formula !== null || field.rollUp !== null;
  const isWritable =
    !isComputed && field.kind !== 'AutoNumber' && permissions.canEditField(object.name, field.name);
  const isMaster = field.kind === 'MasterDetail';
  const isFixed = isMaster && field.reference?.isReparentable === false;
  const access = permissions.access(object.name);
  return {
    name: field.name,
    label: field.label,
    type,
    soapType,
    length: lengthOf(field, kind),
    byteLength: lengthOf(field, kind) * 3,
    precision: NUMERIC.includes(kind) ? (field.precision ?? 18) : 0,
    scale: NUMERIC.includes(kind) ? (field.scale ?? 0) : 0,
    digits: 0,
    custom: field.isCustom,
    nillable: !field.isRequired && !isMaster && kind !== 'Checkbox' && kind !== 'Id' && field.name !== 'Name',
    createable: isWritable && field.isCreateable && access.create,
    updateable: isWritable && field.isUpdateable && access.edit && !isFixed,
    permissionable: isPermissionable(object, field),
    calculated: isComputed,
    calculatedFormula: field.formula?.source ?? null,
    formulaTreatNullNumberAsZero: field.formula?.blanks === 'BlankAsZero',
    autoNumber: field.kind === 'AutoNumber',
    unique: field.isUnique,
    caseSensitive: field.isCaseSensitive,
    externalId: field.isExternalId,
    idLookup: field.isExternalId || kind === 'Id',
    nameField: field.name === 'Name',
    defaultedOnCreate:
      field.defaultValue !== null || kind === 'Checkbox' || kind === 'Id' || !field.isCreateable,
    defaultValue: kind === 'Checkbox' && !isComputed ? field.defaultValue === 'true' : null,
    filterable: !LONG.includes(kind),
    sortable: !LONG.includes(kind) && kind !== 'MultiselectPicklist',
    groupable:
      field.formula === null &&
      !LONG.includes(kind) &&
      !NUMERIC.includes(kind) &&
      kind !== 'MultiselectPicklist',
    aggregatable: !LONG.includes(kind) && kind !== 'Checkbox' && kind !== 'MultiselectPicklist',
    htmlFormatted: kind === 'Html',
    inlineHelpText: field.helpText,
    ...describePicklist(field),
    ...describeReference(field),
  };
}

function lengthOf(field: FieldModel, kind: FieldKind): number {
  if (field.formula !== null && kind === 'Text') return 1300;
  if (TYPES[kind][0] === 'reference' || kind === 'Id') return 18;
  if (kind === 'Picklist') return 255;
  if (kind === 'MultiselectPicklist') return 4099;
  return field.length ?? 0;
}

function describePicklist(field: FieldModel) {
  const values = field.picklist?.values ?? [];
  return {
    restrictedPicklist: field.picklist?.isRestricted ?? false,
    picklistValues: values.map(({ value, label, isActive, isDefault }) => ({
      value,
      label,
      active: isActive,
      defaultValue: isDefault,
      validFor: null,
    })),
    dependentPicklist: false,
  };
}

function describeReference(field: FieldModel) {
  const { reference } = field;
  return {
    referenceTo: reference?.to ?? [],
    relationshipName: reference?.parentName ?? null,
    relationshipOrder: reference?.masterOrder ?? null,
    cascadeDelete: reference?.onDelete === 'Cascade',
    restrictedDelete: reference?.onDelete === 'Restrict',
    writeRequiresMasterRead: reference?.writeRequiresMasterRead ?? false,
    namePointing: isPolymorphic(field),
    polymorphicForeignKey: isPolymorphic(field),
  };
}
