import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEFAULT_RETRY } from '../salesforce/retry.ts';
import { parseConfig } from '../sync/read-config.ts';
import { runSync, type SyncOptions } from '../sync/run-sync.ts';
import type { SyncReport } from '../sync/sync-report.ts';
import { assignPermissionSet, createUser, startTestOrg, ADMIN, type TestOrg } from './test-org.ts';

export const SYNC_USER = 'sync@pilot.example';
export const NOW = new Date('2026-11-18T12:00:00Z');
const SECRET = 'only made-up people in these tests';

/** A deal with one pilot that started four weeks before `NOW`, linked to the workspace `key`. */
export interface MadePilot {
  readonly opportunityId: string;
  readonly pilotId: string;
}

/** A local org with the package, an integration user, and a folder for usage files. */
export interface SyncOrg {
  readonly org: TestOrg;
  readonly folder: string;
  makePilot(name: string, key: string | null, fields?: Readonly<Record<string, unknown>>): Promise<MadePilot>;
  /** Writes a file into the folder; answers its path. */
  file(name: string, content: string | Uint8Array): Promise<string>;
  sync(
    usagePaths: readonly string[],
    options?: Partial<SyncOptions> & { readonly yaml?: string },
  ): Promise<SyncReport>;
  /** Text of a configuration that reads these files. */
  yaml(usagePaths: readonly string[], more?: string): string;
  environment(): Promise<Record<string, string>>;
  /** Every row of an object that people or the sync write, all fields, as the administrator sees it. */
  rows(object: string): Promise<Record<string, unknown>[]>;
  close(): Promise<void>;
}

/** Starts such an org; `zip` replaces the package as it is in the repository. */
export async function startSyncOrg(
  options: { readonly zip?: Uint8Array; readonly now?: Date; readonly file?: string } = {},
): Promise<SyncOrg> {
  const org = await startTestOrg({
    now: options.now ?? NOW,
    deploy: options.zip ?? true,
    ...(options.file === undefined ? {} : { file: options.file }),
  });
  if (options.zip) await assignPermissionSet(org, ADMIN, 'Pilot_Admin');
  await createUser(org, {
    username: SYNC_USER,
    profile: 'Minimum Access - API Only Integrations',
    permissionSets: ['Pilot_Sync'],
  });
  const folder = await mkdtemp(join(tmpdir(), 'pilot-sync-'));
  const create = async (object: string, fields: Readonly<Record<string, unknown>>): Promise<string> => {
    const { status, body } = await org.call('POST', `/sobjects/${object}`, fields);
    if (status !== 201) throw new Error(`${object}: ${JSON.stringify(body)}`);
    return (body as { id: string }).id;
  };
  const yaml = (paths: readonly string[], more = ''): string =>
    `sources:\n  - name: product\n    kind: files\n    paths: ${JSON.stringify(paths)}\n    columns: { user_id: user_id }\nrun: { folder: ${JSON.stringify(folder)} }\n${more}`;
  const environment = async (): Promise<Record<string, string>> => ({
    PILOT_ACCESS_TOKEN: await org.tokenFor(SYNC_USER),
    PILOT_INSTANCE_URL: org.url,
    PILOT_USER_SECRET: SECRET,
  });
  return {
    org,
    folder,
    yaml,
    environment,
    makePilot: async (name, key, fields = {}) => {
      const AccountId = await create('Account', { Name: name });
      const opportunityId = await create('Opportunity', {
        Name: name,
        AccountId,
        StageName: 'Prospecting',
        CloseDate: '2027-03-01',
      });
      const pilotId = await create('Pilot__c', {
        ...PILOT,
        Name: `${name} pilot`,
        Opportunity__c: opportunityId,
        ...fields,
      });
      if (key !== null)
        await create('PilotUsageKey__c', { Pilot__c: pilotId, Source__c: 'product', Key__c: key });
      return { opportunityId, pilotId };
    },
    file: async (name, content) => {
      const path = join(folder, name);
      await writeFile(path, content);
      return path;
    },
    sync: async (paths, { yaml: text, ...rest } = {}) =>
      runSync({
        config: parseConfig(text ?? yaml(paths), 'sync.yaml'),
        login: {
          targetOrg: null,
          environment: await environment(),
          retry: { ...DEFAULT_RETRY, sleep: async () => undefined },
        },
        now: NOW,
        isDryRun: false,
        acceptMassChange: false,
        mode: 'Manual',
        secret: SECRET,
        version: '0.0.0',
        progress: { stage: () => undefined, update: () => undefined, note: () => undefined },
        lockFolder: folder,
        ...rest,
      }),
    rows: async (object) => {
      const described = (await org.call('GET', `/sobjects/${object}/describe`)).body as {
        fields: { name: string }[];
      };
      const names = described.fields.map((field) => field.name).join(', ');
      const { status, body } = await org.call(
        'GET',
        `/query?q=${encodeURIComponent(`SELECT ${names} FROM ${object} ORDER BY Id`)}`,
      );
      if (status !== 200) throw new Error(JSON.stringify(body));
      return (body as { records: Record<string, unknown>[] }).records;
    },
    close: async () => {
      await org.close();
      await rm(folder, { recursive: true });
    },
  };
}

const PILOT = {
  Type__c: 'Pilot',
  Status__c: 'Active',
  Usage_Source__c: 'Linked',
  Start_Date__c: '2026-10-21',
  End_Date__c: '2026-12-16',
  Licensed_Users__c: 5,
  Planned_Users__c: 5,
  Time_Zone__c: 'UTC',
};

/**
 * A usage file: five people active on every weekday from `from` to `to` (inclusive), three events each; only `keys`.
 */
export function usageCsv(keys: readonly string[], from: string, to: string): string {
  const lines = ['event_time,usage_key,user_id'];
  for (let day = Date.parse(from); day <= Date.parse(to); day += 86_400_000) {
    if ([0, 6].includes(new Date(day).getUTCDay())) continue;
    for (const key of keys)
      for (let user = 1; user <= 5; user += 1)
        for (const hour of [7, 9, 11])
          lines.push(
            `${new Date(day + hour * 3_600_000).toISOString().replace('.000Z', 'Z')},${key},${key}-${user}`,
          );
  }
  return `${lines.join('\n')}\n`;
}

const XML = '<?xml version="1.0" encoding="UTF-8"?>\n';
const NAMESPACE = 'xmlns="http://soap.sforce.com/2006/04/metadata"';

/** A package.xml that names these members. */
export function manifest(types: Readonly<Record<string, readonly string[]>>): string {
  const listed = Object.entries(types).map(
    ([name, members]) =>
      `<types>${members.map((member) => `<members>${member}</members>`).join('')}<name>${name}</name></types>`,
  );
  return `${XML}<Package ${NAMESPACE}>${listed.join('')}<version>67.0</version></Package>`;
}

/** An object file that holds only what is given. */
export function customObject(content: string): string {
  return `${XML}<CustomObject ${NAMESPACE}>${content}</CustomObject>`;
}
