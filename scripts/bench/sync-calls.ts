// API calls of whole syncs against the local org, a part of `npm run bench:sync` and alone:
// `node scripts/bench/sync-calls.ts [--pilots 5000 --page 2000 --page 250]`. A first sync, then the same again, which must
// write nothing, with pages of 2,000 rows and with the 250 of wide rows. Exits 1 where a target is missed.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { callsOf, inFolder, openCopy, pilotTemplate } from './pilot-org.ts';
import { measuredSync, writeSyncInput } from './sync-subject.ts';
import { printTable, printTargets, type Target } from './targets.ts';

const FIRST_CALLS = 120;
const UNCHANGED_CALLS = 15;
const PAGES = [2_000, 250];

/** Measures both syncs with each page size, prints them and answers what they were to keep. */
export async function syncCalls(
  folder: string,
  pilots: number,
  pages: readonly number[] = PAGES,
): Promise<Target[]> {
  const targets: Target[] = [];
  const rows: (string | number)[][] = [];
  const template = await pilotTemplate(folder, pilots);
  for (const page of pages) {
    const bench = await openCopy(template, join(folder, `pages-${page}`), page);
    try {
      const config = writeSyncInput(bench.folder, pilots);
      for (const [name, limit] of [
        ['first', FIRST_CALLS],
        ['unchanged', UNCHANGED_CALLS],
      ] as const) {
        const { calls, answer } = await callsOf(bench, () => measuredSync(bench, config));
        const { written, unchanged, cpuSeconds, wallSeconds } = answer;
        rows.push([page, name, calls, written, unchanged, cpuSeconds.toFixed(1), wallSeconds.toFixed(1)]);
        const what = `calls of the ${name} sync of ${pilots} pilots, pages of ${page}`;
        targets.push({ what, value: calls, limit, unit: '' });
        if (name === 'unchanged')
          targets.push({ what: `writes of it, pages of ${page}`, value: written, limit: 0, unit: '' });
      }
    } finally {
      await bench.close();
    }
  }
  printTable(['page', 'sync', 'calls', 'written', 'unchanged', 'CPU s', 'wall s'], rows);
  return targets;
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      pilots: { type: 'string', default: '5000' },
      page: { type: 'string', multiple: true, default: PAGES.map(String) },
    },
  });
  const pages = values.page.map(Number);
  printTargets(await inFolder((folder) => syncCalls(folder, Number(values.pilots), pages)));
}
