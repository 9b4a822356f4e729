// Fields and functions of a query, wherever they stand.
import type * as soql from '@jetstreamapp/soql-parser-js';
import { notImplemented } from '../api-error.ts';
import type { AggregateFunction, DateFunction, FieldPath, Operand } from './ast.ts';

const AGGREGATES: readonly AggregateFunction[] = ['COUNT', 'COUNT_DISTINCT', 'SUM', 'AVG', 'MIN', 'MAX'];
const DATE_FUNCTIONS: readonly DateFunction[] = [
  'CALENDAR_MONTH',
  'CALENDAR_QUARTER',
  'CALENDAR_YEAR',
  'DAY_IN_MONTH',
  'DAY_IN_WEEK',
  'DAY_IN_YEAR',
  'DAY_ONLY',
  'FISCAL_MONTH',
  'FISCAL_QUARTER',
  'FISCAL_YEAR',
  'WEEK_IN_MONTH',
  'WEEK_IN_YEAR',
  'HOUR_IN_DAY',
];

/** What a clause needs while it is read. */
export interface Reading {
  readonly source: string;
  /** `FROM Account a`: `a.Name` is `Name`. */
  readonly alias: string | null;
  readonly object: string;
}

/** Aggregates and date functions; anything else Salesforce knows is not answered. */
export function readFunction(
  expression: soql.FunctionExp | soql.FieldFunctionExpression,
  reading: Reading,
): Operand {
  const name = (expression.functionName ?? '').toUpperCase();
  const [parameter] = expression.parameters ?? [];
  const aggregate = AGGREGATES.find((known) => known === name);
  if (aggregate && typeof parameter === 'string')
    return { kind: 'aggregate', name: aggregate, path: readPath(parameter, reading) };
  if (name === 'GROUPING' && typeof parameter === 'string')
    return { kind: 'grouping', path: readPath(parameter, reading) };
  const date = DATE_FUNCTIONS.find((known) => known === name);
  const isConverted =
    typeof parameter === 'object' && parameter.functionName?.toLowerCase() === 'converttimezone';
  const argument = isConverted ? parameter.parameters?.[0] : parameter;
  if (date && typeof argument === 'string')
    return { kind: 'date', name: date, path: readPath(argument, reading), isConverted };
  throw notImplemented(`${expression.functionName ?? 'this function'}() in a query`);
}

/** Splits a path and takes off the alias or name of the queried object. */
export function readPath(name: string, { alias, object }: Reading): FieldPath {
  const steps = name.split('.');
  const first = steps[0]?.toLowerCase();
  const isOwn = steps.length > 1 && (first === alias?.toLowerCase() || first === object.toLowerCase());
  return isOwn ? steps.slice(1) : steps;
}
