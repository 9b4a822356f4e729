import { strToU8, zipSync } from 'fflate';
import { createLocalOrg, type LocalOrg, type LocalOrgOptions } from '../local-org/local-org.ts';
import { testPackageZip } from './test-package.ts';

export const ADMIN = 'admin@local.test';
const API = '/services/data/v67.0';

export interface TestOrgOptions {
  readonly now?: Date;
  /** True deploys force-app and assigns Pilot_Admin to the administrator; a zip is deployed as it is. */
  readonly deploy?: boolean | Uint8Array;
  readonly pageSize?: number;
  readonly file?: string;
  readonly dailyApiRequests?: number;
  readonly lockMs?: number;
  readonly bulkJobMs?: number;
  readonly sharing?: NonNullable<LocalOrgOptions['sharing']>;
}

export interface TestOrg {
  readonly url: string;
  readonly org: LocalOrg;
  /** An access token of the user, by username. */
  tokenFor(username: string): Promise<string>;
  /**
   * One call as a user (by default the administrator), path below `/services/data/v67.0`.
   * Returns the status and the parsed body; an error status is not thrown.
   */
  call(method: string, path: string, body?: unknown, username?: string): Promise<Answer>;
  /** Deploys a zip; throws with every failure named. */
  deploy(zip: Uint8Array): Promise<void>;
  close(): Promise<void>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // Bodies are asserted by tests, field by field.
  readonly body: unknown;
}

/** A local org that listens on a free port of 127.0.0.1. */
export async function startTestOrg(options: TestOrgOptions = {}): Promise<TestOrg> {
  const { deploy, ...orgOptions } = options;
  const org = createLocalOrg(orgOptions);
  const url = await org.listen();
  const testOrg = testOrgOn(org, url);
  try {
    if (deploy instanceof Uint8Array) await testOrg.deploy(deploy);
    if (deploy === true) {
      await testOrg.deploy(testPackageZip());
      await assignPermissionSet(testOrg, ADMIN, 'Pilot_Admin');
    }
  } catch (error) {
    await testOrg.close();
    throw error;
  }
  return testOrg;
}

/** A test org over one that already listens. */
export function testOrgOn(org: LocalOrg, url: string): TestOrg {
  const tokens = new Map<string, Promise<string>>();
  const tokenFor = (username: string): Promise<string> => {
    const token = tokens.get(username) ?? requestToken(url, username);
    tokens.set(username, token);
    return token;
  };
  return {
    url,
    org,
    tokenFor,
    call: async (method, path, body, username = ADMIN) => {
      const headers: Record<string, string> = { authorization: `Bearer ${await tokenFor(username)}` };
      if (body !== undefined) headers['content-type'] = 'application/json';
      const response = await fetch(url + API + path, {
        method,
        headers,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      return {
        status: response.status,
        headers: response.headers,
        body: text === '' ? null : (JSON.parse(text) as unknown),
      };
    },
    deploy: async (zip) => deployZip(url, await tokenFor(ADMIN), zip),
    close: () => org.close(),
  };
}

async function requestToken(url: string, username: string): Promise<string> {
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: username,
    client_secret: 'local-org',
  });
  const response = await fetch(`${url}/services/oauth2/token`, { method: 'POST', body });
  const answer = (await response.json()) as { access_token?: string; error_description?: string };
  if (answer.access_token === undefined)
    throw new Error(`No token for ${username}: ${answer.error_description}`);
  return answer.access_token;
}

interface DeployAnswer {
  readonly deployResult: {
    readonly success: boolean;
    readonly details: {
      readonly componentFailures: readonly { fileName: string; lineNumber: number; problem: string }[];
    };
  };
}

async function deployZip(url: string, token: string, zip: Uint8Array): Promise<void> {
  const form = new FormData();
  form.set(
    'entity_content',
    new Blob([JSON.stringify({ deployOptions: { rollbackOnError: true, checkOnly: false } })], {
      type: 'application/json',
    }),
  );
  form.set('file', new Blob([new Uint8Array(zip)], { type: 'application/zip' }), 'package.zip');
  const headers = { authorization: `Bearer ${token}` };
  const started = await fetch(`${url}${API}/metadata/deployRequest`, { method: 'POST', headers, body: form });
  if (started.status !== 201) throw new Error(`The deploy was refused: ${await started.text()}`);
  const { id } = (await started.json()) as { id: string };
  const polled = await fetch(`${url}${API}/metadata/deployRequest/${id}?includeDetails=true`, { headers });
  const { deployResult } = (await polled.json()) as DeployAnswer;
  if (deployResult.success) return;
  const failures = deployResult.details.componentFailures.map(
    ({ fileName, lineNumber, problem }) => `${fileName}:${lineNumber} ${problem}`,
  );
  throw new Error(`The deploy failed:\n${failures.join('\n')}`);
}

/** Assigns a permission set by name, as an administrator does. */
export async function assignPermissionSet(
  org: TestOrg,
  username: string,
  permissionSet: string,
): Promise<void> {
  const idOf = async (object: string, field: string, value: string): Promise<string> => {
    const soql = encodeURIComponent(`SELECT Id FROM ${object} WHERE ${field} = '${value}'`);
    const { body } = await org.call('GET', `/query?q=${soql}`);
    const id = (body as { records?: { Id: string }[] }).records?.[0]?.Id;
    if (id === undefined) throw new Error(`No ${object} ${value}: ${JSON.stringify(body)}`);
    return id;
  };
  const assignment = {
    AssigneeId: await idOf('User', 'Username', username),
    PermissionSetId: await idOf('PermissionSet', 'Name', permissionSet),
  };
  const { status, body } = await org.call('POST', '/sobjects/PermissionSetAssignment', assignment);
  if (status !== 201)
    throw new Error(`${permissionSet} could not be assigned to ${username}: ${JSON.stringify(body)}`);
}

/** A deploy zip from file contents by path; `package.xml` is added when missing. */
export function zipOf(files: Readonly<Record<string, string>>): Uint8Array {
  const manifest =
    '<?xml version="1.0" encoding="UTF-8"?>\n<Package xmlns="http://soap.sforce.com/2006/04/metadata"><version>67.0</version></Package>\n';
  const all = { 'package.xml': manifest, ...files };
  return zipSync(Object.fromEntries(Object.entries(all).map(([name, text]) => [name, strToU8(text)])));
}

interface NewUser {
  readonly username: string;
  readonly profile?: string;
  readonly permissionSets?: readonly string[];
}

/** Makes a user as an administrator does; returns its id. */
export async function createUser(
  org: TestOrg,
  { username, profile = 'Standard User', permissionSets = [] }: NewUser,
): Promise<string> {
  const found = await org.call(
    'GET',
    `/query?q=${encodeURIComponent(`SELECT Id FROM Profile WHERE Name = '${profile}'`)}`,
  );
  const ProfileId = (found.body as { records: { Id: string }[] }).records[0]?.Id;
  const { status, body } = await org.call('POST', '/sobjects/User', {
    Username: username,
    LastName: username.split('@')[0],
    Email: username,
    Alias: username.slice(0, 8),
    ProfileId,
    TimeZoneSidKey: 'UTC',
    LocaleSidKey: 'en_US',
    LanguageLocaleKey: 'en_US',
    EmailEncodingKey: 'UTF-8',
  });
  if (status !== 201) throw new Error(`User ${username} could not be made: ${JSON.stringify(body)}`);
  for (const set of permissionSets) await assignPermissionSet(org, username, set);
  return (body as { id: string }).id;
}
