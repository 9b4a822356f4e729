// What the parts of a query may not be to one another.
import { notImplemented } from '../api-error.ts';
import type { Operand, Query, Selection } from './ast.ts';
import { checkTypeof } from './parse-typeof.ts';
import { located, queryError } from './soql-error.ts';

/** https://developer.salesforce.com/docs/atlas.en-us.soql_sosl.meta/soql_sosl/sforce_api_calls_soql_select_offset.htm */
const MAX_OFFSET = 2_000;
const MAX_CHILDREN = 20;

/** Where a query stands: on its own, in a SELECT list, or in an IN. */
export type Role = 'root' | 'child' | 'join';

/** Refuses what the grammar takes and Salesforce does not. @throws ApiError with position */
export function checkShape(query: Query, role: Role, source: string): void {
  const children = query.selections.filter(({ kind }) => kind === 'children').length;
  const isGrouped = query.groupBy.length > 0 || query.selections.some(isAggregate);
  if (children > MAX_CHILDREN)
    throw queryError('MALFORMED_QUERY', `maximum number of child subqueries is ${MAX_CHILDREN}`);
  if (query.offset > MAX_OFFSET)
    throw queryError(
      'NUMBER_OUTSIDE_VALID_RANGE',
      `Maximum SOQL offset allowed is ${MAX_OFFSET}`,
      located(source, 'OFFSET'),
    );
  if (query.isCount && query.orderBy.length > 0) throw unexpected(source, 'ORDER');
  if (query.isCount && (query.groupBy.length > 0 || role !== 'root'))
    throw unexpected(source, query.groupBy.length > 0 ? 'GROUP' : 'COUNT');
  if (query.having && query.groupBy.length === 0) throw unexpected(source, 'HAVING');
  if (isGrouped && children > 0)
    throw queryError('MALFORMED_QUERY', 'Grouped query cannot use child relationships in the SELECT list');
  if (isGrouped && role === 'child')
    throw queryError('MALFORMED_QUERY', 'Only root queries support aggregate expressions');
  // "You can't use a LIMIT clause in a query that uses an aggregate function but doesn't use a GROUP BY clause."
  // https://developer.salesforce.com/docs/atlas.en-us.soql_sosl.meta/soql_sosl/sforce_api_calls_soql_select_limit.htm
  if (isGrouped && query.groupBy.length === 0 && query.limit !== null) {
    throw queryError(
      'MALFORMED_QUERY',
      'Non-grouped query that uses overall aggregate functions cannot also use LIMIT',
      located(source, 'LIMIT'),
    );
  }
  checkTypeof(query, role === 'join', source);
  checkGrouping(query, isGrouped, source);
  if (!isGrouped) checkDuplicates(query, source);
}

const operandKey = (operand: Operand) => JSON.stringify(operand).toLowerCase();

function checkGrouping(
  { selections, groupBy, orderBy, subtotals }: Query,
  isGrouped: boolean,
  source: string,
): void {
  if (!isGrouped) return;
  const groups = new Set(groupBy.map(operandKey));
  const used = [...selections.map(plainOperand), ...orderBy.map(({ operand }) => operand)];
  for (const operand of used) {
    if (operand === null)
      throw queryError('MALFORMED_QUERY', 'Field must be grouped or aggregated: FIELDS()');
    if (operand.kind === 'grouping' && !subtotals) throw notImplemented('GROUPING() without ROLLUP or CUBE');
    const grouped: Operand = operand.kind === 'grouping' ? { kind: 'field', path: operand.path } : operand;
    if (operand.kind === 'aggregate' || groups.has(operandKey(grouped))) continue;
    const name = operand.path.at(-1) ?? '';
    throw queryError(
      'MALFORMED_QUERY',
      `Field must be grouped or aggregated: ${name}`,
      located(source, operand.path.join('.')),
    );
  }
}

const plainOperand = (selection: Selection): Operand | null => {
  if (selection.kind === 'operand') return selection.operand;
  return selection.kind === 'label' ? { kind: 'field', path: selection.path } : null;
};

// "duplicate field selected: Id": https://developer.salesforce.com/docs/atlas.en-us.soql_sosl.meta/soql_sosl/sforce_api_calls_soql_select_fields.htm
function checkDuplicates({ selections }: Query, source: string): void {
  const seen = new Set<string>();
  for (const selection of selections) {
    if (selection.kind !== 'operand' || selection.operand.kind !== 'field') continue;
    const key = selection.operand.path.join('.').toLowerCase();
    if (seen.has(key))
      throw queryError(
        'INVALID_FIELD',
        `duplicate field selected: ${selection.operand.path.at(-1)}`,
        located(source, selection.operand.path.join('.')),
      );
    seen.add(key);
  }
}

/** `COUNT(Id)`, `SUM(Amount)` … */
export const isAggregate = (selection: Selection): boolean =>
  selection.kind === 'operand' && selection.operand.kind === 'aggregate';

export const unexpected = (source: string, token: string) =>
  queryError('MALFORMED_QUERY', `unexpected token: '${token}'`, located(source, token));
