// Field permissions follow from who writes a field; here the permission sets are held against that.
import type { FieldModel, OrgModel, PermissionSetModel } from '../metadata/model.ts';
import type { Component } from '../metadata/read/component.ts';
import { outsideFieldSecurity } from '../metadata/rules/permission-sets.ts';
import { rule, type Rule } from '../metadata/rules/rule.ts';
import { childrenOf, textOf } from '../metadata/xml.ts';
import { writerOf, type Writer } from './writer.ts';

/** Permission set → writers whose fields it edits. Sets are additive: Manager is given on top of Rep. */
const EDITS: Readonly<Record<string, readonly Writer[]>> = {
  Pilot_Rep: ['rep', 'mixed'],
  Pilot_Manager: ['rep', 'mixed', 'manager'],
  Pilot_Admin: ['rep', 'mixed', 'manager', 'admin'],
  Pilot_Sync: ['sync', 'mixed'],
};

const granted = rule('house/field-permission', 'PermissionSet', ({ fullName, node }, { model }, fail) => {
  const set = model.permissionSets.get(fullName);
  const edits = EDITS[fullName];
  if (!set || !edits) return;
  for (const [name, field] of securedFields(model)) {
    const writer = writerOf(field.description);
    const grant = set.fields.get(name);
    const at = childrenOf(node, 'fieldPermissions').find((each) => textOf(each, 'field') === name);
    const mayEdit = writer !== null && edits.includes(writer);
    if (grant?.isEditable && !mayEdit)
      fail(
        `${fullName} may edit ${name}, which is ${writer ?? 'nobody'}'s.`,
        'Set <editable>false</editable>.',
        at,
      );
    if (writer !== null && mustEdit(fullName, writer) && !grant?.isEditable && writesObject(set, name))
      fail(`${fullName} cannot edit ${name}, which is its to write.`, 'Grant it readable and editable.', at);
  }
});

// Rep and Sync must be able to write what is theirs; Manager and Admin hold what they add.
function mustEdit(set: string, writer: Writer): boolean {
  return (
    (set === 'Pilot_Rep' && writer === 'rep') ||
    (set === 'Pilot_Sync' && (writer === 'sync' || writer === 'mixed'))
  );
}

function writesObject(set: PermissionSetModel, field: string): boolean {
  const access = set.objects.get(field.split('.')[0]!);
  return access?.create === true || access?.edit === true;
}

const visible: Rule = {
  id: 'house/field-visible',
  check({ components, model }) {
    const sets = [...model.permissionSets.values()];
    return securedFields(model).flatMap(([name]) => {
      const component: Component | undefined = components.find(
        (each) => each.type === 'CustomField' && each.fullName === name,
      );
      if (!component || sets.some((set) => set.fields.get(name)?.isReadable)) return [];
      return [
        {
          component,
          problem: `No permission set can see ${name}.`,
          fix: 'Grant it in the sets that need it.',
        },
      ];
    });
  },
};

/** Custom fields under field-level security, as `Object.Field`. */
function securedFields(model: OrgModel): [name: string, field: FieldModel][] {
  return [...model.objects.values()]
    .filter((object) => object.kind !== 'customMetadata')
    .flatMap((object) =>
      [...object.fields.values()]
        .filter((field) => field.isCustom && !outsideFieldSecurity(field))
        .map((field): [string, FieldModel] => [`${object.name}.${field.name}`, field]),
    );
}

export const FIELD_PERMISSION_RULES: readonly Rule[] = [granted, visible];
