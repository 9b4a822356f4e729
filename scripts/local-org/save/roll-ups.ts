import type { FieldModel, ObjectModel, OrgModel, RollUp } from '../../metadata/model.ts';
import type { Value } from '../formula/formula.ts';
import { masterFields } from '../model-index.ts';
import { quoted, type Row, type SqlValue } from '../store/store.ts';
import { RecordSubject } from './record-subject.ts';
import type { SaveContext } from './save-context.ts';

/** A master whose roll-ups changed: it is saved again, and its own rules run. */
export interface ResavedParent {
  readonly object: ObjectModel;
  readonly before: Row;
  readonly now: Row;
}

const rollUpFields = new WeakMap<ObjectModel, Map<string, readonly FieldModel[]>>();

function rollUpsOver(parent: ObjectModel, child: string, key: string): readonly FieldModel[] {
  const byChild = rollUpFields.get(parent) ?? new Map<string, readonly FieldModel[]>();
  rollUpFields.set(parent, byChild);
  const name = `${child}.${key}`;
  const known = byChild.get(name);
  if (known !== undefined) return known;
  const fields = [...parent.fields.values()].filter(
    ({ rollUp }) => rollUp?.childObject === child && rollUp.childKey === key,
  );
  byChild.set(name, fields);
  return fields;
}

/** Whether the master that `key` names sums up its details: if not, a detail's save leaves it alone. */
export function hasRollUps({ model }: SaveContext, child: ObjectModel, key: FieldModel): boolean {
  const parent = model.objects.get(key.reference?.to[0] ?? '');
  return parent !== undefined && rollUpsOver(parent, child.name, key.name).length > 0;
}

/**
 * Recomputes the roll-ups of the masters `masterIds` over `child`, then those of their own masters.
 * Returns the records whose values changed, nearest first.
 */
export function rollUp(
  context: SaveContext,
  child: ObjectModel,
  key: FieldModel,
  masterIds: Iterable<string>,
): ResavedParent[] {
  const parent = context.model.objects.get(key.reference?.to[0] ?? '');
  const fields = parent === undefined ? [] : rollUpsOver(parent, child.name, key.name);
  if (parent === undefined || fields.length === 0) return [];
  const resaved: ResavedParent[] = [];
  for (const id of masterIds) {
    const before = context.store.get(`SELECT * FROM ${quoted(parent.name)} WHERE "Id" = ?`, id);
    if (before === undefined || before['IsDeleted'] === 1) continue;
    const changed = recompute(context, child, key, id, fields, before);
    if (changed === null) continue;
    resaved.push({ object: parent, before, now: changed });
  }
  return [...resaved, ...rollUpFurther(context, parent, resaved)];
}

function rollUpFurther(
  context: SaveContext,
  object: ObjectModel,
  resaved: readonly ResavedParent[],
): ResavedParent[] {
  if (resaved.length === 0) return [];
  return masterFields(object).flatMap((field) => {
    const ids = new Set(resaved.map(({ now }) => now[field.name]).filter((id) => typeof id === 'string'));
    return rollUp(context, object, field, ids);
  });
}

function recompute(
  context: SaveContext,
  child: ObjectModel,
  key: FieldModel,
  id: string,
  fields: readonly FieldModel[],
  before: Row,
): Row | null {
  const rows = context.store.all(
    `SELECT * FROM ${quoted(child.name)} WHERE ${quoted(key.name)} = ? AND "IsDeleted" = 0`,
    id,
  );
  const subjects = rows.map((row) => new RecordSubject(context, child, row, row));
  const changes: Row = {};
  for (const field of fields) {
    const value = aggregate(field.rollUp!, subjects);
    if (value !== (before[field.name] ?? null)) changes[field.name] = value;
  }
  if (Object.keys(changes).length === 0) return null;
  return updateRow(context, key.reference!.to[0]!, before, changes);
}

/** Writes columns and the audit fields of a change, and returns the row as it is then. */
export function updateRow(context: SaveContext, object: string, before: Row, changes: Row): Row {
  const stamp = context.viewer.now.toISOString();
  const audit: Row = {
    LastModifiedDate: stamp,
    LastModifiedById: context.viewer.userId,
    SystemModstamp: stamp,
  };
  const known = Object.entries(audit).filter(([name]) => name in before);
  const columns = [...Object.entries(changes), ...known];
  const assignments = columns.map(([name]) => `${quoted(name)} = ?`).join(', ');
  context.store.run(
    `UPDATE ${quoted(object)} SET ${assignments} WHERE "Id" = ?`,
    ...columns.map(([, value]) => value),
    before['Id'] ?? null,
  );
  return { ...before, ...Object.fromEntries(columns) };
}

function aggregate(definition: RollUp, children: readonly RecordSubject[]): SqlValue {
  const counted = children.filter((child) => definition.filters.every((filter) => passes(child, filter)));
  if (definition.operation === 'count') return counted.length;
  const values = counted.map((child) => child.get(definition.field!)).filter((value) => value !== null);
  // Decimal noise of binary addition is cut at the platform's 18 digits.
  if (definition.operation === 'sum')
    return Number(values.reduce<number>((sum, value) => sum + Number(value), 0).toPrecision(15));
  const sorted = values.map((value) => (typeof value === 'boolean' ? Number(value) : value)).sort(compare);
  return (definition.operation === 'min' ? sorted[0] : sorted.at(-1)) ?? null;
}

const compare = (a: string | number, b: string | number): number => (a < b ? -1 : a > b ? 1 : 0);

type Filter = RollUp['filters'][number];

/** Operations of a roll-up's filter that this org evaluates; a deploy with another one is refused. */
const ROLL_UP_OPERATIONS: readonly string[] = [
  'equals',
  'notEqual',
  'lessThan',
  'greaterThan',
  'lessOrEqual',
  'greaterOrEqual',
];

/** The first filter that this org cannot evaluate. */
export function unknownFilter(
  model: OrgModel,
): { object: ObjectModel; field: FieldModel; operation: string } | null {
  for (const object of model.objects.values())
    for (const field of object.fields.values()) {
      const odd = field.rollUp?.filters.find(({ operation }) => !ROLL_UP_OPERATIONS.includes(operation));
      if (odd !== undefined) return { object, field, operation: odd.operation };
    }
  return null;
}

/** Several values, separated by commas, mean any of them. */
function passes(child: RecordSubject, filter: Filter): boolean {
  const actual = child.get(filter.field);
  const wanted = filter.value.split(',').map((part) => part.trim());
  switch (filter.operation) {
    case 'equals':
      return wanted.some((value) => isSame(actual, value));
    case 'notEqual':
      return !wanted.some((value) => isSame(actual, value));
    default:
      return actual !== null && wanted.some((value) => isOrdered(actual, filter.operation, value));
  }
}

function isSame(actual: Value, wanted: string): boolean {
  if (actual === null) return wanted === '';
  if (typeof actual === 'boolean') return actual === ['true', '1'].includes(wanted.toLowerCase());
  if (typeof actual === 'number') return actual === Number(wanted);
  return actual.toLowerCase() === wanted.toLowerCase();
}

function isOrdered(actual: string | number | boolean, operation: string, wanted: string): boolean {
  const order =
    typeof actual === 'string' ? compare(actual, wanted) : compare(Number(actual), Number(wanted));
  switch (operation) {
    case 'lessThan':
      return order < 0;
    case 'greaterThan':
      return order > 0;
    case 'lessOrEqual':
      return order <= 0;
    default:
      return order >= 0;
  }
}
