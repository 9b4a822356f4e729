import type { Condition } from './ast.ts';
import { conditionSql } from './condition-sql.ts';
import { operandSql } from './operand-sql.ts';
import { located, queryError } from './soql-error.ts';
import type { Sql } from './sql.ts';
import { sql } from './sql.ts';
import { readableObject, Tables } from './tables.ts';

const REFERENCES: readonly string[] = ['Id', 'Lookup', 'MasterDetail'];

/**
 * A semi join (IN) or anti join (NOT IN) over a subquery of one id or reference field.
 * https://developer.salesforce.com/docs/atlas.en-us.soql_sosl.meta/soql_sosl/sforce_api_calls_soql_select_comparisonoperators.htm
 */
export function joinSelect({ operand, isNegated, query }: Condition & { kind: 'join' }, tables: Tables): Sql {
  const outer = operandSql(operand, tables);
  const object = readableObject(query.object, tables.context, tables.source);
  const inner = new Tables(object, tables.context, tables.source);
  const [selection, ...more] = query.selections;
  if (!selection || more.length > 0 || selection.kind !== 'operand' || query.isCount) {
    throw refused('The inner query of a semi join must select exactly one field', tables);
  }
  const selected = operandSql(selection.operand, inner);
  if (!REFERENCES.includes(selected.kind)) {
    throw refused(
      `The selected field '${selection.operand.path.join('.')}' in the subquery must be an ID or reference field`,
      tables,
    );
  }
  const where = query.where ? sql` AND ${conditionSql(query.where, inner)}` : sql``;
  const list = sql`SELECT ${selected.sql} ${inner.from()} WHERE ${inner.visible()}${where} AND ${selected.sql} IS NOT NULL`;
  if (!isNegated) return sql`${outer.sql} IN (${list})`;
  return sql`(${outer.sql} IS NULL OR ${outer.sql} NOT IN (${list}))`;
}

const refused = (message: string, tables: Tables) =>
  queryError('MALFORMED_QUERY', message, located(tables.source, 'SELECT'));
