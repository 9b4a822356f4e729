// One SELECT: from our AST to rows of raw values with the columns they belong to.
import type { ObjectModel } from '../../metadata/model.ts';
import { asViewer } from '../formula/formula-columns.ts';
import type { Operand, Query, Selection } from './ast.ts';
import { conditionSql } from './condition-sql.ts';
import { isLong, operandSql } from './operand-sql.ts';
import { orderSql, orderTerms, termSql, type OrderTerm } from './order-sql.ts';
import { isAggregate } from './check-shape.ts';
import { parentPaths, type Output } from './output.ts';
import type { QueryContext } from './query-context.ts';
import { selectTyped, type TypedParent } from './select-typed.ts';
import { located, queryError } from './soql-error.ts';
import { registerSqlFunctions } from './sql-functions.ts';
import type { Sql, SqlParameter } from './sql.ts';
import { joinSql, name, sql } from './sql.ts';
import { Tables } from './tables.ts';

export interface Selected {
  readonly object: ObjectModel;
  readonly outputs: readonly Output[];
  /** Values in the order of `outputs`, then the row's id, then ids of the parents in `parents`, then those of `typed`. */
  readonly rows: readonly (readonly SqlParameter[])[];
  /** Relationship paths whose records appear in the result. */
  readonly parents: readonly (readonly string[])[];
  /** What TYPEOF selects: for each object that a relationship may find. */
  readonly typed: readonly TypedParent[];
  readonly isGrouped: boolean;
}

/** Restricts child rows to these parents; LIMIT then counts per parent. */
export interface Children {
  readonly foreignKey: string;
  readonly parentIds: readonly string[];
}

const isGroupedQuery = (query: Query) => query.groupBy.length > 0 || query.selections.some(isAggregate);

/** Runs one SELECT. Children of many parents are read by one statement: their last value is the parent's id. */
export function selectRows(
  query: Query,
  selections: readonly Selection[],
  object: ObjectModel,
  context: QueryContext,
  source: string | null,
  children: Children | null = null,
): Selected {
  const tables = new Tables(object, context, source);
  const isGrouped = isGroupedQuery(query);
  const outputs = outputsOf(selections, tables, isGrouped);
  const typed = selections
    .filter((selection) => selection.kind === 'typeof')
    .flatMap((selection) => selectTyped(selection, tables));
  const paths = [...outputs.map(({ path }) => path), ...typed.map(({ relationship }) => relationship)];
  const parents = isGrouped ? [] : parentPaths(paths);
  const own = isGrouped ? [] : [name(tables.root.alias, 'Id'), ...parents.map((path) => tables.idAt(path))];
  const foreignKey = children ? [name(tables.root.alias, children.foreignKey)] : [];
  const values = [
    ...outputs.map((output) => output.sql),
    ...own,
    ...typed.flatMap((one) => one.values),
    ...foreignKey,
  ];
  const where = whereSql(query, tables, children);
  if (query.subtotals) {
    const rows = readRows(subtotalsSql(query, selections, where, tables), context);
    return { object, outputs, parents, typed, isGrouped, rows };
  }
  const group = groupSql(query, tables);
  const having = query.having ? sql` HAVING ${conditionSql(query.having, tables)}` : sql``;
  const order = orderSql(query.orderBy, tables, isGrouped);
  const isLimitedPerParent = children !== null && (query.limit !== null || query.offset > 0);
  const statement = isLimitedPerParent
    ? limitPerParent(query, values, sql`${tables.from()}${where}`, order, foreignKey[0] as Sql)
    : sql`SELECT ${joinSql(values, ', ')} ${tables.from()}${where}${group}${having}${order}${limitSql(query)}`;
  return { object, outputs, parents, typed, isGrouped, rows: readRows(statement, context) };
}

/** The number of rows of a COUNT() query, its LIMIT respected. */
export function countRows(
  query: Query,
  object: ObjectModel,
  context: QueryContext,
  source: string | null,
): number {
  const tables = new Tables(object, context, source);
  const where = whereSql(query, tables, null);
  const statement = sql`SELECT COUNT(*) FROM (SELECT 1 ${tables.from()}${where}${limitSql(query)})`;
  return Number(readRows(statement, context)[0]?.[0] ?? 0);
}

function readRows({ text, params }: Sql, { database, viewer }: QueryContext): SqlParameter[][] {
  registerSqlFunctions(database);
  const statement = database.prepare(text);
  statement.setReturnArrays(true);
  return asViewer(database, viewer, () => statement.all(...params) as unknown as SqlParameter[][]);
}

function whereSql(query: Query, tables: Tables, children: Children | null): Sql {
  const conditions = [tables.visible()];
  if (query.where) conditions.push(conditionSql(query.where, tables));
  if (children) {
    const ids = JSON.stringify(children.parentIds);
    conditions.push(
      sql`${name(tables.root.alias, children.foreignKey)} IN (SELECT value FROM json_each(${ids}))`,
    );
  }
  return sql` WHERE ${joinSql(conditions, ' AND ')}`;
}

function groupSql(query: Query, tables: Tables): Sql {
  if (query.groupBy.length === 0) return sql``;
  const terms = query.groupBy.map((operand) => {
    const { sql: value, column, kind } = operandSql(operand, tables);
    // "You can't use GROUP BY with formula fields": reference §2; nor with long text or multi-select picklists.
    if (column && (column.field.formula || isLong(kind) || kind === 'MultiselectPicklist')) {
      const field = column.field.name;
      throw queryError(
        'MALFORMED_QUERY',
        `field '${field}' can not be grouped in a query call`,
        located(tables.source, field),
      );
    }
    return value;
  });
  return sql` GROUP BY ${joinSql(terms, ', ')}`;
}

/** One SELECT for each set of fields that rows are grouped by; what a row sums up is null in it. */
function subtotalsSql(query: Query, selections: readonly Selection[], where: Sql, tables: Tables): Sql {
  let directions: OrderTerm['direction'][] = [];
  const parts = groupingSets(query).map((groupBy) => {
    const summed = query.groupBy.filter((operand) => !groupBy.includes(operand)).map(({ path }) => path);
    const view = tables.summing(summed);
    const terms = query.orderBy.flatMap((order) => orderTerms(order, view));
    directions = terms.map(({ direction }) => direction);
    const values = [
      ...outputsOf(selections, view, true).map((output, index) => sql`${output.sql} AS ${name(`c${index}`)}`),
      ...terms.map(({ value }, index) => sql`${value} AS ${name(`o${index}`)}`),
    ];
    // Grouping by a constant makes one row of the whole, and none of nothing.
    const group = groupBy.length === 0 ? sql` GROUP BY NULL` : groupSql({ ...query, groupBy }, tables);
    const having = query.having ? sql` HAVING ${conditionSql(query.having, view)}` : sql``;
    return sql`SELECT ${joinSql(values, ', ')} ${tables.from()}${where}${group}${having}`;
  });
  const columns = joinSql(
    selections.map((_, index) => name(`c${index}`)),
    ', ',
  );
  const order = directions.map((direction, index) => termSql({ value: name(`o${index}`), direction }));
  const orderBy = order.length > 0 ? sql` ORDER BY ${joinSql(order, ', ')}` : sql``;
  return sql`SELECT ${columns} FROM (${joinSql(parts, ' UNION ALL ')})${orderBy}${limitSql(query)}`;
}

/**
 * ROLLUP leaves fields out from the right, CUBE in every way; the full set comes first.
 * https://developer.salesforce.com/docs/platform/salesforce-soql-sosl/guide/sforce-api-calls-soql-select-groupby-rollup.html,
 * …/sforce-api-calls-soql-select-groupby-cube.html
 */
function groupingSets({ groupBy, subtotals }: Query): Operand[][] {
  if (subtotals === 'ROLLUP')
    return Array.from({ length: groupBy.length + 1 }, (_, left) => groupBy.slice(0, groupBy.length - left));
  const count = 2 ** groupBy.length;
  return Array.from({ length: count }, (_, mask) =>
    groupBy.filter((_, index) => ((mask >> index) & 1) === 0),
  );
}

function limitSql({ limit, offset }: Query): Sql {
  if (limit === null && offset === 0) return sql``;
  return sql` LIMIT ${limit ?? -1} OFFSET ${offset}`;
}

function limitPerParent(
  { limit, offset }: Query,
  values: readonly Sql[],
  from: Sql,
  order: Sql,
  foreignKey: Sql,
): Sql {
  const named = values.map((value, index) => sql`${value} AS ${name(`c${index}`)}`);
  const place = sql`ROW_NUMBER() OVER (PARTITION BY ${foreignKey}${order})`;
  const columns = joinSql(
    values.map((_, index) => name(`c${index}`)),
    ', ',
  );
  const last = limit === null ? Number.MAX_SAFE_INTEGER : offset + limit;
  return sql`SELECT ${columns} FROM (SELECT ${joinSql(named, ', ')}, ${place} AS "place" ${from}) WHERE "place" > ${offset} AND "place" <= ${last} ORDER BY "place"`;
}

function outputsOf(selections: readonly Selection[], tables: Tables, isGrouped: boolean): Output[] {
  let unnamed = 0;
  return selections.flatMap((selection): Output[] => {
    if (selection.kind !== 'operand' && selection.kind !== 'label') return [];
    const operand: Operand =
      selection.kind === 'label' ? { kind: 'field', path: selection.path } : selection.operand;
    const found = operandSql(operand, tables);
    const isField = operand.kind === 'field';
    if (!isGrouped && selection.alias !== null && selection.kind === 'operand') {
      throw queryError(
        'MALFORMED_QUERY',
        'only aggregate expressions use field aliasing',
        located(tables.source, selection.alias),
      );
    }
    if (!isGrouped && !isField)
      throw queryError(
        'MALFORMED_QUERY',
        `Only grouped queries can select ${operand.kind === 'date' ? operand.name : 'this'}()`,
      );
    const ownPath = found.column?.path ?? operand.path;
    const path = isGrouped
      ? [selection.alias ?? (isField ? (ownPath.at(-1) ?? '') : `expr${unnamed++}`)]
      : ownPath;
    return [{ ...found, path, isLabel: selection.kind === 'label' }];
  });
}
