// `npm run simulate [-- PILOTS] [tuning]`: false alarms and detection of the shipped defaults on simulated pilots.
// Exit 1 when a limit is broken, or when a rule that never or always fires keeps them all.
import { availableParallelism } from 'node:os';
import { CELLS } from './simulation/cells.ts';
import { brokenLimits, type CellResult, type CellRun } from './simulation/run-cell.ts';
import { runCells } from './simulation/run-cells.ts';
import { simulationTable } from './simulation/simulation-table.ts';
import type { JudgeName } from './simulation/watch-pilot.ts';
import { POPULATION } from './simulation/population.ts';
import { shippedPolicyRecords } from './shipped-policy.ts';

/** Thresholds are tried on one set of pilots and checked on another; they never share a seed. */
const SEEDS = { tuning: 20_260_101, check: 1_977_050_301 } as const;
const PILOTS = 2_000;

async function simulate(args: readonly string[]): Promise<number> {
  const seed = SEEDS[args.includes('tuning') ? 'tuning' : 'check'];
  const count = Number(args.find((arg) => /^\d+$/.test(arg)) ?? PILOTS);
  const policies = shippedPolicyRecords();
  const judges: readonly JudgeName[] = ['shipped', 'never', 'always'];
  const runs = judges.flatMap((judge) =>
    CELLS.map((cell): CellRun => ({ cell, judge, pilots: count, seed, policies })),
  );
  process.stdout.write(`Pilots a cell: ${count}, seed ${seed}. Drawn from ${JSON.stringify(POPULATION)}\n`);
  const results = await runCells(runs, availableParallelism(), (done) =>
    process.stderr.write(`\r${done} of ${runs.length} cells`),
  );
  process.stderr.write('\n');
  process.stdout.write(simulationTable(results));
  const failures = failuresOf(results);
  for (const failure of failures) process.stderr.write(`${failure}\n`);
  return failures.length === 0 ? 0 : 1;
}

function failuresOf(results: readonly CellResult[]): string[] {
  const brokenBy = (judge: JudgeName) =>
    results.filter((result) => result.judge === judge && brokenLimits(result).length > 0);
  const shipped = brokenBy('shipped').map(({ cell }) => `BROKEN by the shipped defaults: ${cell.name}`);
  const blind = (['never', 'always'] as const).filter((judge) => brokenBy(judge).length === 0);
  return [
    ...shipped,
    ...blind.map((judge) => `The limits cannot tell a rule that ${judge} fires from a good one.`),
  ];
}

process.exitCode = await simulate(process.argv.slice(2));
