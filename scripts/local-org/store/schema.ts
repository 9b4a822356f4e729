import type { FieldModel, ObjectModel, OrgModel } from '../../metadata/model.ts';
import { notImplemented } from '../api-error.ts';
import { quoted, type Store } from './store.ts';

/** Formulas are evaluated on reading and have no column; roll-ups have one. */
const isStored = (field: FieldModel): boolean => field.formula === null;

export const storedFields = (object: ObjectModel): FieldModel[] =>
  [...object.fields.values()].filter(isStored);

/**
 * Brings the tables from one model to the next: new objects and fields appear, removed ones go with their data.
 * A field whose storage changes is refused as not implemented: the platform converts some of these and not others.
 */
export function migrateSchema(store: Store, before: OrgModel | null, after: OrgModel): void {
  for (const object of after.objects.values()) {
    const old = before?.objects.get(object.name);
    if (old === undefined) createTable(store, object);
    else migrateTable(store, old, object);
  }
  for (const old of before?.objects.values() ?? [])
    if (!after.objects.has(old.name)) store.exec(`DROP TABLE ${quoted(old.name)}`);
}

function createTable(store: Store, object: ObjectModel): void {
  const columns = storedFields(object).map((field) =>
    field.kind === 'Id' ? '"Id" TEXT PRIMARY KEY' : `${quoted(field.name)} ${columnType(field)}`,
  );
  const deleted = object.fields.has('IsDeleted') ? [] : ['"IsDeleted" INTEGER'];
  store.exec(`CREATE TABLE ${quoted(object.name)} (${[...columns, ...deleted].join(', ')})`);
  for (const field of storedFields(object)) createIndex(store, object, field);
}

function migrateTable(store: Store, old: ObjectModel, object: ObjectModel): void {
  for (const field of storedFields(object)) {
    const known = old.fields.get(field.name);
    if (known !== undefined && isStored(known)) {
      if (columnType(known) !== columnType(field))
        throw notImplemented(`changing ${object.name}.${field.name} from ${known.kind} to ${field.kind}`);
      continue;
    }
    store.exec(`ALTER TABLE ${quoted(object.name)} ADD COLUMN ${quoted(field.name)} ${columnType(field)}`);
    // A new checkbox shows its default on existing records; other new fields are blank.
    if (field.kind === 'Checkbox')
      store.run(
        `UPDATE ${quoted(object.name)} SET ${quoted(field.name)} = ?`,
        field.defaultValue === 'true' ? 1 : 0,
      );
    createIndex(store, object, field);
  }
  for (const field of storedFields(old)) {
    const now = object.fields.get(field.name);
    if (now !== undefined && isStored(now)) continue;
    store.exec(`DROP INDEX IF EXISTS ${indexName(object, field)}`);
    store.exec(`ALTER TABLE ${quoted(object.name)} DROP COLUMN ${quoted(field.name)}`);
  }
}

/** Everybody's records have the same few users in them, and nobody looks for them there. */
const UNINDEXED: readonly string[] = ['CreatedById', 'LastModifiedById'];

function createIndex(store: Store, object: ObjectModel, field: FieldModel): void {
  const isKey = field.isExternalId || field.isUnique;
  if ((field.reference === null || UNINDEXED.includes(field.name)) && !isKey) return;
  const collation = isKey && !field.isCaseSensitive && columnType(field) === 'TEXT' ? ' COLLATE NOCASE' : '';
  store.exec(
    `CREATE INDEX ${indexName(object, field)} ON ${quoted(object.name)} (${quoted(field.name)}${collation})`,
  );
}

const indexName = (object: ObjectModel, field: FieldModel): string => quoted(`${object.name}.${field.name}`);

function columnType(field: FieldModel): 'TEXT' | 'REAL' | 'INTEGER' {
  switch (field.kind) {
    case 'Checkbox':
      return 'INTEGER';
    case 'Number':
    case 'Currency':
    case 'Percent':
    case 'Summary': // The latest of dates is stored here too: text that is no number keeps its type.
      return 'REAL';
    default:
      return 'TEXT';
  }
}
