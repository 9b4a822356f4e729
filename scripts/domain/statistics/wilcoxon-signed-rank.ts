// Wilcoxon's signed-rank test, one-sided. F. Wilcoxon, Biometrics Bulletin 1 (1945) 80–83; ties get mid-ranks and
// zeros are dropped (Wilcoxon's treatment; Hollander & Wolfe, Nonparametric Statistical Methods, §3.1).

/** Above this many pairs the normal approximation with tie correction is used; below, every sign pattern is counted. */
const EXACT_UP_TO = 200;

/**
 * The chance of a sum of positive ranks at most as large as the one seen when rises and falls are equally
 * likely: small when the differences (recent minus before) are falls. 1 when no difference is left.
 */
export function wilcoxonLower(differences: readonly number[]): number {
  const moved = differences.filter((difference) => difference !== 0);
  if (moved.length === 0) return 1;
  const ranks = midRanks(moved.map(Math.abs));
  const positive = ranks.filter((_, index) => moved[index]! > 0).reduce((sum, rank) => sum + rank, 0);
  return moved.length <= EXACT_UP_TO ? exactLower(ranks, positive) : normalLower(ranks, positive);
}

/** Rank of each value, 1 for the smallest; equal values share the mean of their ranks. */
function midRanks(values: readonly number[]): number[] {
  // Differences of rates carry rounding noise that must not break a tie.
  const rounded = values.map((value) => Number(value.toPrecision(12)));
  const sorted = rounded.toSorted((a, b) => a - b);
  return rounded.map((value) => (sorted.indexOf(value) + sorted.lastIndexOf(value)) / 2 + 1);
}

/** The exact distribution of the positive rank sum by convolution, on doubled ranks so that mid-ranks are whole. */
function exactLower(ranks: readonly number[], positive: number): number {
  const doubled = ranks.map((rank) => Math.round(rank * 2));
  const chance = new Float64Array(doubled.reduce((sum, rank) => sum + rank, 1));
  chance[0] = 1;
  let reached = 0;
  for (const rank of doubled) {
    reached += rank;
    for (let sum = reached; sum >= 0; sum -= 1)
      chance[sum] = (chance[sum]! + (sum >= rank ? chance[sum - rank]! : 0)) / 2;
  }
  return Math.min(
    1,
    chance.subarray(0, Math.round(positive * 2) + 1).reduce((total, one) => total + one, 0),
  );
}

/** Mean and variance follow from the ranks themselves, ties included; half a rank is the continuity correction. */
function normalLower(ranks: readonly number[], positive: number): number {
  const meanSum = ranks.reduce((sum, rank) => sum + rank, 0) / 2;
  const variance = ranks.reduce((sum, rank) => sum + rank * rank, 0) / 4;
  return normalCdf((positive + 0.5 - meanSum) / Math.sqrt(variance));
}

/** Abramowitz & Stegun, Handbook of Mathematical Functions, 26.2.17; absolute error below 7.5e-8. */
function normalCdf(z: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(z));
  const series = [0.31938153, -0.356563782, 1.781477937, -1.821255978, 1.330274429];
  const upper =
    (series.reduce((sum, factor, index) => sum + factor * t ** (index + 1), 0) * Math.exp((-z * z) / 2)) /
    Math.sqrt(2 * Math.PI);
  return z < 0 ? upper : 1 - upper;
}
