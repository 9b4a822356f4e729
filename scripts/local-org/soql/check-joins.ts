// Where semi and anti joins may stand:
// https://developer.salesforce.com/docs/atlas.en-us.soql_sosl.meta/soql_sosl/sforce_api_calls_soql_select_comparisonoperators.htm
import type { Condition, Query } from './ast.ts';
import { located, queryError } from './soql-error.ts';

const MAX_JOINS = 2;

export function checkJoins({ object, where }: Query, source: string): void {
  const joins = where ? find(where, false) : [];
  const refuse = (message: string) => queryError('MALFORMED_QUERY', message, located(source, 'IN'));
  if (joins.length > MAX_JOINS) throw refuse(`Cannot have more than ${MAX_JOINS} semi join sub-selects`);
  for (const { join, isUnderOr } of joins) {
    const { operand, query } = join;
    if (isUnderOr) throw refuse("Semi join sub-selects are not allowed with the 'OR' operator");
    if (operand.kind !== 'field') throw refuse('A semi join needs an ID or reference field on its left side');
    if (operand.path.length > 1)
      throw refuse(
        `The left operand '${operand.path.join('.')}' cannot have more than one level of relationships`,
      );
    if (query.object.toLowerCase() === object.toLowerCase())
      throw refuse('The inner and outer selects should not be on the same object type');
    if (query.where && find(query.where, false).length > 0)
      throw refuse('Nesting of semi join sub-selects is not supported');
    if (
      query.orderBy.length > 0 ||
      query.limit !== null ||
      query.offset > 0 ||
      query.groupBy.length > 0 ||
      query.isCount
    ) {
      throw refuse('ORDER BY, LIMIT, OFFSET, GROUP BY and COUNT() are not allowed in semi join sub-selects');
    }
  }
}

type Join = Condition & { kind: 'join' };

function find(condition: Condition, isUnderOr: boolean): { join: Join; isUnderOr: boolean }[] {
  switch (condition.kind) {
    case 'and':
    case 'or':
      return condition.parts.flatMap((part) => find(part, isUnderOr || condition.kind === 'or'));
    case 'not':
      return find(condition.part, isUnderOr);
    case 'join':
      return [{ join: condition, isUnderOr }];
    default:
      return [];
  }
}
