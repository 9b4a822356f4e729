// Many times the events, a Parquet file per day, under the same limit of memory, a part of `npm run bench:sync`: the sync's
// usage stage, DuckDB's plain daily GROUP BY over all files at once, and the same query file by file, which a person would
// write once the former runs out of memory. One run each.
import { printTable, type Target } from './targets.ts';
import { trySubject, type SubjectEnd } from './run-subject.ts';
import { partitionedFiles, type UsageDataSize } from './usage-data.ts';
import { MOST_CPU_RATIO, stageTargets } from './usage-cost.ts';
import { MEMORY_MB, type Subject } from './usage-subjects.ts';

const SUBJECTS = ['stage', 'groupBy', 'groupByFile'] as const satisfies readonly Subject[];

/** Measures the three, prints them and answers the targets, against the query that finished. */
export async function partitioned(folder: string, size: UsageDataSize): Promise<Target[]> {
  const paths = await partitionedFiles(folder, size);
  const ends = new Map<Subject, SubjectEnd>();
  for (const subject of SUBJECTS) ends.set(subject, await trySubject(subject, size.pilots, paths));
  process.stdout.write(
    `${size.events} events in ${paths.length} Parquet files, memory_limit ${MEMORY_MB} MB\n`,
  );
  printTable(
    ['subject', 'CPU s', 'wall s', 'peak MB', 'events', 'pilot-days'],
    [...ends].map(([subject, end]) => [subject, ...columnsOf(end)]),
  );
  for (const [subject, end] of ends)
    if ('failure' in end) process.stdout.write(`${subject} gave up: ${end.failure}\n`);

  const [stage, all, byFile] = SUBJECTS.map((subject) => ends.get(subject)!);
  const what = `${size.events} events in ${paths.length} files`;
  const query = all && 'failure' in all ? byFile : all;
  if (!stage || !query || 'failure' in stage || 'failure' in query) {
    const why = [stage, query].flatMap((end) => (end && 'failure' in end ? [end.failure] : [])).join('; ');
    return [{ what, value: null, limit: MOST_CPU_RATIO, unit: ' ×', why }];
  }
  return stageTargets(what, stage, query);
}

function columnsOf(end: SubjectEnd): (string | number)[] {
  if ('failure' in end) return ['-', '-', '-', '-', '-'];
  const { cpuSeconds, wallSeconds, peakMb, events, pilotDays } = end;
  return [cpuSeconds.toFixed(1), wallSeconds.toFixed(1), peakMb.toFixed(0), events, pilotDays];
}
