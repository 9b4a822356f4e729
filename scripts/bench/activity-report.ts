// What bench:activity prints, and what it insists on.
import { riskText } from '../cli/explain-text.ts';
import type { ActivityRun, JudgedPilot } from './run-activity.ts';
import { SIGNALS_OFF } from './activity-org.ts';
import { averagePrecision, f1, flagScore, NAIVE_RULES, type FlagScore } from './activity-scores.ts';
import { riskBins } from './calibration-chart.ts';
import { spreadLines } from './spread-lines.ts';
import { heldOutLines, intervalLines } from './sureness.ts';

const STATES = ['On track', 'Watch', 'At risk', 'Stalled', 'Unknown'] as const;
/** By licensed users. */
const SIZES = [
  { name: '1-4 users', from: 1, to: 4 },
  { name: '5-9 users', from: 5, to: 9 },
  { name: '10-24 users', from: 10, to: 24 },
  { name: '25 users and more', from: 25, to: Infinity },
] as const;
/** Below it a share says little; counts are printed instead. */
const MIN_FOR_SHARE = 8;

type Outcome = JudgedPilot & { readonly died: boolean };

/** Everything that must hold whatever the data: one sentence for each that does not; empty is good. */
export function brokenPromises({ folder, pilots, first, second }: ActivityRun): string[] {
  const usage = first.sources[0];
  const left = first.left.filter(({ object }) => object === 'Pilot__c').length;
  const written = second.totals.created + second.totals.updated;
  const unjudged = pilots.filter(({ health }) => health === null).length;
  const promises: readonly (readonly [boolean, string])[] = [
    [first.exitCode === 0, `The first sync ended with exit code ${first.exitCode}.`],
    [second.exitCode === 0, `The second sync ended with exit code ${second.exitCode}.`],
    [
      usage?.read === folder.eventRows,
      `The sync read ${usage?.read ?? 'no'} rows; the file holds ${folder.eventRows}.`,
    ],
    [
      first.pilots.length + left === pilots.length,
      `${first.pilots.length} pilots judged and ${left} left out are not the ${pilots.length} of pilots.csv.`,
    ],
    [unjudged === 0, `${unjudged} pilots have no health in the org.`],
    [written === 0, `The second sync wrote ${written} records; nothing had changed.`],
    [
      pilots.every((pilot) => (pilot.asked?.risk?.percent ?? null) === pilot.riskPercent),
      'Risk__c in the org is not the risk that the contributions give.',
    ],
    [
      largestGap(pilots) < PRINTED_WITHIN,
      `Printed contributions miss the printed log-odds by ${largestGap(pilots).toFixed(3)}.`,
    ],
  ];
  return promises.flatMap(([holds, told]) => (holds ? [] : [told]));
}

export function activityReport(run: ActivityRun, asOf: Date): string {
  const outcomes = run.pilots.filter((pilot): pilot is Outcome => pilot.died !== null);
  return [
    `Judged as of ${asOf.toISOString()}. Off by policy, for want of contacts, check-ins and terms: ${SIGNALS_OFF.join(', ')}.`,
    '',
    ...accountLines(run),
    '',
    ...healthLines(run.pilots),
    '',
    ...(outcomes.length === 0
      ? ['No outcomes.csv: how well this foretells what dies is not known.']
      : [
          ...scoreLines(outcomes),
          '',
          ...intervalLines(outcomes),
          '',
          ...heldOutLines(outcomes),
          '',
          ...spreadLines(outcomes),
          '',
          ...sizeLines(outcomes),
          '',
          ...riskLines(outcomes),
        ]),
    '',
    ...contributionLines(run.pilots),
    '',
  ].join('\n');
}

function accountLines({ folder, pilots, first, second, eventsInOrg }: ActivityRun): string[] {
  const usage = first.sources[0]!;
  const excluded = Object.values(usage.excluded).reduce((sum, rows) => sum + rows, 0);
  const unlinked = usage.unlinked.reduce((sum, key) => sum + key.events, 0);
  const outside = usage.accepted - eventsInOrg - unlinked;
  const { created, updated, unchanged } = second.totals;
  return [
    `Pilots: ${pilots.length} in pilots.csv, ${first.pilots.length} judged, ${pilots.length - first.pilots.length} left out`,
    `Events: ${folder.eventRows} in the file, ${usage.read} read = ${usage.accepted} accepted + ${usage.rejected} rejected + ${excluded} excluded`,
    `  of those accepted ${eventsInOrg} are in the org's usage weeks, ${unlinked} belong to no pilot, ${outside} lie outside their pilot's window or repeat an event`,
    `Sync: ${first.totals.created} created, ${first.totals.updated} updated, ${first.totals.failed} failed; ${first.apiCalls} API calls in ${first.seconds} s`,
    `Second sync at once: ${created} created, ${updated} updated, ${unchanged} unchanged`,
  ];
}

function healthLines(pilots: readonly JudgedPilot[]): string[] {
  return STATES.map((state) => {
    const own = pilots.filter(({ health }) => health === state);
    const died = own.every((pilot) => pilot.died === null)
      ? ''
      : `, ${own.filter((pilot) => pilot.died).length} of them died`;
    return `${state.padEnd(9)} ${String(own.length).padStart(5)}${died}`;
  });
}

/** How far the printed contributions may miss the printed log-odds. */
const PRINTED_WITHIN = 0.01;

/** The largest distance between the log-odds and the sum of its contributions, both as `pilot explain` prints them. */
function largestGap(pilots: readonly JudgedPilot[]): number {
  const gaps = pilots.flatMap(({ asked }) => {
    if (!asked?.risk) return [];
    const [logit, ...summands] = riskText(asked.risk)
      .split('(')[1]!
      .match(/-?\d+\.\d+/g)!
      .map(Number);
    return [Math.abs(logit! - summands.reduce((sum, value) => sum + value, 0))];
  });
  return Math.max(0, ...gaps);
}

function contributionLines(pilots: readonly JudgedPilot[]): string[] {
  const risky = pilots.filter(({ asked }) => asked?.risk);
  const example = risky.toSorted((a, b) => (b.riskPercent ?? 0) - (a.riskPercent ?? 0))[0]?.asked?.risk;
  return [
    `Printed contributions add up to the printed log-odds for all ${risky.length} pilots that have a risk: at most ${largestGap(pilots).toFixed(3)} apart`,
    ...(example ? [`  the highest: ${riskText(example)}`] : []),
  ];
}

const isStalled = ({ health }: JudgedPilot): boolean => health === 'Stalled';
const isFlagged = ({ health }: JudgedPilot): boolean => health === 'Stalled' || health === 'At risk';

function scoreLines(pilots: readonly Outcome[]): string[] {
  const died = pilots.filter((pilot) => pilot.died).length;
  return [
    `Against what happened: ${died} of ${pilots.length} died`,
    `${''.padEnd(29)}  precision              recall                 F1`,
    scoreLine('Stalled', pilots, isStalled),
    scoreLine('At risk or Stalled', pilots, isFlagged),
    ...NAIVE_RULES.map(({ name, score, threshold }) =>
      scoreLine(`naive: ${name}`, pilots, ({ counts }) => score(counts) >= threshold),
    ),
  ];
}

function scoreLine(
  name: string,
  pilots: readonly Outcome[],
  isPositive: (pilot: Outcome) => boolean,
): string {
  return `${name.padEnd(34)}${scoreText(flagScore(pilots.map((pilot) => ({ isFlagged: isPositive(pilot), died: pilot.died }))))}`;
}

function scoreText(score: FlagScore): string {
  const { hits, flagged, died } = score;
  const harmonic = flagged < MIN_FOR_SHARE || died < MIN_FOR_SHARE ? 'too few' : f1(score).toFixed(3);
  return `${share(hits, flagged).padEnd(23)}${share(hits, died).padEnd(23)}${harmonic}`;
}

function share(hits: number, of: number): string {
  return of < MIN_FOR_SHARE ? `${hits} of ${of}` : `${(hits / of).toFixed(3)} (${hits} of ${of})`;
}

function sizeLines(pilots: readonly Outcome[]): string[] {
  return SIZES.flatMap(({ name, from, to }) => {
    const own = pilots.filter(({ licensedUsers }) => from <= licensedUsers && licensedUsers <= to);
    if (own.length === 0) return [];
    const died = own.filter((pilot) => pilot.died).length;
    return [
      `${name}: ${own.length} pilots, ${died} died; risk order ${precisionText(own, riskScore)}`,
      scoreLine('  Stalled', own, isStalled),
      scoreLine('  At risk or Stalled', own, isFlagged),
    ];
  });
}

const riskScore = ({ riskPercent }: Outcome): number | null => riskPercent;

function precisionText(pilots: readonly Outcome[], score: (pilot: Outcome) => number | null): string {
  if (pilots.filter(({ died }) => died).length < MIN_FOR_SHARE) return 'too few died';
  const value = averagePrecision(pilots.map((pilot) => ({ score: score(pilot), died: pilot.died })));
  return `average precision ${value!.toFixed(3)}`;
}

function riskLines(pilots: readonly Outcome[]): string[] {
  const known = pilots.filter(({ riskPercent }) => riskPercent !== null);
  if (known.length === 0)
    return ['Risk__c is written on no pilot: there is no risk order and no calibration.'];
  const naive = NAIVE_RULES.filter(({ name }) => name !== 'idle >= 7 days');
  return [
    `Risk order (Risk__c, ${known.length} of ${pilots.length} pilots have one, the others rank last): ${precisionText(pilots, riskScore)}`,
    ...naive.map(
      ({ name, score }) =>
        `  naive order of "${name}": ${precisionText(pilots, ({ counts }) => score(counts))}`,
    ),
    'Calibration (predicted risk: how many died):',
    ...riskBins(riskCases(pilots)).map(
      ({ from, to, pilots: count, died, predicted }) =>
        `  ${`${Math.round(from * 100)}-${Math.round(to * 100)} %`.padEnd(9)} mean ${(predicted * 100).toFixed(1).padStart(5)} %  died ${share(died, count)}`,
    ),
  ];
}

/** The pilots that have both a risk (0..1) and an outcome. */
export function riskCases(pilots: readonly JudgedPilot[]): { risk: number; died: boolean }[] {
  return pilots.flatMap(({ riskPercent, died }) =>
    riskPercent === null || died === null ? [] : [{ risk: riskPercent / 100, died }],
  );
}
