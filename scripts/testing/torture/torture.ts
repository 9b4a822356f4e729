// npm run torture -- --runs N --seed S: whole syncs under random faults and SIGKILL; exit code 1 when one is not healed.
import { parseArgs } from 'node:util';
import { FAULT_CLASSES } from './fault-schedule.ts';
import { runTorture, type RunOutcome } from './run-torture.ts';

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '100' },
    seed: { type: 'string', default: '1' },
    'no-retries': { type: 'boolean', default: false },
  },
});
const startedMs = performance.now();
const outcomes = await runTorture({
  runs: Number(values.runs),
  seed: values.seed,
  retries: !values['no-retries'],
  onRun: ({ run, faultClass, failure }) => {
    if (failure !== null) process.stdout.write(`run ${run}, ${faultClass}: ${failure}\n`);
  },
});
process.stdout.write(`${summary(outcomes)}in ${Math.round((performance.now() - startedMs) / 1000)} s\n`);
if (outcomes.some(({ failure }) => failure !== null)) process.exitCode = 1;

function summary(all: readonly RunOutcome[]): string {
  const count = (test: (outcome: RunOutcome) => boolean): number => all.filter(test).length;
  const lines = FAULT_CLASSES.map((name) => {
    const of = all.filter(({ faultClass }) => faultClass === name);
    const hits = of.filter(({ isHit }) => isHit).length;
    return `${name.padEnd(32)} ${String(of.length).padStart(4)} runs ${String(hits).padStart(4)} hit`;
  });
  const kills = count(({ faultClass, isAfterFirstWrite }) => faultClass === 'kill' && isAfterFirstWrite);
  return [
    ...lines,
    `${count(({ isAfterFirstWrite }) => isAfterFirstWrite)} of ${all.length} runs hit after the first write, ${kills} killed there`,
    `${count(({ failure }) => failure !== null)} of ${all.length} failed, ${all.reduce((sum, { syncs }) => sum + syncs, 0)} syncs`,
    '',
  ].join('\n');
}
