import type { EvaluationInput } from '../domain/evaluation.ts';
import type { PilotFacts, UsageLink } from '../domain/facts.ts';

/** Why a pilot's usage cannot be judged. Only the sync sees all pilots and sources, so it decides this. */
export type DataProblem = NonNullable<EvaluationInput['dataProblem']>;

/**
 * DATA_STALE: the source's complete-through instant is older than twice the sync interval (or unknown).
 * @param syncIntervalHours hours between two runs, from the policy
 */
export function staleProblem(facts: PilotFacts, now: Date, syncIntervalHours: number): DataProblem | null {
  const { completeThroughInstant, completeThrough } = facts;
  const limitMs = 2 * syncIntervalHours * 3_600_000;
  if (completeThroughInstant !== null && now.getTime() - Date.parse(completeThroughInstant) <= limitMs)
    return null;
  return { code: 'DATA_STALE', values: { dataEnd: completeThrough } };
}

/**
 * SOURCE_SUSPECT for every pilot of a source in which not one linked pilot has a single event: a renamed key
 * column or an export of another tenant looks exactly like nobody working.
 */
export function silentSources(
  links: readonly UsageLink[],
  pilotsWithEvents: ReadonlySet<string>,
): Map<string, DataProblem> {
  const problems = new Map<string, DataProblem>();
  for (const ofSource of Map.groupBy(links, (link) => link.source).values()) {
    const pilots = new Set(ofSource.map((link) => link.pilotId));
    if ([...pilots].some((id) => pilotsWithEvents.has(id))) continue;
    for (const id of pilots)
      problems.set(id, { code: 'SOURCE_SUSPECT', values: { fell: pilots.size, pilots: pilots.size } });
  }
  return problems;
}
