// How well flags and an order foretell which pilots die.
import type { ActivityCounts } from './activity-folder.ts';

/** Counts behind precision (`hits` of `flagged`) and recall (`hits` of `died`). */
export interface FlagScore {
  readonly hits: number;
  readonly flagged: number;
  readonly died: number;
}

export function flagScore(
  cases: readonly { readonly isFlagged: boolean; readonly died: boolean }[],
): FlagScore {
  return {
    hits: cases.filter(({ isFlagged, died }) => isFlagged && died).length,
    flagged: cases.filter(({ isFlagged }) => isFlagged).length,
    died: cases.filter(({ died }) => died).length,
  };
}

/** Harmonic mean of precision and recall, 0..1. */
export function f1({ hits, flagged, died }: FlagScore): number {
  return flagged + died === 0 ? 0 : (2 * hits) / (flagged + died);
}

/**
 * Average precision, 0..1: the precision at each threshold, weighted by the recall it adds; equal scores are one
 * threshold, so that the order of the lines cannot matter. Null when nobody died. A null score ranks last.
 * https://scikit-learn.org/stable/modules/generated/sklearn.metrics.average_precision_score.html
 */
export function averagePrecision(
  cases: readonly { readonly score: number | null; readonly died: boolean }[],
): number | null {
  const total = cases.filter(({ died }) => died).length;
  if (total === 0) return null;
  const byScore = Map.groupBy(cases, ({ score }) => score ?? -Infinity);
  let [seen, hits, sum] = [0, 0, 0];
  for (const [, group] of [...byScore].toSorted(([a], [b]) => (a > b ? -1 : 1))) {
    const found = group.filter(({ died }) => died).length;
    seen += group.length;
    hits += found;
    sum += (found / total) * (hits / seen);
  }
  return sum;
}

export interface NaiveRule {
  readonly name: string;
  /** More is worse; the rule fires from `threshold` on. */
  readonly score: (counts: ActivityCounts) => number;
  readonly threshold: number;
}

const fall = (recent: number, before: number): number => (before === 0 ? 0 : 1 - recent / before);

/** What spreadsheets do, without tests, calendars or minimum data. */
export const NAIVE_RULES: readonly NaiveRule[] = [
  { name: 'idle >= 14 days', score: ({ idleDays }) => idleDays ?? Infinity, threshold: 14 },
  { name: 'idle >= 7 days', score: ({ idleDays }) => idleDays ?? Infinity, threshold: 7 },
  {
    name: 'users -30 % week over week',
    score: ({ usersLastWeek, usersWeekBefore }) => fall(usersLastWeek, usersWeekBefore),
    threshold: 0.3,
  },
  {
    name: 'events 2 weeks vs 4, -30 %',
    score: ({ eventsLast2Weeks, eventsFourWeeksBefore }) =>
      fall(eventsLast2Weeks / 2, eventsFourWeeksBefore / 4),
    threshold: 0.3,
  },
];
