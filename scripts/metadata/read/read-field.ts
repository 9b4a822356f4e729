import type { FieldKind, FieldModel, PicklistValue, Reference, RollUp } from '../model.ts';
import { child, childrenOf, flagOf, numberOf, textOf, type XmlNode } from '../xml.ts';

const KINDS: readonly FieldKind[] = [
  'Text',
  'TextArea',
  'LongTextArea',
  'Html',
  'Url',
  'Email',
  'Phone',
  'Number',
  'Currency',
  'Percent',
  'Checkbox',
  'Date',
  'DateTime',
  'Time',
  'Picklist',
  'MultiselectPicklist',
  'Lookup',
  'MasterDetail',
  'AutoNumber',
  'Summary',
  'MetadataRelationship',
];

/** Field types this project knows; another one is refused by a rule. */
export function fieldKind(text: string | null): FieldKind | null {
  return KINDS.find((kind) => kind === text) ?? null;
}

// Lengths that the type fixes. https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/field_types.htm
const FIXED_LENGTH: Partial<Record<FieldKind, number>> = {
  TextArea: 255,
  Url: 255,
  Email: 80,
  Phone: 40,
  Picklist: 255,
  MultiselectPicklist: 4099,
  Lookup: 18,
  MasterDetail: 18,
  AutoNumber: 30,
};
// https://help.salesforce.com/s/articleView?id=platform.customize_formuladef.htm
const FORMULA_TEXT_LENGTH = 1300;

/** Values of shared picklists, by name. */
export type ValueSets = ReadonlyMap<string, readonly PicklistValue[]>;

/** Reads a `<CustomField>` (or `<fields>`) element. Numbers and kinds that cannot be read stay null; rules name them. */
export function readField(name: string, node: XmlNode, valueSets: ValueSets): FieldModel {
  const kind = fieldKind(textOf(node, 'type')) ?? 'Text';
  const source = formulaOf(node);
  const isDerived = source !== null || kind === 'Summary' || kind === 'AutoNumber';
  return {
    name,
    label: textOf(node, 'label') ?? name,
    kind,
    description: textOf(node, 'description'),
    helpText: textOf(node, 'inlineHelpText'),
    length:
      source !== null && kind === 'Text'
        ? FORMULA_TEXT_LENGTH
        : (numberOf(node, 'length') ?? FIXED_LENGTH[kind] ?? null),
    precision: numberOf(node, 'precision') ?? (kind === 'Summary' ? 18 : null),
    scale:
      numberOf(node, 'scale') ??
      (kind === 'Summary' && textOf(node, 'summaryOperation') === 'count' ? 0 : null),
    isRequired: kind === 'MasterDetail' || flagOf(node, 'required'),
    isUnique: flagOf(node, 'unique'),
    isCaseSensitive: flagOf(node, 'caseSensitive'),
    isExternalId: flagOf(node, 'externalId'),
    isCustom: true,
    isCreateable: !isDerived,
    isUpdateable: !isDerived && (kind !== 'MasterDetail' || flagOf(node, 'reparentableMasterDetail')),
    defaultValue: textOf(node, 'defaultValue'),
    picklist: picklistOf(kind, node, valueSets),
    reference: referenceOf(name, kind, node),
    formula:
      source === null
        ? null
        : {
            source,
            blanks: textOf(node, 'formulaTreatBlanksAs') === 'BlankAsBlank' ? 'BlankAsBlank' : 'BlankAsZero',
          },
    rollUp: kind === 'Summary' ? rollUpOf(node) : null,
    displayFormat: textOf(node, 'displayFormat'),
    trackHistory: flagOf(node, 'trackHistory'),
  };
}

/** The formula's text as the platform sees it; null for fields without one. */
export function formulaOf(node: XmlNode): string | null {
  return textOf(node, 'formula');
}

function picklistOf(kind: FieldKind, node: XmlNode, valueSets: ValueSets): FieldModel['picklist'] {
  if (kind !== 'Picklist' && kind !== 'MultiselectPicklist') return null;
  const set = child(node, 'valueSet');
  if (!set) return { values: [], isRestricted: false };
  const shared = textOf(set, 'valueSetName');
  if (shared !== null) return { values: valueSets.get(shared) ?? [], isRestricted: true };
  const definition = child(set, 'valueSetDefinition');
  return {
    values: definition ? childrenOf(definition, 'value').map(readPicklistValue) : [],
    isRestricted: flagOf(set, 'restricted'),
  };
}

/** Reads a `<value>` or `<customValue>` element. */
export function readPicklistValue(node: XmlNode): PicklistValue {
  const value = textOf(node, 'fullName') ?? '';
  return {
    value,
    label: textOf(node, 'label') ?? value,
    isDefault: flagOf(node, 'default'),
    isActive: textOf(node, 'isActive') !== 'false',
  };
}

function referenceOf(name: string, kind: FieldKind, node: XmlNode): Reference | null {
  if (kind !== 'Lookup' && kind !== 'MasterDetail' && kind !== 'MetadataRelationship') return null;
  const relationship = textOf(node, 'relationshipName');
  const constraint = textOf(node, 'deleteConstraint');
  const isMaster = kind === 'MasterDetail';
  return {
    to: childrenOf(node, 'referenceTo').map((each) => each.text.trim()),
    parentName: name.replace(/__c$/, '__r'),
    childName: relationship === null ? null : `${relationship}__r`,
    onDelete:
      isMaster || constraint === 'Cascade' ? 'Cascade' : constraint === 'Restrict' ? 'Restrict' : 'SetNull',
    masterOrder: isMaster ? (numberOf(node, 'relationshipOrder') === 1 ? 1 : 0) : null,
    isReparentable: isMaster && flagOf(node, 'reparentableMasterDetail'),
    writeRequiresMasterRead: isMaster && flagOf(node, 'writeRequiresMasterRead'),
  };
}

const OPERATIONS: Readonly<Record<string, RollUp['operation']>> = {
  count: 'count',
  sum: 'sum',
  min: 'min',
  max: 'max',
};

function rollUpOf(node: XmlNode): RollUp {
  const [childObject = '', childKey = ''] = (textOf(node, 'summaryForeignKey') ?? '').split('.');
  return {
    operation: OPERATIONS[textOf(node, 'summaryOperation') ?? ''] ?? 'count',
    childObject,
    childKey,
    field: textOf(node, 'summarizedField')?.split('.')[1] ?? null,
    filters: childrenOf(node, 'summaryFilterItems').map((item) => ({
      field: (textOf(item, 'field') ?? '').replace(/^.*\./, ''),
      operation: textOf(item, 'operation') ?? '',
      value: child(item, 'value')?.text.trim() ?? '',
    })),
  };
}
