// An org as an admin's client sees it: queries, descriptions, deploys and retrieves.
import { unzipSync } from 'fflate';
import type { Connection } from 'jsforce';
import { API_VERSION } from '../salesforce/client.ts';
import type { Login } from '../salesforce/connect.ts';
import { deployPackage } from '../salesforce/deploy-package.ts';
import { ConfigError } from '../salesforce/pilot-error.ts';

export type Row = Readonly<Record<string, unknown>>;

export interface DescribedField {
  readonly name: string;
  readonly type: string;
}

/** The login of an alias or username that the Salesforce CLI keeps, or of the environment when none is named. */
export async function adminLogin(
  targetOrg: string | undefined,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<Login> {
  if (targetOrg === undefined) {
    const accessToken = environment['PILOT_ACCESS_TOKEN'] ?? environment['SF_ACCESS_TOKEN'];
    const instanceUrl = environment['PILOT_INSTANCE_URL'] ?? environment['SF_ORG_INSTANCE_URL'];
    if (accessToken && instanceUrl) return { accessToken, instanceUrl };
    throw new ConfigError(
      'NO_LOGIN',
      'No org to install into: no --target-org and no token in the environment.',
      {
        actions: [
          'Log in once: sf org login web --alias my-org',
          'Then: npx pilot install --target-org my-org',
        ],
      },
    );
  }
  const { AuthInfo, Connection: CoreConnection, StateAggregator } = await import('@salesforce/core');
  const username = (await StateAggregator.getInstance()).aliases.resolveUsername(targetOrg);
  const authInfo = await AuthInfo.create({ username }).catch((cause: unknown) => {
    throw new ConfigError('NO_LOGIN', `No login is stored for "${targetOrg}".`, {
      actions: ['See the stored logins: sf org list auth', `Log in: sf org login web --alias ${targetOrg}`],
      cause,
    });
  });
  const core = await CoreConnection.create({ authInfo, connectionOptions: { version: API_VERSION } });
  // One call with the stored token; an expired one is renewed by the library.
  await core.query('SELECT Id FROM Organization');
  return { accessToken: core.accessToken ?? '', instanceUrl: core.instanceUrl };
}

/** Opens an org for an admin's work; nothing is sent before the first call. */
export async function openAdminOrg(login: Login): Promise<AdminOrg> {
  const jsforce = await import('jsforce');
  return new AdminOrg(login, new jsforce.Connection({ ...login, version: API_VERSION }));
}

export class AdminOrg {
  readonly #login: Login;
  readonly #connection: Connection;

  constructor(login: Login, connection: Connection) {
    this.#login = login;
    this.#connection = connection;
  }

  get instanceUrl(): string {
    return this.#login.instanceUrl;
  }

  /** Every row, page by page. */
  async query(soql: string): Promise<Row[]> {
    const rows: Row[] = [];
    let page = await this.#connection.query<Row>(soql);
    rows.push(...page.records);
    while (!page.done && page.nextRecordsUrl) {
      page = await this.#connection.queryMore<Row>(page.nextRecordsUrl);
      rows.push(...page.records);
    }
    return rows;
  }

  /** The one column of a Tooling API query; null where the org refuses to answer, e.g. without View Setup. */
  async setupNames(soql: string, column: string): Promise<string[] | null> {
    try {
      const names: string[] = [];
      let page = await this.#connection.tooling.query<Row>(soql);
      names.push(...page.records.map((row) => String(row[column])));
      while (!page.done && page.nextRecordsUrl) {
        page = await this.#connection.tooling.queryMore<Row>(page.nextRecordsUrl);
        names.push(...page.records.map((row) => String(row[column])));
      }
      return names;
    } catch (error) {
      // The library gives only what the org itself answered a code.
      if (error instanceof Error && 'errorCode' in error) return null;
      throw error;
    }
  }

  /** Names of all objects that the user sees. */
  async objectNames(): Promise<string[]> {
    const { sobjects } = await this.#connection.describeGlobal();
    return sobjects.map(({ name }) => name);
  }

  /** Fields of an object; null when the org has no such object. */
  async fields(object: string): Promise<DescribedField[] | null> {
    try {
      const { fields } = await this.#connection.describe(object);
      return fields.map(({ name, type }) => ({ name, type }));
    } catch (error) {
      if (error instanceof Error && /NOT_FOUND|INVALID_TYPE/.test(`${error.name} ${error.message}`))
        return null;
      throw error;
    }
  }

  /** Id of the user whose login this is. */
  async userId(): Promise<string> {
    const { user_id: id } = await this.#connection.identity();
    return id;
  }

  /** API requests of the day that are left. */
  async requestsLeft(): Promise<number> {
    const limits = await this.#connection.request<{ DailyApiRequests: { Remaining: number } }>(
      `/services/data/v${API_VERSION}/limits`,
    );
    return limits.DailyApiRequests.Remaining;
  }

  async create(object: string, rows: readonly Row[]): Promise<string[]> {
    return this.#all(object, await this.#connection.create(object, rows as never, { allOrNone: true }));
  }

  async remove(object: string, ids: readonly string[]): Promise<void> {
    for (let at = 0; at < ids.length; at += 200)
      this.#all(object, await this.#connection.destroy(object, ids.slice(at, at + 200), { allOrNone: true }));
  }

  #all(object: string, answer: unknown): string[] {
    const results = (Array.isArray(answer) ? answer : [answer]) as {
      id?: string;
      success: boolean;
      errors?: { message: string }[];
    }[];
    const bad = results.flatMap((each) =>
      each.success ? [] : (each.errors ?? []).map(({ message }) => message),
    );
    if (bad.length > 0)
      throw new ConfigError('RECORD_REFUSED', `The org refused ${object}: ${bad[0]}`, {
        actions: ['Log in as a system administrator and run the command again.'],
      });
    return results.map(({ id }) => id ?? '');
  }

  /** Deploys all or nothing; throws DEPLOY_FAILED with every component that was refused. */
  async deploy(zip: Uint8Array, checkOnly: boolean): Promise<number> {
    return deployPackage(this.#login, zip, () => undefined, { checkOnly });
  }

  /** Definitions as the org has them: path in a deploy zip → text; names it does not have are left out. */
  async retrieve(
    types: readonly { readonly name: string; readonly members: readonly string[] }[],
  ): Promise<Map<string, string>> {
    const { metadata } = this.#connection;
    const unpackaged = {
      types: types.map(({ name, members }) => ({ name, members: [...members] })),
      version: API_VERSION,
    };
    // The declarations want every optional element of a manifest and a number for the version.
    const request = { apiVersion: API_VERSION, unpackaged } as never;
    const result = await metadata.retrieve(request).complete();
    const zip = unzipSync(new Uint8Array(Buffer.from(result.zipFile, 'base64')));
    return new Map(
      Object.entries(zip)
        .filter(([path]) => !path.endsWith('/'))
        .map(([path, bytes]) => [path.replace(/^unpackaged\//, ''), new TextDecoder().decode(bytes)]),
    );
  }
}
