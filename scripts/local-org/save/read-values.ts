import type { FieldModel, ObjectModel } from '../../metadata/model.ts';
import { findField, findObject, findParentReference } from '../model-index.ts';
import { quoted, type Row, type SqlValue } from '../store/store.ts';
import { parseFieldValue } from './field-value.ts';
import type { SaveContext } from './save-context.ts';
import { saveError, type SaveError } from './save-error.ts';

export type Operation = 'insert' | 'update';

/** What a caller sent for one record: columns to write, and every reason to refuse it. */
export interface ReadValues {
  readonly values: Row;
  readonly errors: readonly SaveError[];
}

/**
 * Reads a record's body: names in any letter case, field-level security, types and lengths, parents named
 * by external id (`{"Pilot__r": {"Key__c": "x"}}`). `attributes` is the caller's business.
 */
export function readValues(
  context: SaveContext,
  object: ObjectModel,
  operation: Operation,
  body: Readonly<Record<string, unknown>>,
): ReadValues {
  const values: Row = {};
  const errors: SaveError[] = [];
  const locked: string[] = [];
  for (const [name, raw] of Object.entries(body)) {
    if (name === 'attributes') continue;
    const field = findField(object, name);
    if (field === undefined) {
      const parent = readParent(context, object, name, raw);
      if ('error' in parent) errors.push(parent.error);
      else if (isWritable(context, object, parent.field, operation)) values[parent.field.name] = parent.id;
      else locked.push(parent.field.name);
      continue;
    }
    if (field.kind === 'Id') {
      errors.push(idInBody(operation));
      continue;
    }
    if (!isWritable(context, object, field, operation)) {
      locked.push(field.name);
      continue;
    }
    const parsed = parseFieldValue(field, raw);
    if (parsed.error !== undefined) errors.push(parsed.error);
    else values[field.name] = parsed.value;
  }
  if (locked.length > 0) errors.unshift(notWritable(locked));
  return { values, errors };
}

function idInBody(operation: Operation): SaveError {
  return operation === 'insert'
    ? saveError('INVALID_FIELD_FOR_INSERT_UPDATE', 'cannot specify Id in an insert call', ['Id'])
    : saveError('INVALID_FIELD', 'The Id field should not be specified in the sobject data.');
}

function isWritable(
  context: SaveContext,
  object: ObjectModel,
  field: FieldModel,
  operation: Operation,
): boolean {
  if (field.formula !== null || field.rollUp !== null || field.kind === 'AutoNumber') return false;
  const isOpen = operation === 'insert' ? field.isCreateable : field.isUpdateable;
  if (!isOpen) return false;
  return context.permissions === null || context.permissions.canEditField(object.name, field.name);
}

export const notWritable = (fields: readonly string[]): SaveError =>
  saveError(
    'INVALID_FIELD_FOR_INSERT_UPDATE',
    `Unable to create/update fields: ${fields.join(', ')}. Please check the security settings of this field and verify that it is read/write for your profile or permission set.`,
    fields,
  );

const unknownField = (object: ObjectModel, name: string): SaveError =>
  saveError('INVALID_FIELD', `No such column '${name}' on sobject of type ${object.name}`);

function readParent(
  context: SaveContext,
  object: ObjectModel,
  name: string,
  raw: unknown,
): { field: FieldModel; id: SqlValue } | { error: SaveError } {
  const field = findParentReference(object, name);
  if (!field?.reference) return { error: unknownField(object, name) };
  if (raw === null) return { field, id: null };
  if (typeof raw !== 'object' || Array.isArray(raw)) return { error: unknownField(object, name) };
  const body = raw as Record<string, unknown>;
  const keys = Object.entries(body).filter(([key]) => key !== 'attributes');
  const type = (body['attributes'] as { type?: unknown } | undefined)?.type;
  const parent = findObject(context.model, typeof type === 'string' ? type : (field.reference.to[0] ?? ''));
  const [keyName, keyValue] = keys[0] ?? [];
  const key = parent === undefined || keyName === undefined ? undefined : findField(parent, keyName);
  const isKey = key !== undefined && (key.isExternalId || key.kind === 'Id');
  if (parent === undefined || keys.length !== 1 || !isKey) return { error: unknownField(object, name) };
  const ids = findByKey(context, parent, key, String(keyValue));
  if (ids.length === 1) return { field, id: ids[0]! };
  const what = ids.length === 0 ? 'not found' : 'is not unique';
  return {
    error: saveError(
      'INVALID_FIELD',
      `Foreign key external ID: ${String(keyValue)} ${what} for field ${key.name} in entity ${parent.name}`,
    ),
  };
}

/** Ids of live records whose key equals `value`, in any letter case unless the field minds it. */
export function findByKey(
  context: SaveContext,
  object: ObjectModel,
  field: FieldModel,
  value: SqlValue,
): string[] {
  const collation =
    field.isCaseSensitive || typeof value !== 'string' || field.kind === 'Id' ? '' : ' COLLATE NOCASE';
  const sql = `SELECT "Id" FROM ${quoted(object.name)} WHERE ${quoted(field.name)} = ?${collation} AND "IsDeleted" = 0`;
  return context.store.all(sql, value).map((row) => String(row['Id']));
}
