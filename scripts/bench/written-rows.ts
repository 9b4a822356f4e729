// What a sync wrote, as rows that another client could load: the difference between an org before and after it.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Row } from '../cli/admin-org.ts';
import { SYNC_USER } from '../testing/sync-org.ts';
import type { BenchOrg } from './pilot-org.ts';

/** Object → the field by which its rows are known outside the org. The sync's record of its own run is left out. */
const KEYS = {
  Pilot__c: 'Name',
  Opportunity: 'Name',
  SuccessCriterion__c: 'Name',
  PilotUsage__c: 'Usage_Week_Key__c',
  PilotSyncIssue__c: 'Issue_Key__c',
} as const;
type BenchObject = keyof typeof KEYS;

export type Cells = Readonly<Record<string, unknown>>;

/** Rows of one object; all have the same columns. */
export interface ObjectRows {
  readonly object: string;
  readonly key: string;
  /** Columns that name a row of Pilot__c by its Name. */
  readonly references: readonly string[];
  readonly columns: readonly string[];
  /** Whether some of the rows were not there before. */
  readonly isNew: boolean;
  readonly rows: readonly Cells[];
}

export type Content = Readonly<Record<BenchObject, ReadonlyMap<string, Cells>>>;

/** Object → key → what the sync's user may write there, with pilots by name. */
export async function contentOf({ org, reader }: BenchOrg): Promise<Content> {
  const objects = Object.entries(KEYS).map(async ([object, key]) => {
    const { body } = await org.call('GET', `/sobjects/${object}/describe`, undefined, SYNC_USER);
    const { fields } = body as { fields: DescribedField[] };
    const columns = fields.filter(({ updateable, createable, name }) =>
      name.endsWith('__c') && name !== key ? updateable || createable : false,
    );
    const selected = columns.map(({ name, referenceTo }) =>
      referenceTo.includes('Pilot__c') ? nameOf(name) : name,
    );
    const rows = await reader.query(`SELECT ${[key, ...selected].join(', ')} FROM ${object} ORDER BY ${key}`);
    return [object, new Map(rows.map((row) => [String(row[key]), cellsOf(row, columns)]))] as const;
  });
  return Object.fromEntries(await Promise.all(objects)) as unknown as Content;
}

interface DescribedField {
  readonly name: string;
  readonly updateable: boolean;
  readonly createable: boolean;
  readonly referenceTo: readonly string[];
}

/** Path to the name of the pilot that a field refers to. */
export function nameOf(reference: string): string {
  return `${reference.replace(/__c$/, '__r')}.Name`;
}

function cellsOf(row: Row, columns: readonly DescribedField[]): Cells {
  return Object.fromEntries(
    columns.map(({ name, referenceTo }) => [
      name,
      referenceTo.includes('Pilot__c')
        ? ((row[name.replace(/__c$/, '__r')] as Row | null)?.['Name'] ?? null)
        : (row[name] ?? null),
    ]),
  );
}

/** An instant of the org's clock that everything stored so far lies before, and everything later not. */
export async function momentOf({ org }: BenchOrg): Promise<Date> {
  const { now } = (await (await fetch(`${org.url}/local-org`)).json()) as { now: string };
  const next = new Date((Math.floor(Date.parse(now) / 1000) + 1) * 1000);
  await sleep(next.getTime() - Date.parse(now));
  return next;
}

/** Rows of these objects that the org stored from then on, whatever a client says of it. */
export async function rowsChangedSince({ reader }: BenchOrg, since: Date): Promise<number> {
  const counts = Object.keys(KEYS).map(async (object) => {
    const soql = `SELECT COUNT(Id) stored FROM ${object} WHERE SystemModstamp >= ${since.toISOString()}`;
    const [row] = await reader.query(soql);
    return Number(row?.['stored']);
  });
  return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0);
}

/** The rows that differ, with every column that differs in one of them. */
export function writtenRows(before: Content, after: Content): ObjectRows[] {
  return Object.entries(KEYS).flatMap(([name, key]) => {
    const object = name as BenchObject;
    const changed = [...after[object]].filter(([id, cells]) => differs(before[object].get(id), cells));
    const columns = new Set(
      changed.flatMap(([id, cells]) =>
        Object.keys(cells).filter((column) => cells[column] !== (before[object].get(id)?.[column] ?? null)),
      ),
    );
    const references = [...columns].filter((column) => column === 'Lead_Pilot__c' || column === 'Pilot__c');
    const rows = changed.map(([id, cells]) => ({
      [key]: id,
      ...Object.fromEntries([...columns].map((column) => [column, cells[column]])),
    }));
    const isNew = changed.some(([id]) => !before[object].has(id));
    return rows.length === 0 ? [] : [{ object, key, references, columns: [...columns], isNew, rows }];
  });
}

/** Number of rows in which two orgs differ. */
export function differingRows(one: Content, other: Content): number {
  return Object.keys(KEYS).reduce((sum, name) => {
    const [left, right] = [one[name as BenchObject], other[name as BenchObject]];
    const ids = new Set([...left.keys(), ...right.keys()]);
    return sum + [...ids].filter((id) => differs(left.get(id), right.get(id))).length;
  }, 0);
}

function differs(one: Cells | undefined, other: Cells | undefined): boolean {
  return JSON.stringify(one ?? null) !== JSON.stringify(other ?? null);
}
