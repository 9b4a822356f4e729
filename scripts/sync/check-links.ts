import type { ReadSummary } from '../domain/facts.ts';
import { derivedKeys, type KeyRow } from './derived-keys.ts';
import type { KeyOptions, KeyOrg } from './key-org.ts';
import type { LinkLine, LinksFile } from './links-file.ts';
import { openSources } from './open-sources.ts';
import { readUsage } from './read-usage.ts';
import { linkOptions, usageLinks } from './usage-links.ts';

export interface ImportedLink {
  /** 1-based physical line of the file. */
  readonly line: number;
  readonly outcome: 'created' | 'unchanged' | 'failed';
  /** What it says, or why it failed and what to do. */
  readonly message: string;
}

/** A line that can become a record; `pilot` is the id of a live pilot. */
export interface FreshLink {
  readonly line: number;
  readonly link: LinkLine;
  /** What to know about it although it is no mistake for certain. */
  readonly note: string | null;
}

export interface CheckedLinks {
  readonly fresh: readonly FreshLink[];
  /** Lines that are done, or that the org or the data contradict. */
  readonly settled: readonly ImportedLink[];
}

/**
 * Looks at every line as the next run would: a pilot that is not live, a source that is not configured, a filter that
 * cannot be read or applied and an overlap with another pilot are refused, with the rules of the sync itself. A key that
 * its source has not seen yet is only remarked upon, for a workspace may be linked before anybody works in it.
 */
export async function checkLinks(
  lines: LinksFile['lines'],
  org: KeyOrg,
  options: KeyOptions,
): Promise<CheckedLinks> {
  const settled: ImportedLink[] = [];
  const fail = (line: number, message: string) => void settled.push({ line, outcome: 'failed', message });
  const candidates: { readonly line: number; readonly link: LinkLine; readonly row: KeyRow }[] = [];
  for (const { line, link } of lines) {
    const pilot = pilotOf(link.pilot, org);
    if (typeof pilot === 'string') {
      fail(line, pilot);
      continue;
    }
    const row = rowOf(line, link, pilot.id);
    const isThere = org.rows.some((other) => isSame(other, row));
    const earlier = candidates.find((other) => isSame(other.row, row));
    if (!isThere && !earlier) candidates.push({ line, link: { ...link, pilot: pilot.id }, row });
    else {
      const what = `${link.source} ${link.key} → ${pilot.name}`;
      const message = earlier ? `${what}, as in line ${earlier.line}` : what;
      settled.push({ line, outcome: 'unchanged', message });
    }
  }
  const refused = refusedByRules(
    candidates.map(({ row }) => row),
    org,
    options,
  );
  const left = candidates.flatMap(({ row }) => (refused.has(row.Id) ? [] : [row]));
  const seen = await lookUp(left, org, options);
  const fresh = candidates.flatMap(({ line, link, row: { Id } }) => {
    const problem = refused.get(Id) ?? seen.refused.get(Id);
    if (problem !== undefined) fail(line, problem);
    return problem === undefined ? [{ line, link, note: seen.notes.get(Id) ?? null }] : [];
  });
  return { fresh, settled };
}

/** The live pilot with that id, else why there is none. Names are never matched: two pilots may share one. */
function pilotOf(
  text: string,
  { pilots, inputs }: KeyOrg,
): { readonly id: string; readonly name: string } | string {
  const live = [...pilots.values()];
  if (!/^[A-Za-z0-9]{15}([A-Za-z0-9]{3})?$/.test(text)) {
    const ids = live.flatMap(({ id, name }) => (name === text ? [id] : []));
    const help = ids.length === 0 ? 'npx pilot keys lists the ids' : `pilots of that name: ${ids.join(', ')}`;
    return `pilot "${text}" is not a record id (15 or 18 characters); ${help}`;
  }
  const pilot = live.find(({ id }) => id.slice(0, 15) === text.slice(0, 15));
  if (!pilot)
    return `there is no live pilot ${text}: it is a draft, closed, its deal is closed, or the integration user does not see it; npx pilot keys lists the live ones`;
  const input = inputs.find(({ id }) => id === pilot.id);
  return input?.usageSource === 'None by agreement'
    ? `${pilot.name} has no usage data, by agreement; set its Usage Source to Linked first`
    : pilot;
}

function rowOf(line: number, { source, key, from, to, filter }: LinkLine, pilotId: string): KeyRow {
  return {
    Id: `line ${line}`,
    Pilot__c: pilotId,
    Source__c: source,
    Key__c: key,
    From__c: from,
    To__c: to,
    Filter__c: filter,
  };
}

function isSame(a: KeyRow, b: KeyRow): boolean {
  const parts = ['Pilot__c', 'Source__c', 'Key__c', 'From__c', 'To__c', 'Filter__c'] as const;
  return parts.every((part) => a[part] === b[part]);
}

/** What the sync itself would say of these keys beside all others, by the row's id. */
function refusedByRules(rows: readonly KeyRow[], org: KeyOrg, { config }: KeyOptions): Map<string, string> {
  const entered = [...org.rows, ...rows];
  const all = [...entered, ...derivedKeys(config, entered, org.accounts)];
  const { issues } = usageLinks(org.inputs, all, linkOptions(config));
  const isNew = new Set(rows.map(({ Id }) => Id));
  return new Map(
    issues.flatMap(({ recordId, message, fix }) =>
      recordId !== null && isNew.has(recordId) ? [[recordId, `${message} ${fix}`] as const] : [],
    ),
  );
}

interface Seen {
  /** Why the data contradict a row, by its id. */
  readonly refused: ReadonlyMap<string, string>;
  readonly notes: ReadonlyMap<string, string>;
}

/** What the usage data say of these keys. Only the sources that they name are read. */
async function lookUp(rows: readonly KeyRow[], org: KeyOrg, options: KeyOptions): Promise<Seen> {
  if (rows.length === 0) return { refused: new Map(), notes: new Map() };
  const { config, now, secret, progress } = options;
  progress.stage('read usage');
  const { links } = usageLinks(org.inputs, rows, linkOptions(config));
  const asked = new Set(rows.map(({ Source__c }) => Source__c));
  const sources = openSources(config, secret).filter(({ name }) => asked.has(name));
  const usage = await readUsage(sources, links, { now }, (source, rows, total) =>
    progress.update(rows, total, `rows of ${source}`),
  );
  const seen = rows.map((row) => ({
    row,
    summary: usage.summaries.find(({ source }) => source === row.Source__c),
  }));
  const told = seen.map(({ row, summary }) => ({ id: row.Id, ...whatDataSay(row, summary) }));
  return {
    refused: new Map(told.flatMap(({ id, refused }) => (refused === undefined ? [] : [[id, refused]]))),
    notes: new Map(told.flatMap(({ id, note }) => (note === undefined ? [] : [[id, note]]))),
  };
}

function whatDataSay(row: KeyRow, summary: ReadSummary | undefined): { refused?: string; note?: string } {
  const [source, key] = [row.Source__c!, row.Key__c!];
  if (!summary) return { note: `${source} could not be read, so nobody looked whether the key occurs there` };
  const bad = summary.unreadableLinks.find((link) => link.pilotId === row.Pilot__c && link.key === key);
  if (bad) return { refused: `${bad.reason}; correct the filter, or the pilot's time zone` };
  if (!summary.unseenKeys.includes(key)) return {};
  const alike = summary.unlinked.find((other) => other.key.toLowerCase() === key.toLowerCase());
  return alike
    ? { refused: `${source} has no ${key}, it has ${alike.key}; case matters` }
    : { note: 'not seen in the data yet' };
}
