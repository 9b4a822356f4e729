// Local orgs with thousands of pilots that nobody judged yet: made once, kept in a file, and copied for each subject,
// so that all of them begin with the same rows and ids.
import { existsSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openAdminOrg, type AdminOrg, type Row } from '../cli/admin-org.ts';
import { NOW, SYNC_USER } from '../testing/sync-org.ts';
import { ADMIN, assignPermissionSet, createUser, startTestOrg, type TestOrg } from '../testing/test-org.ts';

/** An hour after the pilots were entered. */
export const RUN_AT = new Date(NOW.getTime() + 3_600_000);
/** Loading row by row would exceed an edition's own. */
const DAILY_REQUESTS = 10_000_000;
const BATCH = 200;
/** Of the configuration, which the criteria ask for. */
export const METRIC = 'active_users';

/** An org that listens, with what is needed to look into it. */
export interface BenchOrg {
  readonly org: TestOrg;
  /** For the files of whoever works with it. */
  readonly folder: string;
  /** Of the sync's user, who may write what the sync writes and nothing else. */
  readonly token: string;
  /** Of an administrator who may write it too: sfdmu updates no field of an object in which its user may not create. */
  readonly loaderToken: string;
  /** As the sync's user sees it. */
  readonly reader: AdminOrg;
  close(): Promise<void>;
}

export function workspaces(pilots: number): string[] {
  return Array.from({ length: pilots }, (_, index) => `ws-${index}`);
}

/**
 * Makes, once in a folder, an org with the package, the sync's user and, for each workspace, a pilot with a deal, a usage
 * key and a measured criterion; answers its file. A wide pilot has a text of eleven thousand characters.
 */
export async function pilotTemplate(folder: string, pilots: number, isWide = false): Promise<string> {
  const file = join(folder, `template-${pilots}${isWide ? '-wide' : ''}.db`);
  if (existsSync(file)) return file;
  const made = `${file}.part`;
  const org = await startTestOrg({ now: NOW, deploy: true, file: made });
  try {
    await createUser(org, {
      username: SYNC_USER,
      profile: 'Minimum Access - API Only Integrations',
      permissionSets: ['Pilot_Sync'],
    });
    await assignPermissionSet(org, ADMIN, 'Pilot_Sync');
    await fill(await openAs(org, ADMIN), workspaces(pilots), isWide);
  } finally {
    await org.close();
  }
  await rename(made, file);
  return file;
}

/** Gives work a folder that is gone afterwards. */
export async function inFolder<Answer>(work: (folder: string) => Promise<Answer>): Promise<Answer> {
  const folder = await mkdtemp(join(tmpdir(), 'pilot-bench-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A copy of such an org, listening, in a new folder of its own. */
export async function openCopy(template: string, folder: string, pageSize: number): Promise<BenchOrg> {
  await mkdir(folder);
  const file = join(folder, 'org.db');
  await copyFile(template, file);
  const org = await startTestOrg({ now: RUN_AT, file, pageSize, dailyApiRequests: DAILY_REQUESTS });
  const token = await org.tokenFor(SYNC_USER);
  const loaderToken = await org.tokenFor(ADMIN);
  const reader = await openAs(org, SYNC_USER);
  return { org, folder, token, loaderToken, reader, close: () => org.close() };
}

/** Requests that the org answers while `work` runs, as it counts them against the day's allowance. */
export async function callsOf<Answer>(
  { reader }: BenchOrg,
  work: () => Promise<Answer>,
): Promise<{ readonly calls: number; readonly answer: Answer }> {
  const before = await reader.requestsLeft();
  const answer = await work();
  // The second look counts itself.
  return { answer, calls: before - (await reader.requestsLeft()) - 1 };
}

async function openAs(org: TestOrg, username: string): Promise<AdminOrg> {
  return openAdminOrg({ instanceUrl: org.url, accessToken: await org.tokenFor(username) });
}

async function fill(admin: AdminOrg, keys: readonly string[], isWide: boolean): Promise<void> {
  const create = async (object: string, rows: readonly Row[]): Promise<string[]> => {
    const ids: string[] = [];
    for (let at = 0; at < rows.length; at += BATCH)
      ids.push(...(await admin.create(object, rows.slice(at, at + BATCH))));
    return ids;
  };
  const [AccountId] = await create('Account', [{ Name: 'Acme' }]);
  const deal = { AccountId, StageName: 'Prospecting', CloseDate: '2027-03-01' };
  const deals = await create(
    'Opportunity',
    keys.map((Name) => ({ ...deal, Name })),
  );
  const pilots = await create(
    'Pilot__c',
    keys.map((key, index) => ({
      ...PILOT,
      ...(isWide ? WIDE : {}),
      Name: `${key} pilot`,
      Opportunity__c: deals[index],
    })),
  );
  await create(
    'SuccessCriterion__c',
    pilots.map((pilot, index) => ({ ...CRITERION, Name: `${keys[index]} criterion`, Pilot__c: pilot })),
  );
  await create(
    'PilotUsageKey__c',
    keys.map((Key__c, index) => ({ Source__c: 'product', Key__c, Pilot__c: pilots[index] })),
  );
}

const PILOT = {
  Type__c: 'Pilot',
  Status__c: 'Active',
  Usage_Source__c: 'Linked',
  Start_Date__c: '2026-10-21',
  End_Date__c: '2026-12-16',
  Planned_Users__c: 5,
  Time_Zone__c: 'UTC',
};

// Days on which customers are closed, each with a long reason.
const WIDE = {
  Closed_Days__c: JSON.stringify({
    version: 1,
    days: Array.from({ length: 10 }, (_, day) => ({
      from: `2027-01-${day + 10}`,
      to: `2027-01-${day + 10}`,
      reason: 'stocktaking '.repeat(90),
    })),
  }),
};

const CRITERION = {
  Kind__c: 'Adoption',
  Direction__c: 'At least',
  Target__c: 5,
  Unit__c: 'people',
  Metric__c: METRIC,
  Window__c: 'Last 7 days',
};
