// What an aggregate says of a field: its value where rows are grouped by it, and functions by the type of the field.
// https://developer.salesforce.com/docs/platform/graphql/guide/aggregate-support.html
import { GraphQLObjectType, type GraphQLFieldConfigMap } from 'graphql';
import type { FieldKind, FieldModel } from '../../metadata/model.ts';
import type { AggregateFunction, FieldPath, Operand } from '../soql/ast.ts';
import type { SqlParameter } from '../soql/sql.ts';
import type { GraphqlContext } from './graphql-context.ts';
import { valueOf, type FieldValue } from './field-value.ts';
import { DATE_FUNCTIONS, dateFunctionsOf } from './date-functions.ts';
import { DATE_VALUE, DOUBLE_VALUE, LONG_VALUE, valueType, type Family } from './value-types.ts';

/** One field of one aggregated row; `path` leads to it from the object that is aggregated. */
export interface AggregateField {
  readonly row: AggregateRow;
  readonly path: FieldPath;
  readonly field: FieldModel;
  readonly kind: FieldKind;
}

/** Gives the value of an operand that the selection asked for. */
export type AggregateRow = (operand: Operand) => SqlParameter;

export const NUMBERS: readonly Family[] = ['Double', 'Currency', 'Percent'];
/** "Fields of the following types cannot be grouped and don't support aggregation". */
const NEVER: readonly Family[] = ['LongTextArea', 'MultiPicklist'];

export const isGroupable = (family: Family): boolean =>
  !NUMBERS.includes(family) && !NEVER.includes(family) && family !== 'DateTime';

const types = new Map<Family, GraphQLObjectType>();

/** `{ value count … }` of a field; null for types without aggregation. */
export function aggregateValueType(family: Family | null): GraphQLObjectType | null {
  if (family === null || NEVER.includes(family)) return null;
  const known =
    types.get(family) ?? new GraphQLObjectType({ name: `${family}Aggregate`, fields: fieldsOf(family) });
  types.set(family, known);
  return known;
}

type Fields = GraphQLFieldConfigMap<AggregateField, GraphqlContext>;

/** The operand that a field of an aggregate type reads, found in its `extensions`. */
export type OperandAt = (path: FieldPath) => Operand;

function fieldsOf(family: Family): Fields {
  const fields: Fields = {};
  const add = (name: string, type: GraphQLObjectType, operandAt: OperandAt, read: typeof asOwn) => {
    const resolve = (source: AggregateField, _: unknown, { query }: GraphqlContext) =>
      read(source.row(operandAt(source.path)), source, query.viewer.timeZone);
    fields[name] = { type, extensions: { operandAt }, resolve };
  };
  const call = (name: string, fn: AggregateFunction, type: GraphQLObjectType, read: typeof asOwn) =>
    add(name, type, (path) => ({ kind: 'aggregate', name: fn, path }), read);
  for (const [name, config] of Object.entries(valueType(family).getFields())) {
    if (name === 'format') continue;
    const operandAt: OperandAt = (path) => ({ kind: 'field', path });
    const resolve = (source: AggregateField, _: unknown, { query }: GraphqlContext) =>
      asOwn(source.row(operandAt(source.path)), source, query.viewer.timeZone)[name as keyof FieldValue];
    fields[name] = { type: config.type, extensions: { operandAt }, resolve };
  }
  if (isGroupable(family)) add('grouping', LONG_VALUE, (path) => ({ kind: 'grouping', path }), asNumber);
  for (const fn of dateFunctionsOf(family))
    add(
      DATE_FUNCTIONS[fn],
      fn === 'DAY_ONLY' ? DATE_VALUE : LONG_VALUE,
      (path) => ({ kind: 'date', name: fn, path, isConverted: false }),
      fn === 'DAY_ONLY' ? asDay : asNumber,
    );
  if (family === 'Boolean') return fields;
  call('count', 'COUNT', LONG_VALUE, asNumber);
  call('countDistinct', 'COUNT_DISTINCT', LONG_VALUE, asNumber);
  call('max', 'MAX', valueType(family), asOwn);
  call('min', 'MIN', valueType(family), asOwn);
  if (!NUMBERS.includes(family)) return fields;
  call('avg', 'AVG', DOUBLE_VALUE, asOwn);
  call('sum', 'SUM', valueType(family), asOwn);
  return fields;
}

/** Written as a value of the field is; MIN and MAX of a picklist come as a place in its values. */
function asOwn(stored: SqlParameter, { kind, field }: AggregateField, timeZone: string): FieldValue {
  const isPlace = kind === 'Picklist' && typeof stored === 'number';
  const value = isPlace ? (field.picklist?.values[stored]?.value ?? null) : stored;
  if (value === null) return { value: null, displayValue: null };
  return valueOf(value, kind, field, timeZone);
}

const asNumber = (stored: SqlParameter): FieldValue => ({
  value: stored,
  displayValue: stored === null ? null : String(stored),
});

const asDay = (stored: SqlParameter, { field }: AggregateField, timeZone: string): FieldValue =>
  valueOf(stored, 'Date', field, timeZone);
