// soql-parser-js leaves WHERE as a flat chain with counted parentheses; here it becomes a tree.
import type * as soql from '@jetstreamapp/soql-parser-js';
import { notImplemented } from '../api-error.ts';
import type { Comparison, Condition, Literal, Operand, Query } from './ast.ts';
import { readDateTime, unescapeText } from './literals.ts';
import { readFunction, readPath, type Reading } from './parse-operand.ts';
import { located, queryError } from './soql-error.ts';

type Part =
  | { readonly sign: '(' | ')' | 'NOT' | 'AND' | 'OR' }
  | { readonly sign: 'condition'; readonly condition: soql.ConditionWithValueQuery };

/** Reads the query within an IN. */
type ReadQuery = (tree: soql.Query, object: string, source: string, role: 'join') => Query;

const COMPARISONS: readonly string[] = ['=', '!=', '<', '<=', '>', '>='];
const MAX_DEPTH = 200;
/** soql-parser-js 6.3 loses a parenthesis where NOT stands three deep; the text itself was balanced. */
const unbalanced = () => notImplemented('NOT within NOT within NOT');

/** Turns a WHERE or HAVING chain into a tree. AND beside OR without parentheses is refused, as Salesforce does. */
export function parseCondition(
  clause: soql.WhereClause,
  reading: Reading,
  clauseName: 'where' | 'having',
  readQuery: ReadQuery,
): Condition {
  const parts = flatten(clause);
  let index = 0;
  let depth = 0;
  const peek = () => parts[index]?.sign;

  const chain = (): Condition => {
    const first = unary();
    const operator = peek();
    if (operator !== 'AND' && operator !== 'OR') return first;
    const joined = [first];
    while (peek() === 'AND' || peek() === 'OR') {
      if (peek() !== operator) throw mixed(reading, peek() ?? '');
      index += 1;
      joined.push(unary());
    }
    return { kind: operator === 'AND' ? 'and' : 'or', parts: joined };
  };
  const unary = (): Condition => {
    const part = parts[index];
    index += 1;
    if ((depth += 1) > MAX_DEPTH) throw queryError('MALFORMED_QUERY', 'The query is nested too deeply');
    try {
      if (part?.sign === 'NOT') return { kind: 'not', part: unary() };
      if (part?.sign === 'condition') return readCondition(part.condition, reading, clauseName, readQuery);
      if (part?.sign !== '(') throw queryError('MALFORMED_QUERY', 'unexpected end of condition');
      const inner = chain();
      if (peek() !== ')') throw unbalanced();
      index += 1;
      return inner;
    } finally {
      depth -= 1;
    }
  };

  const root = chain();
  if (index < parts.length) throw unbalanced();
  return root;
}

function flatten(clause: soql.WhereClause): Part[] {
  const parts: Part[] = [];
  const repeat = (sign: '(' | ')', times = 0) => {
    for (let count = 0; count < times; count += 1) parts.push({ sign });
  };
  for (let current: soql.WhereClause | undefined = clause; current;) {
    const { left } = current;
    const operator = 'operator' in current ? current.operator : null;
    if (left) repeat('(', left.openParen);
    if (left && ('field' in left || 'fn' in left)) {
      parts.push({ sign: 'condition', condition: left });
      repeat(')', left.closeParen);
    }
    if (operator) parts.push({ sign: operator });
    current = 'right' in current ? current.right : undefined;
  }
  return parts;
}

// https://developer.salesforce.com/docs/atlas.en-us.soql_sosl.meta/soql_sosl/sforce_api_calls_soql_select_conditionexpression.htm
const mixed = ({ source }: Reading, operator: string) =>
  queryError('MALFORMED_QUERY', `unexpected token: '${operator}'`, located(source, operator));

function readCondition(
  condition: soql.ConditionWithValueQuery,
  reading: Reading,
  clauseName: 'where' | 'having',
  readQuery: ReadQuery,
): Condition {
  if ('fn' in condition) return readComparison(readFunction(condition.fn, reading), condition, reading);
  if (!('field' in condition)) throw queryError('MALFORMED_QUERY', 'unexpected end of condition');
  const operand: Operand = { kind: 'field', path: readPath(condition.field, reading) };
  if ('valueQuery' in condition) return readJoin(operand, condition, reading, clauseName, readQuery);
  return readComparison(operand, condition, reading);
}

// Semi and anti joins: https://developer.salesforce.com/docs/atlas.en-us.soql_sosl.meta/soql_sosl/sforce_api_calls_soql_select_comparisonoperators.htm
function readJoin(
  operand: Operand,
  condition: soql.ValueQueryCondition,
  reading: Reading,
  clauseName: 'where' | 'having',
  readQuery: ReadQuery,
): Condition {
  const operator = condition.operator.toUpperCase();
  if (clauseName === 'having' || (operator !== 'IN' && operator !== 'NOT IN')) {
    throw queryError('MALFORMED_QUERY', "unexpected token: 'SELECT'", located(reading.source, 'SELECT'));
  }
  const query = readQuery(condition.valueQuery, condition.valueQuery.sObject ?? '', reading.source, 'join');
  return { kind: 'join', operand, isNegated: operator === 'NOT IN', query };
}

type Valued = Pick<soql.ValueCondition, 'value' | 'literalType'> & {
  operator: string;
  dateLiteralVariable?: number | number[];
};

function readComparison(operand: Operand, condition: Valued, reading: Reading): Condition {
  const operator = condition.operator.toUpperCase();
  const literals = readLiterals(condition, reading);
  if (operator === 'IN' || operator === 'NOT IN')
    return { kind: 'in', operand, isNegated: operator === 'NOT IN', literals };
  if (operator === 'INCLUDES' || operator === 'EXCLUDES') {
    const values = literals.map((literal) => {
      if (literal.kind !== 'text')
        throw queryError(
          'MALFORMED_QUERY',
          `${operator} takes text values`,
          located(reading.source, operator),
        );
      return literal.value;
    });
    return { kind: 'includes', operand, isNegated: operator === 'EXCLUDES', values };
  }
  const [literal] = literals;
  if (!literal || Array.isArray(condition.value))
    throw queryError('MALFORMED_QUERY', `unexpected token: '('`, located(reading.source, operator));
  if (operator === 'LIKE') {
    if (literal.kind !== 'text') {
      throw queryError(
        'INVALID_QUERY_FILTER_OPERATOR',
        'invalid operator on field: LIKE takes text',
        located(reading.source, 'LIKE'),
      );
    }
    return { kind: 'like', operand, pattern: literal.value };
  }
  if (!COMPARISONS.includes(operator)) throw queryError('MALFORMED_QUERY', `unexpected token: '${operator}'`);
  return { kind: 'compare', operand, operator: operator as Comparison, literal };
}

function readLiterals(
  { value, literalType, operator, dateLiteralVariable }: Valued,
  reading: Reading,
): Literal[] {
  const isLike = operator.toUpperCase() === 'LIKE';
  return [value].flat().map((text, index) => {
    const type = Array.isArray(literalType) ? literalType[index] : literalType;
    const count = Array.isArray(dateLiteralVariable) ? dateLiteralVariable[index] : dateLiteralVariable;
    return readLiteral(String(text), type, count ?? 0, isLike, reading);
  });
}

function readLiteral(
  text: string,
  type: soql.LiteralType | undefined,
  count: number,
  isLike: boolean,
  reading: Reading,
): Literal {
  switch (type) {
    case 'STRING':
      return { kind: 'text', value: unescapeText(text.slice(1, -1), reading.source, isLike) };
    case 'INTEGER':
    case 'DECIMAL':
      return { kind: 'number', value: Number(text) };
    case 'BOOLEAN':
      return { kind: 'boolean', value: text.toUpperCase() === 'TRUE' };
    case 'NULL':
      return { kind: 'null' };
    case 'DATE':
    case 'DATETIME':
      return readDateTime(text, type === 'DATE', reading.source);
    case 'DATE_LITERAL':
    case 'DATE_N_LITERAL':
      return { kind: 'period', name: (text.split(':')[0] ?? '').toUpperCase(), count };
    default:
      throw notImplemented(`${type ?? 'this kind of'} literals in queries`);
  }
}
