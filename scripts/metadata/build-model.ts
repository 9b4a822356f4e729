// Components laid over a base org, the way a deploy does it: what a package names is added or replaced,
// what it does not name stays.
import type { FieldModel, ObjectModel, OrgModel, OtherComponent, PicklistValue } from './model.ts';
import { isStandardField, splitName, type Component } from './read/component.ts';
import { readCustomMetadata } from './read/read-custom-metadata.ts';
import { readField, readPicklistValue, type ValueSets } from './read/read-field.ts';
import { objectKind, readObjectHeader, readValidationRule } from './read/read-object.ts';
import { readPermissionSet } from './read/read-permission-set.ts';
import { withSystemFields } from './system-fields.ts';
import { childrenOf, textOf } from './xml.ts';

/** The org's schema after the components are deployed onto `base`. Wrong components give an odd model, never an exception. */
export function buildModel(components: readonly Component[], base: OrgModel, apiVersion: string): OrgModel {
  const of = (type: string) => components.filter((each) => each.type === type);
  const objects = buildObjects(components, base);
  const permissionSets = new Map(base.permissionSets);
  for (const each of of('PermissionSet'))
    permissionSets.set(each.fullName, readPermissionSet(each.fullName, each.node));
  const customMetadata = new Map(base.customMetadata);
  for (const each of of('CustomMetadata')) {
    const record = readCustomMetadata(each.fullName, each.node);
    customMetadata.set(`${record.type}.${record.name}`, record);
  }
  const labels = new Map(base.labels);
  for (const file of of('CustomLabels')) {
    for (const label of childrenOf(file.node, 'labels'))
      labels.set(textOf(label, 'fullName') ?? '', textOf(label, 'value') ?? '');
  }
  const customPermissions = new Set([
    ...base.customPermissions,
    ...of('CustomPermission').map((each) => each.fullName),
  ]);
  return {
    apiVersion,
    objects,
    permissionSets,
    customPermissions,
    customMetadata,
    labels,
    others: mergeOthers(components, base),
  };
}

const MODELLED = new Set([
  'CustomObject',
  'CustomField',
  'ValidationRule',
  'PermissionSet',
  'CustomMetadata',
  'CustomLabels',
  'CustomPermission',
]);

function mergeOthers(components: readonly Component[], base: OrgModel): OtherComponent[] {
  const added = components
    .filter((each) => !MODELLED.has(each.type))
    .map((each): OtherComponent => ({
      type: each.type,
      fullName: each.fullName,
      path: each.zipPath,
      xml: each.text,
    }));
  const key = (each: OtherComponent) => `${each.type} ${each.fullName}`;
  const replaced = new Set(added.map(key));
  return [...base.others.filter((each) => !replaced.has(key(each))), ...added];
}

function buildObjects(components: readonly Component[], base: OrgModel): Map<string, ObjectModel> {
  const objects = new Map(base.objects);
  const withActivities: string[] = [];
  for (const each of components) {
    if (each.type !== 'CustomObject') continue;
    const { nameField, allowsActivities, ...header } = readObjectHeader(each.fullName, each.node);
    const before = objects.get(each.fullName) ?? emptyObject(each.fullName);
    const fields = new Map(before.fields);
    if (nameField) fields.set('Name', nameField);
    if (allowsActivities) withActivities.push(each.fullName);
    // A package's file for a standard object carries settings of the page, not a new label.
    objects.set(each.fullName, before.kind === 'standard' ? before : { ...before, ...header, fields });
  }
  addParts(objects, components, sharedValueSets(components));
  for (const [name, object] of objects) objects.set(name, withSystemFields(object));
  for (const activity of ['Task', 'Event']) joinActivity(objects, activity, withActivities);
  return objects;
}

function addParts(
  objects: Map<string, ObjectModel>,
  components: readonly Component[],
  valueSets: ValueSets,
): void {
  for (const each of components) {
    if (each.type !== 'CustomField' && each.type !== 'ValidationRule') continue;
    const [objectName, name] = splitName(each.fullName);
    const object = objects.get(objectName) ?? emptyObject(objectName);
    if (each.type === 'CustomField') {
      if (isStandardField(each.fullName)) continue;
      const field = keepRemovedValues(readField(name, each.node, valueSets), object.fields.get(name));
      objects.set(objectName, { ...object, fields: new Map(object.fields).set(name, field) });
    } else {
      const others = object.validationRules.filter((rule) => rule.name !== name);
      objects.set(objectName, {
        ...object,
        validationRules: [...others, readValidationRule(name, each.node)],
      });
    }
  }
}

/**
 * "If picklist values are missing from a component definition, they get deactivated when deployed."
 * https://developer.salesforce.com/docs/atlas.en-us.206.0.api_meta.meta/api_meta/meta_customvalue.htm
 */
function keepRemovedValues(field: FieldModel, before: FieldModel | undefined): FieldModel {
  if (!field.picklist || !before?.picklist) return field;
  const named = new Set(field.picklist.values.map((each) => each.value));
  const removed = before.picklist.values
    .filter((each) => !named.has(each.value))
    .map((each): PicklistValue => ({ ...each, isActive: false, isDefault: false }));
  return removed.length === 0
    ? field
    : { ...field, picklist: { ...field.picklist, values: [...field.picklist.values, ...removed] } };
}

function sharedValueSets(components: readonly Component[]): ValueSets {
  const sets = components.filter((each) => each.type === 'GlobalValueSet');
  return new Map(
    sets.map((each) => [each.fullName, childrenOf(each.node, 'customValue').map(readPicklistValue)]),
  );
}

// A custom object with `enableActivities` becomes a target of Task.WhatId and Event.WhatId.
function joinActivity(objects: Map<string, ObjectModel>, activity: string, names: readonly string[]): void {
  const object = objects.get(activity);
  const what = object?.fields.get('WhatId');
  if (!object || !what?.reference || names.length === 0) return;
  const to = [...new Set([...what.reference.to, ...names])].sort();
  objects.set(activity, {
    ...object,
    fields: new Map(object.fields).set('WhatId', { ...what, reference: { ...what.reference, to } }),
  });
}

function emptyObject(name: string): ObjectModel {
  const kind = objectKind(name);
  return {
    name,
    label: name,
    pluralLabel: name,
    kind,
    keyPrefix: null,
    sharing: 'ReadWrite',
    fields: new Map(),
    validationRules: [],
  };
}
