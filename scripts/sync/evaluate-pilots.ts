import { evaluatePilot } from '../domain/evaluate-pilot.ts';
import type { Evaluation, PilotInput, Policy } from '../domain/evaluation.ts';
import type { Day, PilotFacts } from '../domain/facts.ts';
import { resolvePolicy, type PolicyRecord } from '../domain/policy.ts';
import type { PilotRow } from '../salesforce/pilot-rows.ts';
import { dayOf } from '../sources/facts/calendar-day.ts';
import { staleProblem, suspectSources, type DataProblem } from './data-problem.ts';
import { massChange } from './mass-change.ts';
import type { Links } from './usage-links.ts';
import type { UsageRead } from './read-usage.ts';

export interface EvaluatedPilot {
  readonly row: PilotRow;
  readonly input: PilotInput;
  readonly policy: Policy;
  readonly facts: PilotFacts | null;
  /** Why the facts are not judged; null where they are, or where there is nothing to judge. */
  readonly dataProblem: DataProblem | null;
  readonly today: Day;
  readonly evaluation: Evaluation;
  readonly storedSignals: string | null;
}

export interface EvaluateOptions {
  readonly now: Date;
  readonly timeZone: string;
  readonly policies: readonly PolicyRecord[];
  readonly acceptMassChange: boolean;
  /** Pilots with usage weeks in the org. */
  readonly pilotsWithWeeks: ReadonlySet<string>;
}

export interface Evaluations {
  readonly pilots: readonly EvaluatedPilot[];
  /** How many were held back by the mass-change brake; 0 is the usual case. */
  readonly braked: number;
}

/** Judges every pilot, and judges once more without their usage those that the mass-change brake holds back. */
export function evaluatePilots(
  pilots: readonly { readonly row: PilotRow; readonly input: PilotInput }[],
  { links, problems }: Pick<Links, 'links' | 'problems'>,
  usage: UsageRead,
  options: EvaluateOptions,
): Evaluations {
  const suspect = suspectSources(
    links.filter(({ by, pilotId }) => by !== 'stamp' && usage.facts.has(pilotId)),
    usage,
    options.pilotsWithWeeks,
  );
  const judge = (
    pilot: { readonly row: PilotRow; readonly input: PilotInput },
    forced: DataProblem | null,
  ): EvaluatedPilot => {
    const { row, input } = pilot;
    const policy = resolvePolicy(options.policies, input.type);
    const facts = usage.facts.get(input.id) ?? null;
    const today = dayOf(options.now, input.timeZone ?? options.timeZone);
    const stale = facts ? staleProblem(facts, options.now, policy.syncIntervalHours) : null;
    const dataProblem = problems.get(input.id) ?? stale ?? suspect.get(input.id) ?? forced;
    const evaluation = evaluatePilot({ pilot: input, facts, dataProblem, policy, today });
    return { row, input, policy, facts, dataProblem, today, evaluation, storedSignals: input.stored.signals };
  };
  const judged = pilots.map((pilot) => judge(pilot, null));
  const limits = resolvePolicy(options.policies, null);
  const held = options.acceptMassChange
    ? []
    : massChange(judged, { min: limits.massChangeMin, percent: limits.massChangePercent });
  if (held.length === 0) return { pilots: judged, braked: 0 };
  const braked: DataProblem = {
    code: 'SOURCE_SUSPECT',
    values: { fell: held.length, pilots: judged.length },
  };
  const isHeld = new Set(held);
  return {
    pilots: judged.map((pilot) => (isHeld.has(pilot) ? judge(pilot, braked) : pilot)),
    braked: held.length,
  };
}
