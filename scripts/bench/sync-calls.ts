// API calls of whole syncs against the local org: `node scripts/bench/sync-calls.ts [--pilots 5000] [--page 2000]`. A first
// sync, then the same again, which must write nothing. Exits 1 where a target is missed.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { DEFAULT_RETRY } from '../salesforce/retry.ts';
import { parseConfig } from '../sync/read-config.ts';
import { runSync } from '../sync/run-sync.ts';
import { NOW, SYNC_USER, usageCsv } from '../testing/sync-org.ts';
import { createUser, startTestOrg, type TestOrg } from '../testing/test-org.ts';

const FIRST_CALLS = 120;
const UNCHANGED_CALLS = 15;
const BATCH = 200;

const { values } = parseArgs({
  options: { pilots: { type: 'string', default: '5000' }, page: { type: 'string', default: '2000' } },
});
const keys = Array.from({ length: Number(values.pilots) }, (_, index) => `ws-${index}`);

/** Creates rows by calls of two hundred, and answers their ids. */
async function create(org: TestOrg, type: string, rows: readonly object[]): Promise<string[]> {
  const ids: string[] = [];
  for (let at = 0; at < rows.length; at += BATCH) {
    const records = rows.slice(at, at + BATCH).map((row) => ({ attributes: { type }, ...row }));
    const { body } = await org.call('POST', '/composite/sobjects', { allOrNone: true, records });
    for (const { success, id, errors } of body as { success: boolean; id: string; errors: unknown }[]) {
      if (!success) throw new Error(`${type} was refused: ${JSON.stringify(errors)}`);
      ids.push(id);
    }
  }
  return ids;
}

async function fill(org: TestOrg): Promise<void> {
  const [AccountId] = await create(org, 'Account', [{ Name: 'Acme' }]);
  const deal = { AccountId, StageName: 'Prospecting', CloseDate: '2027-03-01' };
  const deals = await create(
    org,
    'Opportunity',
    keys.map((Name) => ({ ...deal, Name })),
  );
  const pilot = {
    Type__c: 'Pilot',
    Status__c: 'Active',
    Usage_Source__c: 'Linked',
    Start_Date__c: '2026-10-21',
    End_Date__c: '2026-12-16',
    Planned_Users__c: 5,
    Time_Zone__c: 'UTC',
  };
  const pilots = await create(
    org,
    'Pilot__c',
    keys.map((key, index) => ({ ...pilot, Name: `${key} pilot`, Opportunity__c: deals[index] })),
  );
  const link = { Source__c: 'product' };
  await create(
    org,
    'PilotUsageKey__c',
    keys.map((Key__c, index) => ({ ...link, Key__c, Pilot__c: pilots[index] })),
  );
}

const folder = await mkdtemp(join(tmpdir(), 'pilot-bench-calls-'));
const org = await startTestOrg({ now: NOW, deploy: true, pageSize: Number(values.page) });
try {
  await createUser(org, {
    username: SYNC_USER,
    profile: 'Minimum Access - API Only Integrations',
    permissionSets: ['Pilot_Sync'],
  });
  await fill(org);
  const usage = join(folder, 'usage.csv');
  await writeFile(usage, usageCsv(keys, '2026-11-09', '2026-11-18'));
  const yaml = `sources: [{ name: product, kind: files, paths: [${usage}], columns: { user_id: user_id } }]\nrun: { folder: ${folder} }\n`;
  const environment = { PILOT_ACCESS_TOKEN: await org.tokenFor(SYNC_USER), PILOT_INSTANCE_URL: org.url };
  for (const [name, most] of [
    ['first', FIRST_CALLS],
    ['unchanged', UNCHANGED_CALLS],
  ] as const) {
    await fetch(`${org.url}/local-org/requests`, { method: 'DELETE' });
    const startedMs = performance.now();
    const { totals, exitCode } = await runSync({
      config: parseConfig(yaml, 'sync.yaml'),
      login: { targetOrg: null, environment, retry: DEFAULT_RETRY },
      now: NOW,
      isDryRun: false,
      acceptMassChange: false,
      mode: 'Manual',
      secret: 'only made-up people are here',
      version: '0.0.0',
      progress: { stage: () => undefined, update: () => undefined, note: () => undefined },
      lockFolder: folder,
    });
    const seconds = ((performance.now() - startedMs) / 1000).toFixed(1);
    const log = (await (await fetch(`${org.url}/local-org/requests`)).json()) as {
      requests: { path: string }[];
    };
    // As the org counts them: not the control of the bench.
    const calls = log.requests.filter(({ path }) => path.startsWith('/services/data/')).length;
    process.stdout.write(
      `${keys.length} pilots, pages of ${values.page}, ${name} sync: ${calls} calls (target ${most}), ${JSON.stringify(totals)}, exit code ${exitCode}, ${seconds} s, load ${loadavg()[0]!.toFixed(1)}\n`,
    );
    const wrote = name === 'unchanged' && totals.created + totals.updated > 0;
    if (calls > most || wrote || exitCode !== 0) process.exitCode = 1;
  }
} finally {
  await org.close();
  await rm(folder, { recursive: true, force: true });
}
