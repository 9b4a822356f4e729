import type { ObjectModel, OrgModel } from '../../metadata/model.ts';
import { ApiError } from '../api-error.ts';
import { findField, findObject, findParentReference } from '../model-index.ts';
import type { AccessView } from '../security/access-view.ts';

/** Fields asked for, by canonical name; a relationship holds those of its parent, a plain field null. */
export type FieldTree = Map<string, FieldTree | null>;

interface Scope {
  readonly model: OrgModel;
  readonly access: AccessView;
}

/**
 * The fields that `fields` and `optionalFields` name (`Pilot__c.Opportunity__r.Name`). What the viewer may not
 * read fails the request when it is required and is left out when it is optional.
 * https://developer.salesforce.com/docs/atlas.en-us.uiapi.meta/uiapi/ui_api_resources_record_get.htm
 * @throws ApiError 400 INVALID_FIELD
 */
export function readFieldPaths(
  scope: Scope,
  object: ObjectModel,
  required: readonly string[],
  optional: readonly string[],
): FieldTree {
  const tree: FieldTree = new Map();
  for (const [paths, isOptional] of [
    [required, false],
    [optional, true],
  ] as const)
    for (const path of paths) {
      const names = resolve(scope, object, path);
      if (names !== null) plant(tree, names);
      else if (!isOptional) throw noSuchField(object, path);
    }
  return tree;
}

const noSuchField = (object: ObjectModel, path: string): ApiError =>
  new ApiError(
    400,
    'INVALID_FIELD',
    `No such column '${path.slice(path.indexOf('.') + 1)}' on entity '${object.name}'. If you are attempting to use a custom field, be sure to append the '__c' after the custom field name. Please reference your WSDL or the describe call for the appropriate names.`,
  );

/** Canonical names from the object downwards; null when something on the way is unknown or hidden. */
function resolve({ model, access }: Scope, root: ObjectModel, path: string): string[] | null {
  const [objectName, ...steps] = path.trim().split('.');
  const last = steps.pop();
  if (last === undefined || objectName?.toLowerCase() !== root.name.toLowerCase()) return null;
  const names: string[] = [];
  let object = root;
  for (const step of steps) {
    const field = findParentReference(object, step);
    const parent = findObject(model, field?.reference?.to[0] ?? '');
    if (field?.reference == null || parent === undefined) return null;
    if (!access.canReadField(object.name, field.name) || !access.canRead(parent.name)) return null;
    names.push(field.reference.parentName);
    object = parent;
  }
  const field = findField(object, last);
  return field !== undefined && access.canReadField(object.name, field.name) ? [...names, field.name] : null;
}

function plant(tree: FieldTree, [name, ...rest]: readonly string[]): void {
  if (name === undefined) return;
  if (rest.length === 0) {
    tree.set(name, tree.get(name) ?? null);
    return;
  }
  const inner = tree.get(name) ?? new Map();
  tree.set(name, inner);
  plant(inner, rest);
}
