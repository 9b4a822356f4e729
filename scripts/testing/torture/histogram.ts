import { FAULT_CLASSES } from './fault-schedule.ts';
import type { RunOutcome } from './run-torture.ts';

/** What 500 runs must have done to prove something. */
const LEAST = { runs: 500, hitsPerClass: 20, shareAfterFirstWrite: 0.6, killsBetweenWrites: 100 } as const;

/** How often each fault struck and where, a line each. */
export function histogram(outcomes: readonly RunOutcome[]): string[] {
  const { late, kills } = totals(outcomes);
  const failed = outcomes.filter(({ failure }) => failure !== null).length;
  const syncs = outcomes.reduce((sum, outcome) => sum + outcome.syncs, 0);
  const lines = FAULT_CLASSES.map((name) => {
    const of = outcomes.filter(({ faultClass }) => faultClass === name);
    const hit = of.filter(({ isHit }) => isHit).length;
    const after = of.filter(({ isAfterFirstWrite }) => isAfterFirstWrite).length;
    return `${name.padEnd(32)} ${column(of.length)} runs ${column(hit)} hit ${column(after)} after the first write`;
  });
  const share = Math.round((100 * late) / Math.max(1, outcomes.length));
  return [
    ...lines,
    `${late} of ${outcomes.length} runs (${share} %) were hit after the first write, ${kills} killed between the first and the last`,
    `${failed} of ${outcomes.length} failed, ${syncs} syncs`,
  ];
}

/** In what a torture of 500 runs or more fell short of its own purpose; fewer runs are no such proof. */
export function shortcomings(outcomes: readonly RunOutcome[]): string[] {
  if (outcomes.length < LEAST.runs) return [];
  const { late, kills } = totals(outcomes);
  const rare = FAULT_CLASSES.flatMap((name) => {
    const hit = outcomes.filter(({ faultClass, isHit }) => faultClass === name && isHit).length;
    return hit < LEAST.hitsPerClass
      ? [`${name}: struck ${hit} times, at least ${LEAST.hitsPerClass} are needed`]
      : [];
  });
  const share = late / outcomes.length;
  return [
    ...rare,
    ...(share < LEAST.shareAfterFirstWrite
      ? [`${Math.round(share * 100)} % were hit after the first write, at least 60 % are needed`]
      : []),
    ...(kills < LEAST.killsBetweenWrites
      ? [`${kills} were killed between the first and the last write, at least 100 are needed`]
      : []),
  ];
}

function totals(outcomes: readonly RunOutcome[]): { readonly late: number; readonly kills: number } {
  return {
    late: outcomes.filter(({ isAfterFirstWrite }) => isAfterFirstWrite).length,
    kills: outcomes.filter(({ faultClass, isBetweenWrites }) => faultClass === 'kill' && isBetweenWrites)
      .length,
  };
}

function column(count: number): string {
  return String(count).padStart(4);
}
