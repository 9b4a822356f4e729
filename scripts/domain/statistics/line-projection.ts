// Least-squares line through the last weeks, read at a later day with a prediction interval.
// Formulas: NIST/SEMATECH e-Handbook 4.1.4.1 and 4.5.1.2 (prediction limits); t quantiles from its table 1.3.6.7.2.

export interface Projection {
  readonly value: number;
  /** 80 % prediction interval. */
  readonly low: number;
  readonly high: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Fewer points leave no degree of freedom for the scatter. */
const MIN_POINTS = 3;
/** Older weeks say little about where a pilot is heading now. */
const MAX_POINTS = 6;
// Two-sided 80 %: t(0.90) for 1 to 4 degrees of freedom.
const T_90 = [3.078, 1.886, 1.638, 1.533] as const;

/** The line's value at `x` with an 80 % prediction interval; null with fewer than three points or no spread in x. */
export function projectLine(points: readonly Point[], x: number): Projection | null {
  const used = points.slice(-MAX_POINTS);
  const t = T_90[used.length - MIN_POINTS];
  const count = used.length;
  const meanX = mean(used.map((point) => point.x));
  const meanY = mean(used.map((point) => point.y));
  const spread = sum(used.map((point) => (point.x - meanX) ** 2));
  if (t === undefined || spread === 0) return null;
  const slope = sum(used.map((point) => (point.x - meanX) * (point.y - meanY))) / spread;
  const at = (where: number): number => meanY + slope * (where - meanX);
  const residual = Math.sqrt(sum(used.map((point) => (point.y - at(point.x)) ** 2)) / (count - 2));
  const margin = t * residual * Math.sqrt(1 + 1 / count + (x - meanX) ** 2 / spread);
  return { value: at(x), low: at(x) - margin, high: at(x) + margin };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : sum(values) / values.length;
}
