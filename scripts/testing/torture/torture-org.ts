import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLocalOrg } from '../../local-org/local-org.ts';
import { NOW, startSyncOrg, SYNC_USER, usageCsv } from '../sync-org.ts';
import { ADMIN, testOrgOn, type TestOrg } from '../test-org.ts';

const KEYS = ['acme-eu', 'bolt-eu', 'corp-eu', 'dune-eu'];
const LAST_SYNC = new Date('2026-11-04T12:00:00Z');

/** An org two weeks after its last sync, in a file that every run copies, and the configuration of tonight's. */
export interface TortureTemplate {
  readonly file: string;
  readonly yaml: string;
  readonly folder: string;
  remove(): Promise<void>;
}

export async function makeTemplate(): Promise<TortureTemplate> {
  const folder = await mkdtemp(join(tmpdir(), 'pilot-torture-'));
  const file = join(folder, 'template.db');
  const sync = await startSyncOrg({ now: LAST_SYNC, file });
  try {
    for (const key of KEYS) {
      const { pilotId } = await sync.makePilot(key, key);
      await sync.org.call('POST', '/sobjects/SuccessCriterion__c', {
        Pilot__c: pilotId,
        Name: 'Active people',
        Metric__c: 'active_users',
        Window__c: 'Last 7 days',
        Target__c: 4,
      });
    }
    const old = await sync.file('old.csv', usageCsv(KEYS, '2026-10-19', '2026-11-04'));
    await sync.sync([old], { now: LAST_SYNC, yaml: yamlOf(old).replaceAll('RUN_FOLDER', folder) });
    // Tonight one of them has stopped, one is no longer in the export, and one row cannot be read.
    const usage = join(folder, 'usage.csv');
    const rows = [
      usageCsv(KEYS.slice(0, 2), '2026-10-19', '2026-11-18'),
      usageCsv(['corp-eu'], '2026-10-19', '2026-11-02').split('\n').slice(1).join('\n'),
      'yesterday,acme-eu,nobody\n',
    ];
    await writeFile(usage, rows.join(''));
    return {
      file,
      folder,
      yaml: yamlOf(usage),
      remove: () => rm(folder, { recursive: true, force: true }),
    };
  } finally {
    await sync.close();
  }
}

function yamlOf(usage: string): string {
  // Weeks go in bulk, everything else by calls: both ways are under fire.
  return [
    'sources:',
    `  - { name: product, kind: files, paths: [${JSON.stringify(usage)}], columns: { user_id: user_id } }`,
    'metrics: [{ name: active_users, fn: distinct, column: user_id }]',
    `run: { folder: RUN_FOLDER, bulk_from_rows: 5 }`,
    '',
  ].join('\n');
}

/** A copy of the template that listens. */
export async function openCopy(template: TortureTemplate, name: string): Promise<TestOrg> {
  const file = join(template.folder, `${name}.db`);
  await copyFile(template.file, file);
  const org = createLocalOrg({ now: NOW, file });
  const testOrg = testOrgOn(org, await org.listen());
  return {
    ...testOrg,
    close: async () => {
      await testOrg.close();
      await rm(file, { force: true });
    },
  };
}

const OBJECTS = ['Pilot__c', 'SuccessCriterion__c', 'PilotUsage__c', 'Opportunity', 'PilotSyncIssue__c'];
/** Ids and numbers given to issues and weeks follow the order of creation, and time stamps the clock: none is content. */
const NO_CONTENT = /^(Id|CreatedDate|LastModifiedDate|SystemModstamp|Last(Viewed|Referenced|Activity)Date)$/;

/** Everything people see of the org, a line per row in a fixed order; two rows for one thing are two lines. */
export async function contentRows(org: TestOrg): Promise<string[]> {
  const lines = [];
  for (const object of OBJECTS) {
    const open = object === 'PilotSyncIssue__c' ? ' WHERE Resolved_On__c = null' : '';
    const isNumbered = object === 'PilotUsage__c' || object === 'PilotSyncIssue__c';
    const rows = (await allRows(org, object, open)).map(({ Name, ...row }) =>
      isNumbered ? row : { Name, ...row },
    );
    lines.push(...rows.map((row) => `${object} ${JSON.stringify(row)}`).toSorted());
  }
  return lines;
}

/** Fields of every row, without those that are no content. */
export async function allRows(org: TestOrg, object: string, where = ''): Promise<Record<string, unknown>[]> {
  const described = (await org.call('GET', `/sobjects/${object}/describe`)).body as {
    fields: { name: string }[];
  };
  const names = described.fields.map(({ name }) => name).filter((name) => !NO_CONTENT.test(name));
  const soql = `SELECT ${names.join(', ')} FROM ${object}${where}`;
  const { status, body } = await org.call('GET', `/query?q=${encodeURIComponent(soql)}`, undefined, ADMIN);
  if (status !== 200) throw new Error(JSON.stringify(body));
  return (body as { records: Record<string, unknown>[] }).records.map(
    ({ attributes: _attributes, ...row }) => row,
  );
}

export async function environmentOf(org: TestOrg): Promise<Record<string, string>> {
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: SYNC_USER,
    client_secret: 'local-org',
  });
  const response = await fetch(`${org.url}/services/oauth2/token`, { method: 'POST', body });
  const { access_token } = (await response.json()) as { access_token: string };
  return { PILOT_ACCESS_TOKEN: access_token, PILOT_INSTANCE_URL: org.url };
}
