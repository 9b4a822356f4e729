import { stat } from 'node:fs/promises';
import { z } from 'zod';
import { ConfigError } from '../salesforce/pilot-error.ts';
import type { LineReject } from '../sources/files/prepared-file.ts';
import { readTable, type Table } from '../sources/files/read-table.ts';
import { SourceError } from '../sources/source-error.ts';
import { cellValue } from './spreadsheet-cell.ts';

const blank = z.string().transform((text) => (text === '' ? null : text));
const day = blank.pipe(z.iso.date({ error: 'is not a day like 2026-11-22' }).nullable());

/** One line of the file; only the first three columns are needed. */
const linkLine = z
  .object({
    pilot: z.string().min(1, { error: 'is empty' }),
    source: z.string().min(1, { error: 'is empty' }),
    key: z
      .string()
      .transform(cellValue)
      .pipe(z.string().min(1, { error: 'is empty' })),
    from: day.optional().default(null),
    to: day.optional().default(null),
    filter: blank.optional().default(null),
  })
  .refine(({ from, to }) => from === null || to === null || from <= to, {
    path: ['from'],
    error: 'is after to; swap them or leave one blank',
  });

/** What a line says; `pilot` is not yet known to be one. */
export type LinkLine = z.infer<typeof linkLine>;

export interface LinksFile {
  readonly lines: readonly { readonly line: number; readonly link: LinkLine }[];
  /** Lines that say nothing readable, by physical line. */
  readonly rejects: readonly LineReject[];
}

const COLUMNS: readonly string[] = Object.keys(linkLine.shape);
const ACTIONS = [
  `Its first line must be: ${COLUMNS.join(',')} (from, to and filter may be left out).`,
  'Likely links in that form: npx pilot keys suggest > links.csv',
];

/** Reads a file for `pilot keys import`. @throws ConfigError LINKS_FILE, LINKS_COLUMNS */
export async function readLinksFile(file: string): Promise<LinksFile> {
  const table = await tableOf(file);
  refuseOtherColumns(file, table.header);
  const read = table.rows.map(({ line, values }) => ({ line, parsed: linkLine.safeParse(values) }));
  const damaged = read.flatMap(({ line, parsed: { error } }): LineReject[] =>
    error
      ? [{ line, reason: error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`).join('; ') }]
      : [],
  );
  return {
    lines: read.flatMap(({ line, parsed }) => (parsed.success ? [{ line, link: parsed.data }] : [])),
    rejects: [...table.rejects, ...damaged],
  };
}

async function tableOf(file: string): Promise<Table> {
  const info = await stat(file).catch(() => null);
  if (!info?.isFile())
    throw new ConfigError(
      'LINKS_FILE',
      `${file} is ${info ? 'no file' : 'not there'} (seen from ${process.cwd()}).`,
      { actions: ['Check the path; one file is imported at a time.', ...ACTIONS] },
    );
  try {
    return await readTable(file);
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    throw new ConfigError('LINKS_FILE', error.message, { actions: ACTIONS, cause: error });
  }
}

function refuseOtherColumns(file: string, header: readonly string[]): void {
  const unknown = header.filter((name) => !COLUMNS.includes(name));
  const missing = ['pilot', 'source', 'key'].filter((name) => !header.includes(name));
  const repeated = header.filter((name, index) => header.indexOf(name) !== index);
  const wrong = [
    ...missing.map((name) => `no column ${name}`),
    ...unknown.map((name) => `unknown column ${name}`),
    ...repeated.map((name) => `column ${name} twice`),
  ];
  if (wrong.length === 0) return;
  const isSemicolons = header.length === 1 && header[0]!.includes(';');
  throw new ConfigError('LINKS_COLUMNS', `${file}: ${wrong.join(', ')}.`, {
    actions: [
      ...(isSemicolons ? ['Save it with commas between the cells, not semicolons.'] : []),
      ...ACTIONS,
    ],
  });
}
