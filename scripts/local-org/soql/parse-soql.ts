// SOQL text → our AST. soql-parser-js does the grammar; what it accepts and Salesforce refuses is refused here.
import * as soql from '@jetstreamapp/soql-parser-js';
import { notImplemented } from '../api-error.ts';
import type { Condition, Operand, Order, Query, Selection, Subtotals } from './ast.ts';
import { checkShape, unexpected, type Role } from './check-shape.ts';
import { withoutSeparators } from './literals.ts';
import { parseCondition } from './parse-condition.ts';
import { readFunction, readPath, type Reading } from './parse-operand.ts';
import { readTypeof } from './parse-typeof.ts';
import { located, queryError } from './soql-error.ts';
import { syntaxError } from './syntax-error.ts';

/** https://developer.salesforce.com/docs/atlas.en-us.salesforce_app_limits_cheatsheet.meta/salesforce_app_limits_cheatsheet/salesforce_app_limits_platform_soslsoql.htm */
const MAX_LENGTH = 100_000;
/**
 * Reads a query.
 * @throws ApiError MALFORMED_QUERY with position for what Salesforce refuses, 501 for what the local org does not answer
 */
export function parseSoql(source: string): Query {
  if (source.length > MAX_LENGTH) {
    throw queryError('MALFORMED_QUERY', `SOQL statements cannot be longer than ${MAX_LENGTH} characters.`);
  }
  const tree = parseTree(source);
  return readQuery(tree, tree.sObject ?? '', source, 'root');
}

// soql-parser-js 6.3 refuses OFFSET right after WHERE, which Salesforce takes: the last clause is read here.
const LAST_OFFSET = /\sOFFSET\s+(\d+)\s*$/i;

function parseTree(source: string): soql.Query {
  const offset = LAST_OFFSET.exec(source);
  try {
    const tree = soql.parseQuery(withoutSeparators(offset ? source.slice(0, offset.index) : source));
    return offset ? { ...tree, offset: Number(offset[1]) } : tree;
  } catch (cause) {
    throw syntaxError(source, cause);
  }
}

function readQuery(tree: soql.Query | soql.Subquery, object: string, source: string, role: Role): Query {
  refuseClauses(tree);
  const reading: Reading = { source, object, alias: tree.sObjectAlias ?? null };
  const fields = tree.fields ?? [];
  const isCount = fields.length === 1 && isBareCount(fields[0]);
  if (!isCount && fields.some(isBareCount)) throw unexpected(reading.source, 'COUNT');
  const selections = isCount ? [] : fields.map((field) => readSelection(field, reading, role));
  const query: Query = {
    object,
    selections,
    isCount,
    where: inScope(
      tree.usingScope,
      tree.where ? parseCondition(tree.where, reading, 'where', readQuery) : null,
    ),
    ...readGroups(list(tree.groupBy), reading),
    having: tree.having
      ? parseCondition(tree.having as soql.WhereClause, reading, 'having', readQuery)
      : null,
    orderBy: list(tree.orderBy).map((order) => readOrder(order, reading)),
    limit: tree.limit ?? null,
    offset: tree.offset ?? 0,
  };
  checkShape(query, role, source);
  return query;
}

function refuseClauses(tree: soql.QueryBase): void {
  if (tree.for) throw notImplemented(`FOR ${tree.for}`);
  if (tree.update) throw notImplemented(`UPDATE ${tree.update}`);
  if (tree.withDataCategory) throw notImplemented('WITH DATA CATEGORY');
  // Apex only: the REST API always runs as the user
  // (https://developer.salesforce.com/docs/atlas.en-us.apexcode.meta/apexcode/apex_classes_with_security_enforced.htm).
  if (tree.withSecurityEnforced || tree.withAccessLevel)
    throw queryError('MALFORMED_QUERY', 'unexpected token: WITH');
}

/** "mine: Filter for records that the user running the query owns" (sforce_api_calls_soql_select_using_scope). */
function inScope(scope: string | undefined, where: Condition | null): Condition | null {
  if (!scope || scope.toLowerCase() === 'everything') return where;
  if (scope.toLowerCase() !== 'mine') throw notImplemented(`USING SCOPE ${scope}`);
  return where ? { kind: 'and', parts: [where, { kind: 'mine' }] } : { kind: 'mine' };
}

const isBareCount = (field: soql.FieldType | undefined) =>
  field?.type === 'FieldFunctionExpression' &&
  field.functionName.toUpperCase() === 'COUNT' &&
  field.parameters.length === 0;

function readSelection(field: soql.FieldType, reading: Reading, role: Role): Selection {
  switch (field.type) {
    case 'Field':
      return plain(
        field.field,
        field.alias ?? null,
        reading,
        'rawValue' in field ? field.rawValue : undefined,
      );
    case 'FieldRelationship':
      return plain(
        [...field.relationships, field.field].join('.'),
        'alias' in field ? field.alias : null,
        reading,
        field.rawValue,
      );
    case 'FieldSubquery': {
      if (role !== 'root') throw notImplemented('child subqueries within child subqueries');
      const { relationshipName } = field.subquery;
      return {
        kind: 'children',
        relationship: relationshipName,
        query: readQuery(field.subquery, relationshipName, reading.source, 'child'),
      };
    }
    case 'FieldTypeof':
      return readTypeof(field, reading);
    case 'FieldFunctionExpression':
      return readFunctionSelection(field, reading);
  }
}

// A plain field takes an alias only where the query groups; soql-parser-js accepts it anywhere. It is kept and
// checked by the grouping rules, since an alias without GROUP BY is refused by Salesforce.
function plain(name: string, alias: string | null, reading: Reading, raw?: string): Selection {
  const path = readPath(raw?.includes('.') ? raw : name, reading);
  return { kind: 'operand', operand: { kind: 'field', path }, alias };
}

function readFunctionSelection(field: soql.FieldFunctionExpression, reading: Reading): Selection {
  const name = field.functionName.toUpperCase();
  const [parameter] = field.parameters;
  const alias = field.alias ?? null;
  if (name === 'FIELDS' && typeof parameter === 'string') {
    const group = parameter.toUpperCase();
    if (group !== 'ALL' && group !== 'CUSTOM' && group !== 'STANDARD')
      throw unexpected(reading.source, parameter);
    return { kind: 'fields', group };
  }
  if (name === 'TOLABEL' && typeof parameter === 'string')
    return { kind: 'label', path: readPath(parameter, reading), alias };
  return { kind: 'operand', operand: readFunction(field, reading), alias };
}

const SUBTOTALS: readonly string[] = ['ROLLUP', 'CUBE'] satisfies readonly Subtotals[];
const MAX_SUBTOTAL_FIELDS = 3;

/**
 * "You can include up to three fields"; "all grouped fields must be within the parentheses":
 * https://developer.salesforce.com/docs/platform/salesforce-soql-sosl/guide/sforce-api-calls-soql-select-groupby-rollup.html
 */
function readGroups(
  groups: readonly soql.GroupByClause[],
  reading: Reading,
): Pick<Query, 'groupBy' | 'subtotals'> {
  const [first] = groups;
  const name = first && 'fn' in first ? (first.fn.functionName ?? '').toUpperCase() : '';
  if (!first || !('fn' in first) || !SUBTOTALS.includes(name))
    return { groupBy: groups.map((group) => readGroup(group, reading)), subtotals: null };
  if (groups.length > 1) throw unexpected(reading.source, ',');
  const fields = (first.fn.parameters ?? []).filter((field) => typeof field === 'string');
  if (fields.length > MAX_SUBTOTAL_FIELDS)
    throw queryError(
      'MALFORMED_QUERY',
      `GROUP BY ${name} takes at most ${MAX_SUBTOTAL_FIELDS} fields, not ${fields.length}`,
      located(reading.source, name),
    );
  return {
    groupBy: fields.map((field) => ({ kind: 'field', path: readPath(field, reading) })),
    subtotals: name as Subtotals,
  };
}

function readGroup(group: soql.GroupByClause, reading: Reading): Operand {
  if ('field' in group) return { kind: 'field', path: readPath(group.field, reading) };
  return readFunction(group.fn, reading);
}

function readOrder(order: soql.OrderByClause, reading: Reading): Order {
  const operand: Operand =
    'field' in order
      ? { kind: 'field', path: readPath(order.field, reading) }
      : readFunction(order.fn, reading);
  // "By default, null values are sorted first", whatever the direction:
  // https://developer.salesforce.com/docs/atlas.en-us.soql_sosl.meta/soql_sosl/sforce_api_calls_soql_select_orderby.htm
  return { operand, isDescending: order.order === 'DESC', nulls: order.nulls ?? 'FIRST' };
}

const list = <T>(value: T | readonly T[] | undefined): readonly T[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value as T];
