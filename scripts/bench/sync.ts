// `npm run bench:sync [-- --events 10000000 --pilots 5000 --runs 3]`: the sync's usage stage against DuckDB's own plain
// daily GROUP BY over the same file, in one run: a fresh process each, order alternating, medians. Prints a table and
// exits 1 where the stage misses its target or counts other events than the query. Then a day's increment: a file per day, all
// but the newest read before. What it is compared with is the full read of the same files.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { dailyFiles, usageData } from './usage-data.ts';
import type { Measurement, Subject } from './usage-subjects.ts';

const TARGET_CPU_RATIO = 1.3;
const TARGET_PEAK_MB = 800;
const TARGET_INCREMENT = 0.05;
const SUBJECTS: readonly Subject[] = ['stage', 'groupBy', 'parse'];

const { values } = parseArgs({
  options: {
    events: { type: 'string', default: '10000000' },
    pilots: { type: 'string', default: '5000' },
    runs: { type: 'string', default: '3' },
  },
});

function measured(subject: Subject, paths: readonly string[], cache = ''): Measurement {
  const script = join(import.meta.dirname, 'usage-subjects.ts');
  const { stdout, stderr, status } = spawnSync(process.execPath, [script, subject, values.pilots, ...paths], {
    encoding: 'utf8',
    env: { ...process.env, PILOT_BENCH_CACHE: cache },
  });
  if (status !== 0) throw new Error(`${subject} on ${paths[0]} failed: ${stderr}`);
  return JSON.parse(stdout) as Measurement;
}

/** CPU of the read with the newest file new, as a share of the read without a cache. */
function incrementOf(days: readonly string[]): number {
  const shares = Array.from({ length: Number(values.runs) }, () => {
    const cache = mkdtempSync(join(tmpdir(), 'pilot-bench-cache-'));
    try {
      const full = measured('stage', days);
      measured('cached', days.slice(0, -1), cache);
      const increment = measured('cached', days, cache);
      if (increment.events !== full.events)
        throw new Error('The increment counts other events than the full read.');
      return increment.cpuSeconds / full.cpuSeconds;
    } finally {
      rmSync(cache, { recursive: true, force: true });
    }
  });
  return median(shares);
}

function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return (sorted[Math.floor((sorted.length - 1) / 2)]! + sorted[Math.ceil((sorted.length - 1) / 2)]!) / 2;
}

const folder = join(import.meta.dirname, '../../build/bench');
const files = await usageData(folder, { events: Number(values.events), pilots: Number(values.pilots) });
const misses: string[] = [];
process.stdout.write(
  `${values.events} events, ${values.pilots} pilots, ${values.runs} runs, Node ${process.version}\n`,
);
process.stdout.write('file     subject   CPU s   wall s   peak MB    events\n');
for (const [format, path] of Object.entries(files)) {
  const runs = new Map<Subject, Measurement[]>(SUBJECTS.map((subject) => [subject, []]));
  for (let run = 0; run < Number(values.runs); run++)
    for (const subject of run % 2 === 0 ? SUBJECTS : SUBJECTS.toReversed())
      runs.get(subject)!.push(measured(subject, [path]));
  const of = (subject: Subject, key: keyof Measurement) => median(runs.get(subject)!.map((one) => one[key]));
  for (const subject of SUBJECTS) {
    const numbers = [of(subject, 'cpuSeconds'), of(subject, 'wallSeconds'), of(subject, 'peakMb')];
    const columns = numbers.map((number, index) => number.toFixed(index === 2 ? 0 : 1).padStart(9)).join('');
    process.stdout.write(`${format.padEnd(9)}${subject.padEnd(8)}${columns} ${of(subject, 'events')}\n`);
  }
  const ratio = of('stage', 'cpuSeconds') / of('groupBy', 'cpuSeconds');
  process.stdout.write(
    `${format}: the stage takes ${ratio.toFixed(2)} times the CPU of the plain GROUP BY\n`,
  );
  if (ratio > TARGET_CPU_RATIO)
    misses.push(`${format}: ${ratio.toFixed(2)} × CPU, target ${TARGET_CPU_RATIO} ×`);
  if (of('stage', 'peakMb') > TARGET_PEAK_MB)
    misses.push(`${format}: ${of('stage', 'peakMb').toFixed(0)} MB, target ${TARGET_PEAK_MB} MB`);
  if (of('stage', 'events') !== of('groupBy', 'events'))
    misses.push(`${format}: the two count different events`);
}
const increment = incrementOf(await dailyFiles(files.csv));
process.stdout.write(
  `a day's increment takes ${(100 * increment).toFixed(0)} % of the CPU of the full read\n`,
);
if (increment > TARGET_INCREMENT)
  misses.push(`increment: ${(100 * increment).toFixed(0)} %, target ${100 * TARGET_INCREMENT} %`);
for (const miss of misses) process.stdout.write(`missed: ${miss}\n`);
process.exitCode = misses.length > 0 ? 1 : 0;
