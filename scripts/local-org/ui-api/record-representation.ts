import { createHash } from 'node:crypto';
import type { FieldModel, ObjectModel, OrgModel } from '../../metadata/model.ts';
import { valueKind } from '../formula/formula-type.ts';
import { valueOf, type FieldValue } from '../graphql/field-value.ts';
import { findObject, findParentReference } from '../model-index.ts';
import type { FieldTree } from './field-paths.ts';

type Row = Readonly<Record<string, unknown>>;

/** A record as the UI API gives it: values with what a page shows for them. */
export interface RecordRepresentation {
  readonly apiName: string;
  readonly childRelationships: Readonly<Record<string, never>>;
  readonly eTag: string;
  readonly fields: Readonly<
    Record<string, FieldValue | { displayValue: string | null; value: RecordRepresentation | null }>
  >;
  readonly id: string;
  readonly lastModifiedById: string | null;
  readonly lastModifiedDate: string | null;
  readonly recordTypeId: null;
  readonly recordTypeInfo: null;
  readonly systemModstamp: string | null;
  readonly weakEtag: number;
}

const SYSTEM = ['Id', 'LastModifiedById', 'LastModifiedDate', 'SystemModstamp'];

/** Columns of the SOQL that reads what `tree` asks for: its fields, what every record carries, parents' names. */
export function selectedColumns(model: OrgModel, object: ObjectModel, tree: FieldTree): string[] {
  const own = SYSTEM.filter((name) => object.fields.has(name));
  const columns = [...tree].flatMap(([name, inner]) => {
    const parent = inner === null ? undefined : parentOf(model, object, name);
    if (inner === null || parent === undefined) return [name];
    const named = parent.fields.has('Name') ? [...selectedColumns(model, parent, inner), 'Name'] : [];
    return (named.length > 0 ? named : selectedColumns(model, parent, inner)).map(
      (each) => `${name}.${each}`,
    );
  });
  return [...new Set([...own, ...columns])];
}

const parentOf = (model: OrgModel, object: ObjectModel, relationship: string): ObjectModel | undefined =>
  findObject(model, findParentReference(object, relationship)?.reference?.to[0] ?? '');

/**
 * Builds the answer from a row of that SOQL.
 * Recorded: trailheadapps/lwc-recipes, ldsCreateRecord/__tests__/data/createRecord.json
 */
export function representRecord(
  model: OrgModel,
  object: ObjectModel,
  tree: FieldTree,
  row: Row,
  timeZone: string,
): RecordRepresentation {
  const fields = Object.fromEntries(
    [...tree].map(([name, inner]) => {
      if (inner === null) return [name, representField(model, object.fields.get(name)!, row[name], timeZone)];
      const parent = parentOf(model, object, name)!;
      const found = (row[name] ?? null) as Row | null;
      const value = found === null ? null : representRecord(model, parent, inner, found, timeZone);
      return [name, { displayValue: textOrNull(found?.['Name']), value }];
    }),
  );
  const systemModstamp = momentOf(row['SystemModstamp']);
  return {
    apiName: object.name,
    childRelationships: {},
    eTag: createHash('md5').update(JSON.stringify(row)).digest('hex'),
    fields,
    id: String(row['Id']),
    lastModifiedById: textOrNull(row['LastModifiedById']),
    lastModifiedDate: momentOf(row['LastModifiedDate']),
    recordTypeId: null,
    recordTypeInfo: null,
    systemModstamp,
    weakEtag: systemModstamp === null ? 0 : Date.parse(systemModstamp),
  };
}

function representField(model: OrgModel, field: FieldModel, value: unknown, timeZone: string): FieldValue {
  const kind = valueKind(model, field);
  const plain = value === undefined ? null : (value as string | number | boolean | null);
  const stored = typeof plain === 'boolean' ? Number(plain) : kind === 'DateTime' ? momentOf(plain) : plain;
  const { value: shown, displayValue } = valueOf(stored, kind, field, timeZone);
  return { displayValue, value: shown };
}

const textOrNull = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** The UI API writes date/times with Z where REST rows have +0000. */
const momentOf = (value: unknown): string | null =>
  typeof value === 'string' ? value.replace(/\+0000$/, 'Z') : null;
