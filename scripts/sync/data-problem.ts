import type { EvaluationInput } from '../domain/evaluation.ts';
import type { PilotFacts, ReadSummary, UsageLink } from '../domain/facts.ts';

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
 * SOURCE_SUSPECT, by pilot id: every pilot of a source of which no row counts, and every pilot whose weeks in the org
 * show usage that its source no longer has: a renamed key column or another tenant's export looks exactly like
 * nobody working, and what was once delivered does not cease to have happened.
 * @param withWeeks pilots that have usage weeks in the org
 */
export function suspectSources(
  links: readonly Pick<UsageLink, 'source' | 'pilotId'>[],
  usage: {
    readonly summaries: readonly Pick<ReadSummary, 'source' | 'accepted'>[];
    readonly facts: ReadonlyMap<string, Pick<PilotFacts, 'days'>>;
  },
  withWeeks: ReadonlySet<string>,
): Map<string, DataProblem> {
  const accepted = new Map(usage.summaries.map((summary) => [summary.source, summary.accepted]));
  const problems = new Map<string, DataProblem>();
  for (const [source, own] of Map.groupBy(links, (link) => link.source)) {
    const pilots = [...new Set(own.map((link) => link.pilotId))];
    const suspect = accepted.get(source) === 0 ? pilots : pilots.filter(hasLostUsage);
    for (const id of suspect)
      problems.set(id, { code: 'SOURCE_SUSPECT', values: { fell: suspect.length, pilots: pilots.length } });
  }
  return problems;

  function hasLostUsage(id: string): boolean {
    return withWeeks.has(id) && usage.facts.get(id)?.days.length === 0;
  }
}
