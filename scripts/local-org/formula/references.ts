// What a name in a formula stands for: fields of the object and its parents, and the $ globals.
import type { FieldModel, ObjectModel, OrgModel } from '../../metadata/model.ts';
import { FormulaError } from './formula-error.ts';
import type { Viewer } from './formula.ts';

/** A field found by a path; `path` is in canonical case and starts at the object asked. */
export interface FieldTarget {
  readonly kind: 'field';
  readonly object: ObjectModel;
  readonly field: FieldModel;
  /** `Pilot__r.` for a field of the parent, empty for an own one. */
  readonly prefix: string;
}

export type Target =
  | FieldTarget
  | {
      readonly kind: 'constant';
      readonly value: string | number | boolean | null;
      readonly field: FieldModel | null;
    }
  | { readonly kind: 'viewer'; readonly type: 'Id' | 'Boolean'; read(viewer: Viewer): string | boolean };

/** Child-to-parent steps a reference may take (https://help.salesforce.com/s/articleView?id=platform.customize_cross_object.htm). */
const MAX_PARENTS = 10;

/** Resolves a name ignoring case. @throws FormulaError in Salesforce's words when nothing answers to it */
export function resolveReference(name: string, object: ObjectModel, model: OrgModel, at: number): Target {
  const target = name.startsWith('$') ? resolveGlobal(name, model, at) : resolvePath(name, object, model);
  if (!target) throw new FormulaError(`Field ${name} does not exist. Check spelling.`, at);
  return target;
}

function resolvePath(name: string, start: ObjectModel, model: OrgModel): FieldTarget | null {
  const steps = name.split('.');
  const last = steps.pop() ?? '';
  if (steps.length > MAX_PARENTS) return null;
  let object = start;
  let prefix = '';
  for (const step of steps) {
    const [relationship = '', domain] = step.split(':');
    const reference = fieldsOf(object).find(({ reference }) =>
      same(reference?.parentName, relationship),
    )?.reference;
    const parentName = domain ? reference?.to.find((to) => same(to, domain)) : reference?.to[0];
    const parent = parentName === undefined ? undefined : model.objects.get(parentName);
    if (!reference || !parent) return null;
    object = parent;
    prefix += `${reference.parentName}.`;
  }
  const field = object.fields.get(last) ?? fieldsOf(object).find((candidate) => same(candidate.name, last));
  return field ? { kind: 'field', object, field, prefix } : null;
}

function resolveGlobal(name: string, model: OrgModel, at: number): Target | null {
  const [global = '', ...rest] = name.split('.');
  switch (global.toUpperCase()) {
    case '$USER':
      if (!same(rest.join('.'), 'Id')) throw notAnswered(name, at);
      return { kind: 'viewer', type: 'Id', read: (viewer) => viewer.userId.slice(0, 15) };
    case '$PERMISSION': {
      const permission = [...model.customPermissions].find((known) => same(known, rest.join('.')));
      if (permission === undefined) return null;
      return { kind: 'viewer', type: 'Boolean', read: (viewer) => viewer.hasCustomPermission(permission) };
    }
    case '$CUSTOMMETADATA':
      return customMetadata(rest, model);
    case '$LABEL': {
      const label = [...model.labels].find(([known]) => same(known, rest.at(-1)));
      return label ? { kind: 'constant', value: label[1], field: null } : null;
    }
    default:
      throw notAnswered(name, at);
  }
}

// `$CustomMetadata.Type__mdt.Record.Field__c` names its record in the source: the value is fixed until the next deploy
// (https://help.salesforce.com/s/articleView?id=platform.custommetadatatypes_formula_fields.htm).
function customMetadata(
  [type = '', record = '', fieldName = '']: readonly string[],
  model: OrgModel,
): Target | null {
  const object = [...model.objects.values()].find(({ name }) => same(name, type));
  const field = object && fieldsOf(object).find((candidate) => same(candidate.name, fieldName));
  const bare = type.replace(/__mdt$/i, '');
  const found = [...model.customMetadata.values()].find(
    (candidate) => same(candidate.type.replace(/__mdt$/i, ''), bare) && same(candidate.name, record),
  );
  if (!field || !found) return null;
  return { kind: 'constant', value: found.values.get(field.name) ?? null, field };
}

const notAnswered = (name: string, at: number) =>
  new FormulaError(`The local org does not compute ${name} in formulas.`, at, 'FORMULA_NOT_IMPLEMENTED');

const fieldsOf = (object: ObjectModel) => [...object.fields.values()];
const same = (left: string | undefined, right: string | undefined) =>
  left?.toLowerCase() === right?.toLowerCase();
