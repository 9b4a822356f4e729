import type { SalesforceClient } from '../salesforce/client.ts';
import type { PilotRow } from '../salesforce/pilot-rows.ts';
import { readHealthLogs } from '../salesforce/read-health-logs.ts';
import type { ReadPilot } from '../salesforce/pilot-input.ts';
import type { OrgRows } from '../salesforce/read-org.ts';
import type { Issue } from '../salesforce/columns.ts';
import type { ObjectDescription } from '../salesforce/describe.ts';
import type { RecordOutcome } from './account.ts';
import type { EvaluatedPilot, Evaluations } from './evaluate-pilots.ts';
import { leadPilots } from './lead-pilot.ts';
import type { MappedField } from './mapped-fields.ts';
import { changesHealth, pilotVerdict, type Wording } from './pilot-verdict.ts';
import { planCriteria, planLeads, planPilots, planUsageWeeks, type ObjectPlan } from './plan-writes.ts';
import type { PilotNetwork } from './pilot-networks.ts';
import type { UsageRead } from './read-usage.ts';
import {
  missingEventIssues,
  rejectedIssues,
  silentKeyIssues,
  sourceIssues,
  unreadableLinkIssues,
} from './run-issues.ts';
import type { Links } from './usage-links.ts';
import { usageWeeks } from './usage-weeks.ts';

export interface RunPlan {
  /** In the order of writing: a pilot before its details, details before the deal. */
  readonly objects: readonly ObjectPlan[];
  /** Pilot ids, those first whose flag changes or stands: what is written when API requests are short. */
  readonly urgency: readonly string[];
  readonly evaluated: readonly { readonly pilot: EvaluatedPilot; readonly reason: string }[];
  /** Pilots that get no verdict in this run, and why. */
  readonly notTried: readonly { readonly row: PilotRow; readonly outcome: RecordOutcome }[];
  /** Known before writing; failed records are added afterwards. */
  readonly issues: readonly Issue[];
  /** Keys that some pilot names, also where an overlap or a mistake keeps them out of the run. */
  readonly claimedKeys: ReadonlySet<string>;
  readonly openIssues: OrgRows['issues'];
  /** Names of the sources that could not be read. */
  readonly unreadSources: ReadonlySet<string>;
  readonly issueDescription: ObjectDescription;
}

export interface PlanInput {
  readonly rows: OrgRows;
  readonly read: readonly ReadPilot[];
  readonly links: Links;
  readonly usage: UsageRead;
  readonly evaluations: Evaluations;
  /** By pilot; none where nothing is known of its spread. */
  readonly networks: ReadonlyMap<string, PilotNetwork>;
  readonly wording: Wording;
  /** The admin's own fields on the deal. */
  readonly opportunityFields: readonly MappedField[];
  readonly now: Date;
}

/** Everything the run would write. Rows are sorted by deal, then pilot: those of one master share a call. */
export async function planRun(client: SalesforceClient, input: PlanInput): Promise<RunPlan> {
  const { rows, read, links, usage, evaluations, wording, now } = input;
  const describe = async (object: string): Promise<ObjectDescription> => (await client.describe(object))!;
  const evaluated = evaluations.pilots.toSorted(
    (a, b) => compareText(a.row.Opportunity__c, b.row.Opportunity__c) || compareText(a.row.Id, b.row.Id),
  );
  const changed = evaluated.filter(changesHealth).map(({ row }) => row.Id);
  const healthLogs = await readHealthLogs(client, changed);
  const verdicts = evaluated.map((pilot) => ({
    row: pilot.row,
    verdict: pilotVerdict(pilot, { networks: input.networks, healthLogs, wording, now }),
  }));
  const weeks = evaluated.flatMap(({ facts }) => (facts ? usageWeeks(facts) : []));
  const pilots = read.map(({ row }) => row);
  const byPilot = new Map(verdicts.map(({ row, verdict }) => [row.Id, verdict]));
  return {
    objects: [
      planPilots(await describe('Pilot__c'), verdicts, now),
      planCriteria(await describe('SuccessCriterion__c'), scores(rows, evaluated)),
      planUsageWeeks(await describe('PilotUsage__c'), rows.usageWeeks, weeks),
      planLeads(await describe('Opportunity'), leadPilots(pilots, byPilot, input.opportunityFields)),
    ],
    urgency: byUrgency(evaluated, pilots),
    evaluated: evaluated.map((pilot, index) => ({
      pilot,
      reason: verdicts[index]!.verdict.stallReason ?? '',
    })),
    notTried: notTried(read, evaluated, usage, links),
    issues: [
      ...links.issues,
      ...sourceIssues(usage.failures),
      ...rejectedIssues(usage.summaries),
      ...missingEventIssues(usage.summaries),
      ...unreadableLinkIssues(usage.summaries),
      ...silentKeys(links, usage, evaluated),
    ],
    claimedKeys: new Set(rows.usageKeys.map((row) => claimedKey(row.Source__c ?? '', row.Key__c ?? ''))),
    openIssues: rows.issues,
    unreadSources: new Set(usage.failures.keys()),
    issueDescription: await describe('PilotSyncIssue__c'),
  };
}

function byUrgency(evaluated: readonly EvaluatedPilot[], pilots: readonly PilotRow[]): string[] {
  const rank = ({ evaluation, row }: EvaluatedPilot): number => {
    if (evaluation.isStalled !== row.Stalled__c) return 0;
    return evaluation.isStalled ? 1 : 2;
  };
  const judged = evaluated.toSorted((a, b) => rank(a) - rank(b)).map(({ row }) => row.Id);
  return [...new Set([...judged, ...pilots.map((row) => row.Id)])];
}

export function claimedKey(source: string, key: string): string {
  return JSON.stringify([source, key]);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

function scores(rows: OrgRows, evaluated: readonly EvaluatedPilot[]) {
  const byPilot = Map.groupBy(rows.criteria, (row) => row.Pilot__c);
  return evaluated.flatMap(({ input, evaluation }) =>
    evaluation.criteria.map(({ id, score }) => {
      const row = byPilot.get(input.id)!.find((one) => one.Id === id)!;
      return { row, verdict: score, isMeasured: score.isMeasured };
    }),
  );
}

function notTried(
  read: readonly ReadPilot[],
  evaluated: readonly EvaluatedPilot[],
  usage: UsageRead,
  links: Links,
): RunPlan['notTried'] {
  const done = new Set(evaluated.map(({ row }) => row.Id));
  return read
    .filter(({ row }) => !done.has(row.Id))
    .map((pilot) => {
      const { row } = pilot;
      if ('problem' in pilot)
        return { row, outcome: { kind: 'failed', fields: ['Closed_Days__c'], ...pilot.problem } };
      const source = links.links.find(
        (link) => link.pilotId === row.Id && usage.failures.has(link.source),
      )?.source;
      const reason = `its usage source ${source ?? ''} could not be read; what the org holds stays until its Stale After passes`;
      return { row, outcome: { kind: 'skipped', code: 'SOURCE_NOT_READ', reason } };
    });
}

function silentKeys(links: Links, usage: UsageRead, evaluated: readonly EvaluatedPilot[]): Issue[] {
  const names = new Map(evaluated.map(({ row }) => [row.Id, row.Name]));
  const unseen = new Map(usage.summaries.map(({ source, unseenKeys }) => [source, new Set(unseenKeys)]));
  const silent = links.links.filter(
    (link) =>
      link.by !== 'stamp' && names.has(link.pilotId) && unseen.get(link.source)?.has(link.key) === true,
  );
  return silentKeyIssues(silent.map((link) => ({ ...link, pilot: names.get(link.pilotId)! })));
}
