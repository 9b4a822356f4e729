import type { QueryResult } from '../soql/run-query.ts';

type Column = QueryResult['columns'][number];

/** A query's rows as text, header first: columns as selected, parents' fields by their path. */
export function toCsvRows({ columns, records }: QueryResult): string[][] {
  const paths = columns.flatMap((column) => pathsOf(column, []));
  const header = paths.map((path) => path.join('.'));
  return [header, ...records.map((record) => paths.map((path) => toText(at(record, path))))];
}

function pathsOf({ columnName, joinColumns }: Column, parents: readonly string[]): string[][] {
  const path = [...parents, columnName];
  return joinColumns.length === 0 ? [path] : joinColumns.flatMap((column) => pathsOf(column, path));
}

const at = (record: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>((inner, key) => (inner as Record<string, unknown> | null | undefined)?.[key], record);

function toText(value: unknown): string {
  if (value === null || value === undefined) return '';
  // Bulk writes date/times with Z where the REST rows have +0000.
  return String(value).replace(/^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3})\+0000$/, '$1Z');
}
