// A connection of the answer read from the store: one statement for the page, one for the number of all rows if asked,
// and the same two for every child relationship, whatever the number of records.
import type { FieldModel, ObjectModel } from '../../metadata/model.ts';
import type { Condition, Query, Selection } from '../soql/ast.ts';
import type { QueryContext } from '../soql/query-context.ts';
import type { Children, Selected } from '../soql/select-rows.ts';
import { countRows, selectRows } from '../soql/select-rows.ts';
import type { SqlParameter } from '../soql/sql.ts';
import { TypedGraphqlError } from './graphql-error.ts';
import { orderClauses, whereCondition } from './where-condition.ts';

/** What is asked of a record: field paths and child connections. */
export interface RecordSelection {
  readonly object: ObjectModel;
  readonly paths: readonly (readonly string[])[];
  readonly children: readonly ConnectionSelection[];
}

export interface ConnectionSelection {
  /** Key of the answer: the alias or the name. */
  readonly key: string;
  readonly args: ConnectionArguments;
  readonly wantsTotal: boolean;
  readonly record: RecordSelection;
  /** Of a child connection: the field that points to the parent. */
  readonly foreignKey: FieldModel | null;
}

export interface ConnectionArguments {
  readonly first?: number | null;
  readonly after?: string | null;
  readonly where?: Readonly<Record<string, unknown>> | null;
  readonly orderBy?: Readonly<Record<string, unknown>> | null;
  readonly upperBound?: number | null;
  readonly scope?: string | null;
}

export interface NodeRecord {
  readonly id: string;
  readonly values: ReadonlyMap<string, SqlParameter>;
  readonly parents: ReadonlyMap<string, NodeRecord | null>;
  readonly children: ReadonlyMap<string, Connection>;
}

export interface Connection {
  readonly edges: readonly { readonly cursor: string; readonly node: NodeRecord }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
  readonly totalCount: number;
  readonly pageResultCount: number;
}

// https://developer.salesforce.com/docs/platform/graphql/guide/paginate-use.html, …/paginate-use-upperbound.html, …/query-limits.html
const DEFAULT_PAGE = 10;
const MAX_PAGE = 2_000;
const MIN_BOUNDED_PAGE = 200;
const MAX_UNBOUNDED = 4_000;

export function readConnection(selection: ConnectionSelection, context: QueryContext): Connection {
  const page = pageOf(selection.args);
  const { record } = selection;
  const query = queryOf(selection, page, context);
  const selected = selectRows(query, query.selections, record.object, context, null);
  const total = selection.wantsTotal
    ? countRows({ ...query, limit: null, offset: 0 }, record.object, context, null)
    : 0;
  return toConnection(selected, selected.rows, page, Math.min(total, page.bound), record, context);
}

interface Page {
  readonly first: number;
  readonly start: number;
  /** Rows that can be reached at all. */
  readonly bound: number;
}

/** The page that arguments ask for. */
export function pageOf({
  first,
  after,
  upperBound,
}: Pick<ConnectionArguments, 'first' | 'after' | 'upperBound'>): Page {
  const size = first ?? DEFAULT_PAGE;
  const least = upperBound ? MIN_BOUNDED_PAGE : 0;
  if (!Number.isInteger(size) || size < least || size > MAX_PAGE) {
    throw new TypedGraphqlError(
      'DataFetchingException',
      `first is ${size}; it must be from ${least} to ${MAX_PAGE}${upperBound ? ' with upperBound' : ''}`,
    );
  }
  const start = after ? indexOf(after) + 1 : 0;
  return { first: size, start, bound: upperBound ?? MAX_UNBOUNDED };
}

/** The cursor of the row at a zero-based place. */
export const cursorAt = (index: number) => Buffer.from(`v1:${index}`).toString('base64');

function indexOf(cursor: string): number {
  const index = /^v1:(\d+)$/.exec(Buffer.from(cursor, 'base64').toString('utf8'))?.[1];
  if (index === undefined)
    throw new TypedGraphqlError(
      'DataFetchingException',
      `The cursor ${cursor} was not given out by this org`,
    );
  return Number(index);
}

function queryOf(
  { args, record }: ConnectionSelection,
  { first, start, bound }: Page,
  context: QueryContext,
): Query {
  return {
    object: record.object.name,
    selections: record.paths.map((path): Selection => ({
      kind: 'operand',
      operand: { kind: 'field', path },
      alias: null,
    })),
    isCount: false,
    where: filterOf(args, record.object, context),
    groupBy: [],
    subtotals: null,
    having: null,
    orderBy: args.orderBy ? orderClauses(args.orderBy, record.object, context) : [],
    // One row more than asked tells whether there is a next page.
    limit: Math.max(0, Math.min(first + 1, bound - start)),
    offset: start,
  };
}

/** `where` and `scope` as one condition. */
export function filterOf(
  { where, scope }: Pick<ConnectionArguments, 'where' | 'scope'>,
  object: ObjectModel,
  context: QueryContext,
): Condition | null {
  const parts: Condition[] = [];
  if (where) parts.push(whereCondition(where, object, context));
  if (scope && scope.toUpperCase() !== 'EVERYTHING') parts.push(scopeCondition(scope, object));
  return parts.length > 0 ? { kind: 'and', parts } : null;
}

function scopeCondition(scope: string, object: ObjectModel): Condition {
  if (scope.toUpperCase() !== 'MINE' || !object.fields.has('OwnerId')) {
    throw new TypedGraphqlError(
      'OperationNotSupported',
      `The local org does not answer scope ${scope} on ${object.name}`,
    );
  }
  return { kind: 'mine' };
}

function toConnection(
  selected: Selected,
  rows: Selected['rows'],
  { first, start }: Page,
  totalCount: number,
  record: RecordSelection,
  context: QueryContext,
): Connection {
  const shown = rows.slice(0, first);
  const ids = shown.map((row) => String(row[selected.outputs.length]));
  const children = record.children.map((child) => readChildren(child, ids, context));
  const edges = shown.map((row, index) => {
    const own = new Map(
      record.children.map((child, at) => [child.key, children[at]?.get(ids[index] ?? '') as Connection]),
    );
    return { cursor: cursorAt(start + index), node: recordNode(row, selected, own) };
  });
  return {
    edges,
    totalCount,
    pageResultCount: edges.length,
    pageInfo: {
      hasNextPage: rows.length > first,
      hasPreviousPage: start > 0,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}

function readChildren(
  selection: ConnectionSelection,
  parentIds: readonly string[],
  context: QueryContext,
): Map<string, Connection> {
  const page = pageOf(selection.args);
  const { record } = selection;
  const children: Children = { foreignKey: selection.foreignKey?.name ?? 'Id', parentIds };
  const query = queryOf(selection, page, context);
  const selected = selectRows(query, query.selections, record.object, context, null, children);
  const byParent = Map.groupBy(selected.rows, (row) => String(row.at(-1)));
  const totals = selection.wantsTotal
    ? countChildren(query, record.object, children, context)
    : new Map<string, number>();
  return new Map(
    parentIds.map((id) => [
      id,
      toConnection(selected, byParent.get(id) ?? [], page, totals.get(id) ?? 0, record, context),
    ]),
  );
}

function countChildren(
  query: Query,
  object: ObjectModel,
  children: Children,
  context: QueryContext,
): Map<string, number> {
  const counted: Query = {
    ...query,
    selections: COUNT_ID,
    groupBy: [{ kind: 'field', path: [children.foreignKey] }],
    orderBy: [],
    limit: null,
    offset: 0,
  };
  const { rows } = selectRows(counted, COUNT_ID, object, context, null, children);
  return new Map(rows.map(([count, parent]) => [String(parent), Number(count)]));
}

const COUNT_ID: readonly Selection[] = [
  { kind: 'operand', operand: { kind: 'aggregate', name: 'COUNT', path: ['Id'] }, alias: null },
];

/** A row as a record with its parents; `children` are those of the record itself. */
export function recordNode(
  row: readonly SqlParameter[],
  { outputs, parents }: Selected,
  children: ReadonlyMap<string, Connection>,
): NodeRecord {
  const values = outputs.map(({ path }, index) => ({ path, value: row[index] ?? null }));
  const ids = new Map(
    parents.map((path, index) => [path.join('.'), row[outputs.length + 1 + index] ?? null]),
  );
  const build = (prefix: readonly string[], id: string): NodeRecord => {
    const depth = prefix.length;
    const below = values.filter(({ path }) => prefix.every((step, index) => path[index] === step));
    const steps = new Set(
      below.filter(({ path }) => path.length > depth + 1).map(({ path }) => path[depth] as string),
    );
    return {
      id,
      values: new Map(
        below
          .filter(({ path }) => path.length === depth + 1)
          .map(({ path, value }) => [path[depth] as string, value]),
      ),
      parents: new Map(
        [...steps].map((step) => {
          const parentId = ids.get([...prefix, step].join('.')) ?? null;
          return [step, parentId === null ? null : build([...prefix, step], String(parentId))];
        }),
      ),
      children: depth === 0 ? children : new Map(),
    };
  };
  return build([], String(row[outputs.length]));
}
