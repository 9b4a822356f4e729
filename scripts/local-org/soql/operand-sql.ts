import type { FieldKind } from '../../metadata/model.ts';
import type { Operand } from './ast.ts';
import { queryError } from './soql-error.ts';
import type { Sql } from './sql.ts';
import { joinSql, name, sql } from './sql.ts';
import type { Column, Tables } from './tables.ts';

/** An operand in SQL. `column` is null for computed numbers such as COUNT. */
export interface OperandSql {
  readonly sql: Sql;
  readonly kind: FieldKind;
  readonly column: Column | null;
  /** Picklists compare and order by their place in setup; MIN and MAX give that place back. */
  readonly isRank: boolean;
}

const NUMERIC: readonly FieldKind[] = ['Number', 'Currency', 'Percent', 'Summary'];
const LONG: readonly FieldKind[] = ['LongTextArea', 'Html'];

export const isNumeric = (kind: FieldKind) => NUMERIC.includes(kind);
export const isLong = (kind: FieldKind) => LONG.includes(kind);

export function operandSql(operand: Operand, tables: Tables): OperandSql {
  const column = tables.column(operand.path);
  switch (operand.kind) {
    case 'field': {
      const found = { sql: column.sql, kind: column.kind, column, isRank: false };
      return tables.isSummed(operand.path) ? { ...found, sql: sql`NULL`, column: null } : found;
    }
    case 'grouping':
      return {
        sql: sql`${Number(tables.isSummed(operand.path))}`,
        kind: 'Number',
        column: null,
        isRank: false,
      };
    case 'date': {
      if (column.kind !== 'Date' && column.kind !== 'DateTime') throw unfit(column, operand.name);
      const zone = operand.isConverted ? tables.context.viewer.timeZone : null;
      const call = sql`${name(`soql_${operand.name.toLowerCase()}`)}(${column.sql}, ${zone})`;
      return {
        sql: call,
        kind: operand.name === 'DAY_ONLY' ? 'Date' : 'Number',
        column: null,
        isRank: false,
      };
    }
    case 'aggregate':
      return aggregateSql(operand.name, column);
  }
}

// Which function takes which type: https://developer.salesforce.com/docs/atlas.en-us.soql_sosl.meta/soql_sosl/sforce_api_calls_soql_select_agg_functions_field_types.htm
function aggregateSql(functionName: (Operand & { kind: 'aggregate' })['name'], column: Column): OperandSql {
  const counted = { kind: 'Number', column: null, isRank: false } as const;
  if (isLong(column.kind)) throw unfit(column, functionName);
  switch (functionName) {
    case 'COUNT':
      return { ...counted, sql: sql`COUNT(${column.sql})` };
    case 'COUNT_DISTINCT':
      return { ...counted, sql: sql`COUNT(DISTINCT ${column.sql})` };
    case 'SUM':
    case 'AVG':
      if (!isNumeric(column.kind)) throw unfit(column, functionName);
      return { ...counted, sql: sql`${{ text: functionName, params: [] }}(${column.sql})` };
    case 'MIN':
    case 'MAX': {
      if (column.kind === 'Checkbox' || column.kind === 'MultiselectPicklist')
        throw unfit(column, functionName);
      // "MIN/MAX on a picklist use the order of its values".
      const isRank = column.kind === 'Picklist';
      const value = isRank ? rankSql(column) : column.sql;
      return { sql: sql`${{ text: functionName, params: [] }}(${value})`, kind: column.kind, column, isRank };
    }
  }
}

const unfit = (column: Column, functionName: string) =>
  queryError(
    'MALFORMED_QUERY',
    `field ${column.field.name} does not support aggregate operator ${functionName}`,
  );

/** A picklist value's place in setup; values that are not (or no longer) defined come last. */
export function rankSql(column: Column): Sql {
  const values = column.field.picklist?.values ?? [];
  if (values.length === 0) return column.sql;
  const cases = values.map(({ value }, index) => sql`WHEN ${value} THEN ${index}`);
  return sql`CASE ${column.sql} ${joinSql(cases, ' ')} WHEN NULL THEN NULL ELSE ${unranked(column, values.length)} END`;
}

const unranked = (column: Column, count: number): Sql =>
  sql`CASE WHEN ${column.sql} IS NULL THEN NULL ELSE ${count} END`;
