import { importLinks } from '../sync/import-links.ts';
import { readKeys, type KeyList, type LinkedKey } from '../sync/read-keys.ts';
import { spreadsheetCell } from '../sync/spreadsheet-cell.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { printable, tellResult, type OrgCommandOptions } from './tell-result.ts';

/** `pilot keys`: which workspace belongs to which pilot, and which to none. */
export async function keysCommand(options: OrgCommandOptions): Promise<void> {
  await tellResult(options, async (orgOptions, secret) => {
    const list = await readKeys({ ...orgOptions, secret: secret() });
    return { result: list, text: listText(list), exitCode: exitCodeFor(list) };
  });
}

/** `pilot keys suggest`: likely pilots of unlinked workspaces, as lines that `pilot keys import` takes. */
export async function suggestKeysCommand(options: OrgCommandOptions): Promise<void> {
  await tellResult(options, async (orgOptions, secret) => {
    const list = await readKeys({ ...orgOptions, secret: secret() });
    process.stderr.write(reasonText(list));
    return { result: list.suggested, text: suggestionText(list), exitCode: exitCodeFor(list) };
  });
}

/** `pilot keys import links.csv`: links by the file; exit 1 when a line could not be done. */
export async function importKeysCommand(file: string, options: OrgCommandOptions): Promise<void> {
  await tellResult(options, async (orgOptions, secret) => {
    const links = await importLinks(file, { ...orgOptions, secret: secret() });
    const count = (outcome: string) => links.filter((link) => link.outcome === outcome).length;
    const total = `${count('created')} created, ${count('unchanged')} unchanged, ${count('failed')} failed\n`;
    const lines = links.map(({ line, outcome, message }) => `${file}:${line}  ${outcome}  ${message}\n`);
    return {
      result: links,
      text: lines.join('') + total,
      exitCode: count('failed') > 0 ? EXIT.someFailed : EXIT.good,
    };
  });
}

function exitCodeFor({ failures }: KeyList): ExitCode {
  return failures.length > 0 ? EXIT.unreachable : EXIT.good;
}

function listText({ linked, withoutKey, unlinked, failures }: KeyList): string {
  return [
    ...failures.map(({ source, message }) => `${source} could not be read: ${message}`),
    `Linked (${linked.length}):`,
    ...linked.map((row) => `  ${row.source} ${row.key} → ${row.pilot.name} (${row.pilot.id})${doubtOf(row)}`),
    `Pilots without a workspace (${withoutKey.length}):`,
    ...withoutKey.map(({ name, id, opportunity }) => `  ${name} (${id}), ${opportunity}`),
    `Workspaces of no pilot (${unlinked.length}):`,
    ...unlinked.map(({ source, key, users, eventsLastWeek, firstDay, domain }) => {
      const people = domain
        ? `${Math.round(domain.share * users)} of ${users} people at ${domain.name}`
        : `${users} people`;
      return `  ${source} ${key} · ${people} · since ${firstDay} · ${eventsLastWeek} events last week`;
    }),
    '',
  ].join('\n');
}

/** Why the key may count nothing; empty where it does. */
function doubtOf({ isSeen, problem }: LinkedKey): string {
  if (problem !== null) return `: not counted, ${problem}`;
  return isSeen === null ? ': source not read' : isSeen ? '' : ': not seen in the data (case matters)';
}

function reasonText({ suggested, failures }: KeyList): string {
  const reasons = { website: 'the website of the account', contacts: 'two or more contacts of the account' };
  const lines = [
    ...failures.map(({ source, message }) => `${source} could not be read: ${message}`),
    ...suggested.map(
      ({ pilot, key, domain, people, because }) =>
        `${key.key}: ${people} of ${key.users} people at ${domain}, like ${reasons[because]} of ${pilot.name}`,
    ),
  ];
  return printable(`\n${lines.join('\n')}\n`);
}

function suggestionText({ suggested }: KeyList): string {
  return [
    'pilot,source,key',
    ...suggested.map(({ pilot, key }) =>
      [pilot.id, key.source, spreadsheetCell(key.key)].map(csvCell).join(','),
    ),
    '',
  ].join('\n');
}

function csvCell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
