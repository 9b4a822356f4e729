// Judges with one mistake each, of the kind that a change of the rules could bring: what the properties must catch.
import { addDays, daysBetween } from './day.ts';
import { evaluatePilot } from './evaluate-pilot.ts';
import type { Evaluation, EvaluationInput, Health } from './evaluation.ts';

export type Judge = (input: EvaluationInput) => Evaluation;

const LONG_DAYS = 20;

/** The verdict with another health. */
function called(verdict: Evaluation, health: Health): Evaluation {
  const isStalled = health === 'Stalled';
  return { ...verdict, health, isStalled, stalledSince: isStalled ? verdict.stalledSince : null };
}

function lastDay({ facts }: EvaluationInput): string | null {
  return facts?.days.map(({ day }) => day).reduce((a, b) => (a > b ? a : b), '') || null;
}

function silentDays(input: EvaluationInput): number {
  const last = lastDay(input);
  return last === null ? 0 : daysBetween(last, input.facts!.completeThrough!);
}

export const SILENCE_IMPROVES: Readonly<Record<string, Judge>> = {
  'long silence is taken for data that are late': (input) =>
    silentDays(input) > LONG_DAYS ? called(evaluatePilot(input), 'Unknown') : evaluatePilot(input),
  'the data are thought to end with the last use': (input) => {
    const last = lastDay(input);
    if (last === null || silentDays(input) <= LONG_DAYS) return evaluatePilot(input);
    return evaluatePilot({ ...input, facts: { ...input.facts!, completeThrough: last } });
  },
  'what is usual sinks with the silence, and with it what is missed': (input) => {
    const { policy } = input;
    const stallUserDays = policy.stallUserDays * (1 + silentDays(input) / 7);
    return evaluatePilot({
      ...input,
      policy: { ...policy, stallUserDays, idleBusinessDays: 5 + silentDays(input) },
    });
  },
};

export const USE_WORSENS: Readonly<Record<string, Judge>> = {
  'the silence is compared with the mean gap between days of use, however short': (input) => {
    const verdict = evaluatePilot(input);
    const days = input.facts!.days.length;
    const gap = daysBetween(input.pilot.startDate!, input.facts!.completeThrough!) / Math.max(1, days);
    const isHealthy = verdict.health === 'On track' || verdict.health === 'Watch';
    return isHealthy && silentDays(input) > gap ? called(verdict, 'At risk') : verdict;
  },
  'silence is counted from the longest stretch of use instead of from the last': (input) => {
    const crowded = input.facts!.days.filter(({ activeUsers }) => activeUsers > 1).at(-1)?.day;
    if (!crowded || crowded === lastDay(input)) return evaluatePilot(input);
    const days = input.facts!.days.filter(({ day }) => day <= crowded);
    return evaluatePilot({ ...input, facts: { ...input.facts!, days } });
  },
};

export const ORDER_MATTERS: Readonly<Record<string, Judge>> = {
  'the last day listed is taken for the last day of use': (input) => {
    const listed = input.facts?.days.at(-1)?.day;
    const verdict = evaluatePilot(input);
    return listed && daysBetween(listed, input.facts!.completeThrough!) > 14
      ? called(verdict, 'Watch')
      : verdict;
  },
  'the first user listed is taken for the top user': (input) => {
    const verdict = evaluatePilot(input);
    return { ...verdict, note: { key: 'top', values: { user: input.facts?.users[0]?.user ?? null } } };
  },
};

export const DOUBT_IS_HEALTH: Readonly<Record<string, Judge>> = {
  'the doubt is forgotten': (input) => evaluatePilot({ ...input, dataProblem: null }),
  'Unknown is shown as On track': (input) => {
    const verdict = evaluatePilot(input);
    return verdict.health === 'Unknown' ? called(verdict, 'On track') : verdict;
  },
  'data that are not there are taken for no use': (input) => {
    return evaluatePilot({ ...input, dataProblem: null, facts: { ...input.facts!, days: [], users: [] } });
  },
};

export const RUNS_COUNT: Readonly<Record<string, Judge>> = {
  'a stall clears one run after it is gone': (input) => {
    const verdict = evaluatePilot(input);
    const wasStalled = input.pilot.stored.health === 'Stalled';
    return wasStalled && !verdict.isStalled && verdict.health !== 'Unknown'
      ? { ...verdict, isStalled: true, health: 'Stalled', stalledSince: input.pilot.stored.stalledSince }
      : verdict;
  },
  'the date of a stall is that of the run that found it': (input) => {
    const verdict = evaluatePilot(input);
    const stalledSince = verdict.isStalled ? (input.pilot.stored.stalledSince ?? input.today) : null;
    return { ...verdict, stalledSince };
  },
};

export const NOT_THE_SAME: Readonly<Record<string, Judge>> = {
  'what was stored moves the date': (input) => {
    const verdict = evaluatePilot(input);
    const { stalledSince } = input.pilot.stored;
    return stalledSince ? { ...verdict, stalledSince: addDays(stalledSince, 1) } : verdict;
  },
  'the signals take turns': (input) => {
    const verdict = evaluatePilot(input);
    return input.pilot.stored.signals ? { ...verdict, signals: verdict.signals.toReversed() } : verdict;
  },
};
