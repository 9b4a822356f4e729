import type { FieldModel, ObjectModel } from '../../metadata/model.ts';
import type { Value } from '../formula/formula.ts';
import { toId18 } from '../store/record-id.ts';
import type { Row, SqlValue } from '../store/store.ts';
import { OrgFormulas } from './org-formulas.ts';
import { RecordSubject } from './record-subject.ts';
import type { SaveContext } from './save-context.ts';

/** Every stored field of a new record that the caller did not set. */
export function defaultValues(context: SaveContext, object: ObjectModel, given: Row): Row {
  const row: Row = {};
  for (const field of object.fields.values()) {
    if (field.formula !== null || Object.hasOwn(given, field.name)) continue;
    row[field.name] = defaultOf(context, object, field, given);
  }
  return row;
}

function defaultOf(context: SaveContext, object: ObjectModel, field: FieldModel, given: Row): SqlValue {
  if (field.kind === 'Checkbox') {
    // A user made over the API is active unless it says otherwise.
    if (object.name === 'User' && field.name === 'IsActive') return 1;
    return field.defaultValue === 'true' ? 1 : 0;
  }
  if (field.rollUp !== null)
    return field.rollUp.operation === 'count' || field.rollUp.operation === 'sum' ? 0 : null;
  const listed = field.picklist?.values.filter(({ isDefault, isActive }) => isDefault && isActive) ?? [];
  if (listed.length > 0) return listed.map(({ value }) => value).join(';');
  const formula = OrgFormulas.of(context.model).defaultValue(object, field);
  if (formula === null) return null;
  return toStored(field, formula.evaluate(new RecordSubject(context, object, given, null), context.viewer));
}

function toStored(field: FieldModel, value: Value): SqlValue {
  if (typeof value === 'boolean') return Number(value);
  // Formulas see ids of 15 characters; stored ones have 18.
  return field.reference !== null && typeof value === 'string' ? toId18(value) : value;
}
