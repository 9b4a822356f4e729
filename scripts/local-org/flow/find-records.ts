import type { FieldModel } from '../../metadata/model.ts';
import { ApiError } from '../api-error.ts';
import type { Value } from '../formula/formula.ts';
import { valueKind } from '../formula/formula-type.ts';
import type { SaveContext } from '../save/save-context.ts';
import type { AccessView } from '../security/access-view.ts';
import { runQuery } from '../soql/run-query.ts';
import { FlowFault } from './flow-error.ts';
import { compare } from './conditions.ts';
import type { Comparison, Filter } from './flow-model.ts';
import type { Interview } from './interview.ts';

/** Record-triggered flows run in system context without sharing: they see every row and field. */
const SYSTEM_ACCESS: AccessView = { canRead: () => true, canReadField: () => true, rowFilter: () => null };

const NOT_IMPLEMENTED = 501;

/**
 * Ids of the records that pass the filters. Within a chunk of saved rows one query answers all of them, as the
 * platform's bulk run does: which row asks (`Id` not equal to its own) is looked at afterwards.
 */
export function findRecords(
  interview: Interview,
  object: string,
  filters: readonly Filter[],
): readonly string[] {
  const { context } = interview;
  const isOwnRow = ({ field, operator }: Filter) => field === 'Id' && operator === 'NotEqualTo';
  const conditions = filters
    .filter((filter) => !isOwnRow(filter))
    .map((filter) => conditionSoql(context, object, filter, interview.value(filter.value)));
  const where = conditions.length > 0 ? ` WHERE ${conditions.join(' AND ')}` : '';
  const soql = `SELECT Id FROM ${object}${where}`;
  const ids = context.flowLookups?.get(soql) ?? query(context, soql);
  context.flowLookups?.set(soql, ids);
  const others = filters.filter(isOwnRow).map((filter) => interview.value(filter.value));
  return ids.filter((id) => others.every((other) => id !== other));
}

function query({ store, model, viewer }: SaveContext, soql: string): string[] {
  try {
    const { records } = runQuery(soql, {
      database: store.database,
      model,
      viewer,
      access: SYSTEM_ACCESS,
      apiVersion: model.apiVersion,
      includeDeleted: false,
    });
    return records.map((record) => String(record['Id']));
  } catch (error) {
    if (!(error instanceof ApiError) || error.status === NOT_IMPLEMENTED) throw error;
    throw new FlowFault(
      `This error occurred when the flow tried to look up records: ${error.errorCode}: ${error.message}.`,
    );
  }
}

const OPERATORS: Readonly<Record<Exclude<Comparison, 'IsNull'>, string>> = {
  EqualTo: '=',
  NotEqualTo: '!=',
  GreaterThan: '>',
  GreaterThanOrEqualTo: '>=',
  LessThan: '<',
  LessThanOrEqualTo: '<=',
};

function conditionSoql(context: SaveContext, objectName: string, filter: Filter, value: Value): string {
  const field = context.model.objects.get(objectName)!.fields.get(filter.field)!;
  if (filter.operator === 'IsNull')
    return `${field.name} ${compare(value, 'EqualTo', true) ? '=' : '!='} null`;
  const operator = OPERATORS[filter.operator];
  if (value === null && operator.length === 1 && operator !== '=')
    throw new FlowFault(`The filter on ${objectName}.${field.name} compares with null.`);
  return `${field.name} ${operator} ${literal(context, field, value)}`;
}

function literal(context: SaveContext, field: FieldModel, value: Value): string {
  if (value === null) return 'null';
  if (typeof value !== 'string') return String(value);
  const kind = valueKind(context.model, field);
  if (kind === 'Date') return value.slice(0, 10);
  if (kind === 'DateTime') return value;
  return `'${value
    .replace(/[\\']/g, (mark) => `\\${mark}`)
    .replace(/\n/g, '\\n')
    .replace(/\r/g, '\\r')}'`;
}
