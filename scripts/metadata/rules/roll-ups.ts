// Roll-up summary fields.
// https://help.salesforce.com/s/articleView?id=platform.fields_about_roll_up_summary_fields.htm
import { CLOCK_FUNCTIONS } from '../formula-functions.ts';
import { functionsOf, namesOf } from '../formula-scan.ts';
import type { FieldModel, OrgModel } from '../model.ts';
import { splitName } from '../read/component.ts';
import { child, childrenOf, textOf } from '../xml.ts';
import { formulaReferences } from './formulas.ts';
import { findField, rule, type Rule } from './rule.ts';

const MAX_ROLL_UPS = 25;
const SUMMABLE = new Set(['Number', 'Currency', 'Percent']);
const COMPARABLE = new Set([...SUMMABLE, 'Date', 'DateTime', 'Time']);
// "long text area, multi-select picklist, Description fields, system fields …, cross-object formula fields, and lookup fields" are excluded from filters.
const NOT_FILTERABLE = new Set(['LongTextArea', 'Html', 'MultiselectPicklist', 'Lookup', 'MasterDetail']);
const OPERATORS = new Set([
  'equals',
  'notEqual',
  'lessThan',
  'greaterThan',
  'lessOrEqual',
  'greaterOrEqual',
  'contains',
  'notContain',
  'startsWith',
  'includes',
  'excludes',
  'within',
]);

const key = rule('roll-ups/key', 'CustomField', ({ fullName, node }, { model }, fail) => {
  if (textOf(node, 'type') !== 'Summary') return;
  const name = textOf(node, 'summaryForeignKey');
  if (name === null)
    return fail(
      "Must specify 'summaryForeignKey' for a CustomField of type Summary",
      'Add <summaryForeignKey>Child__c.Master__c</summaryForeignKey>.',
    );
  const found = findField(model, name);
  const [object] = splitName(fullName);
  if (found?.field.kind !== 'MasterDetail' || !found.field.reference?.to.includes(object)) {
    fail(
      `summaryForeignKey ${name} is not a master-detail field to ${object}.`,
      'Name the master-detail field of the child that points here.',
      child(node, 'summaryForeignKey'),
    );
  }
});

const summarized = rule('roll-ups/field', 'CustomField', ({ node }, { model }, fail) => {
  if (textOf(node, 'type') !== 'Summary') return;
  const operation = textOf(node, 'summaryOperation');
  const name = textOf(node, 'summarizedField');
  const at = child(node, 'summarizedField');
  if (!['count', 'sum', 'min', 'max'].includes(operation ?? ''))
    return fail(
      `'${operation ?? ''}' is not a valid value for the enum 'SummaryOperations'`,
      'Use count, sum, min or max.',
      child(node, 'summaryOperation'),
    );
  if (operation === 'count') {
    if (name !== null)
      fail("Can not specify 'summarizedField' for the operation count", 'Remove <summarizedField>.', at);
    return;
  }
  const [childObject] = splitName(textOf(node, 'summaryForeignKey') ?? '');
  const field =
    name === null || !name.startsWith(`${childObject}.`) ? undefined : findField(model, name)?.field;
  if (!field)
    return fail(
      `summarizedField ${name ?? ''} is not a field of ${childObject}.`,
      'Name a field of the child object.',
      at,
    );
  const allowed = operation === 'sum' ? SUMMABLE : COMPARABLE;
  if (!allowed.has(field.kind))
    fail(
      `${name} is ${field.kind}: ${operation} needs ${[...allowed].join(', ')}.`,
      'Summarize another field.',
      at,
    );
  const why = field.formula && whyNotStored(name!, model);
  if (why)
    fail(
      `${name} cannot be summarized: ${why}.`,
      'Summarize a formula over fields of its own record, without the clock.',
      at,
    );
});

const filters = rule('roll-ups/filter', 'CustomField', ({ node }, { model }, fail) => {
  const [childObject] = splitName(textOf(node, 'summaryForeignKey') ?? '');
  for (const item of childrenOf(node, 'summaryFilterItems')) {
    const name = textOf(item, 'field') ?? '';
    const field = name.startsWith(`${childObject}.`) ? findField(model, name)?.field : undefined;
    if (!field) {
      fail(`Filter field ${name} is not a field of ${childObject}.`, 'Write Child__c.Field__c.', item);
      continue;
    }
    if (NOT_FILTERABLE.has(field.kind))
      fail(
        `Filter field ${name} is ${field.kind}, which a roll-up cannot filter.`,
        'Filter on another field.',
        item,
      );
    const why = field.formula && whyNotStored(name, model);
    if (why)
      fail(
        `Filter field ${name} cannot be used: ${why}.`,
        'Filter on a stored field or on a formula over its own record.',
        item,
      );
    if (!OPERATORS.has(textOf(item, 'operation') ?? ''))
      fail(
        `'${textOf(item, 'operation') ?? ''}' is not a valid value for the enum 'FilterOperation'`,
        'Use equals, notEqual …',
        item,
      );
    const wrong = missingValue(field, child(item, 'value')?.text.trim() ?? '');
    if (wrong !== null)
      fail(
        `${name} has no value "${wrong}".`,
        'Correct the filter value: one of the picklist, True or False for a checkbox.',
        item,
      );
  }
});

const CHECKBOX_VALUES = new Set(['true', 'false', 'True', 'False', '1', '0']);

function missingValue({ kind, picklist }: FieldModel, value: string): string | null {
  const ofPicklist = picklist?.isRestricted ? new Set(picklist.values.map((each) => each.value)) : null;
  const known = kind === 'Checkbox' ? CHECKBOX_VALUES : ofPicklist;
  if (known === null || value === '') return null;
  return value.split(/\s*,\s*/).find((each) => !known.has(each)) ?? null;
}

/** Why a formula's value is no stored fact of its own record; null when it is one. */
function whyNotStored(
  fullName: string,
  model: OrgModel,
  seen: ReadonlySet<string> = new Set(),
): string | null {
  const source = findField(model, fullName)?.field.formula?.source;
  if (source === undefined || seen.has(fullName)) return null;
  const names = namesOf(source).map((each) => each.name);
  const clock = functionsOf(source).find((each) => CLOCK_FUNCTIONS.has(each.name));
  if (clock) return `its formula reads ${clock.name}()`;
  const far = names.find((name) => name.includes('.'));
  if (far) return `its formula reads ${far}, outside its own record`;
  for (const next of formulaReferences(fullName, model)) {
    const why = whyNotStored(next, model, new Set([...seen, fullName]));
    if (why) return why;
  }
  return null;
}

const limit = rule('roll-ups/limit', 'CustomObject', ({ fullName }, { model }, fail) => {
  const count = [...(model.objects.get(fullName)?.fields.values() ?? [])].filter(
    (field) => field.kind === 'Summary',
  ).length;
  if (count > MAX_ROLL_UPS)
    fail(
      `${fullName} has ${count} roll-up summary fields; ${MAX_ROLL_UPS} are allowed by default.`,
      'Remove some.',
    );
});

export const ROLL_UP_RULES: readonly Rule[] = [key, summarized, filters, limit];
