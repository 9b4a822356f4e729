// From signals to one state. Hard: a Stalled signal. Soft: an At risk signal. Hint: a Watch signal.
import { later } from './day.ts';
import type { Health, Signal } from './evaluation.ts';
import type { Day } from './facts.ts';

/** The health that the signals call for, and since when they add up to Stalled. */
export interface RollUp {
  readonly health: Health;
  readonly stalledSince: Day | null;
}

const RANK: Readonly<Record<Health, number>> = {
  'On track': 0,
  Unknown: 1,
  Watch: 2,
  'At risk': 3,
  Stalled: 4,
};

/**
 * Stalled on one hard signal, or on two soft ones of different groups of which one is usage or outcome.
 * Hints never add up to Stalled: in a healthy pilot two of them often coincide. Data that cannot be judged
 * gives Unknown, unless what is known without it already stalls the pilot.
 */
export function rollUp(signals: readonly Signal[], isUsageKnown: boolean): RollUp {
  const stalledSince = [...hardDates(signals), ...pairDates(signals)].toSorted()[0] ?? null;
  if (stalledSince) return { health: 'Stalled', stalledSince };
  if (!isUsageKnown) return { health: 'Unknown', stalledSince: null };
  const states = signals.map((signal) => signal.state);
  return { health: states.reduce(worse, 'On track'), stalledSince: null };
}

/** Strongest first: by state, then the one that has lasted longest; the order of the rules decides ties. */
export function strongestFirst(signals: readonly Signal[]): readonly Signal[] {
  return signals.toSorted(
    (a, b) => RANK[b.state] - RANK[a.state] || (a.since < b.since ? -1 : Number(a.since > b.since)),
  );
}

function worse(a: Health, b: Health): Health {
  return RANK[b] > RANK[a] ? b : a;
}

function hardDates(signals: readonly Signal[]): Day[] {
  return signals.filter((signal) => signal.state === 'Stalled').map((signal) => signal.since);
}

function pairDates(signals: readonly Signal[]): Day[] {
  const soft = signals.filter((signal) => signal.state === 'At risk');
  return soft
    .filter(isAboutTheProduct)
    .flatMap((one) =>
      soft.filter((other) => other.group !== one.group).map((other) => later(one.since, other.since)),
    );
}

function isAboutTheProduct(signal: Signal): boolean {
  return signal.group === 'usage' || signal.group === 'outcome';
}
