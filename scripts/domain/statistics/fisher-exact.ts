// Fisher's exact test, one-sided. R. A. Fisher, Statistical Methods for Research Workers, §21.02;
// tail of the hypergeometric distribution: https://en.wikipedia.org/wiki/Fisher%27s_exact_test
import { logFactorial } from './log-factorial.ts';

/** Successes out of a number of trials. */
export interface Share {
  readonly hits: number;
  readonly of: number;
}

/**
 * The chance of at most `recent.hits` successes in the recent group when both groups share one rate, all four
 * margins given: small when the recent rate is lower than chance explains. Counts are whole; 1 without trials.
 */
export function fisherLower(recent: Share, before: Share): number {
  const hits = recent.hits + before.hits;
  const total = recent.of + before.of;
  const least = Math.max(0, hits - before.of);
  const base = logChoose(total, hits);
  let tail = 0;
  for (let count = least; count <= recent.hits; count += 1) {
    tail += Math.exp(logChoose(recent.of, count) + logChoose(before.of, hits - count) - base);
  }
  return Math.min(1, tail);
}

function logChoose(of: number, count: number): number {
  return logFactorial(of) - logFactorial(count) - logFactorial(of - count);
}
