// The tables one SELECT reads: the queried object and the parents reached from it, each joined once.
import type { FieldKind, FieldModel, ObjectModel } from '../../metadata/model.ts';
import { notImplemented } from '../api-error.ts';
import { valueKind } from '../formula/formula-type.ts';
import { formulaColumn } from '../formula/formula-columns.ts';
import { findField, findObject, findParentReference } from '../model-index.ts';
import type { FieldPath } from './ast.ts';
import type { QueryContext } from './query-context.ts';
import type { Position } from './soql-error.ts';
import { noSuchColumn, noSuchObject, noSuchParent, queryError } from './soql-error.ts';
import type { Sql } from './sql.ts';
import { joinSql, name, sql } from './sql.ts';

/** A field made readable in SQL. */
export interface Column {
  readonly sql: Sql;
  /** Of its values: a roll-up MAX of dates is a Date. */
  readonly kind: FieldKind;
  readonly field: FieldModel;
  readonly object: ObjectModel;
  /** Canonical names from the queried object. */
  readonly path: FieldPath;
}

export interface Table {
  readonly alias: string;
  readonly object: ObjectModel;
  /** Relationship names from the queried object, canonical. */
  readonly path: FieldPath;
}

type Joins = Map<string, { readonly table: Table; readonly on: Sql }>;

/** "No more than five levels can be specified in a child-to-parent relationship." (SOQL reference, relationship query limits) */
const MAX_PARENTS = 5;

export class Tables {
  readonly root: Table;
  readonly context: QueryContext;
  readonly source: Position;
  readonly #summed: ReadonlySet<string>;
  readonly #joins: Joins;

  constructor(
    object: ObjectModel,
    context: QueryContext,
    source: Position,
    view: { readonly root?: Table; readonly joins?: Joins; readonly summed?: readonly FieldPath[] } = {},
  ) {
    this.root = view.root ?? { alias: 't', object, path: [] };
    this.context = context;
    this.source = source;
    this.#joins = view.joins ?? new Map();
    this.#summed = new Set((view.summed ?? []).map(pathKey));
  }

  /** The same tables, read by a row of subtotals: groups by these fields are summed up. */
  summing(summed: FieldPath[]): Tables {
    return new Tables(this.root.object, this.context, this.source, { joins: this.#joins, summed });
  }

  /** The same tables, seen from the record that a relationship finds when it is one of this object. */
  typed(relationship: FieldPath, object: ObjectModel): Tables {
    const from = this.#follow(relationship.slice(0, -1));
    const root = this.#parent(from, this.reference(relationship), object.name);
    return new Tables(object, this.context, this.source, { root, joins: this.#joins });
  }

  /** The reference field at the end of a relationship path, refused when the caller may not see it. */
  reference(relationship: FieldPath): FieldModel {
    const { object } = this.#follow(relationship.slice(0, -1));
    return this.#visibleReference(object, relationship.at(-1) ?? '');
  }

  isSummed(path: FieldPath): boolean {
    return this.#summed.has(pathKey(path));
  }

  /** Finds a field that the caller named, refusing what it may not see as if it did not exist. */
  column(path: FieldPath): Column {
    const steps = path.slice(0, -1);
    const last = path.at(-1) ?? '';
    const table = this.#follow(steps);
    const field = findField(table.object, last);
    if (!field || !this.context.access.canReadField(table.object.name, field.name)) {
      throw noSuchColumn(last, table.object.name, this.source);
    }
    const column = this.#columnOf(table, field);
    // "a Boolean through an absent parent is false, never null" (sforce_api_calls_soql_null)
    const isAbsentFalse = column.kind === 'Checkbox' && steps.length > 0;
    return isAbsentFalse ? { ...column, sql: sql`COALESCE(${column.sql}, 0)` } : column;
  }

  #follow(steps: FieldPath): Table {
    if (this.root.path.length + steps.length > MAX_PARENTS) {
      const shown = [...this.root.path, ...steps].join('.');
      throw queryError('MALFORMED_QUERY', `maximum relationship depth is ${MAX_PARENTS}: ${shown}`);
    }
    let table = this.root;
    for (const step of steps) {
      const parent = this.#parent(table, this.#visibleReference(table.object, step));
      if (!this.context.access.canRead(parent.object.name)) throw noSuchParent(step, this.source);
      table = parent;
    }
    return table;
  }

  #visibleReference(object: ObjectModel, step: string): FieldModel {
    const reference = findParentReference(object, step);
    if (!reference || !this.context.access.canReadField(object.name, reference.name))
      throw noSuchParent(step, this.source);
    return reference;
  }

  #columnOf(table: Table, field: FieldModel): Column {
    const { database, model } = this.context;
    const base = {
      kind: valueKind(model, field),
      field,
      object: table.object,
      path: [...table.path, field.name],
    };
    if (!field.formula) return { ...base, sql: name(table.alias, field.name) };
    const { functionName, paths } = formulaColumn(database, model, table.object, field);
    const values = paths.map((path) => this.#stored(table, path.split('.')));
    return { ...base, sql: sql`${name(functionName)}(${joinSql(values, ', ')})` };
  }

  /** The id of the row at the end of a relationship path: null when there is none. */
  idAt(steps: FieldPath): Sql {
    const table = steps.reduce((from, step) => {
      const reference = findParentReference(from.object, step);
      return reference ? this.#parent(from, reference) : from;
    }, this.root);
    return name(table.alias, 'Id');
  }

  /** FROM with every join asked for so far; build it last. */
  from(): Sql {
    const joins = [...this.#joins.values()].map(
      ({ table, on }) => sql` LEFT JOIN ${name(table.object.name)} AS ${name(table.alias)} ON ${on}`,
    );
    return sql`FROM ${name(this.root.object.name)} AS ${name(this.root.alias)}${joinSql(joins, '')}`;
  }

  /** Rows that exist for the viewer: not deleted, and shared with it. */
  visible(): Sql {
    const { access, includeDeleted } = this.context;
    const { alias, object } = this.root;
    const filter = access.rowFilter(object.name);
    const conditions = [
      ...(includeDeleted ? [] : [sql`${name(alias, 'IsDeleted')} = 0`]),
      ...(filter ? [sql`${name(alias, 'Id')} IN (${{ text: filter.sql, params: filter.params }})`] : []),
    ];
    return conditions.length > 0 ? joinSql(conditions, ' AND ') : sql`TRUE`;
  }

  #stored(table: Table, path: FieldPath): Sql {
    const [step, ...rest] = path as [string, ...string[]];
    if (rest.length === 0) return name(table.alias, step);
    const reference = findParentReference(table.object, step);
    if (!reference) throw new TypeError(`${table.object.name} has no relationship ${step}`);
    return this.#stored(this.#parent(table, reference), rest);
  }

  #parent(table: Table, field: FieldModel, parentName = parentObject(field)): Table {
    const key = `${table.alias}.${field.name}:${parentName}`;
    const known = this.#joins.get(key);
    if (known) return known.table;
    const { model } = this.context;
    const object = model.objects.get(parentName);
    if (!object) throw noSuchObject(parentName, this.source);
    const alias = `p${this.#joins.size + 1}`;
    const parent: Table = { alias, object, path: [...table.path, field.reference?.parentName ?? field.name] };
    this.#joins.set(key, { table: parent, on: sql`${name(alias, 'Id')} = ${name(table.alias, field.name)}` });
    return parent;
  }
}

const pathKey = (path: FieldPath) => path.join('.').toLowerCase();

/** The object behind a relationship; of owners the user. */
function parentObject(field: FieldModel): string {
  const targets = field.reference?.to ?? [];
  const target = targets.includes('User') ? 'User' : targets[0];
  if (target !== 'User' && targets.length > 1)
    throw notImplemented(
      `fields of the polymorphic relationship ${field.reference?.parentName ?? field.name}`,
    );
  return target ?? '';
}

/** Finds an object the viewer may read. */
export function readableObject(
  objectName: string,
  { model, access }: QueryContext,
  source: Position,
): ObjectModel {
  const object = findObject(model, objectName);
  if (!object || !access.canRead(object.name)) throw noSuchObject(objectName, source);
  return object;
}
