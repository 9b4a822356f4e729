import type { Value } from '../formula/formula.ts';
import type { Comparison, Condition } from './flow-model.ts';
import { isList, type Interview } from './interview.ts';

/** Whether an outcome of a decision is taken. */
export function holds(interview: Interview, logic: 'and' | 'or', conditions: readonly Condition[]): boolean {
  const test = ({ left, operator, right }: Condition): boolean => {
    const found = interview.read(left);
    const actual = isList(found) ? (found[0] ?? null) : found;
    return compare(actual, operator, interview.value(right));
  };
  return logic === 'and' ? conditions.every(test) : conditions.some(test);
}

/**
 * Compares as decisions do; dates and ids are text of one form here, so text order is theirs. Nothing is greater or less
 * than null. Text is compared in its own letter case.
 * https://help.salesforce.com/s/articleView?id=platform.flow_ref_operators_condition.htm
 */
export function compare(actual: Value, operator: Comparison, wanted: Value): boolean {
  switch (operator) {
    case 'EqualTo':
      return actual === wanted;
    case 'NotEqualTo':
      return actual !== wanted;
    case 'IsNull':
      return (actual === null) === (wanted === true);
    default:
      return actual !== null && wanted !== null && isOrdered(actual, operator, wanted);
  }
}

function isOrdered(
  actual: string | number | boolean,
  operator: Exclude<Comparison, 'EqualTo' | 'NotEqualTo' | 'IsNull'>,
  wanted: string | number | boolean,
): boolean {
  switch (operator) {
    case 'GreaterThan':
      return actual > wanted;
    case 'GreaterThanOrEqualTo':
      return actual >= wanted;
    case 'LessThan':
      return actual < wanted;
    case 'LessThanOrEqualTo':
      return actual <= wanted;
  }
}
