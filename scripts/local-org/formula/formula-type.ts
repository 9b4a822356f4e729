import type { FieldKind, FieldModel, OrgModel } from '../../metadata/model.ts';

/** What an expression is while a formula is compiled; `Null` fits everywhere. */
export type FormulaType =
  'Number' | 'Text' | 'Boolean' | 'Date' | 'DateTime' | 'Picklist' | 'Multipicklist' | 'Id' | 'Null';

const TYPES: Readonly<Record<FieldKind, FormulaType | null>> = {
  Id: 'Id',
  Lookup: 'Id',
  MasterDetail: 'Id',
  MetadataRelationship: 'Id',
  Text: 'Text',
  TextArea: 'Text',
  LongTextArea: 'Text',
  Html: 'Text',
  Url: 'Text',
  Email: 'Text',
  Phone: 'Text',
  AutoNumber: 'Text',
  Number: 'Number',
  Currency: 'Number',
  Percent: 'Number',
  Checkbox: 'Boolean',
  Date: 'Date',
  DateTime: 'DateTime',
  Time: null,
  Picklist: 'Picklist',
  MultiselectPicklist: 'Multipicklist',
  Summary: null,
};

/** The kind of the values a field holds: for a roll-up that of its result, otherwise the field's own. */
export function valueKind(model: OrgModel, field: FieldModel): FieldKind {
  const rollUp = field.rollUp;
  if (!rollUp) return field.kind;
  const summarized = rollUp.field && model.objects.get(rollUp.childObject)?.fields.get(rollUp.field);
  return summarized ? valueKind(model, summarized) : 'Number';
}

/** Type of a field inside formulas; null where Salesforce or the local org allows none. */
export const fieldType = (model: OrgModel, field: FieldModel): FormulaType | null =>
  TYPES[valueKind(model, field)];

export const isTextual = (type: FormulaType) => type === 'Text' || type === 'Id';

/** The type two branches or operands share; null when they have none (FormulaTypeUtils.getCommonSuperType). */
export function commonType(left: FormulaType, right: FormulaType): FormulaType | null {
  if (left === 'Null') return right;
  if (right === 'Null' || left === right) return left;
  return isTextual(left) && isTextual(right) ? 'Text' : null;
}

/** Whether an operand of this type may stand where `expected` is asked. */
export const accepts = (expected: FormulaType, given: FormulaType) =>
  given === 'Null' || given === expected || (expected === 'Text' && given === 'Id');
