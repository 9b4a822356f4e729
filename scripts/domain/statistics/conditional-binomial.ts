// Comparing two event counts: given their sum, the recent one is binomial. Przyborowski & Wilenski, Biometrika 31
// (1940) 313–323. Counts of use are over-dispersed and are scaled down first (McCullagh & Nelder, Generalized
// Linear Models, 2nd ed., §6.2.3: variance φ times the Poisson variance).
import { logFactorial } from './log-factorial.ts';

/** Events seen during an exposure, here business days. */
export interface Count {
  readonly events: number;
  readonly exposure: number;
}

/**
 * The chance of at most `recent.events` of all events falling into the recent exposure at one common rate:
 * small when the recent rate is lower. Both counts are divided by `dispersion` (at least 1) and rounded. 1 without events.
 */
export function conditionalBinomialLower(recent: Count, before: Count, dispersion = 1): number {
  const scale = Math.max(1, dispersion);
  const hits = Math.round(recent.events / scale);
  const total = hits + Math.round(before.events / scale);
  const share = recent.exposure / (recent.exposure + before.exposure);
  if (total === 0 || !(share > 0 && share < 1)) return 1;
  let tail = 0;
  for (let count = 0; count <= hits; count += 1) tail += binomial(count, total, share);
  return Math.min(1, tail);
}

function binomial(count: number, of: number, share: number): number {
  const ways = logFactorial(of) - logFactorial(count) - logFactorial(of - count);
  return Math.exp(ways + count * Math.log(share) + (of - count) * Math.log1p(-share));
}

/**
 * Pearson's χ² per degree of freedom of counts around their common rate within each group, at least 1; the
 * groups are kept apart so that a difference between them is not taken for scatter.
 */
export function overDispersion(groups: readonly (readonly Count[])[]): number {
  let chiSquared = 0;
  let freedom = 0;
  for (const group of groups) {
    const rate = total(group, 'events') / total(group, 'exposure');
    if (!(rate > 0)) continue;
    chiSquared += group.reduce(
      (sum, { events, exposure }) => sum + (events - rate * exposure) ** 2 / (rate * exposure),
      0,
    );
    freedom += group.length - 1;
  }
  return freedom > 0 ? Math.max(1, chiSquared / freedom) : 1;
}

function total(group: readonly Count[], field: keyof Count): number {
  return group.reduce((sum, count) => sum + count[field], 0);
}
