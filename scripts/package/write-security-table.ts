// `node scripts/package/write-security-table.ts`: what the sync's user may touch, field by field, into force-app/README.md.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { PROJECT_DIR } from './build-zip.ts';
import { OBJECT_RIGHTS } from './object-rights.ts';
import { verifyProject } from './verify.ts';

const README = join(PROJECT_DIR, 'force-app/README.md');
const BEGIN = '<!-- security table: generated -->';
const END = '<!-- end of the security table -->';
const SET = 'Pilot_Sync';

/** The README with a fresh table; throws when the marks are not in it. */
export function withSecurityTable(readme: string): string {
  const [start, end] = [readme.indexOf(BEGIN), readme.indexOf(END)];
  if (start < 0 || end < start) throw new Error(`${README} lacks the marks ${BEGIN} and ${END}.`);
  return `${readme.slice(0, start + BEGIN.length)}\n\n${table()}\n\n${readme.slice(end)}`;
}

function table(): string {
  const { fields } = verifyProject().model.permissionSets.get(SET)!;
  const byObject = Map.groupBy(fields, ([name]) => name.split('.')[0]!);
  const rows = Object.entries(OBJECT_RIGHTS[SET]!).map(([object, rights]) => {
    const own = (byObject.get(object) ?? []).map(([name, grant]) => ({
      field: name.slice(object.length + 1),
      ...grant,
    }));
    const listed = own.filter(({ isEditable }) => isEditable).map(({ field }) => `\`${field}\``);
    const read = own.filter(({ isEditable, isReadable }) => isReadable && !isEditable).length;
    return `| ${object} | ${rights} | ${listed.sort().join(' ') || '–'} | ${read} |`;
  });
  return ['| object | rights | may write | reads besides |', '| --- | --- | --- | --- |', ...rows].join('\n');
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  writeFileSync(README, withSecurityTable(readFileSync(README, 'utf8')));
