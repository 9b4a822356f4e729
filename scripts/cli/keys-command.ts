import { importLinks } from '../sync/import-links.ts';
import { secretFrom } from '../sync/open-sources.ts';
import { readConfig } from '../sync/read-config.ts';
import type { KeyOptions } from '../sync/key-org.ts';
import { readKeys, type KeyList, type LinkedKey } from '../sync/read-keys.ts';
import { spreadsheetCell } from '../sync/spreadsheet-cell.ts';
import { exitCodeOf } from './exit-code.ts';
import { fail, toldError } from './fail.ts';
import { parseNow } from './parse-now.ts';
import { stderrProgress } from './stage-progress.ts';

export interface KeysOptions {
  readonly config: string;
  readonly targetOrg?: string;
  readonly now?: string;
  readonly json?: boolean;
}

/** `pilot keys`: which workspace belongs to which pilot, and which to none. */
export async function keysCommand(options: KeysOptions): Promise<void> {
  await told(options, async (keyOptions) => {
    const list = await readKeys(keyOptions);
    return { result: list, text: listText(list), exitCode: list.failures.length > 0 ? 3 : 0 };
  });
}

/** `pilot keys suggest`: likely pilots of unlinked workspaces, as lines that `pilot keys import` takes. */
export async function suggestKeysCommand(options: KeysOptions): Promise<void> {
  await told(options, async (keyOptions) => {
    const list = await readKeys(keyOptions);
    process.stderr.write(reasonText(list));
    return { result: list.suggested, text: suggestionText(list), exitCode: list.failures.length > 0 ? 3 : 0 };
  });
}

/** `pilot keys import links.csv`: links by the file; exit 1 when a line could not be done. */
export async function importKeysCommand(file: string, options: KeysOptions): Promise<void> {
  await told(options, async (keyOptions) => {
    const links = await importLinks(file, keyOptions);
    const count = (outcome: string) => links.filter((link) => link.outcome === outcome).length;
    const total = `${count('created')} created, ${count('unchanged')} unchanged, ${count('failed')} failed\n`;
    const lines = links.map(({ line, outcome, message }) => `${file}:${line}  ${outcome}  ${message}\n`);
    return { result: links, text: lines.join('') + total, exitCode: count('failed') > 0 ? 1 : 0 };
  });
}

interface Outcome {
  readonly result: unknown;
  readonly text: string;
  readonly exitCode: 0 | 1 | 3;
}

async function told(options: KeysOptions, run: (options: KeyOptions) => Promise<Outcome>): Promise<void> {
  const progress = stderrProgress();
  try {
    const { result, text, exitCode } = await run({
      config: await readConfig(options.config),
      login: { targetOrg: options.targetOrg ?? null, environment: process.env },
      now: parseNow(options.now),
      secret: secretFrom(process.env),
      progress,
    });
    progress.end();
    process.stdout.write(options.json ? `${JSON.stringify(result, null, 2)}\n` : printable(text));
    process.exitCode = exitCode;
  } catch (error) {
    progress.end();
    if (options.json)
      process.stdout.write(
        `${JSON.stringify({ outcome: 'Failed', exitCode: exitCodeOf(error), error: toldError(error) }, null, 2)}\n`,
      );
    process.exitCode = fail(error);
  }
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

/** Workspace keys come from usage data: none of their control characters may reach a terminal. */
function printable(text: string): string {
  return text.replace(/[^\P{Cc}\n]/gu, '\ufffd');
}
