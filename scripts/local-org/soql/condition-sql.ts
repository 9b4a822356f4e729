// WHERE and HAVING in SQL. Blanks: `!=` and NOT IN return them, `<` and `>` never do, `= null` finds them.
// SOQL has two truth values, so NOT turns every row of a false condition true, blanks included (not documented
// by Salesforce for NOT itself; it follows from `!=`).
import { startOfDay } from '../formula/civil-date.ts';
import { isRecordId, toId18 } from '../store/record-id.ts';
import type { Comparison, Condition, Literal } from './ast.ts';
import type { OperandSql } from './operand-sql.ts';
import { isLong, isNumeric, operandSql } from './operand-sql.ts';
import { periodOf } from './periods.ts';
import { located, queryError } from './soql-error.ts';
import type { Sql, SqlParameter } from './sql.ts';
import { joinSql, sql } from './sql.ts';
import { foldText } from './sql-functions.ts';
import { readableObject, Tables } from './tables.ts';

const IDS: readonly string[] = ['Id', 'Lookup', 'MasterDetail', 'MetadataRelationship'];
const ASCII = /^[ -~]*$/;

export function conditionSql(condition: Condition, tables: Tables): Sql {
  switch (condition.kind) {
    case 'and':
    case 'or': {
      const parts = condition.parts.map((part) => conditionSql(part, tables));
      if (parts.length === 0) return condition.kind === 'and' ? sql`TRUE` : sql`FALSE`;
      return sql`(${joinSql(parts, condition.kind === 'and' ? ' AND ' : ' OR ')})`;
    }
    case 'not':
      return sql`NOT COALESCE(${conditionSql(condition.part, tables)}, FALSE)`;
    case 'compare': {
      const operand = filterable(operandSql(condition.operand, tables), tables);
      return compareSql(operand, condition.operator, condition.literal, tables);
    }
    case 'in':
      return inSql(filterable(operandSql(condition.operand, tables), tables), condition, tables);
    case 'like': {
      const operand = filterable(operandSql(condition.operand, tables), tables);
      if (!isText(operand)) throw invalidOperator(operand, tables);
      return sql`soql_like(${operand.sql}, ${condition.pattern})`;
    }
    case 'includes': {
      const operand = operandSql(condition.operand, tables);
      if (operand.kind !== 'MultiselectPicklist') throw invalidOperator(operand, tables);
      const tests = condition.values.map((value) => sql`soql_has(${operand.sql}, ${value})`);
      const any = sql`(${joinSql(tests, ' OR ')})`;
      return condition.isNegated ? sql`NOT ${any}` : any;
    }
    case 'mine': {
      const owner = tables.column(['OwnerId']);
      return sql`${owner.sql} = ${tables.context.viewer.userId}`;
    }
    case 'join':
      return joinSelect(condition, tables);
  }
}

const isText = ({ kind }: OperandSql) =>
  !isNumeric(kind) && !IDS.includes(kind) && !['Checkbox', 'Date', 'DateTime', 'Time'].includes(kind);

// Long text: https://developer.salesforce.com/docs/atlas.en-us.238.0.soql_sosl.meta/soql_sosl/sforce_api_calls_soql_select_fieldexpression.htm
function filterable(operand: OperandSql, tables: Tables): OperandSql {
  if (!isLong(operand.kind)) return operand;
  const field = operand.column?.field.name ?? '';
  throw queryError(
    'INVALID_FIELD',
    `field '${field}' can not be filtered in a query call`,
    located(tables.source, field),
  );
}

const invalidOperator = (operand: OperandSql, tables: Tables) =>
  queryError(
    'INVALID_QUERY_FILTER_OPERATOR',
    `invalid operator on ${typeName(operand)} field: ${fieldName(operand)}`,
    located(tables.source, fieldName(operand)),
  );

const fieldName = ({ column }: OperandSql) => column?.field.name ?? 'expression';

function compareSql(operand: OperandSql, operator: Comparison, literal: Literal, tables: Tables): Sql {
  const isEquality = operator === '=' || operator === '!=';
  if (literal.kind === 'null' || (literal.kind === 'text' && literal.value === '')) {
    if (!isEquality) throw invalidOperator(operand, tables);
    return blankSql(operand, operator === '!=');
  }
  if (literal.kind === 'period') return periodSql(operand, operator, literal, tables);
  const value = boundValue(operand, literal, tables);
  if (operand.kind === 'Checkbox') {
    if (!isEquality) throw invalidOperator(operand, tables);
    return sql`COALESCE(${operand.sql}, 0) ${{ text: operator, params: [] }} ${value}`;
  }
  if (isEquality) return equalSql(operand, value, operator === '!=');
  const isFolded = isText(operand);
  const left = isFolded ? sql`soql_fold(${operand.sql})` : operand.sql;
  const right = isFolded ? foldText(String(value)) : value;
  return sql`${left} ${{ text: operator, params: [] }} ${right}`;
}

// "The clause WHERE Test_c = null is equivalent to WHERE Test_c = false." (fields of type boolean)
// https://developer.salesforce.com/docs/atlas.en-us.soql_sosl.meta/soql_sosl/sforce_api_calls_soql_null.htm
function blankSql(operand: OperandSql, isNegated: boolean): Sql {
  if (operand.kind === 'Checkbox') return sql`COALESCE(${operand.sql}, 0) = ${isNegated ? 1 : 0}`;
  return isNegated ? sql`${operand.sql} IS NOT NULL` : sql`${operand.sql} IS NULL`;
}

/** Equality without case unless the field is case-sensitive. SQLite's NOCASE knows ASCII only; indexes use it. */
function equalSql(operand: OperandSql, value: SqlParameter, isNegated: boolean): Sql {
  const is = { text: isNegated ? 'IS NOT' : '=', params: [] };
  if (!isText(operand) || operand.column?.field.isCaseSensitive) return sql`${operand.sql} ${is} ${value}`;
  const text = String(value);
  if (ASCII.test(text)) return sql`${operand.sql} COLLATE NOCASE ${is} ${text}`;
  return sql`soql_fold(${operand.sql}) ${is} ${foldText(text)}`;
}

function inSql(
  operand: OperandSql,
  { literals, isNegated }: Condition & { kind: 'in' },
  tables: Tables,
): Sql {
  const tests = literals.map((literal) => compareSql(operand, '=', literal, tables));
  const any = tests.length > 0 ? sql`(${joinSql(tests, ' OR ')})` : sql`FALSE`;
  return isNegated ? sql`NOT COALESCE(${any}, FALSE)` : any;
}

function periodSql(
  operand: OperandSql,
  operator: Comparison,
  literal: Literal & { kind: 'period' },
  tables: Tables,
): Sql {
  const { viewer } = tables.context;
  if (operand.kind !== 'Date' && operand.kind !== 'DateTime') throw wrongLiteral(operand, tables);
  const { start, end } = periodOf(literal.name, literal.count, viewer);
  const bound = (date: string) =>
    operand.kind === 'Date' ? date : startOfDay(date, viewer.timeZone).toISOString();
  switch (operator) {
    case '=':
      return sql`(${operand.sql} >= ${bound(start)} AND ${operand.sql} < ${bound(end)})`;
    case '!=':
      return sql`(${operand.sql} IS NULL OR ${operand.sql} < ${bound(start)} OR ${operand.sql} >= ${bound(end)})`;
    case '<':
      return sql`${operand.sql} < ${bound(start)}`;
    case '<=':
      return sql`${operand.sql} < ${bound(end)}`;
    case '>':
      return sql`${operand.sql} >= ${bound(end)}`;
    case '>=':
      return sql`${operand.sql} >= ${bound(start)}`;
  }
}

/** The value to bind for a literal; one of another type than the field's is refused. */
function boundValue(operand: OperandSql, literal: Literal, tables: Tables): SqlParameter {
  const { kind } = operand;
  if (IDS.includes(kind) && literal.kind === 'text') return idValue(literal.value, operand, tables);
  const expected =
    kind === 'Checkbox'
      ? 'boolean'
      : kind === 'Date'
        ? 'date'
        : kind === 'DateTime'
          ? 'datetime'
          : isNumeric(kind)
            ? 'number'
            : 'text';
  if (literal.kind !== expected) throw wrongLiteral(operand, tables);
  return typeof literal.value === 'boolean' ? Number(literal.value) : literal.value;
}

function idValue(text: string, operand: OperandSql, tables: Tables): string {
  if (isRecordId(text)) return toId18(text);
  throw queryError(
    'INVALID_QUERY_FILTER_OPERATOR',
    `invalid ID field: ${text}`,
    located(tables.source, fieldName(operand)),
  );
}

const TYPE_NAMES: Readonly<Record<string, string>> = {
  Checkbox: 'boolean',
  Date: 'date',
  DateTime: 'dateTime',
  Currency: 'currency',
  Percent: 'percent',
  Number: 'double',
  Id: 'ID',
  Lookup: 'reference',
  MasterDetail: 'reference',
  MultiselectPicklist: 'multipicklist',
};
const typeName = ({ kind }: OperandSql) => TYPE_NAMES[kind] ?? 'string';

function wrongLiteral(operand: OperandSql, tables: Tables) {
  const isQuoted = isText(operand) || IDS.includes(operand.kind);
  const advice = isQuoted ? 'should be enclosed in quotes' : 'should not be enclosed in quotes';
  const field = fieldName(operand);
  const message = `value of filter criterion for field '${field}' must be of type ${typeName(operand)} and ${advice}`;
  return queryError('INVALID_FIELD', message, located(tables.source, field));
}

const REFERENCES: readonly string[] = ['Id', 'Lookup', 'MasterDetail'];

/**
 * A semi join (IN) or anti join (NOT IN) over a subquery of one id or reference field.
 * https://developer.salesforce.com/docs/atlas.en-us.soql_sosl.meta/soql_sosl/sforce_api_calls_soql_select_comparisonoperators.htm
 */
function joinSelect({ operand, isNegated, query }: Condition & { kind: 'join' }, tables: Tables): Sql {
  const outer = operandSql(operand, tables);
  const object = readableObject(query.object, tables.context, tables.source);
  const inner = new Tables(object, tables.context, tables.source);
  const [selection, ...more] = query.selections;
  if (!selection || more.length > 0 || selection.kind !== 'operand' || query.isCount) {
    throw joinRefused('The inner query of a semi join must select exactly one field', tables);
  }
  const selected = operandSql(selection.operand, inner);
  if (!REFERENCES.includes(selected.kind)) {
    throw joinRefused(
      `The selected field '${selection.operand.path.join('.')}' in the subquery must be an ID or reference field`,
      tables,
    );
  }
  const where = query.where ? sql` AND ${conditionSql(query.where, inner)}` : sql``;
  const list = sql`SELECT ${selected.sql} ${inner.from()} WHERE ${inner.visible()}${where} AND ${selected.sql} IS NOT NULL`;
  if (!isNegated) return sql`${outer.sql} IN (${list})`;
  return sql`(${outer.sql} IS NULL OR ${outer.sql} NOT IN (${list}))`;
}

const joinRefused = (message: string, tables: Tables) =>
  queryError('MALFORMED_QUERY', message, located(tables.source, 'SELECT'));
