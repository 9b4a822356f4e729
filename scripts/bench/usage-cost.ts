// The sync's usage stage against DuckDB's own plain daily GROUP BY over the same file, a part of `npm run bench:sync`: a
// fresh process each, order alternating, medians. Then a day's increment: a file per day, all but the newest read before,
// compared with the full read of the same files.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runSubject, type Measurement } from './run-subject.ts';
import { printTable, type Target } from './targets.ts';
import { dailyFiles, usageData, type UsageDataSize } from './usage-data.ts';
import type { Subject } from './usage-subjects.ts';

/** The stage's CPU beside that of the plain GROUP BY. */
export const MOST_CPU_RATIO = 1.3;
export const MOST_PEAK_MB = 800;
const MOST_INCREMENT_PERCENT = 5;
const SUBJECTS: readonly Subject[] = ['stage', 'groupBy', 'parse'];

/** Measures CSV and Parquet and the increment, prints them and answers the targets. */
export async function usageCost(folder: string, size: UsageDataSize, runs: number): Promise<Target[]> {
  const files = await usageData(folder, size);
  const rows: (string | number)[][] = [];
  const targets: Target[] = [];
  for (const [format, path] of Object.entries(files)) {
    const medians = await mediansOf(path, size.pilots, runs);
    const { stage, groupBy } = medians;
    for (const [subject, { cpuSeconds, wallSeconds, peakMb, events }] of Object.entries(medians))
      rows.push([format, subject, cpuSeconds.toFixed(1), wallSeconds.toFixed(1), peakMb.toFixed(0), events]);
    targets.push(...stageTargets(format, stage!, groupBy!));
  }
  printTable(['file', 'subject', 'CPU s', 'wall s', 'peak MB', 'events'], rows);
  const increment = await incrementOf(await dailyFiles(files.csv), size.pilots, runs);
  return [
    ...targets,
    {
      what: "a day's increment in CPU of the full read",
      value: 100 * increment,
      limit: MOST_INCREMENT_PERCENT,
      unit: ' %',
    },
  ];
}

/** What the stage may take beside a GROUP BY that counted the same. @throws Error when it did not */
export function stageTargets(data: string, stage: Measurement, groupBy: Measurement): Target[] {
  if (stage.events !== groupBy.events)
    throw new Error(`${data}: the stage counts ${stage.events} events, the query ${groupBy.events}.`);
  const ratio = stage.cpuSeconds / groupBy.cpuSeconds;
  return [
    {
      what: `${data}: CPU of the stage beside the plain GROUP BY`,
      value: ratio,
      limit: MOST_CPU_RATIO,
      unit: ' ×',
    },
    {
      what: `${data}: peak memory of the stage`,
      value: Math.round(stage.peakMb),
      limit: MOST_PEAK_MB,
      unit: ' MB',
    },
  ];
}

async function mediansOf(
  path: string,
  pilots: number,
  runs: number,
): Promise<Partial<Record<Subject, Measurement>>> {
  const measured = new Map<Subject, Measurement[]>(SUBJECTS.map((subject) => [subject, []]));
  for (let run = 0; run < runs; run++)
    for (const subject of run % 2 === 0 ? SUBJECTS : SUBJECTS.toReversed())
      measured.get(subject)!.push(await runSubject(subject, pilots, [path]));
  return Object.fromEntries([...measured].map(([subject, all]) => [subject, medianOf(all)]));
}

function medianOf(all: readonly Measurement[]): Measurement {
  const of = (key: keyof Measurement) => median(all.map((one) => one[key]));
  return {
    cpuSeconds: of('cpuSeconds'),
    wallSeconds: of('wallSeconds'),
    peakMb: of('peakMb'),
    events: of('events'),
    pilotDays: of('pilotDays'),
  };
}

/** CPU of the read with the newest file new, as a share of the read without a cache. */
async function incrementOf(days: readonly string[], pilots: number, runs: number): Promise<number> {
  const shares: number[] = [];
  for (let run = 0; run < runs; run++) {
    const cache = mkdtempSync(join(tmpdir(), 'pilot-bench-cache-'));
    try {
      const full = await runSubject('stage', pilots, days);
      await runSubject('cached', pilots, days.slice(0, -1), cache);
      const increment = await runSubject('cached', pilots, days, cache);
      if (increment.events !== full.events)
        throw new Error('The increment counts other events than the full read.');
      shares.push(increment.cpuSeconds / full.cpuSeconds);
    } finally {
      rmSync(cache, { recursive: true, force: true });
    }
  }
  return median(shares);
}

function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return (sorted[Math.floor((sorted.length - 1) / 2)]! + sorted[Math.ceil((sorted.length - 1) / 2)]!) / 2;
}
