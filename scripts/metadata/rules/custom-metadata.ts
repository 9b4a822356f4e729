// Records of custom metadata types.
// https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_custommetadata.htm
import type { FieldKind, FieldModel } from '../model.ts';
import { readCustomMetadata } from '../read/read-custom-metadata.ts';
import { child, childrenOf, textOf } from '../xml.ts';
import { repeated, rule, type Rule } from './rule.ts';

const XSD_TYPES: Partial<Record<FieldKind, readonly string[]>> = {
  Checkbox: ['xsd:boolean'],
  Number: ['xsd:double', 'xsd:int'],
  Percent: ['xsd:double', 'xsd:int'],
  Date: ['xsd:date'],
  DateTime: ['xsd:dateTime'],
};

const record = rule('custom-metadata/record', 'CustomMetadata', ({ fullName, node }, { model }, fail) => {
  const { type, values } = readCustomMetadata(fullName, node);
  const object = model.objects.get(type);
  if (!object)
    return fail(
      `Type ${type} of the record ${fullName} does not exist.`,
      'Add the type, or correct the file name Type.Record.md.',
    );
  if (textOf(node, 'protected') === null)
    fail('Required field is missing: protected', 'Add <protected>false</protected>.');
  const entries = childrenOf(node, 'values');
  for (const name of repeated(entries.map((each) => textOf(each, 'field') ?? '')))
    fail(
      `Duplicate value for ${name}.`,
      'Keep one.',
      entries.findLast((each) => textOf(each, 'field') === name),
    );
  for (const field of object.fields.values()) {
    if (field.isCustom && field.isRequired && (values.get(field.name) ?? null) === null)
      fail(`Required field is missing: ${field.name}`, 'Add its value.');
  }
  for (const entry of entries) {
    const name = textOf(entry, 'field') ?? '';
    const field = object.fields.get(name);
    if (!field?.isCustom) {
      fail(`In field: field - no CustomField named ${type}.${name} found`, 'Correct the name.', entry);
      continue;
    }
    const value = child(entry, 'value');
    if (!value || value.attributes['xsi:nil'] === 'true') continue;
    const expected = XSD_TYPES[field.kind] ?? ['xsd:string'];
    if (!expected.includes(value.attributes['xsi:type'] ?? ''))
      fail(
        `Invalid value for field ${name}: xsi:type is ${value.attributes['xsi:type'] ?? 'missing'}, expected ${expected.join(' or ')}.`,
        `Write <value xsi:type="${expected[0]}">.`,
        value,
      );
    const text = value.text.trim();
    const problem = valueProblem(text, field);
    if (problem) fail(`Invalid value for field ${name}: ${problem}.`, 'Correct the value.', value);
  }
});

function valueProblem(text: string, { kind, length, precision, scale, picklist }: FieldModel): string | null {
  if (kind === 'Checkbox')
    return text === 'true' || text === 'false' ? null : `"${text}" is neither true nor false`;
  if (kind === 'Number' || kind === 'Percent')
    return Number.isFinite(Number(text)) && text !== ''
      ? digitsProblem(text, precision ?? 18, scale ?? 0)
      : `"${text}" is not a number`;
  if (picklist?.isRestricted && !picklist.values.some((each) => each.value === text))
    return `bad value for restricted picklist field: ${text}`;
  return length !== null && text.length > length ? `data value too large (max length=${length})` : null;
}

function digitsProblem(text: string, precision: number, scale: number): string | null {
  const [whole = '', fraction = ''] = text.replace(/^-/, '').split('.');
  if (whole.replace(/^0+/, '').length > precision - scale)
    return `${text} has more than ${precision - scale} digits before the decimal point`;
  return fraction.replace(/0+$/, '').length > scale
    ? `${text} has more than ${scale} digits after the decimal point`
    : null;
}

const notification = rule('notification-types/channel', 'CustomNotificationType', ({ node }, _pkg, fail) => {
  if (textOf(node, 'desktop') !== 'true' && textOf(node, 'mobile') !== 'true')
    fail('A notification type needs at least one channel.', 'Set <desktop>true</desktop>.');
});

export const RECORD_RULES: readonly Rule[] = [record, notification];
