// Cross-validation by project: everything that could be fitted is fitted without the projects on which it is scored.
import { evaluatePilot } from '../domain/evaluate-pilot.ts';
import type { EvaluationInput, Policy } from '../domain/evaluation.ts';
import { f1, flagScore } from './activity-scores.ts';

/** The fold of each case; cases of one fold are left out together. */
export type Folds = readonly number[];

export function leaveOneOut(count: number): Folds {
  return Array.from({ length: count }, (_, index) => index);
}

/** Five folds by the order of the keys, which are hashes and say nothing. */
export function fifths(keys: readonly string[]): Folds {
  const order = keys.toSorted();
  return keys.map((key) => order.indexOf(key) % 5);
}

/** The thresholds that decide most about use, each also lower and higher than it ships. */
export const GRID: readonly Partial<Policy>[] = [5, 12.5, 20].flatMap((scarceUsePercent) =>
  [3, 5, 8].map((keyUserAwayDays) => ({ scarceUsePercent, keyUserAwayDays })),
);

/** Flagged or not under each point of the grid: one row a point, one column a pilot. */
export function flagsOnGrid(asked: readonly EvaluationInput[]): boolean[][] {
  return GRID.map((thresholds) =>
    asked.map((input) => {
      const { health } = evaluatePilot({ ...input, policy: { ...input.policy, ...thresholds } });
      return health === 'Stalled' || health === 'At risk';
    }),
  );
}

/** Each pilot's flag under the point of the grid that has the best F1 on the other folds. */
export function heldOutFlags(
  grid: readonly (readonly boolean[])[],
  died: readonly boolean[],
  folds: Folds,
): boolean[] {
  const chosen = new Map([...new Set(folds)].map((fold) => [fold, bestWithout(fold, grid, died, folds)]));
  return died.map((_, index) => grid[chosen.get(folds[index]!)!]![index]!);
}

function bestWithout(
  fold: number,
  grid: readonly (readonly boolean[])[],
  died: readonly boolean[],
  folds: Folds,
): number {
  const scores = grid.map((flags) =>
    f1(
      flagScore(
        died.flatMap((dies, index) =>
          folds[index] === fold ? [] : [{ isFlagged: flags[index]!, died: dies }],
        ),
      ),
    ),
  );
  return scores.indexOf(Math.max(...scores));
}

export interface Case {
  /** Sum of the contributions without the base. */
  readonly evidence: number;
  readonly died: boolean;
}

/** P(died) = 1 / (1 + exp(−(base + slope · evidence))). */
export interface Logistic {
  readonly base: number;
  readonly slope: number;
}

/** Each case's probability under the logistic that the other folds give. */
export function heldOutRisks(
  cases: readonly Case[],
  folds: Folds,
): { readonly risks: readonly number[]; readonly fits: readonly Logistic[] } {
  const fits = new Map(
    [...new Set(folds)].map((fold) => [fold, fitLogistic(cases.filter((_, index) => folds[index] !== fold))]),
  );
  const risks = cases.map(({ evidence }, index) => chance(fits.get(folds[index]!)!, evidence));
  return { risks, fits: [...fits.values()] };
}

const NEWTON_STEPS = 25;

/** Maximum likelihood by Newton's method; Hosmer & Lemeshow, Applied Logistic Regression, 2nd ed., §1.2. */
export function fitLogistic(cases: readonly Case[]): Logistic {
  let fit: Logistic = { base: 0, slope: 0 };
  for (let step = 0; step < NEWTON_STEPS; step += 1) {
    const [score, information] = [
      [0, 0],
      [0, 0, 0],
    ] as [[number, number], [number, number, number]];
    for (const { evidence, died } of cases) {
      const p = chance(fit, evidence);
      const [left, weight] = [Number(died) - p, p * (1 - p)];
      score[0] += left;
      score[1] += left * evidence;
      information[0] += weight;
      information[1] += weight * evidence;
      information[2] += weight * evidence * evidence;
    }
    const [a, b, c] = information;
    const determinant = a * c - b * b;
    if (!(determinant > 0)) return fit;
    fit = {
      base: fit.base + (c * score[0] - b * score[1]) / determinant,
      slope: fit.slope + (a * score[1] - b * score[0]) / determinant,
    };
  }
  return fit;
}

function chance({ base, slope }: Logistic, evidence: number): number {
  return 1 / (1 + Math.exp(-(base + slope * evidence)));
}

/** Mean squared distance of the probabilities (0..1) from what happened. G. Brier, Monthly Weather Review 78 (1950) 1–3. */
export function brierScore(cases: readonly { readonly risk: number; readonly died: boolean }[]): number {
  return cases.reduce((sum, { risk, died }) => sum + (risk - Number(died)) ** 2, 0) / cases.length;
}
