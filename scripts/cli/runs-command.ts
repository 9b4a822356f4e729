import { ConfigError } from '../salesforce/pilot-error.ts';
import { readRuns, type PastRun } from '../sync/read-runs.ts';
import { EXIT } from './exit-code.ts';
import { tellResult, type OrgCommandOptions } from './tell-result.ts';
import { textTable } from './text-table.ts';

export interface RunsCommandOptions extends OrgCommandOptions {
  readonly limit: string;
}

/** `pilot runs`: the last runs as their records in the org tell them. */
export async function runsCommand(options: RunsCommandOptions): Promise<void> {
  await tellResult(options, async (orgOptions) => {
    const runs = await readRuns(orgOptions, parseLimit(options.limit));
    return { result: runs, text: runsText(runs), exitCode: EXIT.good };
  });
}

function parseLimit(text: string): number {
  const limit = /^\d{1,4}$/.test(text) ? Number(text) : 0;
  if (limit >= 1 && limit <= 2_000) return limit;
  throw new ConfigError('BAD_OPTION', `--limit ${text} is not a number from 1 to 2000.`, {
    actions: ['Say how many runs to show: npx pilot runs --limit 20'],
  });
}

function runsText(runs: readonly PastRun[]): string {
  if (runs.length === 0) return 'No run has been recorded in this org yet.\n';
  const table = textTable(
    [
      'run',
      'started (UTC)',
      'outcome',
      'seconds',
      'pilots',
      'written',
      'failed',
      'stalled',
      'rejected',
      'calls',
    ],
    runs.map((run) => [
      run.name,
      run.startedAt?.slice(0, 16).replace('T', ' ') ?? '',
      run.outcome ?? '',
      cell(run.seconds),
      cell(run.pilotsRead),
      run.created === null ? '' : cell(run.created + (run.updated ?? 0)),
      cell(run.failed),
      run.newlyStalled === null ? '' : `+${run.newlyStalled} −${run.cleared ?? 0}`,
      cell(run.eventsRejected),
      cell(run.apiCalls),
    ]),
  );
  const messages = runs.flatMap(({ name, message }) =>
    message === null ? [] : message.split('\n').map((line) => `${name}: ${line}\n`),
  );
  return table + messages.join('');
}

function cell(value: number | null): string {
  return value?.toLocaleString('en-US') ?? '';
}
