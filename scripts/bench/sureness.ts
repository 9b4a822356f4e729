// How much of the scores is chance, and how much was fitted: intervals by project and cross-validation, as lines.
import { seededRandom } from '../insight/simulation/random.ts';
import { averagePrecision, f1, flagScore, NAIVE_RULES } from './activity-scores.ts';
import { bootstrap, RESAMPLES, type Interval } from './bootstrap.ts';
import {
  brierScore,
  fifths,
  flagsOnGrid,
  GRID,
  heldOutFlags,
  heldOutRisks,
  leaveOneOut,
} from './held-out.ts';
import type { JudgedPilot } from './run-activity.ts';

type Outcome = JudgedPilot & { readonly died: boolean };
type Measure = (pilots: readonly Outcome[]) => number;

const SEED = 20_261_120;

/** The scores' 95 % intervals, beside and against the best naive rule and the best naive order. */
export function intervalLines(pilots: readonly Outcome[]): string[] {
  const flags: Measure = (drawn) =>
    f1(scoreOf(drawn, ({ health }) => health === 'Stalled' || health === 'At risk'));
  const order: Measure = (drawn) =>
    averagePrecision(drawn.map(({ riskPercent, died }) => ({ score: riskPercent, died }))) ?? 0;
  const naiveFlags = best(
    pilots,
    NAIVE_RULES.map(({ name, score, threshold }) => ({
      name,
      measure: (drawn) => f1(scoreOf(drawn, ({ counts }) => score(counts) >= threshold)),
    })),
  );
  const naiveOrder = best(
    pilots,
    NAIVE_RULES.map(({ name, score }) => ({
      name,
      measure: (drawn) =>
        averagePrecision(drawn.map(({ counts, died }) => ({ score: score(counts), died }))) ?? 0,
    })),
  );
  return [
    `Intervals of 95 %, from ${RESAMPLES} draws of the projects:`,
    ...compared('F1 of At risk or Stalled', flags, naiveFlags, pilots),
    ...compared('average precision of the risk order', order, naiveOrder, pilots),
  ];
}

interface Named {
  readonly name: string;
  readonly measure: Measure;
}

function best(pilots: readonly Outcome[], rules: readonly Named[]): Named {
  return rules.toSorted((a, b) => b.measure(pilots) - a.measure(pilots))[0]!;
}

function compared(name: string, ours: Measure, naive: Named, pilots: readonly Outcome[]): string[] {
  const interval = (measure: Measure): string => intervalText(bootstrap(pilots, measure, seededRandom(SEED)));
  return [
    `  ${name}: ${interval(ours)}`,
    `    best naive, "${naive.name}": ${interval(naive.measure)}; ours less it: ${interval((drawn) => ours(drawn) - naive.measure(drawn))}`,
  ];
}

function intervalText({ value, low, high }: Interval): string {
  return `${value.toFixed(3)} [${low.toFixed(3)} to ${high.toFixed(3)}]`;
}

function scoreOf(pilots: readonly Outcome[], isFlagged: (pilot: Outcome) => boolean) {
  return flagScore(pilots.map((pilot) => ({ isFlagged: isFlagged(pilot), died: pilot.died })));
}

/** The same scores with thresholds and weights found on other projects than those they are scored on. */
export function heldOutLines(pilots: readonly Outcome[]): string[] {
  const judged = pilots.filter((pilot): pilot is Outcome & { asked: object } => pilot.asked !== null);
  const died = judged.map((pilot) => pilot.died);
  const folds = [
    ['one project', leaveOneOut(judged.length)],
    ['a fifth of them', fifths(judged.map(({ key }) => key))],
  ] as const;
  const grid = flagsOnGrid(judged.map(({ asked }) => asked));
  const flags = folds.map(([name, fold]) => {
    const isFlagged = heldOutFlags(grid, died, fold);
    const value = f1(flagScore(died.map((dies, index) => ({ isFlagged: isFlagged[index]!, died: dies }))));
    return `${value.toFixed(3)} leaving out ${name}`;
  });
  return [
    'Cross-validated by project, everything found anew without those scored:',
    `  F1 of At risk or Stalled, thresholds the best of ${GRID.length}: ${flags.join(', ')}; over the grid ${gridRange(grid, died)}`,
    ...folds.map(([name, fold]) => `  ${riskLine(judged, name, fold)}`),
  ];
}

function gridRange(grid: readonly (readonly boolean[])[], died: readonly boolean[]): string {
  const scores = grid.map((flags) =>
    f1(flagScore(died.map((dies, index) => ({ isFlagged: flags[index]!, died: dies })))),
  );
  return `${Math.min(...scores).toFixed(3)} to ${Math.max(...scores).toFixed(3)}`;
}

function riskLine(pilots: readonly Outcome[], name: string, allFolds: readonly number[]): string {
  const known = pilots.flatMap(({ asked, died }, index) =>
    asked?.risk ? [{ risk: asked.risk, died, fold: allFolds[index]! }] : [],
  );
  const cases = known.map(({ risk, died }) => ({ evidence: risk.logit - baseOf(risk), died }));
  const { risks, fits } = heldOutRisks(
    cases,
    known.map(({ fold }) => fold),
  );
  const held = cases.map(({ died }, index) => ({ risk: risks[index]!, died }));
  const shipped = known.map(({ risk, died }) => ({ risk: risk.percent / 100, died }));
  const precision = (list: typeof held) =>
    averagePrecision(list.map(({ risk, died }) => ({ score: risk, died })))?.toFixed(3) ?? 'none died';
  const range = (values: readonly number[]) =>
    `${Math.min(...values).toFixed(2)} to ${Math.max(...values).toFixed(2)}`;
  return `Risk refitted leaving out ${name}: average precision ${precision(held)}, Brier score ${brierScore(held).toFixed(4)} (as shipped ${precision(shipped)}, ${brierScore(shipped).toFixed(4)}); base ${range(fits.map(({ base }) => base))}, weight times ${range(fits.map(({ slope }) => slope))}`;
}

function baseOf({
  contributions,
}: {
  readonly contributions: readonly { readonly key: string; readonly value: number }[];
}): number {
  return contributions.find(({ key }) => key === 'base')!.value;
}
