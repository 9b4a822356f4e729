import { readConfig } from '../sync/read-config.ts';
import { secretFrom } from '../sync/open-sources.ts';
import { sourceFailure } from '../sync/read-usage.ts';
import { runSync } from '../sync/run-sync.ts';
import type { FailedRun, RunReport } from '../sync/run-report.ts';
import { parseNow } from './parse-now.ts';
import { reportText } from './print-report.ts';
import { stderrProgress } from './stage-progress.ts';
import { fail, toldError } from './fail.ts';
import { exitCodeOf } from './exit-code.ts';
import { ConfigError } from '../salesforce/pilot-error.ts';
import type { SyncConfig } from '../sync/sync-config.ts';
import { spoolEvents, type SpooledEvents } from '../sources/spool-events.ts';
import { jsonLog, logError, logProgress } from './json-log.ts';
import { packageVersion } from './package-version.ts';
import { RunMonitor } from './run-monitor.ts';
import { stopAfter, stopOnSignal } from './stop-on-signal.ts';

export interface SyncCommandOptions {
  readonly config: string;
  readonly targetOrg?: string;
  readonly events?: string;
  readonly dryRun?: boolean;
  readonly acceptMassChange?: boolean;
  readonly now?: string;
  readonly json?: boolean;
  readonly report?: string;
  readonly metrics?: string;
}

/**
 * `pilot sync`: one run; the report goes to stdout, progress and errors to stderr: as text in a terminal, otherwise
 * as JSON lines. SIGTERM and SIGINT end it in order.
 */
export async function syncCommand(options: SyncCommandOptions): Promise<void> {
  const log = process.stderr.isTTY ? null : jsonLog();
  const progress = log === null ? stderrProgress() : logProgress(log);
  const monitor = new RunMonitor(options, process.env, (code, text) =>
    log ? log.warn({ code }, `${code}: ${text}`) : progress.note(`${code}: ${text}`),
  );
  const signal = stopOnSignal();
  let report: RunReport;
  try {
    report = await stopAfter(syncReport(options, monitor, signal, progress), signal);
    progress.end();
    process.stdout.write(options.json ? json(report) : reportText(report));
  } catch (error) {
    progress.end();
    report = failedRun(error);
    if (options.json) process.stdout.write(json(report));
    if (log) logError(log, error);
    else fail(error);
  }
  await monitor.ended(report, signal.aborted);
  process.exitCode = report.exitCode;
  // An answer that never comes, or a query still running, must not keep a stopped process alive.
  if (signal.aborted) process.exit();
}

async function syncReport(
  options: SyncCommandOptions,
  monitor: RunMonitor,
  signal: AbortSignal,
  progress: Parameters<typeof runSync>[0]['progress'],
): Promise<Exclude<RunReport, FailedRun>> {
  let spooled: SpooledEvents | null = null;
  try {
    const config = await readConfig(options.config);
    const now = parseNow(options.now);
    await monitor.started(config, now);
    if (options.events !== undefined) {
      const source = pipedSource(options.events, config);
      spooled = await spoolEvents(process.stdin).catch((error: unknown) => {
        throw sourceFailure(source, error);
      });
    }
    return await runSync({
      config: spooled ? fromStandardInput(config, spooled.path) : config,
      login: { targetOrg: options.targetOrg ?? null, environment: process.env, signal },
      now,
      isDryRun: options.dryRun ?? false,
      acceptMassChange: options.acceptMassChange ?? false,
      mode: process.stdin.isTTY ? 'Manual' : 'Scheduled',
      secret: secretFrom(process.env),
      version: packageVersion(),
      progress,
    });
  } finally {
    await spooled?.remove();
  }
}

function failedRun(error: unknown): FailedRun {
  const exitCode = exitCodeOf(error) as FailedRun['exitCode'];
  const { code, message, actions } = toldError(error);
  return { outcome: 'Failed', exitCode, error: { code, message, actions: [...actions] } };
}

function json(report: RunReport): string {
  return `${JSON.stringify(report, null, 2)}\n`;
}

/** Name of the source that the JSON lines from the pipe stand for: there must be just one that they can stand for. */
function pipedSource(events: string, config: SyncConfig): string {
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
  const files = config.sources.filter(({ kind }) => kind === 'files');
  const [only] = files;
  if (only !== undefined && files.length === 1) return only.name;
  const found = files.length === 0 ? 'none' : files.map(({ name }) => name).join(', ');
  throw new ConfigError(
    'BAD_OPTION',
    `--events - stands for the one source of kind files in the configuration; it has ${found}.`,
    { actions: ['Use a configuration of its own for the piped source: --config piped.yaml'] },
  );
}

/** Databases and APIs are read as ever beside what comes through the pipe. */
function fromStandardInput(config: SyncConfig, path: string): SyncConfig {
  return {
    ...config,
    sources: config.sources.map((source) =>
      source.kind === 'files' ? { ...source, paths: [path], format: 'ndjson' } : source,
    ),
  };
}
