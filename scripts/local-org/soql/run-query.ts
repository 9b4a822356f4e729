import type { ObjectModel } from '../../metadata/model.ts';
import { childReferences, findParentReference } from '../model-index.ts';
import type { FieldPath, Query, Selection } from './ast.ts';
import { checkJoins } from './check-joins.ts';
import { describeColumns, type ResultColumn } from './describe-columns.ts';
import { expandFields } from './expand-fields.ts';
import { isLong } from './operand-sql.ts';
import { parseSoql } from './parse-soql.ts';
import { decodeValue } from './decode-value.ts';
import type { QueryContext } from './query-context.ts';
import { countRows, selectRows, type Selected } from './select-rows.ts';
import { noSuchChildren } from './soql-error.ts';
import { readableObject } from './tables.ts';

/** A record as the REST API writes it: `attributes`, fields in the order selected, parents nested, children as results. */
export type QueryRecord = Record<string, unknown>;

export interface QueryResult {
  readonly records: readonly QueryRecord[];
  /** Rows found; for `SELECT COUNT()` the count, with no records. */
  readonly totalSize: number;
  /** What `columns=true` asks for, in the order selected. */
  readonly columns: readonly ResultColumn[];
  /** How many custom long text fields are selected: what a page may hold depends on it. */
  readonly longTexts: number;
  readonly object: ObjectModel;
}

type Children = Selection & { kind: 'children' };

/**
 * Answers a SOQL query as the viewer sees the org; all rows at once, the caller pages.
 * @throws ApiError in Salesforce's words, 501 for SOQL that is valid and not answered here
 */
export function runQuery(soql: string, context: QueryContext): QueryResult {
  const query = parseSoql(soql);
  checkJoins(query, soql);
  const object = readableObject(query.object, context, soql);
  if (query.isCount) {
    const totalSize = countRows(query, object, context, soql);
    return { records: [], totalSize, columns: [], longTexts: 0, object };
  }
  const selections = expandFields(query, object, context);
  const selected = selectRows(query, selections, object, context, soql);
  const records = selected.rows.map((row) => toRecord(row, selected, context));
  const ids = selected.isGrouped ? [] : selected.rows.map((row) => String(row[selected.outputs.length]));
  for (const children of selections.filter(
    (selection): selection is Children => selection.kind === 'children',
  )) {
    attachChildren(children, object, records, ids, context, soql);
  }
  const columns = describeColumns(selections, selected);
  return { records, totalSize: records.length, columns, longTexts: longTextsOf(selected), object };
}

function longTextsOf({ outputs }: Selected): number {
  return outputs.filter(({ kind, column }) => isLong(kind) && column?.field.isCustom === true).length;
}

type Row = Selected['rows'][number];

function toRecord(row: Row, selected: Selected, context: QueryContext): QueryRecord {
  const { outputs, parents, object, typed } = selected;
  if (selected.isGrouped) {
    // A checkbox is never blank but where a row sums up both its groups.
    const values = outputs.map((output, index) => {
      const stored = row[index] ?? null;
      return [output.path[0] ?? '', stored === null ? null : decodeValue(stored, output)] as const;
    });
    return { attributes: { type: 'AggregateResult' }, ...Object.fromEntries(values) };
  }
  const start = outputs.length + 1 + parents.length;
  const found = typed.length > 0 ? typedRecords(row.slice(start), typed, context) : [];
  return nestedRecord(row, { outputs, parents, object }, found, context);
}

type Placed = { readonly path: FieldPath; readonly value: unknown };

/** For each TYPEOF the record found, of whichever object, or null ("if an ELSE clause isn’t provided … then null is returned"). */
function typedRecords(row: Row, typed: Selected['typed'], context: QueryContext): Iterable<Placed> {
  const found = new Map<string, Placed>();
  let start = 0;
  for (const one of typed) {
    const key = one.relationship.join('.');
    const values = row.slice(start, start + one.values.length);
    start += one.values.length;
    const isFound = values[one.outputs.length] !== null;
    if (!isFound && found.has(key)) continue;
    const value = isFound ? nestedRecord(values, one, [], context) : null;
    found.set(key, { path: one.relationship, value });
  }
  return found.values();
}

/** A row of outputs, the record's id and its parents' ids, and what else belongs into the record. */
function nestedRecord(
  row: Row,
  { outputs, parents, object }: Pick<Selected, 'outputs' | 'parents' | 'object'>,
  more: Iterable<Placed>,
  context: QueryContext,
): QueryRecord {
  const record: QueryRecord = { attributes: attributes(object, String(row[outputs.length]), context) };
  const ids = new Map(
    parents.map((path, index) => [path.join('.'), row[outputs.length + 1 + index] ?? null]),
  );
  outputs.forEach((output, index) =>
    place(record, output.path, decodeValue(row[index] ?? null, output), object, ids, context),
  );
  for (const { path, value } of more) place(record, path, value, object, ids, context);
  return record;
}

/** Puts a value at its path; a relationship without a record is null as a whole. */
function place(
  record: QueryRecord,
  path: FieldPath,
  value: unknown,
  object: ObjectModel,
  ids: ReadonlyMap<string, string | number | null>,
  context: QueryContext,
): void {
  let target = record;
  let current = object;
  for (let depth = 1; depth < path.length; depth += 1) {
    const step = path[depth - 1] as string;
    const id = ids.get(path.slice(0, depth).join('.')) ?? null;
    const parent = parentOf(current, step, context);
    if (id === null || !parent) {
      target[step] = null;
      return;
    }
    target[step] ??= { attributes: attributes(parent, String(id), context) };
    target = target[step] as QueryRecord;
    current = parent;
  }
  target[path.at(-1) as string] = value;
}

function parentOf(object: ObjectModel, step: string, { model }: QueryContext): ObjectModel | undefined {
  const targets = findParentReference(object, step)?.reference?.to ?? [];
  return model.objects.get(targets.includes('User') ? 'User' : (targets[0] ?? ''));
}

const attributes = ({ name }: ObjectModel, id: string, { apiVersion }: QueryContext) => ({
  type: name,
  url: `/services/data/v${apiVersion}/sobjects/${name}/${id}`,
});

/** Finds the reference behind a child relationship name that the viewer may follow. */
function childRelationship(
  object: ObjectModel,
  relationship: string,
  context: QueryContext,
  source: string | null,
) {
  const wanted = relationship.toLowerCase();
  const found = childReferences(context.model, object.name).find(
    ({ field }) => field.reference?.childName?.toLowerCase() === wanted,
  );
  const { access } = context;
  if (
    !found ||
    !access.canRead(found.object.name) ||
    !access.canReadField(found.object.name, found.field.name)
  ) {
    throw noSuchChildren(relationship, source);
  }
  return found;
}

function attachChildren(
  { relationship, query }: Children,
  object: ObjectModel,
  records: readonly QueryRecord[],
  ids: readonly string[],
  context: QueryContext,
  source: string,
): void {
  const child = childRelationship(object, relationship, context, source);
  const named: Query = { ...query, object: child.object.name };
  const selections = expandFields(named, child.object, context);
  const selected = selectRows(named, selections, child.object, context, source, {
    foreignKey: child.field.name,
    parentIds: ids,
  });
  const byParent = Map.groupBy(selected.rows, (row) => String(row.at(-1)));
  const key = child.field.reference?.childName ?? relationship;
  records.forEach((record, index) => {
    const rows = byParent.get(ids[index] ?? '') ?? [];
    // No children: null, not an empty result (reference §3.1).
    record[key] =
      rows.length === 0
        ? null
        : {
            totalSize: rows.length,
            done: true,
            records: rows.map((row) => toRecord(row, selected, context)),
          };
  });
}
