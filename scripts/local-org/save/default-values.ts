import type { FieldModel, ObjectModel, OrgModel } from '../../metadata/model.ts';
import type { Value } from '../formula/formula.ts';
import { toId18 } from '../store/record-id.ts';
import type { Row, SqlValue } from '../store/store.ts';
import { OrgFormulas } from './org-formulas.ts';
import { RecordSubject } from './record-subject.ts';
import type { SaveContext } from './save-context.ts';

/** What new records of an object have in common: their defaults, and the fields whose default is a formula. */
interface Blank {
  readonly row: Readonly<Row>;
  readonly computed: readonly FieldModel[];
}

const blanks = new WeakMap<OrgModel, Map<ObjectModel, Blank>>();

/** Every stored field of a new record; the caller's values, `given`, are laid over them. */
export function newValues(context: SaveContext, object: ObjectModel, given: Row): Row {
  const { row: common, computed } = blankOf(context.model, object);
  const row: Row = { ...common };
  for (const field of computed)
    if (!Object.hasOwn(given, field.name)) row[field.name] = computedDefault(context, object, field, given);
  return Object.assign(row, given);
}

function blankOf(model: OrgModel, object: ObjectModel): Blank {
  const byObject = blanks.get(model) ?? new Map<ObjectModel, Blank>();
  blanks.set(model, byObject);
  const known = byObject.get(object);
  if (known !== undefined) return known;
  const stored = [...object.fields.values()].filter(({ formula }) => formula === null);
  const isComputed = (field: FieldModel): boolean =>
    constantDefault(object, field) === null && OrgFormulas.of(model).defaultValue(object, field) !== null;
  const blank: Blank = {
    row: Object.fromEntries(stored.map((field) => [field.name, constantDefault(object, field)])),
    computed: stored.filter(isComputed),
  };
  byObject.set(object, blank);
  return blank;
}

function constantDefault(object: ObjectModel, field: FieldModel): SqlValue {
  if (field.kind === 'Checkbox') {
    // A user made over the API is active unless it says otherwise.
    if (object.name === 'User' && field.name === 'IsActive') return 1;
    return field.defaultValue === 'true' ? 1 : 0;
  }
  if (field.rollUp !== null)
    return field.rollUp.operation === 'count' || field.rollUp.operation === 'sum' ? 0 : null;
  const listed = field.picklist?.values.filter(({ isDefault, isActive }) => isDefault && isActive) ?? [];
  return listed.length > 0 ? listed.map(({ value }) => value).join(';') : null;
}

function computedDefault(context: SaveContext, object: ObjectModel, field: FieldModel, given: Row): SqlValue {
  const formula = OrgFormulas.of(context.model).defaultValue(object, field)!;
  return toStored(field, formula.evaluate(new RecordSubject(context, object, given, null), context.viewer));
}

function toStored(field: FieldModel, value: Value): SqlValue {
  if (typeof value === 'boolean') return Number(value);
  // Formulas see ids of 15 characters; stored ones have 18.
  return field.reference !== null && typeof value === 'string' ? toId18(value) : value;
}
