import { createLocalOrg, type LocalOrg } from '../local-org/local-org.ts';
import { buildPackageZip } from '../package/build-zip.ts';
import { clientCredentials } from '../salesforce/client-credentials.ts';
import { deployPackage } from '../salesforce/deploy-package.ts';
import { makeSampleOrg, type SampleOrg } from '../sample/sample-org.ts';
import { makeSampleUsage } from '../sample/sample-usage.ts';
import { readConfig } from '../sync/read-config.ts';
import { runSync } from '../sync/run-sync.ts';
import type { SyncReport } from '../sync/sync-report.ts';
import { openAdminOrg } from './admin-org.ts';
import { assignPermissionSet } from './assign-permission-set.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { fail } from './fail.ts';
import { loadTemplates } from './load-templates.ts';
import { packageVersion } from './package-version.ts';
import { parseNow } from './parse-now.ts';
import { listenError, parsePort } from './parse-port.ts';
import { reportText } from './print-report.ts';
import { sampleClient } from './sample-client.ts';
import { stderrProgress, type StageProgress } from './stage-progress.ts';
import { stopSignal } from './stop-signal.ts';

export interface StartOptions {
  readonly exit?: boolean;
  readonly port: string;
  readonly now?: string;
  readonly seed: string;
}

const ADMIN = 'admin@local.test';
const LOCAL_SECRET = 'local-org';
const CONFIG = 'config/sync.yaml';
const USAGE_FOLDER = '.pilot/sample/usage';
/** Of made-up people only; a real sync takes its secret from the environment. */
const SAMPLE_SECRET = 'made-up people need no secret';

/** `pilot start` (npm start): everything on this machine, the page at the end. */
export async function startCommand(options: StartOptions): Promise<void> {
  const progress = stderrProgress();
  try {
    const port = parsePort(options.port);
    const now = parseNow(options.now);
    // Nobody should wait for the sample only to learn that the page has no port.
    if (!options.exit) await (await import('./assert-port-free.ts')).assertPortFree(port);
    const org = createLocalOrg({ now });
    try {
      process.exitCode = await tryEverything(org, now, port, options, progress);
    } finally {
      await org.close();
    }
  } catch (error) {
    progress.end();
    process.exitCode = fail(error);
  }
}

async function tryEverything(
  org: LocalOrg,
  now: Date,
  port: number,
  options: StartOptions,
  progress: StageProgress,
): Promise<ExitCode> {
  const orgUrl = await org.listen();
  process.stdout.write(`Local org at ${orgUrl}\n`);
  const sample = await fillOrg(orgUrl, now, options.seed, progress);
  const report = await syncSample(orgUrl, sample, now, progress);
  process.stdout.write(reportText(report));
  if (options.exit) return report.exitCode;
  await servePage(orgUrl, sample, port, progress, org.clock.now().getTime() - Date.now());
  return EXIT.good;
}

async function fillOrg(orgUrl: string, now: Date, seed: string, progress: StageProgress): Promise<SampleOrg> {
  progress.stage('deploy');
  const admin = await clientCredentials(orgUrl, ADMIN, LOCAL_SECRET);
  await deployPackage(admin, buildPackageZip(), (done, total) => progress.update(done, total, 'components'));
  progress.stage('sample');
  const client = sampleClient(admin);
  await assignPermissionSet(client, ADMIN, 'Pilot_Admin');
  await loadTemplates(await openAdminOrg(admin));
  const sample = await makeSampleOrg(client, { today: now.toISOString().slice(0, 10) });
  await makeSampleUsage({ seed, now, folder: USAGE_FOLDER });
  return sample;
}

async function syncSample(
  orgUrl: string,
  sample: SampleOrg,
  now: Date,
  progress: StageProgress,
): Promise<SyncReport> {
  const { accessToken } = await clientCredentials(orgUrl, sample.users.sync, LOCAL_SECRET);
  const report = await runSync({
    config: await readConfig(CONFIG),
    login: { targetOrg: null, environment: { PILOT_ACCESS_TOKEN: accessToken, PILOT_INSTANCE_URL: orgUrl } },
    now,
    isDryRun: false,
    acceptMassChange: false,
    mode: 'Manual',
    secret: SAMPLE_SECRET,
    version: packageVersion(),
    progress,
  });
  progress.end();
  return report;
}

async function servePage(
  orgUrl: string,
  sample: SampleOrg,
  port: number,
  progress: StageProgress,
  clockOffsetMs: number,
): Promise<void> {
  const { startPreview } = await import('../preview/preview.ts');
  const viewer = (key: string, label: string, username: string, ...customPermissions: string[]) => ({
    key,
    label,
    customPermissions,
    token: async () => (await clientCredentials(orgUrl, username, LOCAL_SECRET)).accessToken,
  });
  const preview = await startPreview({
    orgUrl,
    port,
    viewers: [
      viewer('rep', 'Rep', sample.users.rep),
      viewer(
        'manager',
        'Manager',
        sample.users.manager,
        'Pilot_Amend_Signed_Criteria',
        'Pilot_Exceed_Capacity',
      ),
      viewer('visitor', 'No permission', sample.users.visitor),
      viewer('admin', 'Admin', ADMIN, 'Pilot_Amend_Signed_Criteria', 'Pilot_Exceed_Capacity'),
    ],
    clockOffsetMs,
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    progress: (line) => progress.note(line),
  }).catch((error: unknown) => {
    throw listenError(error, port);
  });
  process.stdout.write(`\nThe opportunity page: ${preview.url}\nCtrl-C ends everything.\n`);
  await stopSignal();
  await preview.close();
}
