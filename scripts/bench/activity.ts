// `npm run bench:activity -- FOLDER`: how well the health states foretell which pilots die, on real activity.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EXIT, type ExitCode } from '../cli/exit-code.ts';
import { fail } from '../cli/fail.ts';
import { stderrProgress } from '../cli/stage-progress.ts';
import { ConfigError } from '../salesforce/pilot-error.ts';
import { calibrationChart, riskBins } from './calibration-chart.ts';

/** The moment at which the data's windows end. */
const AS_OF = new Date('2026-11-20T00:00:00Z');
const OUTPUT = 'build/bench';

async function benchActivity(args: readonly string[]): Promise<ExitCode> {
  const [folder] = args;
  if (folder === undefined || args.length > 1)
    throw new ConfigError('BENCH_FOLDER', `bench:activity takes one folder, not ${args.length} arguments.`, {
      actions: ['npm run bench:activity -- FOLDER'],
    });
  // Org, package and engine take a second to load; a wrong call is told at once.
  const { runActivity } = await import('./run-activity.ts');
  const { activityReport, brokenPromises, riskCases } = await import('./activity-report.ts');
  const progress = stderrProgress();
  try {
    const run = await runActivity(folder, AS_OF, progress);
    progress.end();
    process.stdout.write(activityReport(run, AS_OF));
    const cases = riskCases(run.pilots);
    if (cases.length > 0) process.stdout.write(`Chart: ${writeChart(cases)}\n`);
    const broken = brokenPromises(run);
    for (const sentence of broken) process.stderr.write(`BROKEN: ${sentence}\n`);
    return broken.length === 0 ? EXIT.good : EXIT.someFailed;
  } finally {
    progress.end();
  }
}

function writeChart(cases: readonly { readonly risk: number; readonly died: boolean }[]): string {
  mkdirSync(OUTPUT, { recursive: true });
  const path = join(OUTPUT, 'activity-calibration.svg');
  writeFileSync(
    path,
    calibrationChart(riskBins(cases), `Predicted risk and what happened, ${cases.length} pilots`),
  );
  return path;
}

try {
  process.exitCode = await benchActivity(process.argv.slice(2));
} catch (error) {
  process.exitCode = fail(error);
}
