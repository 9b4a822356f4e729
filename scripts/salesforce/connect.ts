import type { AuthInfo } from '@salesforce/core';
import type { Connection as JsforceConnection } from 'jsforce';
import { z } from 'zod';
import { API_VERSION, SalesforceClient } from './client.ts';
import { ConfigError, type PilotError } from './pilot-error.ts';
import type { RetryPolicy } from './retry.ts';
import { soql } from './soql.ts';

export interface Login {
  readonly accessToken: string;
  readonly instanceUrl: string;
}

export interface ConnectOptions {
  /** Alias or username known to the Salesforce CLI; null takes token and address from the environment. */
  readonly targetOrg: string | null;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly retry?: RetryPolicy;
  /** Stops all requests when aborted; its reason is what they reject with. */
  readonly signal?: AbortSignal | undefined;
  /** This machine's clock in milliseconds; compared with the org's, never used for a run's time. */
  readonly machineNow?: () => number;
}

/** What the client takes as it is. */
type ClientOptions = Pick<ConnectOptions, 'retry' | 'machineNow' | 'signal'>;

export interface ConnectedOrg {
  readonly client: SalesforceClient;
  readonly orgId: string;
}

type RefreshFunction = NonNullable<ConstructorParameters<typeof JsforceConnection>[0]>['refreshFn'] & object;

// A login that keeps "succeeding" with a token the org rejects would make jsforce refresh for ever.
const MOST_REFRESHES_IN_A_MINUTE = 3;

/** Opens the org. Sends one query, which proves the token and names the org's id (18 characters). */
export async function connect(options: ConnectOptions): Promise<ConnectedOrg> {
  const client =
    options.targetOrg === null
      ? await tokenClient(loginFromEnvironment(options.environment), options)
      : await storedClient(options.targetOrg, options);
  const [organization] = await client.query(
    soql`SELECT Id FROM Organization LIMIT 1`,
    z.object({ Id: z.string() }),
  );
  if (!organization) {
    throw new ConfigError('NO_PERMISSION', `The user of ${client.instanceUrl} may not read Organization.`, {
      actions: [
        'Give the integration user the profile "Minimum Access - API Only Integrations" and the permission set Pilot Sync.',
      ],
    });
  }
  return { client, orgId: organization.Id };
}

function loginFromEnvironment(environment: ConnectOptions['environment']): Login {
  const accessToken = environment.PILOT_ACCESS_TOKEN ?? environment.SF_ACCESS_TOKEN;
  const instanceUrl = environment.PILOT_INSTANCE_URL ?? environment.SF_ORG_INSTANCE_URL;
  if (accessToken && instanceUrl) {
    const address = URL.parse(instanceUrl);
    if (address?.username === '' && address.password === '') return { accessToken, instanceUrl };
    // Not quoted when it holds credentials: they would end in every log.
    const told = address === null ? `"${instanceUrl}" is not an address` : 'holds a user name or password';
    throw new ConfigError('NO_LOGIN', `The instance URL ${told}.`, {
      actions: ['Set PILOT_INSTANCE_URL to an address like https://acme.my.salesforce.com'],
    });
  }
  const missing = 'no --target-org, no target_org in the configuration, no token in the environment';
  throw new ConfigError('NO_LOGIN', `No org to sync with: ${missing}.`, {
    actions: [
      'Log in once: sf org login jwt --username … --jwt-key-file … --client-id …',
      'Then name it: npx pilot sync --target-org <alias>',
      'Or set PILOT_ACCESS_TOKEN and PILOT_INSTANCE_URL.',
    ],
  });
}

// Libraries are loaded when a connection is opened: jsforce and @salesforce/core cost a second of start-up.
async function tokenClient(
  login: Login,
  { retry, machineNow, signal }: ClientOptions,
): Promise<SalesforceClient> {
  const { Connection } = await import('jsforce');
  return new SalesforceClient(new Connection({ ...login, version: API_VERSION }), {
    signal,
    ...(retry ? { retry } : {}),
    ...(machineNow ? { machineNow } : {}),
  });
}

async function storedClient(
  targetOrg: string,
  { retry, machineNow, signal }: ClientOptions,
): Promise<SalesforceClient> {
  const { AuthInfo, StateAggregator } = await import('@salesforce/core');
  const { Connection } = await import('jsforce');
  const username = (await StateAggregator.getInstance()).aliases.resolveUsername(targetOrg);
  const authInfo = await AuthInfo.create({ username }).catch((error: unknown) => {
    throw loginError('NO_LOGIN', targetOrg, `No login is stored for "${targetOrg}".`, error);
  });
  const { instanceUrl, accessToken } = authInfo.getConnectionOptions();
  if (!instanceUrl || !accessToken)
    throw loginError('NO_LOGIN', targetOrg, `The stored login of "${targetOrg}" has no token.`);
  const refresher = sessionRefresher(targetOrg, authInfo);
  const connection = new Connection({
    instanceUrl,
    accessToken,
    version: API_VERSION,
    refreshFn: refresher.refresh,
  });
  return new SalesforceClient(connection, {
    loginFailure: refresher.failure,
    signal,
    ...(retry ? { retry } : {}),
    ...(machineNow ? { machineNow } : {}),
  });
}

function sessionRefresher(
  targetOrg: string,
  authInfo: AuthInfo,
): { refresh: RefreshFunction; failure: () => PilotError | null } {
  const refreshedAt: number[] = [];
  let failed: PilotError | null = null;
  const newToken = async (): Promise<string> => {
    refreshedAt.push(performance.now());
    const recent = refreshedAt.filter((time) => time > performance.now() - 60_000);
    if (recent.length > MOST_REFRESHES_IN_A_MINUTE) throw new Error('the org rejects every new token');
    const { Connection: CoreConnection } = await import('@salesforce/core');
    const core = await CoreConnection.create({ authInfo, connectionOptions: { version: API_VERSION } });
    await core.refreshAuth();
    if (!core.accessToken) throw new Error('the login server gave no token');
    return core.accessToken;
  };
  const refresh: RefreshFunction = (_connection, done) => {
    newToken().then(
      (token) => done(null, token),
      (error: Error) => {
        failed = loginError(
          'LOGIN_EXPIRED',
          targetOrg,
          `The login of "${targetOrg}" could not be renewed: ${error.message}.`,
          error,
        );
        done(error);
      },
    );
  };
  return { refresh, failure: () => failed };
}

function loginError(
  code: 'NO_LOGIN' | 'LOGIN_EXPIRED',
  targetOrg: string,
  message: string,
  cause?: unknown,
): ConfigError {
  const actions = [
    'See the stored logins: sf org list auth',
    `Log in: sf org login jwt --alias ${targetOrg} …`,
  ];
  return new ConfigError(code, message, { actions, cause });
}
