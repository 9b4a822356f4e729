// npm run torture -- --runs N --seed S: whole syncs under random faults and SIGKILL; exit code 1 when one is not healed,
// or when 500 runs did not strike as often and as late as they must.
import { parseArgs } from 'node:util';
import { histogram, shortcomings } from './histogram.ts';
import { runTorture } from './run-torture.ts';

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '100' },
    seed: { type: 'string', default: '1' },
    'no-retries': { type: 'boolean', default: false },
  },
});
const startedMs = performance.now();
let ended = 0;
const outcomes = await runTorture({
  runs: Number(values.runs),
  seed: values.seed,
  retries: !values['no-retries'],
  onRun: ({ run, faultClass, failure }) => {
    ended += 1;
    if (ended % 25 === 0) process.stderr.write(`${ended} of ${values.runs} runs\n`);
    if (failure !== null) process.stdout.write(`run ${run}, ${faultClass}: ${failure}\n`);
  },
});
const short = shortcomings(outcomes);
const seconds = Math.round((performance.now() - startedMs) / 1000);
process.stdout.write(`${[...histogram(outcomes), ...short, `in ${seconds} s`].join('\n')}\n`);
if (short.length > 0 || outcomes.some(({ failure }) => failure !== null)) process.exitCode = 1;
