// Where a name in a formula leads: along relationships from an object, or to a `$` global.
import type { FieldModel, ObjectModel, OrgModel } from './model.ts';
import { findIgnoringCase } from './rules/rule.ts';

export type Resolved =
  /** `steps` are the relationships walked: `Pilot__r`, `Pilot__r.Opportunity__r`. */
  | {
      readonly kind: 'field';
      readonly object: ObjectModel;
      readonly field: FieldModel;
      readonly steps: readonly string[];
    }
  | { readonly kind: 'global' }
  | { readonly kind: 'unknown'; readonly problem: string };

const MAX_STEPS = 10;

/** Resolves one name of a formula that stands on `object`. */
export function resolveName(name: string, object: ObjectModel, model: OrgModel): Resolved {
  const parts = name.split('.');
  return parts[0]!.startsWith('$') ? resolveGlobal(name, parts, model) : resolvePath(parts, object, model);
}

function resolvePath(parts: readonly string[], start: ObjectModel, model: OrgModel): Resolved {
  let object = start;
  const steps: string[] = [];
  for (const part of parts.slice(0, -1)) {
    const next = parentObject(object, part, model);
    if (!next || steps.length === MAX_STEPS) return missing(parts.join('.'));
    object = next;
    steps.push([...steps.slice(-1), part].join('.'));
  }
  const field = findIgnoringCase(object.fields, parts.at(-1)!);
  return field ? { kind: 'field', object, field, steps } : missing(parts.join('.'));
}

function parentObject(object: ObjectModel, step: string, model: OrgModel): ObjectModel | undefined {
  const [relationship = '', type] = step.split(':');
  for (const { reference } of object.fields.values()) {
    if (reference?.parentName.toLowerCase() !== relationship.toLowerCase()) continue;
    const target = type ?? (reference.to.length === 1 ? reference.to[0]! : '');
    return reference.to.includes(target) ? model.objects.get(target) : undefined;
  }
  return undefined;
}

const GLOBAL_OBJECTS: Readonly<Record<string, string>> = {
  $User: 'User',
  $Organization: 'Organization',
  $Profile: 'Profile',
  $UserRole: 'UserRole',
};

// https://help.salesforce.com/s/articleView?id=platform.dev_understanding_global_variables.htm
function resolveGlobal(name: string, parts: readonly string[], model: OrgModel): Resolved {
  const [root = '', first = '', second = '', third = ''] = parts;
  const known = (isThere: boolean): Resolved => (isThere ? { kind: 'global' } : missing(name));
  const object = GLOBAL_OBJECTS[root];
  if (object) return known(parts.length === 2 && model.objects.get(object)?.fields.has(first) === true);
  switch (root) {
    case '$Permission':
      return known(parts.length === 2 && model.customPermissions.has(first));
    case '$Label':
      return known(parts.length === 2 && model.labels.has(first));
    case '$Api':
      return known(/^\$Api\.(Session_ID|(Partner|Enterprise)_Server_URL_\d+)$/i.test(name));
    case '$System':
      return known(name === '$System.OriginDateTime');
    case '$CustomMetadata': {
      const isRecord = model.customMetadata.has(`${first}.${second}`);
      return known(parts.length === 4 && isRecord && model.objects.get(first)?.fields.has(third) === true);
    }
    default:
      return missing(name);
  }
}

function missing(name: string): Resolved {
  return { kind: 'unknown', problem: `Field ${name} does not exist. Check spelling.` };
}
