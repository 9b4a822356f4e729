// `npm run bench:sync`: all that the sync promises of its cost, in one run. Parts:
//   usage        the usage stage against DuckDB's own query over 10 M events, and a day's increment (usage-cost.ts)
//   partitioned  the same over 100 M events in a file per day (partitioned.ts)
//   calls        API calls of a first and an unchanged sync (sync-calls.ts)
//   others       the sync against sfdmu and a row-by-row script (against-others.ts)
// Prints what was measured, then every target beside its value; exits 1 where one is missed or could not be measured. Events
// are generated once into build/bench (1.6 GB; 100 M of them take four minutes of a processor). Single parts:
// `npm run bench:sync -- --only calls,others`.
// A quick look: `npm run bench:sync -- --events 200000 --partitioned 2000000 --pilots 500 --runs 1`.
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { againstOthers } from './against-others.ts';
import { inFolder } from './pilot-org.ts';
import { partitioned } from './partitioned.ts';
import { syncCalls } from './sync-calls.ts';
import { printTargets, type Target } from './targets.ts';
import { usageCost } from './usage-cost.ts';

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: 'usage,partitioned,calls,others' },
    events: { type: 'string', default: '10000000' },
    partitioned: { type: 'string', default: '100000000' },
    pilots: { type: 'string', default: '5000' },
    runs: { type: 'string', default: '3' },
  },
});
const PART_NAMES = ['usage', 'partitioned', 'calls', 'others'] as const;
const count = z.coerce.number().int().positive();
const parsed = z
  .object({
    only: z
      .string()
      .transform((names) => names.split(','))
      .pipe(z.array(z.enum(PART_NAMES))),
    events: count,
    partitioned: count,
    pilots: count,
    runs: count,
  })
  .safeParse(values);
if (!parsed.success) {
  process.stderr.write(`bench:sync cannot run like this:\n${z.prettifyError(parsed.error)}\n`);
  process.exit(2);
}
const options = parsed.data;
const { pilots } = options;
const data = join(import.meta.dirname, '../../build/bench');

const PARTS = {
  usage: () => usageCost(data, { events: options.events, pilots }, options.runs),
  partitioned: () => partitioned(data, { events: options.partitioned, pilots }),
  calls: (orgs: string) => syncCalls(orgs, pilots),
  others: (orgs: string) => againstOthers(orgs, pilots),
} as const satisfies Record<(typeof PART_NAMES)[number], (orgs: string) => Promise<Target[]>>;

process.stdout.write(
  `${JSON.stringify(options)}, Node ${process.version}, load ${loadavg()[0]!.toFixed(1)}\n\n`,
);
const targets: Target[] = [];
await inFolder(async (orgs) => {
  for (const part of options.only) {
    process.stdout.write(`== ${part}\n`);
    // A part that breaks is a miss, told with the others, and keeps nobody from measuring the rest.
    const outcome = await PARTS[part](orgs).catch((error: unknown): Target[] => [
      {
        what: part,
        value: null,
        limit: 0,
        unit: '',
        why: error instanceof Error ? error.message : String(error),
      },
    ]);
    targets.push(...outcome);
  }
});
printTargets(targets);
