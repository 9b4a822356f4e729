// `npm run fuzz:org [-- INPUTS]`: damaged inputs for every parser of the local org, by default 20,000 each.
import { createLocalOrg } from '../local-org.ts';
import { FUZZ_TARGETS, type FuzzClient } from './fuzz-targets.ts';
import { fuzz } from './fuzz-org.ts';
import { openClient } from './open-client.ts';

const INPUTS = Number(process.argv[2] ?? 20_000);
const MOST_GROWTH_MB = 50;

let isGood = true;
for (const target of FUZZ_TARGETS) {
  const org = createLocalOrg({ dailyApiRequests: 1e9 });
  const client: FuzzClient = await openClient(org);
  // Code is compiled and caches are filled by the first inputs.
  await fuzz(target, client, Math.min(1_000, INPUTS), 1_000_000);
  globalThis.gc?.();
  const before = process.memoryUsage().rss;
  const { statuses, slowestMs, faults } = await fuzz(target, client, INPUTS);
  globalThis.gc?.();
  const grownMb = Math.round((process.memoryUsage().rss - before) / 1024 / 1024);
  const shown = [...statuses]
    .sort(([a], [b]) => a - b)
    .map(([status, count]) => `${status}: ${count}`)
    .join(', ');
  console.log(
    `${target.name}: ${INPUTS} inputs, ${shown}; slowest ${Math.round(slowestMs)} ms, RSS ${grownMb} MB`,
  );
  for (const fault of faults.slice(0, 5)) console.log(`  ${fault}`);
  if (faults.length > 0 || grownMb > MOST_GROWTH_MB) isGood = false;
  await org.close();
}
process.exitCode = isGood ? 0 : 1;
