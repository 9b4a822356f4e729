import type { QueryResult } from '../soql/run-query.ts';

/** What `columns=true` answers: the sf CLI asks for it after a query with rows, to name and type its table's columns. */
export const columnMetadata = ({ columns, object }: QueryResult, soql: string) => ({
  columnMetadata: columns,
  entityName: object.name,
  groupBy: /\bgroup\s+by\b/i.test(soql),
  idSelected: columns.some(({ columnName }) => columnName === 'Id'),
  keyPrefix: object.keyPrefix,
});
