import { readConfig } from '../sync/read-config.ts';
import { secretFrom } from '../sync/open-sources.ts';
import { runSync } from '../sync/run-sync.ts';
import { parseNow } from './parse-now.ts';
import { reportText } from './print-report.ts';
import { stderrProgress } from './stage-progress.ts';
import { fail, toldError } from './fail.ts';
import { exitCodeOf } from './exit-code.ts';
import { ConfigError } from '../salesforce/pilot-error.ts';
import type { SyncConfig } from '../sync/sync-config.ts';
import { spoolEvents, type SpooledEvents } from '../sources/spool-events.ts';
import { packageVersion } from './package-version.ts';

export interface SyncCommandOptions {
  readonly config: string;
  readonly targetOrg?: string;
  readonly events?: string;
  readonly dryRun?: boolean;
  readonly acceptMassChange?: boolean;
  readonly now?: string;
  readonly json?: boolean;
}

/** `pilot sync`: one run; the report goes to stdout, progress and errors to stderr. */
export async function syncCommand(options: SyncCommandOptions): Promise<void> {
  const progress = stderrProgress();
  let spooled: SpooledEvents | null = null;
  try {
    const config = await readConfig(options.config);
    if (options.events !== undefined) {
      refuseOtherEvents(options.events, config);
      spooled = await spoolEvents(process.stdin);
    }
    const report = await runSync({
      config: spooled ? fromStandardInput(config, spooled.path) : config,
      login: { targetOrg: options.targetOrg ?? null, environment: process.env },
      now: parseNow(options.now),
      isDryRun: options.dryRun ?? false,
      acceptMassChange: options.acceptMassChange ?? false,
      mode: process.stdin.isTTY ? 'Manual' : 'Scheduled',
      secret: secretFrom(process.env),
      version: packageVersion(),
      progress,
    });
    progress.end();
    process.stdout.write(options.json ? `${JSON.stringify(report, null, 2)}\n` : reportText(report));
    process.exitCode = report.exitCode;
  } catch (error) {
    progress.end();
    if (options.json)
      process.stdout.write(
        `${JSON.stringify({ outcome: 'Failed', exitCode: exitCodeOf(error), error: toldError(error) }, null, 2)}\n`,
      );
    process.exitCode = fail(error);
  } finally {
    await spooled?.remove();
  }
}

/** JSON lines from a pipe stand for one source, so there may be only one. */
function refuseOtherEvents(events: string, config: SyncConfig): void {
  if (events !== '-')
    throw new ConfigError(
      'BAD_OPTION',
      `--events ${events} is not supported; only - for standard input is.`,
      {
        actions: [
          'Pipe the events in: bq query … | npx pilot sync --events -',
          'Name files in the configuration.',
        ],
      },
    );
  if (config.sources.length !== 1)
    throw new ConfigError(
      'BAD_OPTION',
      `--events - needs exactly one source in the configuration; it has ${config.sources.length}.`,
      { actions: ['Use a configuration of its own for the piped source: --config piped.yaml'] },
    );
}

function fromStandardInput(config: SyncConfig, path: string): SyncConfig {
  return {
    ...config,
    sources: config.sources.map((source) => ({ ...source, paths: [path], format: 'ndjson' })),
  };
}
