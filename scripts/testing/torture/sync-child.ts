// One process that runs whole syncs on demand, so that it can be killed in the middle of one.
import { flushCompileCache } from 'node:module';
import { DEFAULT_RETRY } from '../../salesforce/retry.ts';
import { PilotError } from '../../salesforce/pilot-error.ts';
import { parseConfig } from '../../sync/read-config.ts';
import { runSync } from '../../sync/run-sync.ts';

export interface SyncJob {
  readonly yaml: string;
  readonly now: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly lockFolder: string;
  /** 1 disables the sync's retries. */
  readonly attempts: number;
}

/** What the sync said of itself. */
export type SyncAnswer =
  | { readonly exitCode: number; readonly code: string | null }
  | { readonly exitCode: null; readonly code: string };

process.on('message', (job: SyncJob) => {
  void run(job).then((answer) => {
    // For the processes after this one; a killed one keeps nothing.
    flushCompileCache();
    process.send!(answer);
  });
});
process.on('disconnect', () => process.exit());

async function run(job: SyncJob): Promise<SyncAnswer> {
  // The same waits, a hundred times shorter.
  const sleep = (ms: number): Promise<void> =>
    new Promise((resolve) => setTimeout(resolve, Math.min(ms / 100, 20)));
  try {
    const report = await runSync({
      config: parseConfig(job.yaml, 'sync.yaml'),
      login: {
        targetOrg: null,
        environment: job.environment,
        retry: { ...DEFAULT_RETRY, attempts: job.attempts, sleep },
      },
      now: new Date(job.now),
      isDryRun: false,
      acceptMassChange: false,
      mode: 'Scheduled',
      secret: 'only made-up people in these tests',
      version: '0.0.0',
      progress: { stage: () => undefined, update: () => undefined, note: () => undefined },
      lockFolder: job.lockFolder,
    });
    return { exitCode: report.exitCode, code: report.problems[0]?.code ?? null };
  } catch (error) {
    return { exitCode: null, code: error instanceof PilotError ? error.code : String(error) };
  }
}
