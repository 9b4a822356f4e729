import { readConfig } from '../sync/read-config.ts';
import { secretFrom } from '../sync/open-sources.ts';
import { runSync } from '../sync/run-sync.ts';
import { parseNow } from './parse-now.ts';
import { reportText } from './print-report.ts';
import { stderrProgress } from './stage-progress.ts';
import { fail, toldError } from './fail.ts';
import { exitCodeOf } from './exit-code.ts';
import { packageVersion } from './package-version.ts';

export interface SyncCommandOptions {
  readonly config: string;
  readonly targetOrg?: string;
  readonly dryRun?: boolean;
  readonly acceptMassChange?: boolean;
  readonly now?: string;
  readonly json?: boolean;
}

/** `pilot sync`: one run; the report goes to stdout, progress and errors to stderr. */
export async function syncCommand(options: SyncCommandOptions): Promise<void> {
  const progress = stderrProgress();
  try {
    const report = await runSync({
      config: await readConfig(options.config),
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
  }
}
