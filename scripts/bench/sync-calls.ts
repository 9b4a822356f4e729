// API calls of whole syncs against the local org, a part of `npm run bench:sync` and alone:
// `node scripts/bench/sync-calls.ts [--pilots 5000]`. A first sync, then the same again, which must write nothing: once with
// short rows, of which a page holds 2,000, once with pilots of eleven kilobytes, of which it holds 250. Exits 1 where a
// target is missed.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { callsOf, inFolder, openCopy, pilotTemplate } from './pilot-org.ts';
import { measuredSync, writeSyncInput } from './sync-subject.ts';
import { printTable, printTargets, type Target } from './targets.ts';

const FIRST_CALLS = 120;
const UNCHANGED_CALLS = 15;
const PAGE_ROWS = 2_000;
const ROWS = ['short', 'wide'] as const;

/** Measures both syncs with each kind of rows, prints them and answers what they were to keep. */
export async function syncCalls(folder: string, pilots: number): Promise<Target[]> {
  const targets: Target[] = [];
  const rows: (string | number)[][] = [];
  for (const kind of ROWS) {
    const template = await pilotTemplate(folder, pilots, kind === 'wide');
    const bench = await openCopy(template, join(folder, `${kind}-rows`), PAGE_ROWS);
    try {
      const config = writeSyncInput(bench.folder, pilots);
      for (const [name, limit] of [
        ['first', FIRST_CALLS],
        ['unchanged', UNCHANGED_CALLS],
      ] as const) {
        const { calls, answer } = await callsOf(bench, () => measuredSync(bench, config));
        const { written, unchanged, cpuSeconds, wallSeconds } = answer;
        rows.push([kind, name, calls, written, unchanged, cpuSeconds.toFixed(1), wallSeconds.toFixed(1)]);
        const what = `calls of the ${name} sync of ${pilots} pilots, ${kind} rows`;
        targets.push({ what, value: calls, limit, unit: '' });
        if (name === 'unchanged')
          targets.push({ what: `writes of it, ${kind} rows`, value: written, limit: 0, unit: '' });
      }
    } finally {
      await bench.close();
    }
  }
  printTable(['rows', 'sync', 'calls', 'written', 'unchanged', 'CPU s', 'wall s'], rows);
  return targets;
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { pilots: { type: 'string', default: '5000' } } });
  printTargets(await inFolder((folder) => syncCalls(folder, Number(values.pilots))));
}
