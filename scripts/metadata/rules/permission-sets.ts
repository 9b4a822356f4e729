// What a permission set may grant, and what a grant needs beside it.
// https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_permissionset.htm
import { compoundOf, coveredFields } from '../compound-fields.ts';
import type { FieldModel } from '../model.ts';
import { child, childrenOf, flagOf, textOf } from '../xml.ts';
import { findField, repeated, rule, type Rule } from './rule.ts';

const fields = rule('permission-sets/field', 'PermissionSet', ({ node }, { model }, fail) => {
  for (const grant of childrenOf(node, 'fieldPermissions')) {
    const name = textOf(grant, 'field') ?? '';
    const compound = compoundOf(name);
    const found = findField(model, coveredFields(name)[0]!);
    if (!found || compound) {
      fail(
        `In field: field - no CustomField named ${name} found`,
        compound
          ? `Grant ${compound}: field security is not set on its parts.`
          : 'Correct the name, or add the field to the package.',
        grant,
      );
      continue;
    }
    const why = outsideFieldSecurity(found.field);
    if (why)
      fail(
        `You cannot deploy to a required field: ${name} (${why})`,
        'Remove this grant: everybody with the object has the field.',
        grant,
      );
    if (flagOf(grant, 'editable') && !flagOf(grant, 'readable'))
      fail(`Field ${name} is editable but not readable.`, 'Set <readable>true</readable>.', grant);
    if (flagOf(grant, 'editable') && !found.field.isUpdateable && !found.field.isCreateable)
      fail(
        `Field ${name} cannot be edited: it is a formula, roll-up or auto-number.`,
        'Set <editable>false</editable>.',
        grant,
      );
  }
});

/** Required fields, masters and names are outside field-level security; null for the rest. */
export function outsideFieldSecurity(field: FieldModel): string | null {
  if (field.kind === 'MasterDetail') return 'master-detail';
  if (field.name === 'Name' || field.name === 'Id') return 'name';
  return field.isRequired ? 'required' : null;
}

type Right =
  'allowRead' | 'allowCreate' | 'allowEdit' | 'allowDelete' | 'viewAllRecords' | 'modifyAllRecords';

// https://help.salesforce.com/s/articleView?id=platform.users_profiles_object_perms.htm
const NEEDS: readonly (readonly [right: Right, needed: readonly Right[]])[] = [
  ['allowCreate', ['allowRead']],
  ['allowEdit', ['allowRead']],
  ['allowDelete', ['allowRead', 'allowEdit']],
  ['viewAllRecords', ['allowRead']],
  ['modifyAllRecords', ['allowRead', 'allowEdit', 'allowDelete', 'viewAllRecords']],
];

const objects = rule('permission-sets/object', 'PermissionSet', ({ node }, { model }, fail) => {
  const grants = childrenOf(node, 'objectPermissions');
  const readable = new Set(
    grants.filter((each) => flagOf(each, 'allowRead')).map((each) => textOf(each, 'object')),
  );
  for (const grant of grants) {
    const name = textOf(grant, 'object') ?? '';
    const object = model.objects.get(name);
    if (!object) {
      fail(
        `In field: object - no CustomObject named ${name} found`,
        'Correct the name, or add the object to the package.',
        grant,
      );
      continue;
    }
    if (object.kind === 'customMetadata')
      fail(
        `${name} is a custom metadata type: objectPermissions do not apply.`,
        'Use <customMetadataTypeAccesses>.',
        grant,
      );
    for (const [right, needed] of NEEDS) {
      const lacking = flagOf(grant, right) ? needed.filter((each) => !flagOf(grant, each)) : [];
      if (lacking.length > 0)
        fail(
          `Permission ${right} ${name} depends on permission(s): ${lacking.join(', ')} ${name}`,
          'Grant these too.',
          grant,
        );
    }
    const masters = [...object.fields.values()]
      .filter((field) => field.kind === 'MasterDetail')
      .flatMap((field) => field.reference?.to ?? []);
    const hidden = flagOf(grant, 'allowRead') ? masters.filter((master) => !readable.has(master)) : [];
    if (hidden.length > 0)
      fail(
        `Permission Read ${name} depends on permission(s): Read ${hidden.join(', ')}`,
        'Grant Read on the master in the same set.',
        grant,
      );
  }
});

const accesses = rule(
  'permission-sets/reference',
  'PermissionSet',
  ({ node }, { model, components }, fail) => {
    const has = (type: string) =>
      new Set(
        [
          ...components.filter((each) => each.type === type),
          ...model.others.filter((each) => each.type === type),
        ].map((each) => each.fullName),
      );
    const kinds: readonly (readonly [
      element: string,
      key: string,
      type: string,
      known: ReadonlySet<string>,
    ])[] = [
      ['customPermissions', 'name', 'CustomPermission', model.customPermissions],
      ['customMetadataTypeAccesses', 'name', 'CustomObject', new Set(model.objects.keys())],
      ['tabSettings', 'tab', 'CustomTab', has('CustomTab')],
      ['applicationVisibilities', 'application', 'CustomApplication', has('CustomApplication')],
      ['flowAccesses', 'flow', 'Flow', has('Flow')],
    ];
    for (const [element, key, type, known] of kinds) {
      for (const grant of childrenOf(node, element)) {
        const name = textOf(grant, key) ?? '';
        if (!known.has(name) && !name.startsWith('standard'))
          fail(
            `In field: ${key} - no ${type} named ${name} found`,
            'Correct the name, or add it to the package.',
            child(grant, key) ?? grant,
          );
      }
    }
  },
);

const once = rule('permission-sets/duplicate', 'PermissionSet', ({ node }, _pkg, fail) => {
  const kinds = [
    ['fieldPermissions', 'field'],
    ['objectPermissions', 'object'],
    ['customPermissions', 'name'],
    ['tabSettings', 'tab'],
    ['userPermissions', 'name'],
  ] as const;
  for (const [element, key] of kinds) {
    const grants = childrenOf(node, element);
    for (const name of repeated(grants.map((each) => textOf(each, key) ?? '')))
      fail(
        `Duplicate ${element}: ${name}`,
        'Keep one of them.',
        grants.findLast((each) => textOf(each, key) === name),
      );
  }
});

export const PERMISSION_SET_RULES: readonly Rule[] = [fields, objects, accesses, once];
