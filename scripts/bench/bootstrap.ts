// How sure is a score? The projects are drawn anew with replacement, and the score is taken of each draw.
// B. Efron & R. Tibshirani, An Introduction to the Bootstrap (1993), §13.3: the percentile interval.
import type { Random } from '../insight/simulation/random.ts';

export interface Interval {
  readonly value: number;
  /** 95 % interval. */
  readonly low: number;
  readonly high: number;
}

export const RESAMPLES = 2_000;

/** A measure of all cases with its interval; the cases of a difference are drawn together, so that it is a paired one. */
export function bootstrap<Case>(
  cases: readonly Case[],
  measure: (cases: readonly Case[]) => number,
  random: Random,
): Interval {
  const draws = Array.from({ length: RESAMPLES }, () =>
    measure(cases.map(() => cases[Math.floor(random() * cases.length)]!)),
  ).toSorted((a, b) => a - b);
  const at = (share: number): number => draws[Math.round(share * (RESAMPLES - 1))]!;
  return { value: measure(cases), low: at(0.025), high: at(0.975) };
}
