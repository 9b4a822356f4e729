import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import type { z } from 'zod';
import type { ContractEvent, ContractSubject } from './contract.ts';
import { FileSourceConfig } from './file-source-config.ts';
import { fileSource } from './file-source.ts';
import type { SourceOptions } from './source-options.ts';
import type { UsageSource } from './source.ts';

export const TEST_SECRET = 'a secret for tests only';

/** A folder for the files of one test file, and sources on them. */
export function makeTestFolder() {
  const path = mkdtempSync(join(tmpdir(), 'pilot-sources-test-'));
  let count = 0;
  const write = (name: string, content: string | Buffer): string => {
    const file = join(path, `${++count}-${name}`);
    writeFileSync(file, content);
    return file;
  };
  const open = (
    paths: readonly string[],
    config: Partial<z.input<typeof FileSourceConfig>> = {},
    options: Partial<SourceOptions> = {},
  ): UsageSource => {
    const columns = { user_id: 'user_id', department: 'department' };
    const parsed = FileSourceConfig.parse({
      name: 'usage',
      kind: 'files',
      paths,
      columns,
      lag_hours: 0,
      ...config,
    });
    return fileSource(parsed, {
      secret: TEST_SECRET,
      rejectFolder: join(path, `rejects-${++count}`),
      ...options,
    });
  };
  const subject = (format: keyof typeof WRITERS): ContractSubject => ({
    open: async (events) => open([write(`usage.${format}`, await WRITERS[format](events))]),
  });
  return { path, write, open, subject, remove: () => rmSync(path, { recursive: true, force: true }) };
}

const HEADER = ['event_time', 'usage_key', 'user_id', 'department'] as const;

function csvOf(events: readonly ContractEvent[]): string {
  const quote = (text: string) => `"${text.replaceAll('"', '""')}"`;
  return [
    HEADER.join(','),
    ...events.map((event) => HEADER.map((name) => quote(event[name])).join(',')),
  ].join('\n');
}

const ndjsonOf = (events: readonly ContractEvent[]) =>
  events.map((event) => `${JSON.stringify(event)}\n`).join('');

/** The same events in every format that the file source reads. */
const WRITERS = {
  csv: csvOf,
  'csv.gz': (events: readonly ContractEvent[]) => gzipSync(csvOf(events)),
  ndjson: ndjsonOf,
  'ndjson.gz': (events: readonly ContractEvent[]) => gzipSync(ndjsonOf(events)),
  parquet: (events: readonly ContractEvent[]) => parquetOf(ndjsonOf(events)),
};

export const FORMATS = Object.keys(WRITERS) as (keyof typeof WRITERS)[];

/** JSON lines as Parquet, every column a text. */
export async function parquetOf(ndjson: string, select = '*'): Promise<Buffer> {
  const folder = mkdtempSync(join(tmpdir(), 'pilot-parquet-'));
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    writeFileSync(join(folder, 'in.ndjson'), ndjson);
    const columns = HEADER.map((name) => `${name}: 'VARCHAR'`).join(', ');
    await connection.run(
      `COPY (SELECT ${select} FROM read_json('${folder}/in.ndjson', format = 'newline_delimited', columns = {${columns}}))
        TO '${folder}/out.parquet' (FORMAT parquet)`,
    );
    return readFileSync(join(folder, 'out.parquet'));
  } finally {
    connection.closeSync();
    instance.closeSync();
    rmSync(folder, { recursive: true, force: true });
  }
}
