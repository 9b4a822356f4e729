// The bench itself: a fresh local org, two syncs over HTTP, and what the org holds afterwards.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import type { EvaluationInput, Risk } from '../domain/evaluation.ts';
import { createLocalOrg } from '../local-org/local-org.ts';
import { connect, type Login } from '../salesforce/connect.ts';
import { soql } from '../salesforce/soql.ts';
import type { EvaluatedPilot } from '../sync/evaluate-pilots.ts';
import { judgeOrg } from '../sync/judge-org.ts';
import type { Progress, Stage } from '../sync/progress.ts';
import { runSync } from '../sync/run-sync.ts';
import { SyncConfig } from '../sync/sync-config.ts';
import type { SyncReport } from '../sync/sync-report.ts';
import { readActivityFolder, type ActivityFolder, type ActivityPilot } from './activity-folder.ts';
import { fillActivityOrg, SOURCE, type ActivityOrg } from './activity-org.ts';

/** A pilot of the folder with what the org says of it after the sync. */
export interface JudgedPilot extends ActivityPilot {
  /** Null when the sync wrote none. */
  readonly health: string | null;
  /** 0..100; null when the sync wrote none. */
  readonly riskPercent: number | null;
  /** What the rules were asked and the risk they gave, as `pilot explain` reads them; null when not judged. */
  readonly asked: (EvaluationInput & { readonly risk: Risk | null }) | null;
}

export interface ActivityRun {
  readonly folder: ActivityFolder;
  readonly pilots: readonly JudgedPilot[];
  /** Sum of the weekly events that the org holds for all pilots. */
  readonly eventsInOrg: number;
  readonly first: SyncReport;
  readonly second: SyncReport;
}

interface BenchProgress extends Progress {
  stage(name: Stage | (string & {})): void;
}

const pilotRow = z.object({
  Id: z.string(),
  Health__c: z.string().nullable(),
  Risk__c: z.number().nullable(),
});
const weekRow = z.object({ Events__c: z.number().nullable() });

/** Judges the folder's pilots as of `asOf` in an org of their own, twice. */
export async function runActivity(path: string, asOf: Date, progress: BenchProgress): Promise<ActivityRun> {
  progress.stage('read folder');
  const folder = await readActivityFolder(path, asOf);
  const scratch = await mkdtemp(join(tmpdir(), 'pilot-activity-'));
  const localOrg = createLocalOrg({ now: asOf });
  try {
    const url = await localOrg.listen();
    progress.stage('make org');
    const org = await fillActivityOrg(url, folder.pilots, (...done) => progress.update(...done));
    const { sync, judge } = await runsOf(folder, org.sync, { asOf, scratch, progress });
    const first = await sync();
    const second = await sync();
    return { folder, first, second, ...(await readBack(org, folder.pilots, await judge())) };
  } finally {
    await localOrg.close();
    await rm(scratch, { recursive: true });
  }
}

interface Runs {
  readonly sync: () => Promise<SyncReport>;
  /** Judges as the next sync would, and writes nothing. */
  readonly judge: () => Promise<readonly EvaluatedPilot[]>;
}

async function runsOf(
  { eventsFile }: ActivityFolder,
  { accessToken, instanceUrl }: Login,
  { asOf, scratch, progress }: { asOf: Date; scratch: string; progress: BenchProgress },
): Promise<Runs> {
  // The data holds every event before the instant at which it is judged; a delivery would say so in its marker.
  const marker = join(scratch, 'complete-through');
  await writeFile(marker, `${asOf.toISOString()}\n`);
  const common = {
    config: configOf(eventsFile, marker, scratch),
    now: asOf,
    acceptMassChange: false,
    secret: 'the ids in the data are hashes already',
    progress,
  };
  const environment = { PILOT_ACCESS_TOKEN: accessToken, PILOT_INSTANCE_URL: instanceUrl };
  const login = { targetOrg: null, environment };
  return {
    sync: () =>
      runSync({ ...common, login, isDryRun: false, mode: 'Manual', version: 'bench', lockFolder: scratch }),
    judge: async () => (await judgeOrg((await connect(login)).client, common)).evaluations.pilots,
  };
}

function configOf(eventsFile: string, marker: string, folder: string): SyncConfig {
  const names = ['event_id', 'event_time', 'usage_key', 'user_id', 'department', 'invited_by'];
  const columns = { ...Object.fromEntries(names.map((name) => [name, name])), event: 'feature' };
  return SyncConfig.parse({
    time_zone: 'UTC',
    sources: [{ name: SOURCE, kind: 'files', paths: [eventsFile], columns, complete_through: marker }],
    run: { folder },
  });
}

async function readBack(
  { admin, keys }: ActivityOrg,
  pilots: readonly ActivityPilot[],
  evaluated: readonly EvaluatedPilot[],
): Promise<Pick<ActivityRun, 'pilots' | 'eventsInOrg'>> {
  const { client } = await connect({
    targetOrg: null,
    environment: { PILOT_ACCESS_TOKEN: admin.accessToken, PILOT_INSTANCE_URL: admin.instanceUrl },
  });
  const rows = await client.query(soql`SELECT Id, Health__c, Risk__c FROM Pilot__c`, pilotRow);
  const weeks = await client.query(soql`SELECT Events__c FROM PilotUsage__c`, weekRow);
  const byKey = new Map(rows.map((row) => [keys.get(row.Id), row]));
  const askedByKey = new Map(evaluated.map((one) => [keys.get(one.row.Id), askedOf(one)]));
  return {
    pilots: pilots.map((pilot) => {
      const row = byKey.get(pilot.key);
      const asked = askedByKey.get(pilot.key) ?? null;
      return { ...pilot, health: row?.Health__c ?? null, riskPercent: row?.Risk__c ?? null, asked };
    }),
    eventsInOrg: weeks.reduce((sum, week) => sum + (week.Events__c ?? 0), 0),
  };
}

function askedOf({ input, facts, dataProblem, policy, today, evaluation }: EvaluatedPilot) {
  return { pilot: input, facts, dataProblem, policy, today, risk: evaluation.risk };
}
