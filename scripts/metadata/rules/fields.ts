// What a field definition must say, by type.
// https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/customfield.htm
// https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_field_types.htm
import { splitName } from '../read/component.ts';
import { fieldKind, formulaOf } from '../read/read-field.ts';
import { objectKind } from '../read/read-object.ts';
import { child, childrenOf, flagOf, numberOf, textOf, type XmlNode } from '../xml.ts';
import { repeated, rule, type Rule } from './rule.ts';

const CUSTOM_METADATA_KINDS = new Set([
  'Checkbox',
  'Date',
  'DateTime',
  'Email',
  'MetadataRelationship',
  'Number',
  'Percent',
  'Phone',
  'Picklist',
  'Text',
  'TextArea',
  'LongTextArea',
  'Url',
]);
const UNIQUE_KINDS = new Set(['Text', 'Number', 'Email', 'MetadataRelationship']);
const EXTERNAL_ID_KINDS = new Set(['Text', 'Number', 'Email', 'AutoNumber']);

const type = rule('fields/type', 'CustomField', ({ fullName, node }, _pkg, fail) => {
  const name = textOf(node, 'type');
  const kind = fieldKind(name);
  if (name === null) return fail('Required field is missing: type', 'Add <type>.');
  if (kind === null)
    return fail(
      `'${name}' is not a field type this project supports.`,
      'Use one of the field types of the data model.',
      child(node, 'type'),
    );
  if (objectKind(splitName(fullName)[0]) === 'customMetadata' && !CUSTOM_METADATA_KINDS.has(kind)) {
    fail(
      `Custom metadata types do not support fields of type ${kind}.`,
      'Use Text, Number, Checkbox, Picklist or another type custom metadata has.',
      child(node, 'type'),
    );
  }
  if (kind === 'MetadataRelationship' && objectKind(splitName(fullName)[0]) !== 'customMetadata')
    fail('MetadataRelationship fields belong to custom metadata types.', 'Use Lookup.', child(node, 'type'));
});

const typeChange = rule('fields/type-change', 'CustomField', ({ fullName, node }, { model, base }, fail) => {
  const [object, name] = splitName(fullName);
  const before = base.objects.get(object)?.fields.get(name);
  const after = model.objects.get(object)?.fields.get(name);
  if (!before || !after) return;
  if ((before.formula === null) !== (after.formula === null))
    fail(
      `Cannot change the field ${fullName} between formula and stored.`,
      'Delete the field first, or give the new one another name.',
      child(node, 'type'),
    );
  else if (
    before.kind !== after.kind &&
    [before.kind, after.kind].some((kind) =>
      ['MasterDetail', 'Summary', 'Lookup', 'AutoNumber'].includes(kind),
    )
  ) {
    fail(
      `Cannot change which type of field this is from ${before.kind} to ${after.kind}.`,
      'Delete the field first, or give the new one another name.',
      child(node, 'type'),
    );
  }
});

const length = rule('fields/length', 'CustomField', ({ node }, _pkg, fail) => {
  if (formulaOf(node) !== null) return;
  const kind = fieldKind(textOf(node, 'type'));
  const size = numberOf(node, 'length');
  const at = child(node, 'length');
  if (kind === 'Text' && (size === null || !Number.isInteger(size) || size < 1 || size > 255))
    fail(
      `Must specify a length from 1 to 255 for a Text field (it says ${size ?? 'nothing'}).`,
      'Add or correct <length>.',
      at,
    );
  if (kind === 'LongTextArea' || kind === 'Html') {
    if (size === null || !Number.isInteger(size) || size < 256 || size > 131_072)
      fail(
        `Must specify a length from 256 to 131072 for a ${kind} field (it says ${size ?? 'nothing'}).`,
        'Add or correct <length>.',
        at,
      );
    if (numberOf(node, 'visibleLines') === null)
      fail(`Must specify 'visibleLines' for a CustomField of type ${kind}`, 'Add <visibleLines>.');
  }
});

const precision = rule('fields/precision', 'CustomField', ({ node }, _pkg, fail) => {
  const kind = fieldKind(textOf(node, 'type'));
  if (kind !== 'Number' && kind !== 'Currency' && kind !== 'Percent') return;
  const digits = numberOf(node, 'precision');
  const scale = numberOf(node, 'scale');
  if (digits === null || scale === null)
    return fail(
      `Must specify 'precision' and 'scale' for a CustomField of type ${kind}`,
      'Add <precision> and <scale>.',
    );
  if (digits < 1 || digits > 18)
    fail(
      `Precision must be from 1 to 18 (it is ${digits}).`,
      'Correct <precision>.',
      child(node, 'precision'),
    );
  if (scale < 0 || scale > digits)
    fail(
      `Scale must be from 0 to the precision ${digits} (it is ${scale}).`,
      'Correct <scale>.',
      child(node, 'scale'),
    );
});

const defaults = rule('fields/checkbox-default', 'CustomField', ({ node }, _pkg, fail) => {
  if (textOf(node, 'type') !== 'Checkbox' || formulaOf(node) !== null) return;
  const value = textOf(node, 'defaultValue');
  if (value !== 'true' && value !== 'false')
    fail(
      "Must specify 'defaultValue' for a CustomField of type Checkbox",
      'Add <defaultValue>false</defaultValue>.',
      child(node, 'defaultValue'),
    );
});

const autoNumber = rule('fields/auto-number', ['CustomField', 'CustomObject'], (component, _pkg, fail) => {
  const node = component.type === 'CustomField' ? component.node : child(component.node, 'nameField');
  if (!node || textOf(node, 'type') !== 'AutoNumber') return;
  if (!/\{0+\}/.test(textOf(node, 'displayFormat') ?? ''))
    fail(
      'The display format of an auto-number must contain {0}.',
      'Add <displayFormat>X-{0000}</displayFormat>.',
      node,
    );
});

const nameField = rule('fields/name-field', 'CustomObject', ({ fullName, node }, _pkg, fail) => {
  if (objectKind(fullName) !== 'custom' || child(node, 'customSettingsType')) return;
  const name = child(node, 'nameField');
  if (!name || textOf(name, 'label') === null)
    return fail(
      'Must specify a nameField with a label for the CustomObject',
      'Add <nameField> with label and type.',
      name,
    );
  if (!['Text', 'AutoNumber'].includes(textOf(name, 'type') ?? ''))
    fail('The name field is Text or AutoNumber.', 'Correct its <type>.', name);
});

const picklist = rule('fields/picklist', 'CustomField', ({ node, fullName }, { components }, fail) => {
  const kind = textOf(node, 'type');
  const set = child(node, 'valueSet');
  if (kind !== 'Picklist' && kind !== 'MultiselectPicklist') {
    if (set) fail(`A field of type ${kind} has no valueSet.`, 'Remove <valueSet>.', set);
    return;
  }
  if (kind === 'MultiselectPicklist' && numberOf(node, 'visibleLines') === null)
    fail("Must specify 'visibleLines' for a CustomField of type MultiselectPicklist", 'Add <visibleLines>.');
  const shared = set && textOf(set, 'valueSetName');
  if (shared && !components.some((each) => each.type === 'GlobalValueSet' && each.fullName === shared))
    fail(`The global value set ${shared} does not exist.`, 'Add it to the package or correct the name.', set);
  if (shared) return;
  const values = set ? childrenOf(child(set, 'valueSetDefinition') ?? set, 'value') : [];
  if (values.length === 0)
    fail(
      `The picklist ${fullName} has no values.`,
      'Add <valueSet> with <valueSetDefinition> and values.',
      set,
    );
  checkValues(values, fail);
});

function checkValues(
  values: readonly XmlNode[],
  fail: (problem: string, fix: string, at?: XmlNode) => void,
): void {
  for (const value of repeated(values.map((each) => textOf(each, 'fullName') ?? ''))) {
    fail(
      `Duplicate picklist value: ${value}.`,
      'Keep one of them; case makes no difference.',
      values.findLast((each) => textOf(each, 'fullName') === value),
    );
  }
  const chosen = values.filter((each) => flagOf(each, 'default'));
  if (chosen.length > 1)
    fail(
      'A picklist has at most one default value.',
      'Set <default>false</default> on the others.',
      chosen[1],
    );
  for (const each of values) {
    const value = textOf(each, 'fullName');
    if (value === null) fail('A picklist value needs fullName.', 'Add it.', each);
    else if (value.length > 255)
      fail(`Picklist value too long: ${value.length} characters; 255 are allowed.`, 'Shorten it.', each);
  }
}

const keys = rule('fields/unique', 'CustomField', ({ node }, _pkg, fail) => {
  const kind = textOf(node, 'type') ?? '';
  const isFormula = formulaOf(node) !== null;
  if (flagOf(node, 'unique') && (!UNIQUE_KINDS.has(kind) || isFormula))
    fail(
      `A field of type ${isFormula ? 'formula' : kind} cannot be unique.`,
      'Remove <unique> or use Text, Number or Email.',
      child(node, 'unique'),
    );
  if (flagOf(node, 'externalId') && (!EXTERNAL_ID_KINDS.has(kind) || isFormula))
    fail(
      `A field of type ${isFormula ? 'formula' : kind} cannot be an external ID.`,
      'Remove <externalId>.',
      child(node, 'externalId'),
    );
});

const onKnownObject = rule(
  'fields/object-exists',
  ['CustomField', 'ValidationRule', 'ListView', 'CompactLayout'],
  ({ fullName }, { components, base }, fail) => {
    const [object] = splitName(fullName);
    const isDefined = components.some((each) => each.type === 'CustomObject' && each.fullName === object);
    if (!isDefined && !base.objects.has(object))
      fail(
        `Entity of type 'CustomObject' named '${object}' cannot be found`,
        `Add ${object} to the package, or correct the folder's name.`,
      );
  },
);

const history = rule('fields/history', 'CustomObject', ({ fullName, node }, { components, model }, fail) => {
  const isOn = textOf(node, 'enableHistory') === 'true';
  const tracked = [...(model.objects.get(fullName)?.fields.values() ?? [])].filter(
    (field) => field.trackHistory,
  );
  if (tracked.length > 20)
    fail(
      `Too many fields tracked: ${tracked.length}; an object tracks 20.`,
      'Turn trackHistory off on some fields.',
    );
  const own = components.find(
    (each) =>
      each.type === 'CustomField' &&
      each.fullName.startsWith(`${fullName}.`) &&
      flagOf(each.node, 'trackHistory'),
  );
  if (own && !isOn && objectKind(fullName) === 'custom')
    fail(
      `History tracking must be enabled on ${fullName} to track ${own.fullName}.`,
      'Add <enableHistory>true</enableHistory> to the object.',
    );
});

const historyKind = rule('fields/history-kind', 'CustomField', ({ node, fullName }, _pkg, fail) => {
  const isDerived =
    formulaOf(node) !== null || ['Summary', 'AutoNumber'].includes(textOf(node, 'type') ?? '');
  if (flagOf(node, 'trackHistory') && isDerived)
    fail(
      `History cannot be tracked on ${fullName}: formula, roll-up and auto-number fields have none.`,
      'Remove <trackHistory>.',
      child(node, 'trackHistory'),
    );
});

export const FIELD_RULES: readonly Rule[] = [
  type,
  typeChange,
  length,
  precision,
  defaults,
  autoNumber,
  nameField,
  picklist,
  keys,
  onKnownObject,
  history,
  historyKind,
];
