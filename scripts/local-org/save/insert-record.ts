import type { FieldModel, ObjectModel } from '../../metadata/model.ts';
import { storedFields } from '../store/schema.ts';
import { quoted, type Row } from '../store/store.ts';
import { enqueueAsyncPaths } from '../flow/enqueue-async-paths.ts';
import { runBeforeSave } from '../flow/before-save.ts';
import { nextAutoNumber } from './auto-number.ts';
import { checkReferences, checkRequired, checkRules, checkUnique } from './check-record.ts';
import { newValues } from './default-values.ts';
import { readValues } from './read-values.ts';
import { isLockedForApproval } from '../security/approval-locks.ts';
import { mastersRefused } from './record-access.ts';
import type { SaveContext } from './save-context.ts';
import { entityIsLocked, saveError, type SaveError } from './save-error.ts';
import type { WriteOutcome } from './write-outcome.ts';
import { deriveStandardFields } from './standard-behaviour.ts';

/** Checks and writes one new record, in the platform's order of execution. */
export function insertRecord(
  context: SaveContext,
  object: ObjectModel,
  body: Readonly<Record<string, unknown>>,
): WriteOutcome {
  if (context.permissions?.access(object.name).create === false || object.kind === 'customMetadata')
    return refuse(
      saveError('CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY', `entity type cannot be inserted: ${object.label}`),
    );
  const { values, errors } = readValues(context, object, 'insert', body);
  if (errors.length > 0) return { errors };
  const row = newRow(context, object, values);
  const broken = [...checkRequired(object, row), ...checkReferences(context, object, values)];
  if (broken.length > 0) return { errors: broken };
  const noAccess = mastersRefused(context, object, row);
  if (noAccess !== null) return refuse(noAccess);
  const isAboveLocks = context.permissions?.access(object.name).modifyAll !== false;
  if (!isAboveLocks && isLockedForApproval(context.store, object, row)) return refuse(entityIsLocked());
  const flows = runBeforeSave(context, object, row, null);
  if (flows.errors !== undefined) return { errors: flows.errors };
  Object.assign(row, flows.changes);
  const refused = checkRules(context, object, row, null);
  if (refused.length > 0) return { errors: refused };
  const id = String(row['Id']);
  const duplicate = checkUnique(context, object, id, { ...values, ...flows.changes });
  if (duplicate.length > 0) return { errors: duplicate };
  insertRow(context, object, row);
  enqueueAsyncPaths(context, object, row, null);
  return { id, touched: [{ object, row }] };
}

const refuse = (error: SaveError): WriteOutcome => ({ errors: [error] });

function newRow(context: SaveContext, object: ObjectModel, values: Row): Row {
  const row = newValues(context, object, values);
  Object.assign(row, deriveStandardFields(context, object, row, values));
  const id = context.store.mintId(object.keyPrefix ?? '000');
  row['Id'] = id;
  row['IsDeleted'] = 0;
  stampNew(context, object, row);
  for (const field of autoNumbersOf(object)) row[field.name] = nextAutoNumber(context.store, object, field);
  if (object.kind === 'custom' && object.fields.has('Name') && (row['Name'] ?? null) === null)
    row['Name'] = id.slice(0, 15);
  return row;
}

function stampNew({ viewer }: SaveContext, object: ObjectModel, row: Row): void {
  const stamp = viewer.now.toISOString();
  for (const name of ['CreatedDate', 'LastModifiedDate', 'SystemModstamp'])
    if (object.fields.has(name)) row[name] = stamp;
  for (const name of ['CreatedById', 'LastModifiedById'])
    if (object.fields.has(name)) row[name] = viewer.userId;
}

const autoNumbers = new WeakMap<ObjectModel, readonly FieldModel[]>();

function autoNumbersOf(object: ObjectModel): readonly FieldModel[] {
  const known = autoNumbers.get(object);
  if (known !== undefined) return known;
  const fields = [...object.fields.values()].filter(({ kind }) => kind === 'AutoNumber');
  autoNumbers.set(object, fields);
  return fields;
}

interface Insert {
  readonly sql: string;
  readonly columns: readonly string[];
}
const inserts = new WeakMap<ObjectModel, Insert>();

/** Writes a row; stored columns that it leaves out are blank. */
export function insertRow({ store }: Pick<SaveContext, 'store'>, object: ObjectModel, row: Row): void {
  const { sql, columns } = insertOf(object);
  store.run(sql, ...columns.map((name) => row[name] ?? null));
}

function insertOf(object: ObjectModel): Insert {
  const known = inserts.get(object);
  if (known !== undefined) return known;
  const columns = [...new Set([...storedFields(object).map(({ name }) => name), 'IsDeleted'])];
  const marks = columns.map(() => '?').join(', ');
  const sql = `INSERT INTO ${quoted(object.name)} (${columns.map(quoted).join(', ')}) VALUES (${marks})`;
  const insert = { sql, columns };
  inserts.set(object, insert);
  return insert;
}
