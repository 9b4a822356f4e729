import { connect, type ConnectedOrg, type ConnectOptions } from '../salesforce/connect.ts';
import { ConfigError, FatalError, type PilotError } from '../salesforce/pilot-error.ts';
import { readPolicyRecords } from '../salesforce/read-org.ts';
import type { Language, Told } from '../salesforce/told.ts';
import { resolvePolicy } from '../domain/policy.ts';
import { assertRoomToRead } from './api-plan.ts';
import { assertPinned, orgFindings, preflightError } from './check-org.ts';
import { openSources } from './open-sources.ts';
import { POLICY_FIELDS } from './policy-query.ts';
import type { Progress } from './progress.ts';
import { sourceFailure } from './read-usage.ts';
import { setupFinding, storeCleanCheck, storeSetupIssues, type SetupFinding } from './setup-issues.ts';
import type { SyncConfig } from './sync-config.ts';
import { wholeRunFailure } from './whole-run-failure.ts';

export interface SetupCheck {
  readonly name: string;
  /** Null when all is well. */
  readonly error: PilotError | null;
}

interface Found extends SetupCheck {
  readonly findings: readonly SetupFinding[];
}

/**
 * Tries everything a sync needs and goes on after a failure, so that one list names it all. In the org it writes only
 * what it found, or that it found nothing: issues of kind Setup, for the setup page.
 */
export async function checkSetup(
  config: SyncConfig,
  login: ConnectOptions,
  secret: string,
  progress: Progress,
  now: Date,
): Promise<SetupCheck[]> {
  const checks: Found[] = [];
  progress.stage('read usage');
  for (const source of openSources(config, secret)) {
    const told = (error: unknown): PilotError => sourceFailure(source.name, error);
    checks.push(await tried(`source ${source.name}`, null, () => source.check(), told));
  }
  progress.stage('connect');
  let org: ConnectedOrg | null = null;
  const connecting = await tried('login', null, async () => {
    org = await connect({ ...login, targetOrg: login.targetOrg ?? config.salesforce.target_org });
    // Nothing is asked of another org than the one that is meant, and nothing stored there.
    assertPinned(org.orgId, config.salesforce.org_id);
  });
  checks.push(connecting);
  if (org !== null && connecting.error === null)
    checks.push(...(await checkOrgOf(org, config, checks, progress, now)));
  return checks.map(({ name, error }) => ({ name, error }));
}

async function checkOrgOf(
  { client }: ConnectedOrg,
  config: SyncConfig,
  before: readonly Found[],
  progress: Progress,
  now: Date,
): Promise<Found[]> {
  progress.stage('preflight');
  let reserve = 0;
  const policy = await tried('policy', '/lightning/setup/CustomMetadata/home', async () => {
    const records = await readPolicyRecords(client, POLICY_FIELDS);
    for (const type of [null, 'POC', 'Pilot', 'Trial'])
      reserve = Math.max(reserve, resolvePolicy(records, type).apiReservePercent);
  });
  const found = await orgFindings(client, config.opportunity_fields).catch(wholeRunFailure);
  const prepared: Found = Array.isArray(found)
    ? {
        name: 'package and permissions',
        error: found.length === 0 ? null : preflightError(found),
        findings: found.map(setupFinding),
      }
    : { name: 'package and permissions', error: found, findings: [] };
  const room = await tried('API requests', '/lightning/setup/CompanyProfileInfo/home', async () => {
    assertRoomToRead(client.apiUsage, reserve);
  });
  const checks = [prepared, policy, room];
  const all = [...before, ...checks];
  const { language } = config;
  return [...checks, await tried('findings stored', null, () => store(client, all, language, now))];
}

async function store(
  client: ConnectedOrg['client'],
  checks: readonly Found[],
  language: Language,
  now: Date,
): Promise<void> {
  const findings = checks.flatMap((check) => check.findings);
  const outcomes = await storeSetupIssues(client, findings, language, now);
  // A check that broke off may have no finding and still is no sign that all is well.
  const isClean = checks.every(({ error }) => error === null);
  const trace = isClean ? await storeCleanCheck(client, language, now) : undefined;
  const left = [...outcomes, ...(trace ? [trace] : [])].find(({ kind }) => kind === 'failed');
  if (left?.kind !== 'failed') return;
  const Kind = left.code === 'NO_PERMISSION' ? ConfigError : FatalError;
  throw new Kind(left.code, `A finding could not be stored in the org: ${left.message}`, {
    actions: [left.fix],
  });
}

async function tried(
  name: string,
  page: string | null,
  run: () => Promise<unknown>,
  told: (error: unknown) => PilotError = wholeRunFailure,
): Promise<Found> {
  const error = await run().then(() => null, told);
  if (error === null) return { name, error, findings: [] };
  return { name, error, findings: [{ code: error.code, about: name, told: toldOf(name, error), page }] };
}

/** Errors speak English: a Spanish reader is told which check failed, by its code, and where the rest is said. */
function toldOf(name: string, { code, message, actions }: PilotError): Told {
  return {
    en: { message, fix: actions.join(' ') },
    es: {
      message: `La comprobación «${name}» falló con ${code}.`,
      fix: 'Ejecute npx pilot check donde se ejecuta la sincronización: da el detalle y los pasos (en inglés).',
    },
  };
}
