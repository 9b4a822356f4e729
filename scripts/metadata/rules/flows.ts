// Flows: what they name must exist. How they run is the local org's business.
// https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_visual_workflow.htm
import type { FieldModel, ObjectModel, OrgModel } from '../model.ts';
import { namesOf } from '../formula-scan.ts';
import { resolveName } from '../resolve-name.ts';
import { child, childrenOf, textOf, type XmlNode } from '../xml.ts';
import { nameProblem } from './names.ts';
import { findIgnoringCase, repeated, rule, type Rule } from './rule.ts';

const ELEMENTS = [
  'actionCalls',
  'assignments',
  'collectionProcessors',
  'customErrors',
  'decisions',
  'loops',
  'recordCreates',
  'recordDeletes',
  'recordLookups',
  'recordRollbacks',
  'recordUpdates',
  'screens',
  'steps',
  'subflows',
  'transforms',
  'waits',
];
const RESOURCES = [
  'choices',
  'constants',
  'dynamicChoiceSets',
  'formulas',
  'stages',
  'textTemplates',
  'variables',
];
const REFERENCES = new Set([
  'assignToReference',
  'collectionReference',
  'elementReference',
  'inputReference',
  'leftValueReference',
  'outputReference',
]);
const GLOBALS =
  /^\$(Api|Client|CustomMetadata|Flow|GlobalConstant|Label|Organization|Permission|Profile|Setup|System|User|UserRole)\b/;

function all(node: XmlNode): XmlNode[] {
  return [node, ...node.children.flatMap(all)];
}

function namedIn(node: XmlNode, kinds: readonly string[]): XmlNode[] {
  return node.children.filter((each) => kinds.includes(each.name));
}

const names = rule('flows/name', 'Flow', ({ node }, _pkg, fail) => {
  const outcomes = childrenOf(node, 'decisions').flatMap((each) => childrenOf(each, 'rules'));
  const named = [...namedIn(node, [...ELEMENTS, ...RESOURCES]), ...outcomes];
  for (const each of named) {
    const name = textOf(each, 'name');
    const problem = name === null ? null : nameProblem(name, 80);
    if (name === null) fail('Required field is missing: name', 'Add <name>.', each);
    if (problem) fail(`The element name "${name}" ${problem}.`, 'Rename the element.', each);
  }
  for (const name of repeated(named.map((each) => textOf(each, 'name') ?? '')))
    fail(
      `The flow has two elements named ${name}.`,
      'Rename one.',
      named.findLast((each) => textOf(each, 'name') === name),
    );
});

const connectors = rule('flows/connector', 'Flow', ({ node }, _pkg, fail) => {
  const elements = new Map(namedIn(node, ELEMENTS).map((each) => [textOf(each, 'name') ?? '', each]));
  const targets = (from: XmlNode) => all(from).filter((each) => each.name === 'targetReference');
  for (const target of targets(node))
    if (!elements.has(target.text.trim()))
      fail(
        `The element ${target.text.trim()} that a connector points to does not exist.`,
        'Correct <targetReference>.',
        target,
      );
  const start = child(node, 'start');
  if (!start) return;
  const reached = new Set<string>();
  const waiting = targets(start).map((each) => each.text.trim());
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const element = elements.get(name);
    if (!element || reached.has(name)) continue;
    reached.add(name);
    waiting.push(...targets(element).map((each) => each.text.trim()));
  }
  for (const [name, element] of elements)
    if (!reached.has(name))
      fail(`The element ${name} can never be reached.`, 'Connect it or remove it.', element);
});

const start = rule('flows/start', 'Flow', ({ node }, { model }, fail) => {
  const begin = child(node, 'start');
  const object = begin && textOf(begin, 'object');
  if (!begin) return fail('Required field is missing: start', 'Add <start>.');
  if (object && !model.objects.has(object))
    fail(`The object ${object} does not exist.`, 'Correct <object>.', begin);
  const trigger = textOf(begin, 'triggerType');
  if (trigger?.startsWith('Record') && textOf(begin, 'recordTriggerType') === null)
    fail('A record-triggered flow needs recordTriggerType.', 'Add <recordTriggerType>.', begin);
  if (trigger === 'RecordBeforeSave') {
    const forbidden = namedIn(node, [
      'actionCalls',
      'recordCreates',
      'recordDeletes',
      'screens',
      'subflows',
      'waits',
    ]);
    for (const each of forbidden)
      fail(`A before-save flow cannot contain ${each.name}.`, 'Do this in an after-save flow.', each);
    for (const each of childrenOf(node, 'recordUpdates'))
      if (textOf(each, 'inputReference') !== '$Record')
        fail('A before-save flow can update $Record alone.', 'Do this in an after-save flow.', each);
  }
});

const references = rule('flows/reference', 'Flow', ({ node }, { model }, fail) => {
  const begin = child(node, 'start');
  const record = model.objects.get((begin && textOf(begin, 'object')) ?? '');
  const outcomes = childrenOf(node, 'decisions').flatMap((each) => childrenOf(each, 'rules'));
  // What a person enters on a screen is known by the name of its field.
  const entered = childrenOf(node, 'screens').flatMap((each) =>
    all(each).filter(({ name }) => name === 'fields'),
  );
  const known = new Set(
    [...namedIn(node, [...ELEMENTS, ...RESOURCES]), ...outcomes, ...entered].map((each) =>
      textOf(each, 'name'),
    ),
  );
  const objects = recordObjects(node, model);
  const isOnObject = begin !== undefined && textOf(begin, 'object') !== null;
  const check = (path: string, at: XmlNode) => {
    const problem = pathProblem(path, record, known, objects, model, isOnObject);
    if (problem) fail(problem, 'Correct the reference.', at);
  };
  for (const each of all(node)) {
    if (each.children.length > 0) continue;
    const text = each.text.trim();
    if (REFERENCES.has(each.name) && text !== '') check(text, each);
    for (const [, path = ''] of text.matchAll(/\{!([^}]+)\}/g)) check(path.trim(), each);
  }
  const entry = begin && textOf(begin, 'filterFormula');
  if (entry)
    for (const { name } of namesOf(entry.replace(/\{!([^}]*)\}/g, '$1')))
      if (name.startsWith('$Record')) check(name, child(begin, 'filterFormula')!);
});

function pathProblem(
  path: string,
  record: ObjectModel | undefined,
  known: ReadonlySet<string | null>,
  objects: ReadonlyMap<string, ObjectModel>,
  model: OrgModel,
  isOnObject: boolean,
): string | null {
  const [root = '', ...rest] = path.split('.');
  const missing = `The reference ${path} does not exist in this flow.`;
  const object = root === '$Record' || root === '$Record__Prior' ? record : objects.get(root);
  // Of an object that the org lacks flows/start speaks.
  if (root.startsWith('$Record') && !record) return isOnObject ? null : missing;
  if (object)
    return rest.length === 0 || resolveName(rest.join('.'), object, model).kind === 'field'
      ? null
      : `Field ${path} does not exist. Check spelling.`;
  if (root.startsWith('$')) {
    if (!GLOBALS.test(root)) return missing;
    const isChecked =
      /^\$(CustomMetadata|Label|Permission|User|Organization|Profile|UserRole)$/.test(root) && record;
    return isChecked && resolveName(path, record, model).kind === 'unknown' ? missing : null;
  }
  return known.has(root) ? null : missing;
}

/** Variables and lookups that hold one record, by name. */
function recordObjects(node: XmlNode, model: OrgModel): Map<string, ObjectModel> {
  const objects = new Map<string, ObjectModel>();
  const add = (name: string | null, object: string | null) => {
    const found = object === null ? undefined : model.objects.get(object);
    if (name !== null && found) objects.set(name, found);
  };
  for (const each of childrenOf(node, 'variables'))
    if (textOf(each, 'isCollection') !== 'true') add(textOf(each, 'name'), textOf(each, 'objectType'));
  for (const each of childrenOf(node, 'recordLookups'))
    if (textOf(each, 'getFirstRecordOnly') !== 'false') add(textOf(each, 'name'), textOf(each, 'object'));
  return objects;
}

const RECORD_ELEMENTS = ['recordCreates', 'recordDeletes', 'recordLookups', 'recordUpdates', 'start'];

const recordFields = rule('flows/field', 'Flow', ({ node }, { model }, fail) => {
  const record = textOf(child(node, 'start') ?? node, 'object');
  for (const element of namedIn(node, RECORD_ELEMENTS)) {
    const name =
      textOf(element, 'object') ?? (textOf(element, 'inputReference') === '$Record' ? record : null);
    if (name === null) continue;
    const object = model.objects.get(name);
    if (!object) {
      // Of the start's object flows/start speaks.
      if (element.name !== 'start') fail(`The object ${name} does not exist.`, 'Correct <object>.', element);
      continue;
    }
    const used = [...childrenOf(element, 'filters'), ...childrenOf(element, 'inputAssignments')].map((each) =>
      child(each, 'field'),
    );
    for (const field of [...used, ...childrenOf(element, 'queriedFields'), child(element, 'sortField')]) {
      if (field && !findIgnoringCase(object.fields, field.text.trim()))
        fail(
          `Field ${name}.${field.text.trim()} does not exist. Check spelling.`,
          'Correct the field.',
          field,
        );
    }
  }
});

const notification = rule('flows/notification', 'Flow', ({ node }, { model, components }, fail) => {
  const known = new Set(
    [...components, ...model.others]
      .filter((each) => each.type === 'CustomNotificationType')
      .map((each) => each.fullName),
  );
  for (const lookup of childrenOf(node, 'recordLookups')) {
    if (textOf(lookup, 'object') !== 'CustomNotificationType') continue;
    for (const filter of childrenOf(lookup, 'filters')) {
      const value = child(filter, 'value');
      const name = value ? textOf(value, 'stringValue') : null;
      if (textOf(filter, 'field') === 'DeveloperName' && name !== null && !known.has(name)) {
        fail(
          `The notification type ${name} does not exist.`,
          'Correct the name, or add the type to the package.',
          filter,
        );
      }
    }
  }
});

const prior = rule('flows/prior', 'Flow', ({ node }, _pkg, fail) => {
  const begin = child(node, 'start');
  if (!begin || textOf(begin, 'recordTriggerType') !== 'Create') return;
  const at = all(node).find((each) => each.children.length === 0 && each.text.includes('$Record__Prior'));
  if (at)
    fail(
      'A flow that starts on creation alone has no $Record__Prior.',
      'Start it on CreateAndUpdate or Update.',
      at,
    );
});

const schedule = rule('flows/schedule', 'Flow', ({ node }, _pkg, fail) => {
  const begin = child(node, 'start');
  if (begin && textOf(begin, 'triggerType') === 'Scheduled' && !child(begin, 'schedule'))
    fail(
      'A scheduled flow needs a schedule.',
      'Add <schedule> with frequency, startDate and startTime.',
      begin,
    );
});

/** Kind of field or variable → elements that write a literal of it. */
const LITERALS: Readonly<Record<string, readonly string[]>> = {
  Checkbox: ['booleanValue'],
  Boolean: ['booleanValue'],
  Number: ['numberValue'],
  Currency: ['numberValue'],
  Percent: ['numberValue'],
  Date: ['dateValue', 'dateTimeValue'],
  DateTime: ['dateTimeValue', 'dateValue'],
  Text: ['stringValue'],
  String: ['stringValue'],
  Picklist: ['stringValue'],
};

/** Every place where a literal meets a field or a variable: conditions, filters, assignments. */
function literals(node: XmlNode, model: OrgModel): { kind: string; field: FieldModel | null; at: XmlNode }[] {
  const begin = child(node, 'start');
  const record = model.objects.get((begin && textOf(begin, 'object')) ?? '');
  const objects = recordObjects(node, model);
  const variables = new Map(
    childrenOf(node, 'variables').map((each) => [textOf(each, 'name'), textOf(each, 'dataType') ?? '']),
  );
  const met = (target: string, at: XmlNode | undefined) => {
    const [root = '', ...rest] = target.split('.');
    const object = root.startsWith('$Record') ? record : objects.get(root);
    const resolved = object && rest.length > 0 ? resolveName(rest.join('.'), object, model) : null;
    const field = resolved?.kind === 'field' ? resolved.field : null;
    return at ? [{ kind: field?.kind ?? variables.get(root) ?? '', field, at }] : [];
  };
  const ofObject = (element: XmlNode) => {
    const name =
      textOf(element, 'object') ?? (textOf(element, 'inputReference') === '$Record' ? record?.name : '');
    const object = model.objects.get(name ?? '');
    return [...childrenOf(element, 'filters'), ...childrenOf(element, 'inputAssignments')].flatMap((each) => {
      const field = object && findIgnoringCase(object.fields, textOf(each, 'field') ?? '');
      const at = child(each, 'value');
      return field && at ? [{ kind: field.kind as string, field, at }] : [];
    });
  };
  return [
    ...all(node)
      .filter((each) => each.name === 'conditions')
      .flatMap((each) => met(textOf(each, 'leftValueReference') ?? '', child(each, 'rightValue'))),
    ...all(node)
      .filter((each) => each.name === 'assignmentItems')
      .flatMap((each) => met(textOf(each, 'assignToReference') ?? '', child(each, 'value'))),
    ...namedIn(node, RECORD_ELEMENTS).flatMap(ofObject),
  ];
}

// These compare with something else than a value of the field: IsNull and IsChanged with true or false.
const OTHER_OPERAND = /^(IsNull|IsChanged|WasSet|WasSelected|WasVisited|IsBlank|IsEmpty)$/;

const values = rule('flows/value', 'Flow', ({ node }, { model }, fail) => {
  const exempt = new Set(
    all(node)
      .filter((each) => OTHER_OPERAND.test(textOf(each, 'operator') ?? ''))
      .flatMap((each) => each.children),
  );
  for (const { kind, field, at } of literals(node, model)) {
    const literal = at.children.find((each) => each.name.endsWith('Value'));
    const allowed = LITERALS[kind];
    if (!literal || exempt.has(at)) continue;
    if (allowed && !allowed.includes(literal.name))
      fail(`A ${literal.name} meets a ${kind}.`, `Write ${allowed.join(' or ')}.`, literal);
    const picklist = field?.picklist;
    const text = literal.text.trim();
    const isValue = picklist?.values.some((each) => each.value === text);
    if (picklist?.isRestricted && literal.name === 'stringValue' && text !== '' && !isValue)
      fail(`${field!.name} has no value "${text}".`, 'Correct the text.', literal);
  }
});

export const FLOW_RULES: readonly Rule[] = [
  names,
  connectors,
  start,
  references,
  recordFields,
  notification,
  prior,
  schedule,
  values,
];
