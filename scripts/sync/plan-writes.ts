// The difference between what the org holds and what the rules say, as rows to write.
import {
  criterionCells,
  ISSUE_ACKNOWLEDGED,
  ISSUE_ATTEMPTS,
  ISSUE_KEY,
  ISSUE_TIMES,
  issueCells,
  LEAD_PILOT,
  pilotCells,
  PILOT_SYNCED_AT,
  USAGE_WEEK_KEY,
  usageWeekCells,
  type CriterionVerdict,
  type Issue,
  type UsageWeek,
} from '../salesforce/columns.ts';
import { cutText } from '../salesforce/cut-text.ts';
import type { ObjectDescription } from '../salesforce/describe.ts';
import { difference, type Cells } from '../salesforce/difference.ts';
import type { CriterionRow, IssueRow, PilotRow, UsageWeekRow } from '../salesforce/pilot-rows.ts';
import type { RowWrite, WriteBatch } from '../salesforce/row-write.ts';
import type { LeadPilot } from './lead-pilot.ts';
import type { PilotVerdict } from '../salesforce/columns.ts';

/** Rows of one object: those to write, and those that already are as they should be. */
export interface ObjectPlan extends WriteBatch {
  readonly unchanged: readonly string[];
  /** Keys that the org has already. */
  readonly known: ReadonlySet<string>;
  /** What to call a row in the report, by key. */
  readonly names: ReadonlyMap<string, string>;
  /** The pilot that a row is about, by key; absent for rows about no pilot. */
  readonly pilots: ReadonlyMap<string, string>;
}

export type Descriptions = Readonly<Record<string, ObjectDescription>>;

interface Wanted {
  readonly key: string;
  readonly name: string;
  readonly pilotId?: string;
  /** Null for a row the org does not have yet. */
  readonly stored: Cells | null;
  readonly cells: Cells;
  /** Written along with a change, never compared. */
  readonly onChange?: Cells;
}

function plan(
  object: string,
  externalId: string | null,
  description: ObjectDescription,
  wanted: readonly Wanted[],
): ObjectPlan {
  const rows: RowWrite[] = [];
  const unchanged: string[] = [];
  for (const { key, stored, cells, onChange } of wanted) {
    const changed = difference(description, stored ?? {}, cells);
    if (Object.keys(changed).length === 0) unchanged.push(key);
    else rows.push({ key, cells: { ...changed, ...onChange } });
  }
  const known = new Set(wanted.filter(({ stored }) => stored !== null).map(({ key }) => key));
  return {
    object,
    externalId,
    rows,
    unchanged,
    known,
    names: new Map(wanted.map(({ key, name }) => [key, name])),
    pilots: new Map(wanted.flatMap(({ key, pilotId }) => (pilotId === undefined ? [] : [[key, pilotId]]))),
  };
}

export function planPilots(
  description: ObjectDescription,
  pilots: readonly { readonly row: PilotRow; readonly verdict: PilotVerdict }[],
  now: Date,
): ObjectPlan {
  const wanted = pilots.map(({ row, verdict }): Wanted => {
    const {
      Usage_Series__c: series,
      Network__c: network,
      Health_Log__c: healthLog,
      ...cells
    } = pilotCells(verdict);
    // Series and network are 32,768 characters wide each; their digest is what was read and what is compared.
    const [stored, wantedNow] = [digests(row.Series_Digest__c), digests(verdict.seriesDigest)];
    const onChange = {
      [PILOT_SYNCED_AT]: now.toISOString(),
      ...(stored.series === wantedNow.series ? {} : { Usage_Series__c: series ?? null }),
      ...(stored.network === wantedNow.network ? {} : { Network__c: network ?? null }),
      ...(healthLog === null ? {} : { Health_Log__c: healthLog! }),
    };
    return {
      key: row.Id,
      name: row.Name,
      pilotId: row.Id,
      stored: row as unknown as Cells,
      cells,
      onChange,
    };
  });
  return plan('Pilot__c', null, description, wanted);
}

function digests(text: string | null): { readonly series: string; readonly network: string } {
  return { series: text?.slice(0, 32) ?? '', network: text?.slice(32) ?? '' };
}

export function planCriteria(
  description: ObjectDescription,
  criteria: readonly {
    readonly row: CriterionRow;
    readonly verdict: CriterionVerdict;
    readonly isMeasured: boolean;
  }[],
): ObjectPlan {
  const wanted = criteria.map(({ row, verdict, isMeasured }): Wanted => {
    const { Actual__c: actual, Measured_On__c: measuredOn, ...judged } = criterionCells(verdict);
    // What a person measures stays theirs: they may be typing while the sync runs.
    const cells = isMeasured
      ? { Actual__c: actual ?? null, Measured_On__c: measuredOn ?? null, ...judged }
      : judged;
    return { key: row.Id, name: row.Name, pilotId: row.Pilot__c, stored: row, cells };
  });
  return plan('SuccessCriterion__c', null, description, wanted);
}

/** Weeks have their own key, so that a lost answer never makes a second row. */
export function planUsageWeeks(
  description: ObjectDescription,
  stored: readonly UsageWeekRow[],
  weeks: readonly UsageWeek[],
): ObjectPlan {
  const known = new Map(stored.map((row) => [row.Usage_Week_Key__c, row]));
  const wanted = weeks.map((week): Wanted => {
    const key = `${week.pilotId}|${week.weekStart}`;
    const { Pilot__c: pilot, ...rest } = usageWeekCells(week);
    const row = known.get(key);
    const name = `week of ${week.weekStart}`;
    const cells = { Pilot__c: pilot ?? null, ...rest };
    return { key, name, pilotId: week.pilotId, stored: row ?? null, cells };
  });
  const planned = plan('PilotUsage__c', USAGE_WEEK_KEY, description, wanted);
  // An upsert that creates needs the master; one that updates may carry it (the relationship is reparentable).
  return {
    ...planned,
    rows: planned.rows.map((row) => ({
      key: row.key,
      cells: { ...row.cells, Pilot__c: planned.pilots.get(row.key)! },
    })),
  };
}

/** The deal's lead pilot, and the values that the admin wants in fields of their own there. */
export function planLeads(description: ObjectDescription, leads: readonly LeadPilot[]): ObjectPlan {
  const wanted = leads.map(({ opportunityId, opportunity, pilotId, storedPilotId, mapped }): Wanted => ({
    key: opportunityId,
    name: opportunity,
    pilotId,
    stored: { [LEAD_PILOT]: storedPilotId, ...mapped.stored },
    cells: { [LEAD_PILOT]: pilotId, ...mapped.wanted },
  }));
  return plan('Opportunity', null, description, wanted);
}

/** Open issues that nobody reported any more are resolved, but for the `untold`; new and changed ones are written. */
export function planIssues(
  description: ObjectDescription,
  open: readonly IssueRow[],
  issues: readonly Issue[],
  now: Date,
  untold: ReadonlySet<string> = new Set(),
): ObjectPlan {
  const known = new Map(open.map((row) => [row.Issue_Key__c, row]));
  const current = new Map(issues.map((issue) => [issueKey(issue), issue]));
  const seen = now.toISOString();
  const wanted = [...current]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, issue]): Wanted => {
      const row = known.get(key);
      const { firstSeen, lastSeen, resolvedOn } = ISSUE_TIMES;
      const tried = issue.kind === 'Failed record' ? { [ISSUE_ATTEMPTS]: (row?.Attempts__c ?? 0) + 1 } : {};
      const cells = { ...fitting(description, issueCells(issue)), ...tried, [resolvedOn]: null };
      return {
        key,
        name: `${issue.kind}: ${issue.code}`,
        stored: row ?? null,
        cells,
        // A row that is not open may still be there from last time: blanks are sent too, so that it is open again.
        onChange: { ...(row ? {} : { ...cells, [firstSeen]: seen }), [lastSeen]: seen },
      };
    });
  const gone = open.filter((row) => !current.has(row.Issue_Key__c));
  const resolved = gone.map((row): Wanted => {
    // Should the trouble come back, it is news again.
    const isUntold = untold.has(row.Issue_Key__c);
    const cells = isUntold ? {} : { [ISSUE_TIMES.resolvedOn]: seen.slice(0, 10), [ISSUE_ACKNOWLEDGED]: null };
    return { key: row.Issue_Key__c, name: `resolved: ${row.Code__c ?? row.Kind__c}`, stored: row, cells };
  });
  return plan('PilotSyncIssue__c', ISSUE_KEY, description, [...wanted, ...resolved]);
}

/** An issue must not fail for the length of the name or value that it tells about. */
function fitting({ fields }: ObjectDescription, cells: Cells): Cells {
  return Object.fromEntries(
    Object.entries(cells).map(([name, cell]) => [
      name,
      typeof cell === 'string' ? cutText(cell.toWellFormed(), fields.get(name)?.length || cell.length) : cell,
    ]),
  );
}

/** The same trouble has the same key in every run, as long as a key field may be. */
export function issueKey(issue: Issue): string {
  const about = issue.about ?? issue.recordId ?? issue.pilotId ?? '';
  return cutText([issue.code, issue.source ?? '', about].join('|'), 255);
}

/** What an issue is about, out of its key. */
export function issueSubject(key: string): string {
  return key.split('|').slice(2).join('|');
}
