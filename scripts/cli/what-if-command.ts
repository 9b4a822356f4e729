import { whatIf, type WhatIf } from '../insight/what-if.ts';
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
  readonly json?: boolean;
}

/** `pilot whatif --policy FILE`: which flags another policy would add or remove; writes nothing. */
export async function whatIfCommand(options: WhatIfCommandOptions): Promise<void> {
  const progress = stderrProgress();
  try {
    const result = await whatIf({
      policyFile: options.policy,
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

function whatIfText({ pilots, before, after, changed }: WhatIf): string {
  const lines = changed.map(({ opportunity, name, before: from, after: to, added, removed }) => {
    const codes = [...added.map((code) => `+${code}`), ...removed.map((code) => `-${code}`)].join(' ');
    return `${opportunity}, ${name}: ${from === to ? `still ${to}` : `${from} → ${to}`}  ${codes}`.trimEnd();
  });
  const states = Object.entries(before).map(
    ([health, count]) => `${health} ${count} → ${after[health as keyof typeof after]}`,
  );
  return [...lines, `${changed.length} of ${pilots} pilots change. ${states.join(', ')}.`, ''].join('\n');
}
