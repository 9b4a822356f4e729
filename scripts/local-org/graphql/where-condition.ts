// GraphQL filters and orders → the same AST that SOQL text becomes.
import type { FieldKind, ObjectModel } from '../../metadata/model.ts';
import { valueKind } from '../formula/formula-type.ts';
import { isNumeric } from '../soql/operand-sql.ts';
import { findField, findParentReference } from '../model-index.ts';
import type { Comparison, Condition, FieldPath, Literal, Operand, Order, Query } from '../soql/ast.ts';
import { readDateTime } from '../soql/literals.ts';
import type { QueryContext } from '../soql/query-context.ts';
import { dateFunctionsOf } from './date-functions.ts';
import { TypedGraphqlError } from './graphql-error.ts';
import { parentOf } from './input-types.ts';

type Input = Readonly<Record<string, unknown>>;

const COMPARISONS: Readonly<Record<string, Comparison>> = {
  eq: '=',
  ne: '!=',
  gt: '>',
  gte: '>=',
  lt: '<',
  lte: '<=',
};

/** Several entries of a filter, and several operators of a field, must all hold. */
export function whereCondition(
  filter: Input,
  object: ObjectModel,
  context: QueryContext,
  path: FieldPath = [],
): Condition {
  const parts = Object.entries(filter).flatMap(([key, value]): Condition[] => {
    if (value === undefined || value === null) return [];
    if (key === 'and' || key === 'or') {
      const entries = (value as Input[]).map((entry) => whereCondition(entry, object, context, path));
      return entries.length > 0 ? [{ kind: key, parts: entries }] : [];
    }
    if (key === 'not') return [{ kind: 'not', part: whereCondition(value as Input, object, context, path) }];
    const parent = parentStep(object, key, context);
    if (parent) return [whereCondition(value as Input, parent, context, [...path, key])];
    return fieldConditions(object, key, value as Input, context, path);
  });
  return { kind: 'and', parts };
}

/** Orders in the order the fields are given. */
export function orderClauses(
  orderBy: Input,
  object: ObjectModel,
  context: QueryContext,
  path: FieldPath = [],
): Order[] {
  return Object.entries(orderBy).flatMap(([key, value]): Order[] => {
    if (value === undefined || value === null) return [];
    const parent = parentStep(object, key, context);
    if (parent) return orderClauses(value as Input, parent, context, [...path, key]);
    const { order, nulls } = value as { order?: string; nulls?: 'FIRST' | 'LAST' };
    return [
      {
        operand: { kind: 'field', path: [...path, key] },
        isDescending: order === 'DESC',
        nulls: nulls ?? 'FIRST',
      },
    ];
  });
}

function parentStep(object: ObjectModel, name: string, { model }: QueryContext): ObjectModel | undefined {
  const reference = findParentReference(object, name);
  return reference && parentOf(reference, model);
}

function fieldConditions(
  object: ObjectModel,
  name: string,
  operators: Input,
  context: QueryContext,
  path: FieldPath,
): Condition[] {
  const field = findField(object, name);
  const kind = field ? valueKind(context.model, field) : 'Text';
  const operand: Operand = { kind: 'field', path: [...path, name] };
  return Object.entries(operators).flatMap(([operator, value]): Condition[] => {
    const fn = dateFunctionsOf(kind).find((one) => one === operator);
    if (!fn) return [operatorCondition(operand, operator, value, kind, context)];
    // What the function gives is compared: a number, or for DAY_ONLY a date.
    return Object.entries((value ?? {}) as Input).flatMap(([zone, tests]) => {
      const isConverted = zone === 'convertTimezoneValue';
      const called: Operand = { kind: 'date', name: fn, path: operand.path, isConverted };
      return Object.entries((tests ?? {}) as Input).map(([test, given]) =>
        operatorCondition(called, test, given, fn === 'DAY_ONLY' ? 'DayOnly' : 'Number', context),
      );
    });
  });
}

function operatorCondition(
  operand: Operand,
  operator: string,
  value: unknown,
  kind: ValueKind,
  context: QueryContext,
): Condition {
  const literal = (one: unknown) => toLiteral(one, kind);
  const comparison = COMPARISONS[operator];
  if (comparison) return { kind: 'compare', operand, operator: comparison, literal: literal(value) };
  switch (operator) {
    case 'in':
    case 'nin':
      return { kind: 'in', operand, isNegated: operator === 'nin', literals: [value].flat().map(literal) };
    case 'like':
      return { kind: 'like', operand, pattern: String(value) };
    case 'includes':
    case 'excludes':
      return {
        kind: 'includes',
        operand,
        isNegated: operator === 'excludes',
        values: [value].flat().map(String),
      };
    case 'inq':
    case 'ninq':
      return {
        kind: 'join',
        operand,
        isNegated: operator === 'ninq',
        query: joinQuery(value as Input, context),
      };
    default:
      throw new TypedGraphqlError(
        'ValidationError',
        `The operator ${operator} is not known for ${operand.path.join('.')}`,
      );
  }
}

/** What values are compared as; DAY_ONLY gives a date that is compared with plain dates. */
type ValueKind = FieldKind | 'DayOnly';

function toLiteral(value: unknown, kind: ValueKind): Literal {
  if (value === null || value === undefined) return { kind: 'null' };
  if (kind === 'DayOnly') return readDateTime(String(value), true, String(value));
  if (kind === 'Date' || kind === 'DateTime') return momentLiteral(value as Input, kind);
  if (typeof value === 'boolean') return { kind: 'boolean', value };
  if (typeof value === 'number' || isNumeric(kind as 'Number'))
    return { kind: 'number', value: Number(value) };
  return { kind: 'text', value: String(value) };
}

// `{ value }`, `{ literal: TODAY }` or `{ range: { last_n_days: 30 } }`: https://developer.salesforce.com/docs/platform/graphql/guide/filter-fields.html
function momentLiteral({ value, literal, range }: Input, kind: 'Date' | 'DateTime'): Literal {
  if (typeof literal === 'string') return { kind: 'period', name: literal, count: 0 };
  const [entry] = Object.entries((range as Record<string, number> | undefined) ?? {});
  if (entry) return { kind: 'period', name: entry[0].toUpperCase(), count: entry[1] };
  if (value === null || value === undefined) return { kind: 'null' };
  return readDateTime(String(value), kind === 'Date', String(value));
}

function joinQuery({ ApiName, ...objects }: Input, context: QueryContext): Query {
  const [entry, ...more] = Object.entries(objects);
  const object = entry && context.model.objects.get(entry[0]);
  if (!object || more.length > 0 || typeof ApiName !== 'string') {
    throw new TypedGraphqlError(
      'ValidationError',
      'A join names one object with its filter, and ApiName, the field that holds the id',
    );
  }
  return {
    object: object.name,
    selections: [{ kind: 'operand', operand: { kind: 'field', path: [ApiName] }, alias: null }],
    isCount: false,
    where: whereCondition((entry[1] ?? {}) as Input, object, context),
    groupBy: [],
    subtotals: null,
    having: null,
    orderBy: [],
    limit: null,
    offset: 0,
  };
}
