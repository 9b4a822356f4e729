import { secretFrom } from '../sync/open-sources.ts';
import { readConfig } from '../sync/read-config.ts';
import type { OrgOptions } from '../sync/open-org.ts';
import { exitCodeOf, type ExitCode } from './exit-code.ts';
import { fail, toldError } from './fail.ts';
import { parseNow } from './parse-now.ts';
import { stderrProgress } from './stage-progress.ts';

/** Options that every command with a configuration and an org takes. */
export interface OrgCommandOptions {
  readonly config: string;
  readonly targetOrg?: string;
  readonly now?: string;
  readonly json?: boolean;
}

export interface Told {
  readonly result: unknown;
  readonly text: string;
  readonly exitCode: ExitCode;
}

/** Runs a command on the configured org: its result goes to stdout as text or JSON, progress and errors to stderr. */
export async function tellResult(
  options: OrgCommandOptions,
  run: (options: OrgOptions, secret: () => string) => Promise<Told>,
): Promise<void> {
  const progress = stderrProgress();
  try {
    const orgOptions = {
      config: await readConfig(options.config),
      login: { targetOrg: options.targetOrg ?? null, environment: process.env },
      now: parseNow(options.now),
      progress,
    };
    const { result, text, exitCode } = await run(orgOptions, () => secretFrom(process.env));
    progress.end();
    process.stdout.write(options.json ? `${JSON.stringify(result, null, 2)}\n` : printable(text));
    process.exitCode = exitCode;
  } catch (error) {
    progress.end();
    if (options.json) {
      const told = { outcome: 'Failed', exitCode: exitCodeOf(error), error: toldError(error) };
      process.stdout.write(`${JSON.stringify(told, null, 2)}\n`);
    }
    process.exitCode = fail(error);
  }
}

/** Texts come from the org and the data: none of their control characters may reach a terminal. */
export function printable(text: string): string {
  return text.replace(/[^\P{Cc}\n]/gu, '\ufffd');
}
