import { Engine } from '../engine/engine.ts';
import { identifier, literal, literalList } from '../engine/sql.ts';
import type { EventColumns } from '../facts/event-columns.ts';
import type { FileSourceConfig } from '../file-source-config.ts';
import { makePrivateFolder } from '../private-folder.ts';
import { SourceError } from '../source-error.ts';
import { checkColumns } from './check-columns.ts';
import type { UsageFile } from './find-files.ts';
import type { PreparedFile, PrepareOptions } from './prepared-file.ts';

const MEMORY_MB = 256;

/**
 * Reads a Parquet file's schema and row count. Files are read together only where names and types are equal: DuckDB
 * widens differing types to text, and fills missing columns with NULL, without a word. A row's "line" is its number.
 */
export async function prepareParquet(
  file: UsageFile,
  config: FileSourceConfig,
  columns: EventColumns,
  { signal, onProgress }: PrepareOptions,
): Promise<PreparedFile> {
  const { names, types, rows } = await readSchema(file, signal);
  checkColumns(file.name, names, config, columns);
  onProgress(file.bytes, rows);
  return {
    file,
    path: file.path,
    good: rows,
    rejects: [],
    hasColumn: (header) => names.includes(header),
    shape: JSON.stringify(['parquet', names, types]),
    relation: (paths) => ({
      from: `read_parquet(${literalList(paths)}, filename = true)`,
      columns: names,
      value: (column) => `CAST(${identifier(column)} AS VARCHAR)`,
      problem: null,
    }),
    locate: async (ordinals) => ordinals,
  };
}

async function readSchema(file: UsageFile, signal: AbortSignal | undefined) {
  const folder = await makePrivateFolder('usage');
  const engine = await Engine.open({
    inputs: [file.path],
    timeZone: 'UTC',
    memoryLimitMb: MEMORY_MB,
    folder,
    signal,
  });
  try {
    const path = literal(file.path);
    const columns = await engine.rows(`DESCRIBE SELECT * FROM read_parquet(${path})`);
    const [count] = await engine.rows(
      `SELECT num_rows::DOUBLE AS "rows" FROM parquet_file_metadata(${path})`,
    );
    return {
      names: columns.map((column) => String(column['column_name'])),
      types: columns.map((column) => String(column['column_type'])),
      rows: Number(count?.['rows']),
    };
  } catch (error) {
    signal?.throwIfAborted();
    throw new SourceError(
      'SOURCE_DAMAGED',
      `${file.name} is not a complete Parquet file.`,
      ['Copy or export the file again; it was cut off or changed on the way.'],
      error,
    );
  } finally {
    await engine.close();
  }
}
