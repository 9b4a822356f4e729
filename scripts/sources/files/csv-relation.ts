import type { Relation } from '../engine/relation.ts';
import { identifier, literal, literalList } from '../engine/sql.ts';
import { MAX_RECORD_BYTES } from './text-record.ts';

export interface CsvRelationInput {
  readonly paths: readonly string[];
  readonly header: readonly string[];
  readonly delimiter: string;
  readonly isGzipped: boolean;
}

/**
 * Well-formed CSV files of one header as DuckDB reads them: nothing sniffed, everything text.
 * `new_line` is left alone: with '\r\n' DuckDB 1.5.5 returns no rows and no error for the same file.
 */
export function csvRelation({ paths, header, delimiter, isGzipped }: CsvRelationInput): Relation {
  // Positional names: DuckDB compares column names without case, a header may hold `ID` and `id`.
  const columns = header.map((_, index) => `${literal(`c${index}`)}: 'VARCHAR'`).join(', ');
  const options = [
    'header = true, auto_detect = false, strict_mode = true, filename = true',
    `delim = ${literal(delimiter)}, quote = '"', escape = '"', columns = {${columns}}`,
    `max_line_size = ${MAX_RECORD_BYTES + 1000}, compression = ${isGzipped ? "'gzip'" : "'none'"}`,
  ];
  return {
    from: `read_csv(${literalList(paths)}, ${options.join(', ')})`,
    columns: header,
    value: (column) => identifier(`c${header.indexOf(column)}`),
    problem: null,
  };
}
