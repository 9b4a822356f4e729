// `node scripts/package/write-rights-tables.ts`: what the sync's user may touch, and what a rep enters, field by
// field from the permission sets, into the documents of force-app.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { PROJECT_DIR } from './build-zip.ts';
import { OBJECT_RIGHTS } from './object-rights.ts';
import { verifyProject } from './verify.ts';
import { writerOf } from './writer.ts';

interface GeneratedTable {
  /** Below force-app. */
  readonly document: string;
  readonly begin: string;
  readonly end: string;
  readonly rows: () => string[];
}

/** Every table, by the document that holds it. */
export const RIGHTS_TABLES: readonly GeneratedTable[] = [
  {
    document: 'README.md',
    begin: '<!-- security table: generated -->',
    end: '<!-- end of the security table -->',
    rows: securityRows,
  },
  {
    document: 'docs/for-reps.md',
    begin: '<!-- rep table: generated -->',
    end: '<!-- end of the rep table -->',
    rows: repRows,
  },
];

/** The document with a fresh table; throws when the marks are not in it. */
export function withTable(text: string, { document, begin, end, rows }: GeneratedTable): string {
  const [start, stop] = [text.indexOf(begin), text.indexOf(end)];
  if (start < 0 || stop < start)
    throw new Error(`force-app/${document} lacks the marks ${begin} and ${end}.`);
  return `${text.slice(0, start + begin.length)}\n\n${rows().join('\n')}\n\n${text.slice(stop)}`;
}

export function documentPath({ document }: GeneratedTable): string {
  return join(PROJECT_DIR, 'force-app', document);
}

function securityRows(): string[] {
  const { fields } = verifyProject().model.permissionSets.get('Pilot_Sync')!;
  const byObject = Map.groupBy(fields, ([name]) => name.split('.')[0]!);
  const rows = Object.entries(OBJECT_RIGHTS['Pilot_Sync']!).map(([object, rights]) => {
    const own = (byObject.get(object) ?? []).map(([name, grant]) => ({
      field: name.slice(object.length + 1),
      ...grant,
    }));
    const listed = own.filter(({ isEditable }) => isEditable).map(({ field }) => `\`${field}\``);
    const read = own.filter(({ isEditable, isReadable }) => isReadable && !isEditable).length;
    return `| ${object} | ${rights} | ${listed.sort().join(' ') || '–'} | ${read} |`;
  });
  return ['| object | rights | may write | reads besides |', '| --- | --- | --- | --- |', ...rows];
}

/** Labels, because a rep meets no API name; only objects on which a rep may enter something. */
function repRows(): string[] {
  const { model } = verifyProject();
  const grants = model.permissionSets.get('Pilot_Rep')!.fields;
  const objects = Object.entries(OBJECT_RIGHTS['Pilot_Rep']!).filter(([, rights]) => rights.includes('C'));
  const rows = objects.map(([name]) => {
    const object = model.objects.get(name)!;
    const fields = [...object.fields.values()].filter(
      ({ isCustom, reference }) => isCustom && (reference?.masterOrder ?? null) === null,
    );
    const typed = fields.filter((field) => grants.get(`${name}.${field.name}`)?.isEditable === true);
    const written = fields.filter((field) => !typed.includes(field) && writerOf(field.description) !== null);
    const labels = (list: typeof fields) =>
      list
        .map(({ label }) => label)
        .sort()
        .join(', ') || '–';
    return `| ${object.label} | ${labels(typed)} | ${labels(written)} |`;
  });
  return ['| record | you type | is written or computed for you |', '| --- | --- | --- |', ...rows];
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  for (const each of RIGHTS_TABLES) {
    const path = documentPath(each);
    writeFileSync(path, withTable(readFileSync(path, 'utf8'), each));
  }
