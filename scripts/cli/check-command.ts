import { checkSetup } from '../sync/check-setup.ts';
import { readConfig } from '../sync/read-config.ts';
import { secretFrom } from '../sync/open-sources.ts';
import { fail, toldError } from './fail.ts';
import { exitCodeOf } from './exit-code.ts';
import { stderrProgress } from './stage-progress.ts';

export interface CheckCommandOptions {
  readonly config: string;
  readonly targetOrg?: string;
  readonly json?: boolean;
}

/** `pilot check`: everything a sync needs, tried; writes only what it found, or that all was well, for the setup page. */
export async function checkCommand(options: CheckCommandOptions): Promise<void> {
  const progress = stderrProgress();
  try {
    const config = await readConfig(options.config);
    const login = { targetOrg: options.targetOrg ?? null, environment: process.env };
    const checks = await checkSetup(config, login, secretFrom(process.env), progress, new Date());
    progress.end();
    if (options.json)
      process.stdout.write(
        `${JSON.stringify(
          checks.map(({ name, error }) => ({ name, ok: error === null, error: error && toldError(error) })),
          null,
          2,
        )}\n`,
      );
    else
      for (const { name, error } of checks)
        process.stdout.write(`${error === null ? 'ok  ' : 'BAD '} ${name}\n`);
    const bad = checks.flatMap(({ error }) => (error === null ? [] : [error]));
    for (const error of bad) fail(error);
    process.exitCode = Math.max(0, ...bad.map((error) => exitCodeOf(error)));
  } catch (error) {
    progress.end();
    process.exitCode = fail(error);
  }
}
