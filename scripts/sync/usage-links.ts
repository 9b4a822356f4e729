// Which usage belongs to which pilot: exact keys, windows, filters, and what is wrong with them.
import { addDays } from '../domain/day.ts';
import type { PilotInput } from '../domain/evaluation.ts';
import type { Day, UsageLink } from '../domain/facts.ts';
import type { Issue } from '../salesforce/columns.ts';
import type { DataProblem } from './data-problem.ts';
import type { KeyRow } from './derived-keys.ts';
import type { SyncConfig } from './sync-config.ts';

export interface LinkOptions {
  readonly sources: readonly string[];
  readonly timeZone: string;
  readonly daysBeforeStart: number;
  readonly daysAfterEnd: number;
}

/** What the configuration says about links. */
export function linkOptions({
  sources,
  time_zone,
  link,
}: Pick<SyncConfig, 'sources' | 'time_zone' | 'link'>): LinkOptions {
  return {
    sources: sources.map(({ name }) => name),
    timeZone: time_zone,
    daysBeforeStart: link.days_before_start,
    daysAfterEnd: link.days_after_end,
  };
}

export interface Links {
  readonly links: readonly UsageLink[];
  /** By pilot id; a pilot with a problem here is Unknown. */
  readonly problems: ReadonlyMap<string, DataProblem>;
  readonly issues: readonly Issue[];
}

interface Claim {
  readonly pilot: PilotInput;
  readonly row: KeyRow & { readonly Source__c: string; readonly Key__c: string };
  readonly filter: UsageLink['filter'];
  /** The days that are this pilot's beyond doubt: as entered, else start to end. */
  readonly from: Day | null;
  readonly to: Day | null;
}

/** Turns usage keys into links. Keys match case-sensitively, which is why this is done here and not in SOQL. */
export function usageLinks(
  pilots: readonly PilotInput[],
  rows: readonly KeyRow[],
  options: LinkOptions,
): Links {
  const issues: Issue[] = [];
  const byPilot = Map.groupBy(rows, (row) => row.Pilot__c);
  const claims = pilots
    .filter((pilot) => pilot.usageSource !== 'None by agreement')
    .flatMap((pilot) => (byPilot.get(pilot.id) ?? []).flatMap((row) => claimOf(pilot, row, options, issues)));
  const problems = overlaps(claims, issues);
  for (const pilot of pilots) {
    const isLinked = claims.some((claim) => claim.pilot.id === pilot.id);
    if (!isLinked && pilot.usageSource !== 'None by agreement')
      problems.set(pilot.id, { code: 'NOT_LINKED', values: {} });
  }
  const links = claims
    .filter((claim) => !problems.has(claim.pilot.id))
    .map((claim) => linkOf(claim, claims, options));
  return { links, problems, issues };
}

function claimOf(pilot: PilotInput, row: KeyRow, options: LinkOptions, issues: Issue[]): Claim[] {
  const refuse = (code: string, message: string, fix: string): [] => {
    issues.push({
      kind: 'Unknown key',
      pilotId: pilot.id,
      recordId: row.Id,
      source: row.Source__c,
      line: null,
      code,
      message,
      fix,
    });
    return [];
  };
  const { Source__c: source, Key__c: key } = row;
  if (source === null || key === null)
    return refuse(
      'KEY_INCOMPLETE',
      `A usage key of ${pilot.name} has no source or no key.`,
      'Enter both on the usage key.',
    );
  if (!options.sources.includes(source)) {
    const names = options.sources.join(', ');
    return refuse(
      'UNKNOWN_SOURCE',
      `The usage key ${key} of ${pilot.name} names the source "${source}", which is not configured.`,
      `Choose one of: ${names}.`,
    );
  }
  const filter = parseFilter(row.Filter__c);
  if (filter === undefined)
    return refuse(
      'BAD_FILTER',
      `The filter of usage key ${key} of ${pilot.name} cannot be read.`,
      'Write it like: department = Sales',
    );
  const from = row.From__c ?? pilot.startDate;
  const to = row.To__c ?? pilot.endDate;
  return [{ pilot, row: { ...row, Source__c: source, Key__c: key }, filter, from, to }];
}

/** `column = value`; null for no filter, undefined for a text that is none. */
function parseFilter(text: string | null): UsageLink['filter'] | undefined {
  if (text === null) return null;
  const match = /^\s*([^=]*[^=\s])\s*=\s*(.*\S)\s*$/.exec(text);
  return match ? { column: match[1]!, value: match[2]! } : undefined;
}

function overlaps(claims: readonly Claim[], issues: Issue[]): Map<string, DataProblem> {
  const problems = new Map<string, DataProblem>();
  for (const same of Map.groupBy(claims, workspace).values()) {
    for (const one of same) {
      const other = same.find((claim) => claim.pilot.id !== one.pilot.id && meets(one, claim));
      if (!other) continue;
      const key = one.row.Key__c;
      problems.set(one.pilot.id, { code: 'OVERLAP', values: { key, other: other.pilot.name } });
      issues.push({
        kind: 'Overlap',
        pilotId: one.pilot.id,
        recordId: one.row.Id,
        source: one.row.Source__c,
        line: null,
        code: 'OVERLAP',
        message: `${one.pilot.name} and ${other.pilot.name} both count the usage of ${key} on the same days.`,
        fix: 'Give the usage keys different dates or filters, or delete the one that is wrong.',
      });
    }
  }
  return problems;
}

function workspace(claim: Claim): string {
  return JSON.stringify([claim.row.Source__c, claim.row.Key__c]);
}

function meets(a: Claim, b: Claim): boolean {
  const apart =
    a.filter !== null &&
    b.filter !== null &&
    a.filter.column === b.filter.column &&
    a.filter.value !== b.filter.value;
  return !apart && (a.from ?? '') <= (b.to ?? '9') && (b.from ?? '') <= (a.to ?? '9');
}

/** The margins around a pilot yield to another pilot of the same workspace: a POC's last days are not the pilot's first. */
function linkOf(claim: Claim, claims: readonly Claim[], options: LinkOptions): UsageLink {
  const { pilot, row, filter } = claim;
  const others = claims.filter(
    (other) => other.pilot.id !== pilot.id && workspace(other) === workspace(claim),
  );
  const before = others
    .flatMap((other) => (other.to !== null && claim.from !== null && other.to < claim.from ? other.to : []))
    .toSorted()
    .at(-1);
  const after = others
    .flatMap((other) => (other.from !== null && claim.to !== null && other.from > claim.to ? other.from : []))
    .toSorted()[0];
  return {
    pilotId: pilot.id,
    source: row.Source__c,
    key: row.Key__c,
    ...(row.by === 'stamp' ? { by: 'stamp' } : {}),
    from: row.From__c ?? latest(shift(pilot.startDate, -options.daysBeforeStart), shift(before ?? null, 1)),
    to: row.To__c ?? earliest(shift(pilot.endDate, options.daysAfterEnd), shift(after ?? null, -1)),
    filter,
    timeZone: pilot.timeZone ?? options.timeZone,
  };
}

function shift(day: Day | null, days: number): Day | null {
  return day === null ? null : addDays(day, days);
}

function latest(a: Day | null, b: Day | null): Day | null {
  return a === null || (b !== null && b > a) ? b : a;
}

function earliest(a: Day | null, b: Day | null): Day | null {
  return a === null || (b !== null && b < a) ? b : a;
}
