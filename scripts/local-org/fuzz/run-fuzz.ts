// `npm run fuzz:org [-- INPUTS [PARSER]]`: damaged inputs for every parser of the local org, by default 20,000 each.
// Each parser has a process to itself: in a shared one, memory that one parser freed hides what the next one leaks.
import { spawnSync } from 'node:child_process';
import { createLocalOrg } from '../local-org.ts';
import { fuzz } from './fuzz-org.ts';
import { FUZZ_TARGETS, type FuzzTarget } from './fuzz-targets.ts';
import { memoryMb } from './memory-mb.ts';
import { openClient } from './open-client.ts';

const MOST_GROWTH_MB = 50;
const WARM_UP = 1_000;
const WARM_UP_SEED = 1_000_000;

const [inputs = '20000', parser] = process.argv.slice(2);
const target = FUZZ_TARGETS.find(({ name }) => name === parser);
const isGood = target === undefined ? fuzzEach() : await fuzzOne(target);
process.exitCode = isGood ? 0 : 1;

function fuzzEach(): boolean {
  const statuses = FUZZ_TARGETS.map(({ name }) => {
    const args = [...process.execArgv, import.meta.filename, inputs, name];
    return spawnSync(process.execPath, args, { stdio: 'inherit' }).status;
  });
  return statuses.every((status) => status === 0);
}

async function fuzzOne(target: FuzzTarget): Promise<boolean> {
  const org = createLocalOrg({ dailyApiRequests: 1e9 });
  const client = await openClient(org);
  // Code is compiled and caches are filled by the first inputs.
  await fuzz(target, client, Math.min(WARM_UP, Number(inputs)), WARM_UP_SEED);
  const before = await memoryMb();
  const { statuses, slowestMs, faults } = await fuzz(target, client, Number(inputs));
  const after = await memoryMb();
  await org.close();
  const shown = [...statuses].sort(([a], [b]) => a - b).map(([status, count]) => `${status}: ${count}`);
  const grown = Object.entries(after).map(
    ([part, mb]) => `${part} ${Math.round(mb - before[part as keyof typeof before])}`,
  );
  console.log(
    `${target.name}: ${inputs} inputs, ${shown.join(', ')}; slowest ${Math.round(slowestMs)} ms; growth in MB: ${grown.join(', ')}`,
  );
  for (const fault of faults.slice(0, 5)) console.log(`  ${fault}`);
  return faults.length === 0 && after.RSS - before.RSS <= MOST_GROWTH_MB;
}
