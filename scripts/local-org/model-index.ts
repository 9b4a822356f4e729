import type { FieldModel, ObjectModel, OrgModel } from '../metadata/model.ts';

export interface ChildReference {
  readonly object: ObjectModel;
  readonly field: FieldModel;
}

interface ModelIndex {
  readonly objects: ReadonlyMap<string, ObjectModel>;
  readonly prefixes: ReadonlyMap<string, ObjectModel>;
  readonly children: ReadonlyMap<string, readonly ChildReference[]>;
}

const indexes = new WeakMap<OrgModel, ModelIndex>();
const masters = new WeakMap<ObjectModel, readonly FieldModel[]>();
const fieldIndexes = new WeakMap<ObjectModel, ReadonlyMap<string, FieldModel>>();

function indexOf(model: OrgModel): ModelIndex {
  const known = indexes.get(model);
  if (known !== undefined) return known;
  const objects = [...model.objects.values()];
  const children = new Map<string, ChildReference[]>();
  for (const object of objects)
    for (const field of object.fields.values())
      for (const parent of field.reference?.to ?? [])
        children.set(parent, [...(children.get(parent) ?? []), { object, field }]);
  const index: ModelIndex = {
    objects: new Map(objects.map((object) => [object.name.toLowerCase(), object])),
    prefixes: new Map(
      objects.flatMap((object) => (object.keyPrefix === null ? [] : [[object.keyPrefix, object]])),
    ),
    children,
  };
  indexes.set(model, index);
  return index;
}

/** API names are matched in any letter case, as the platform does. */
export const findObject = (model: OrgModel, name: string): ObjectModel | undefined =>
  indexOf(model).objects.get(name.toLowerCase());

export const objectOfId = (model: OrgModel, id: string): ObjectModel | undefined =>
  indexOf(model).prefixes.get(id.slice(0, 3));

/** Every reference field that points at `object`. */
export const childReferences = (model: OrgModel, object: string): readonly ChildReference[] =>
  indexOf(model).children.get(object) ?? [];

export function findField(object: ObjectModel, name: string): FieldModel | undefined {
  let fields = fieldIndexes.get(object);
  if (fields === undefined) {
    fields = new Map([...object.fields.values()].map((field) => [field.name.toLowerCase(), field]));
    fieldIndexes.set(object, fields);
  }
  return fields.get(name.toLowerCase());
}

/** The reference field behind a relationship name of SOQL (`Pilot__r`, `Account`). */
export function findParentReference(object: ObjectModel, parentName: string): FieldModel | undefined {
  const wanted = parentName.toLowerCase();
  return [...object.fields.values()].find((field) => field.reference?.parentName.toLowerCase() === wanted);
}

/**
 * Whether a reference finds records of several objects. A WhoId does ("a Contact or a Lead"), though this org has no leads:
 * https://developer.salesforce.com/docs/platform/salesforce-soql-sosl/guide/sforce-api-calls-soql-relationships-and-polymorph-keys.md
 */
export const isPolymorphic = ({ name, reference }: FieldModel): boolean =>
  name === 'WhoId' || (reference?.to.length ?? 0) > 1;

/** Master-detail fields, the primary master first. */
export function masterFields(object: ObjectModel): readonly FieldModel[] {
  const known = masters.get(object);
  if (known !== undefined) return known;
  const found = [...object.fields.values()]
    .filter((field) => field.kind === 'MasterDetail')
    .sort((a, b) => (a.reference?.masterOrder ?? 0) - (b.reference?.masterOrder ?? 0));
  masters.set(object, found);
  return found;
}
