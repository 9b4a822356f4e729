// read org → read usage → evaluate: everything that a run knows before it writes. `pilot explain` and `pilot whatif`
// read the same way.
import type { PilotInput, Policy } from '../domain/evaluation.ts';
import { resolvePolicy, type PolicyRecord } from '../domain/policy.ts';
import type { SalesforceClient } from '../salesforce/client.ts';
import { pilotInputs, type ReadPilot } from '../salesforce/pilot-input.ts';
import { readPilotAccounts } from '../salesforce/read-accounts.ts';
import { readOrg, readPolicyRecords, type OrgRows } from '../salesforce/read-org.ts';
import type { UsageRequest } from '../sources/source.ts';
import { userHash } from '../sources/user-hash.ts';
import { derivedKeys } from './derived-keys.ts';
import { evaluatePilots, type Evaluations } from './evaluate-pilots.ts';
import { unclaimedKeys, withCandidates } from './not-linked.ts';
import { dealFields } from './mapped-fields.ts';
import { openSources } from './open-sources.ts';
import { POLICY_FIELDS } from './policy-query.ts';
import { CAPACITY_MODE_FIELD } from '../domain/policy-fields.ts';
import { pilotNetworks, type PilotNetwork } from './pilot-networks.ts';
import type { Progress } from './progress.ts';
import { readUsage, type UsageRead } from './read-usage.ts';
import type { SyncConfig } from './sync-config.ts';
import { linkOptions, usageLinks, type Links } from './usage-links.ts';

export interface JudgeOptions {
  readonly config: SyncConfig;
  /** The run's clock. */
  readonly now: Date;
  readonly acceptMassChange: boolean;
  /** Key for the hashes of user ids. */
  readonly secret: string;
  readonly progress: Progress;
}

export interface JudgedOrg {
  readonly policies: readonly PolicyRecord[];
  readonly rows: OrgRows;
  readonly read: readonly ReadPilot[];
  readonly links: Links;
  readonly usage: UsageRead;
  readonly evaluations: Evaluations;
  readonly networks: ReadonlyMap<string, PilotNetwork>;
}

/** Reads the org and the usage and judges every pilot; writes nothing. */
export async function judgeOrg(client: SalesforceClient, options: JudgeOptions): Promise<JudgedOrg> {
  const { config, now, progress, acceptMassChange } = options;
  progress.stage('read org');
  const [policies, rows] = await Promise.all([
    readPolicyRecords(client, [...POLICY_FIELDS, CAPACITY_MODE_FIELD]),
    readOrg(client, (count) => progress.update(count, null, 'records'), dealFields(config)),
  ]);
  const read = pilotInputs(rows, now.toISOString().slice(0, 10), userHash(options.secret));
  const readable = read.filter((pilot) => 'input' in pilot);

  progress.stage('read usage');
  const sources = openSources(config, options.secret);
  const inputs = readable.map((pilot) => pilot.input);
  const fields = config.link.account_fields.map(({ field }) => field);
  const isDerived = fields.length > 0 || config.sources.some(({ columns }) => columns.stamp !== undefined);
  const derived = isDerived
    ? derivedKeys(config, rows.usageKeys, await readPilotAccounts(client, fields))
    : [];
  const links = usageLinks(inputs, [...rows.usageKeys, ...derived], linkOptions(config));
  const asked = { now, ...usageRules(inputs, resolvePolicy(policies, null)) };
  const usage = await readUsage(sources, links.links, asked, (source, rows, total) =>
    progress.update(rows, total, `rows of ${source}`),
  );

  progress.stage('evaluate');
  const judgeable = readable.filter(
    ({ input }) =>
      usage.facts.has(input.id) ||
      usage.problems.has(input.id) ||
      !links.links.some((link) => link.pilotId === input.id),
  );
  const problems = await withCandidates(
    client,
    new Map([...links.problems, ...usage.problems]),
    unclaimedKeys(usage, rows.usageKeys),
  );
  const evaluations = evaluatePilots(judgeable, { links: links.links, problems }, usage, {
    now,
    timeZone: config.time_zone,
    policies,
    acceptMassChange,
    pilotsWithWeeks: new Set(rows.usageWeeks.map((week) => week.Pilot__c)),
  });
  const networks = await pilotNetworks(client, evaluations.pilots, {
    network: config.network,
    hash: userHash(options.secret),
  });
  return { policies, rows, read, links, usage, evaluations, networks };
}

/** What a source must know of the pilots and of the admin's rules. */
function usageRules(
  pilots: readonly PilotInput[],
  policy: Policy,
): Pick<UsageRequest, 'periods' | 'incompleteDays'> {
  return {
    periods: new Map(
      pilots.flatMap(({ id, startDate, endDate }) =>
        startDate === null ? [] : [[id, { first: startDate, last: endDate }] as const],
      ),
    ),
    incompleteDays: { percent: policy.incompleteDayPercent, minEvents: policy.incompleteDayMinEvents },
  };
}
