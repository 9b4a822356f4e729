// Lookups and master-details.
// https://help.salesforce.com/s/articleView?id=platform.relationships_considerations.htm
import type { FieldModel, OrgModel } from '../model.ts';
import { splitName } from '../read/component.ts';
import { objectKind } from '../read/read-object.ts';
import { resolveName } from '../resolve-name.ts';
import { child, childrenOf, flagOf, textOf } from '../xml.ts';
import { nameProblem } from './names.ts';
import { rule, type Rule } from './rule.ts';

const RELATIONS = new Set(['Lookup', 'MasterDetail', 'MetadataRelationship']);
// Custom metadata may point to the schema itself.
const DEFINITIONS = new Set(['EntityDefinition', 'FieldDefinition', 'EntityParticle']);
const MAX_MASTERS = 2;
const MAX_DETAIL_DEPTH = 3;

const target = rule('relationships/target', 'CustomField', ({ fullName, node }, { model }, fail) => {
  if (!RELATIONS.has(textOf(node, 'type') ?? '')) return;
  const to = textOf(node, 'referenceTo');
  if (to === null) fail(`Must specify 'referenceTo' for ${fullName}`, 'Add <referenceTo>.');
  else if (!model.objects.has(to) && !DEFINITIONS.has(to))
    fail(
      `referenceTo value of '${to}' does not resolve to a valid sObject type`,
      'Correct the object name, or add the object to the package.',
      child(node, 'referenceTo'),
    );
});

const childName = rule('relationships/name', 'CustomField', ({ fullName, node }, { model }, fail) => {
  const kind = textOf(node, 'type');
  if (!RELATIONS.has(kind ?? '')) return;
  const name = textOf(node, 'relationshipName');
  const at = child(node, 'relationshipName');
  if (name === null) {
    if (kind === 'MasterDetail')
      fail(
        "Must specify 'relationshipName' for a CustomField of type MasterDetail",
        'Add <relationshipName>.',
      );
    return;
  }
  const problem = nameProblem(name, 40);
  if (problem) fail(`The child relationship name "${name}" ${problem}.`, 'Rename it.', at);
  const parent = textOf(node, 'referenceTo') ?? '';
  const taken = fieldsTo(model, parent).find(
    (each) => each.fullName !== fullName && sameChildName(each.field, name),
  );
  if (taken)
    fail(
      `Duplicate Child Relationship Name: ${name} is used by ${taken.fullName} on ${parent}`,
      'Choose another <relationshipName>.',
      at,
    );
});

// A custom name may not be the one of a standard child either: a second lookup from Opportunity to an object gets
// Opportunities1, and becomes Opportunities1__r.
function sameChildName({ reference }: FieldModel, name: string): boolean {
  return reference?.childName?.replace(/__r$/, '').toLowerCase() === name.toLowerCase();
}

function fieldsTo(model: OrgModel, parent: string): { fullName: string; field: FieldModel }[] {
  return [...model.objects.values()].flatMap((object) =>
    [...object.fields.values()]
      .filter((field) => field.reference?.to.includes(parent))
      .map((field) => ({ fullName: `${object.name}.${field.name}`, field })),
  );
}

const masterDetail = rule(
  'relationships/master-detail',
  'CustomField',
  ({ fullName, node }, { model }, fail) => {
    if (textOf(node, 'type') !== 'MasterDetail') return;
    const [objectName] = splitName(fullName);
    const object = model.objects.get(objectName);
    for (const element of ['required', 'deleteConstraint', 'defaultValue']) {
      const at = child(node, element);
      if (at) fail(`Cannot set '${element}' on a master-detail field.`, `Remove <${element}>.`, at);
    }
    const order = textOf(node, 'relationshipOrder');
    if (order !== '0' && order !== '1')
      fail(
        `relationshipOrder of a master-detail field is 0 or 1 (it is ${order ?? 'missing'}).`,
        'Add <relationshipOrder>0</relationshipOrder>.',
        child(node, 'relationshipOrder'),
      );
    if (objectKind(objectName) === 'standard')
      fail(
        'A standard object cannot be the detail of a master-detail relationship.',
        'Use Lookup.',
        child(node, 'type'),
      );
    const masters = [...(object?.fields.values() ?? [])].filter((field) => field.kind === 'MasterDetail');
    if (masters.length > MAX_MASTERS)
      fail(
        `${objectName} has ${masters.length} master-detail fields; ${MAX_MASTERS} are allowed.`,
        'Make one of them a Lookup.',
      );
    if (masters.length === 2 && new Set(masters.map((field) => field.reference?.masterOrder)).size === 1)
      fail(
        `Two master-detail fields of ${objectName} have the same relationshipOrder.`,
        'Give one 0 and the other 1.',
        child(node, 'relationshipOrder'),
      );
    if (object && object.sharing !== 'ControlledByParent')
      fail(
        `${objectName} is the detail of a master: its sharingModel must be ControlledByParent (it is ${object.sharing}).`,
        'Set <sharingModel>ControlledByParent</sharingModel> on the object.',
      );
    if (levelsAbove(model, objectName) > MAX_DETAIL_DEPTH)
      fail(
        `${objectName} lies more than ${MAX_DETAIL_DEPTH} master-detail levels deep, or among its own masters.`,
        'Make one of the relationships a Lookup.',
      );
  },
);

function levelsAbove(model: OrgModel, objectName: string, seen: readonly string[] = []): number {
  if (seen.includes(objectName)) return Number.POSITIVE_INFINITY;
  const masters = [...(model.objects.get(objectName)?.fields.values() ?? [])].filter(
    (field) => field.kind === 'MasterDetail',
  );
  return Math.max(
    0,
    ...masters.map((field) => 1 + levelsAbove(model, field.reference?.to[0] ?? '', [...seen, objectName])),
  );
}

const sharing = rule('relationships/sharing', 'CustomObject', ({ fullName, node }, { model }, fail) => {
  if (objectKind(fullName) !== 'custom' || child(node, 'customSettingsType')) return;
  const hasMaster = [...(model.objects.get(fullName)?.fields.values() ?? [])].some(
    (field) => field.kind === 'MasterDetail',
  );
  const at = child(node, 'sharingModel');
  if (!at) fail("Must specify 'sharingModel' for the CustomObject", 'Add <sharingModel>.');
  else if (!hasMaster && textOf(node, 'sharingModel') === 'ControlledByParent')
    fail(
      `${fullName} has no master: its sharingModel cannot be ControlledByParent.`,
      'Use Private, Read or ReadWrite.',
      at,
    );
});

const lookup = rule('relationships/lookup', 'CustomField', ({ fullName, node }, _pkg, fail) => {
  const kind = textOf(node, 'type');
  const constraint = textOf(node, 'deleteConstraint');
  if (kind === 'Lookup') {
    if (flagOf(node, 'required') && (constraint === null || constraint === 'SetNull'))
      fail(
        `The required lookup ${fullName} cannot clear its value when the target is deleted.`,
        'Set <deleteConstraint>Restrict</deleteConstraint> or drop <required>.',
        child(node, 'deleteConstraint'),
      );
    if (constraint !== null && !['Cascade', 'Restrict', 'SetNull'].includes(constraint))
      fail(
        `'${constraint}' is not a valid value for the enum 'DeleteConstraint'`,
        'Use SetNull, Restrict or Cascade.',
        child(node, 'deleteConstraint'),
      );
  }
  for (const element of ['reparentableMasterDetail', 'writeRequiresMasterRead', 'relationshipOrder']) {
    const at = child(node, element);
    if (at && kind !== 'MasterDetail')
      fail(
        `'${element}' belongs to master-detail fields; ${fullName} is a ${kind}.`,
        `Remove <${element}>.`,
        at,
      );
  }
});

const SOURCE = '$Source.';

const lookupFilter = rule(
  'relationships/lookup-filter',
  'CustomField',
  ({ fullName, node }, { model }, fail) => {
    const filter = child(node, 'lookupFilter');
    const target = textOf(node, 'referenceTo') ?? '';
    const own = model.objects.get(splitName(fullName)[0]);
    for (const item of filter ? childrenOf(filter, 'filterItems') : []) {
      for (const element of ['field', 'valueField']) {
        const path = textOf(item, element);
        if (path === null || path.startsWith('$User') || path.startsWith('$Profile')) continue;
        const start = path.startsWith(SOURCE) ? own : model.objects.get(target);
        const name = path.startsWith(SOURCE) ? path.slice(SOURCE.length) : path.replace(`${target}.`, '');
        if (start && resolveName(name, start, model).kind === 'unknown')
          fail(
            `The lookup filter's field ${path} does not exist.`,
            `Write ${target}.Field, or $Source.Field of the object itself.`,
            child(item, element),
          );
      }
    }
  },
);

export const RELATIONSHIP_RULES: readonly Rule[] = [
  target,
  childName,
  masterDetail,
  sharing,
  lookup,
  lookupFilter,
];
