import { whatIf } from '../insight/what-if.ts';
import { whatIfText } from '../insight/what-if-text.ts';
import { secretFrom } from '../sync/open-sources.ts';
import { readConfig } from '../sync/read-config.ts';
import { exitCodeOf } from './exit-code.ts';
import { fail, toldError } from './fail.ts';
import { parseNow } from './parse-now.ts';
import { stderrProgress } from './stage-progress.ts';

export interface WhatIfCommandOptions {
  readonly policy: string;
  readonly config: string;
  readonly targetOrg?: string;
  readonly now?: string;
  readonly store?: boolean;
  readonly json?: boolean;
}

/** `pilot whatif --policy FILE`: which flags another policy would add or remove; writes only, with `--store`, that answer. */
export async function whatIfCommand(options: WhatIfCommandOptions): Promise<void> {
  const progress = stderrProgress();
  try {
    const result = await whatIf({
      policyFile: options.policy,
      isStored: options.store ?? false,
      config: await readConfig(options.config),
      login: { targetOrg: options.targetOrg ?? null, environment: process.env },
      now: parseNow(options.now),
      secret: secretFrom(process.env),
      progress,
    });
    progress.end();
    const text = options.json ? `${JSON.stringify(result, null, 2)}\n` : whatIfText(result);
    // Names come from the org: none of their control characters may reach a terminal.
    process.stdout.write(text.replace(/[^\P{Cc}\n]/gu, '\ufffd'));
  } catch (error) {
    progress.end();
    if (options.json) {
      const told = { outcome: 'Failed', exitCode: exitCodeOf(error), error: toldError(error) };
      process.stdout.write(`${JSON.stringify(told, null, 2)}\n`);
    }
    process.exitCode = fail(error);
  }
}
