import type { Order } from './ast.ts';
import { isLong, isNumeric, operandSql, rankSql } from './operand-sql.ts';
import { located, queryError } from './soql-error.ts';
import type { Sql } from './sql.ts';
import { joinSql, name, sql } from './sql.ts';
import type { Tables } from './tables.ts';

const AS_STORED: readonly string[] = [
  'Id',
  'Lookup',
  'MasterDetail',
  'MetadataRelationship',
  'Date',
  'DateTime',
  'Checkbox',
  'Time',
];

/**
 * ORDER BY terms. Text by upper case, picklists by their place in setup, equal rows by id so that pages are stable.
 * "NULLS FIRST or NULLS LAST isn't supported for … nullable relationship fields; nulls stay on top":
 * https://developer.salesforce.com/docs/atlas.en-us.soql_sosl.meta/soql_sosl/sforce_api_calls_soql_select_orderby.htm
 */
export function orderSql(orders: readonly Order[], tables: Tables, isGrouped: boolean): Sql {
  const terms = orders.flatMap((order) => orderTerms(order, tables)).map(termSql);
  if (!isGrouped) terms.push(name(tables.root.alias, 'Id'));
  return terms.length > 0 ? sql` ORDER BY ${joinSql(terms, ', ')}` : sql``;
}

export interface OrderTerm {
  readonly value: Sql;
  readonly direction: 'ASC' | 'DESC';
}

export const termSql = ({ value, direction }: OrderTerm): Sql =>
  sql`${value}${{ text: ` ${direction}`, params: [] }}`;

/** What an order compares, first whether the value is blank. */
export function orderTerms({ operand, isDescending, nulls }: Order, tables: Tables): OrderTerm[] {
  const { sql: value, kind, column, isRank } = operandSql(operand, tables);
  if (isLong(kind) || kind === 'MultiselectPicklist') {
    const field = column?.field.name ?? '';
    throw queryError(
      'MALFORMED_QUERY',
      `field '${field}' can not be sorted in a query call`,
      located(tables.source, field),
    );
  }
  const key =
    kind === 'Picklist' && column && !isRank
      ? rankSql(column)
      : isRank || isNumeric(kind) || AS_STORED.includes(kind)
        ? value
        : sql`soql_fold(${value})`;
  const areNullsFirst = nulls === 'FIRST' || operand.path.length > 1;
  return [
    { value: sql`${value} IS NULL`, direction: areNullsFirst ? 'DESC' : 'ASC' },
    { value: key, direction: isDescending ? 'DESC' : 'ASC' },
  ];
}
