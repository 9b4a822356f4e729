import { z } from 'zod';
import { createRows } from '../salesforce/create-rows.ts';
import { ConfigError } from '../salesforce/pilot-error.ts';
import { readTable } from '../sources/files/read-table.ts';
import { readOrgKeys, type KeyOptions, type OrgKeys } from './read-keys.ts';

export interface ImportedLink {
  /** 1-based physical line of the file. */
  readonly line: number;
  readonly outcome: 'created' | 'unchanged' | 'failed';
  /** What it says, or why it failed. */
  readonly message: string;
}

const blank = z.string().transform((text) => (text === '' ? null : text));
const day = blank.pipe(z.iso.date({ error: 'is not a day like 2026-11-22' }).nullable());

/** One line of the file; only the first three columns are needed. */
const linkRow = z.object({
  pilot: z
    .string()
    .regex(/^[A-Za-z0-9]{15}([A-Za-z0-9]{3})?$/, { error: 'is not a record id (15 or 18 characters)' }),
  source: z.string().min(1, { error: 'is empty' }),
  key: z.string().min(1, { error: 'is empty' }),
  from: day.optional().default(null),
  to: day.optional().default(null),
  filter: blank.optional().default(null),
});
type LinkRow = z.infer<typeof linkRow>;

const COLUMNS = Object.keys(linkRow.shape);

/**
 * Creates the usage keys that a CSV file names (columns pilot, source, key, from, to, filter). Every line is accounted
 * for; one that the org already has is left alone, so the same file may be imported again.
 */
export async function importLinks(file: string, options: KeyOptions): Promise<ImportedLink[]> {
  const table = await readTable(file);
  const unknown = table.header.filter((name) => !COLUMNS.includes(name));
  const missing = ['pilot', 'source', 'key'].filter((name) => !table.header.includes(name));
  if (unknown.length > 0 || missing.length > 0)
    throw new ConfigError(
      'LINKS_COLUMNS',
      `${file}: ${[...missing.map((name) => `no column ${name}`), ...unknown.map((name) => `unknown column ${name}`)].join(', ')}.`,
      { actions: [`Its first line must be: ${COLUMNS.join(',')} (from, to and filter may be left out).`] },
    );
  const org = await readOrgKeys(options);
  const links = table.rows.map(({ line, values }) => ({ line, ...checked(values, org, options) }));
  const fresh = links.filter((link) => 'row' in link);
  const outcomes = await createRows(
    org.client,
    'PilotUsageKey__c',
    fresh.map(({ row }) => ({
      Pilot__c: row.pilot,
      Source__c: row.source,
      Key__c: row.key,
      From__c: row.from,
      To__c: row.to,
      Filter__c: row.filter,
      Matched_By__c: 'By hand',
    })),
  );
  const written = fresh.map(({ line, row }, index): ImportedLink => {
    const outcome = outcomes[index]!;
    if (outcome.kind === 'created')
      return {
        line,
        outcome: 'created',
        message: `${row.source} ${row.key} → ${org.pilots.get(row.pilot)!.name}`,
      };
    return { line, outcome: 'failed', message: `${outcome.message} → ${outcome.fix}` };
  });
  const settled = links.flatMap((link) => ('row' in link ? [] : [link]));
  const refused = table.rejects.map(({ line, reason }): ImportedLink => ({
    line,
    outcome: 'failed',
    message: reason,
  }));
  return [...written, ...settled, ...refused].toSorted((a, b) => a.line - b.line);
}

type Checked = { readonly row: LinkRow } | Omit<ImportedLink, 'line'>;

function checked(
  values: Readonly<Record<string, string>>,
  { pilots, rows }: OrgKeys,
  { config }: KeyOptions,
): Checked {
  const failed = (message: string): Checked => ({ outcome: 'failed', message });
  const parsed = linkRow.safeParse(values);
  if (!parsed.success)
    return failed(parsed.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`).join('; '));
  const given = parsed.data;
  const pilot = [...pilots.values()].find(({ id }) => id.slice(0, 15) === given.pilot.slice(0, 15));
  if (!pilot) return failed(`there is no live pilot ${given.pilot}`);
  const names = config.sources.map(({ name }) => name);
  if (!names.includes(given.source))
    return failed(`there is no source "${given.source}"; choose from ${names.join(', ')}`);
  const isThere = rows.some(
    (row) =>
      row.Pilot__c === pilot.id &&
      row.Source__c === given.source &&
      row.Key__c === given.key &&
      row.From__c === given.from &&
      row.To__c === given.to &&
      row.Filter__c === given.filter,
  );
  if (isThere) return { outcome: 'unchanged', message: `${given.source} ${given.key} → ${pilot.name}` };
  return { row: { ...given, pilot: pilot.id } };
}
