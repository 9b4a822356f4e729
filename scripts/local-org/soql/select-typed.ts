// TYPEOF as columns: a polymorphic relationship is joined once for each object it may find.
// https://developer.salesforce.com/docs/atlas.en-us.soql_sosl.meta/soql_sosl/sforce_api_calls_soql_select_typeof.htm
import type { FieldModel, ObjectModel } from '../../metadata/model.ts';
import { notImplemented } from '../api-error.ts';
import { findField, isPolymorphic } from '../model-index.ts';
import type { FieldPath, Typeof } from './ast.ts';
import { operandSql } from './operand-sql.ts';
import { parentPaths, type Output } from './output.ts';
import { located, noSuchColumn, queryError } from './soql-error.ts';
import { sql, type Sql } from './sql.ts';
import { readableObject, type Tables } from './tables.ts';

/** What is selected of one object behind a relationship. */
export interface TypedParent {
  readonly relationship: FieldPath;
  readonly object: ObjectModel;
  readonly outputs: readonly Output[];
  readonly parents: readonly FieldPath[];
  /** Values in the order of `outputs`, then the record's id (null when it is of another object), then ids of `parents`. */
  readonly values: readonly Sql[];
}

/** The objects that a TYPEOF tells apart. @throws ApiError for a relationship that finds one object only */
export function selectTyped(selection: Typeof, tables: Tables): readonly TypedParent[] {
  const { relationship, cases, otherwise } = selection;
  const name = relationship.join('.');
  const reference = tables.reference(relationship);
  // "TYPEOF can’t be used with a relationship field whose namePointing attribute is false."
  if (!isPolymorphic(reference))
    throw refuse(`TYPEOF takes polymorphic relationships, not ${name}`, name, tables);
  const named = cases.map(({ object, paths }) => {
    const found = readableObject(object, tables.context, tables.source);
    if (!reference.reference?.to.includes(found.name))
      throw refuse(`${name} never references ${found.name}`, object, tables);
    const view = tables.typed(relationship, found);
    return typedParent(
      view,
      paths.map((path) => fieldOf(path, view)),
    );
  });
  if (otherwise === null) return named;
  const rest = otherObjects(reference, named, tables).map((object) => {
    const view = tables.typed(relationship, object);
    return typedParent(
      view,
      otherwise.map((path) => nameField(path, view)),
    );
  });
  return [...named, ...rest];
}

const refuse = (message: string, at: string, { source }: Tables) =>
  queryError('MALFORMED_QUERY', message, located(source, at));

function typedParent(view: Tables, outputs: readonly Output[]): TypedParent {
  const { path: relationship, object } = view.root;
  const parents = parentPaths(outputs.map(({ path }) => path));
  const ids = [[], ...parents].map((path) => view.idAt(path));
  return { relationship, object, outputs, parents, values: [...outputs.map((output) => output.sql), ...ids] };
}

function fieldOf(path: FieldPath, view: Tables): Output {
  const found = operandSql({ kind: 'field', path }, view);
  return { ...found, path: (found.column?.path ?? path).slice(view.root.path.length), isLabel: false };
}

/** What the relationship may find beside the objects named, as far as the viewer may read it. */
function otherObjects(
  { reference }: FieldModel,
  named: readonly TypedParent[],
  { context: { model, access } }: Tables,
): ObjectModel[] {
  return (reference?.to ?? [])
    .filter((target) => !named.some(({ object }) => object.name === target) && access.canRead(target))
    .flatMap((target) => model.objects.get(target) ?? []);
}

/**
 * "This list may only contain fields valid for the Name object type": they and the objects that give them a value.
 * https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_name.htm
 */
const NAME_FIELDS: Readonly<Record<string, 'all' | readonly string[]>> = {
  Alias: ['User'],
  Email: ['User'],
  FirstName: ['User', 'Contact'],
  Id: 'all',
  IsActive: ['User'],
  LastName: ['User', 'Contact'],
  Name: 'all',
  Phone: ['User'],
  ProfileId: ['User'],
  Title: ['User'],
  Type: 'all',
  Username: ['User'],
  UserRoleId: ['User'],
};

function nameField(path: FieldPath, view: Tables): Output {
  if (path.length > 1) throw notImplemented(`${path.join('.')} in the ELSE of TYPEOF`);
  const wanted = path[0]?.toLowerCase();
  const [field, givers] = Object.entries(NAME_FIELDS).find(([name]) => name.toLowerCase() === wanted) ?? [];
  if (!field || !givers) throw noSuchColumn(path.join('.'), 'Name', view.source);
  const { object } = view.root;
  const constant = { column: null, isRank: false, path: [field], isLabel: false } as const;
  if (field === 'Type') return { ...constant, kind: 'Text', sql: sql`${object.name}` };
  const isGiven = (givers === 'all' || givers.includes(object.name)) && findField(object, field);
  if (isGiven) return fieldOf([field], view);
  return { ...constant, kind: field === 'IsActive' ? 'Checkbox' : 'Text', sql: sql`NULL` };
}
