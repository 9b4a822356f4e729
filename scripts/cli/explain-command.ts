import { explainPilot } from '../insight/explain.ts';
import { secretFrom } from '../sync/open-sources.ts';
import { readConfig } from '../sync/read-config.ts';
import { exitCodeOf } from './exit-code.ts';
import { explainText } from './explain-text.ts';
import { fail, toldError } from './fail.ts';
import { parseNow } from './parse-now.ts';
import { stderrProgress } from './stage-progress.ts';

export interface ExplainCommandOptions {
  readonly config: string;
  readonly targetOrg?: string;
  readonly now?: string;
  readonly json?: boolean;
}

/** `pilot explain PILOT`: why a pilot has its verdict; writes nothing. */
export async function explainCommand(pilot: string, options: ExplainCommandOptions): Promise<void> {
  const progress = stderrProgress();
  try {
    const explanation = await explainPilot({
      pilot,
      config: await readConfig(options.config),
      login: { targetOrg: options.targetOrg ?? null, environment: process.env },
      now: parseNow(options.now),
      secret: secretFrom(process.env),
      progress,
    });
    progress.end();
    const text = options.json ? `${JSON.stringify(explanation, null, 2)}\n` : explainText(explanation);
    // Names and keys come from the org and the data: none of their control characters may reach a terminal.
    process.stdout.write(text.replace(/[^\P{Cc}\n]/gu, '\ufffd'));
  } catch (error) {
    progress.end();
    if (options.json)
      process.stdout.write(
        `${JSON.stringify({ outcome: 'Failed', exitCode: exitCodeOf(error), error: toldError(error) }, null, 2)}\n`,
      );
    process.exitCode = fail(error);
  }
}
