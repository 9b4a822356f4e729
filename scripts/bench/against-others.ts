// The sync against sfdmu and a row-by-row jsforce script on copies of one local org, a part of `npm run bench:sync` and
// alone: `node scripts/bench/against-others.ts [--pilots 5000]`. The others get ready the rows that the sync's first run
// wrote, which it found by reading usage and judging. Each runs twice, the second time with nothing to change, and must leave
// the org as the sync left it. Exits 1 where one does not, where the sync needs more calls, or where one could not run.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Cost } from './measured-command.ts';
import { callsOf, inFolder, openCopy, pilotTemplate, type BenchOrg } from './pilot-org.ts';
import { measuredRowByRow } from './row-by-row.ts';
import { measuredSfdmu, sfdmuMissing, startSfdmu } from './sfdmu-subject.ts';
import { measuredSync, writeSyncInput } from './sync-subject.ts';
import { printTable, printTargets, type Target } from './targets.ts';
import { contentOf, differingRows, momentOf, rowsChangedSince, writtenRows } from './written-rows.ts';

const PAGE = 2_000;
const ROUNDS = ['first', 'unchanged'] as const;
const SYNC = 'pilot sync';
const SFDMU = 'sfdmu';
const ROW_BY_ROW = 'jsforce, row by row';

interface Round extends Cost {
  readonly subject: string;
  readonly round: (typeof ROUNDS)[number];
  readonly calls: number;
  /** Rows that the org stored during the round. */
  readonly stored: number;
}

/** Measures all, prints them and answers what must hold between them. */
export async function againstOthers(folder: string, pilots: number): Promise<Target[]> {
  const template = await pilotTemplate(folder, pilots);
  const open = (name: string) => openCopy(template, join(folder, name), PAGE);
  const before = await closing(open('before'), contentOf);
  const ours = await closing(open(SYNC), async (bench) => {
    const config = writeSyncInput(bench.folder, pilots);
    const rounds = await bothRounds(bench, SYNC, () => measuredSync(bench, config));
    return { rounds, content: await contentOf(bench) };
  });
  const objects = writtenRows(before, ours.content);
  const summary = objects.map(({ object, rows }) => `${rows.length} ${object}`).join(', ');
  process.stdout.write(`${pilots} pilots; rows that a first sync writes: ${summary}\n`);

  const rounds = [...ours.rounds];
  const targets: Target[] = [];
  const compare = async (subject: string, load: (bench: BenchOrg) => Promise<Cost>): Promise<void> => {
    const theirs = await closing(open(subject), async (bench) => ({
      rounds: await bothRounds(bench, subject, () => load(bench)),
      content: await contentOf(bench),
    }));
    rounds.push(...theirs.rounds);
    const value = differingRows(ours.content, theirs.content);
    targets.push({ what: `rows that ${subject} left otherwise than the sync`, value, limit: 0, unit: '' });
    targets.push(...comparisons(ours.rounds, theirs.rounds));
  };
  const missing = sfdmuMissing();
  try {
    if (missing === null)
      await closing(startSfdmu(), (cli) => compare(SFDMU, (bench) => measuredSfdmu(cli, bench, objects)));
    else targets.push({ what: SFDMU, value: null, limit: 0, unit: '', why: missing });
    await compare(ROW_BY_ROW, (bench) => measuredRowByRow(bench, objects));
  } finally {
    printRounds(rounds);
  }
  return targets;
}

async function closing<Opened extends { close(): unknown }, Answer>(
  opening: Promise<Opened>,
  work: (opened: Opened) => Promise<Answer>,
): Promise<Answer> {
  const opened = await opening;
  try {
    return await work(opened);
  } finally {
    await opened.close();
  }
}

async function bothRounds(bench: BenchOrg, subject: string, load: () => Promise<Cost>): Promise<Round[]> {
  const measured: Round[] = [];
  for (const round of ROUNDS) {
    const since = await momentOf(bench);
    const { calls, answer } = await callsOf(bench, load);
    const { cpuSeconds, wallSeconds, peakMb } = answer;
    const stored = await rowsChangedSince(bench, since);
    measured.push({ subject, round, calls, stored, cpuSeconds, wallSeconds, peakMb });
  }
  return measured;
}

/** The sync must not need more calls than the other in either round. */
function comparisons(ours: readonly Round[], theirs: readonly Round[]): Target[] {
  return theirs.map(({ subject, round, calls }, index) => ({
    what: `calls of the ${round} sync beside those of ${subject}`,
    value: ours[index]!.calls,
    limit: calls,
    unit: '',
  }));
}

function printRounds(rounds: readonly Round[]): void {
  printTable(
    ['subject', 'round', 'calls', 'rows stored', 'CPU s', 'wall s', 'peak MB'],
    rounds.map(({ subject, round, calls, stored, cpuSeconds, wallSeconds, peakMb }) => [
      ...[subject, round, calls, stored],
      ...[cpuSeconds.toFixed(1), wallSeconds.toFixed(1), peakMb.toFixed(0)],
    ]),
  );
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { pilots: { type: 'string', default: '5000' } } });
  printTargets(await inFolder((folder) => againstOthers(folder, Number(values.pilots))));
}
