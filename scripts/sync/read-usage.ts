import type { PilotFacts, ReadSummary, UsageLink } from '../domain/facts.ts';
import { ConfigError, FatalError, PilotError, TransientError } from '../salesforce/pilot-error.ts';
import { lastWholeDay } from '../sources/facts/calendar-day.ts';
import { SourceError, type SourceErrorCode } from '../sources/source-error.ts';
import type { UsageRequest, UsageSource } from '../sources/source.ts';
import type { DataProblem } from './data-problem.ts';
import { mergeFacts } from './merge-facts.ts';

export interface UsageRead {
  /** One entry per linked pilot whose sources could all be read, also when it has no event at all. */
  readonly facts: ReadonlyMap<string, PilotFacts>;
  readonly summaries: readonly ReadSummary[];
  /** By source name. The pilots of such a source are left as they are. */
  readonly failures: ReadonlyMap<string, PilotError>;
  readonly pilotsWithEvents: ReadonlySet<string>;
  /** Linked pilots whose links lead nowhere: one cannot be applied, or only a stamp was expected and none came. */
  readonly problems: ReadonlyMap<string, DataProblem>;
}

/** Reads every source once. A source that fails takes only its own pilots out of the run. */
export async function readUsage(
  sources: readonly UsageSource[],
  links: readonly UsageLink[],
  asked: Pick<UsageRequest, 'now' | 'periods' | 'incompleteDays'>,
  onProgress: (source: string, rows: number, total: number | null) => void,
): Promise<UsageRead> {
  const parts = new Map<string, { readonly source: string; readonly facts: PilotFacts }[]>();
  const summaries = new Map<string, ReadSummary>();
  const failures = new Map<string, PilotError>();
  for (const source of sources) {
    try {
      const own = links.filter((link) => link.source === source.name);
      const reading = source.read({
        ...asked,
        links: own,
        onProgress: ({ rows, total }) => onProgress(source.name, rows, total),
      });
      let step = await reading.next();
      for (; step.done !== true; step = await reading.next()) {
        const known = parts.get(step.value.pilotId) ?? [];
        parts.set(step.value.pilotId, [...known, { source: source.name, facts: step.value }]);
      }
      summaries.set(source.name, accounted(step.value));
    } catch (error) {
      failures.set(source.name, sourceFailure(source.name, error));
    }
  }
  const problems = lostPilots(links, parts, summaries, failures);
  const findable = links.filter((link) => !problems.has(link.pilotId));
  return {
    facts: completed(findable, parts, summaries),
    summaries: [...summaries.values()],
    failures,
    pilotsWithEvents: new Set(parts.keys()),
    problems,
  };
}

/** Missing data is a state of its own: a pilot that cannot be looked up has no known usage, which is not none. */
function lostPilots(
  links: readonly UsageLink[],
  parts: ReadonlyMap<string, unknown>,
  summaries: ReadonlyMap<string, ReadSummary>,
  failures: ReadonlyMap<string, PilotError>,
): Map<string, DataProblem> {
  const unreadable = [...summaries.values()].flatMap((summary) => summary.unreadableLinks);
  const unstamped = [...Map.groupBy(links, ({ pilotId }) => pilotId)].flatMap(([pilotId, own]) => {
    const isLost =
      own.every(({ by, source }) => by === 'stamp' && !failures.has(source)) && !parts.has(pilotId);
    return isLost ? [{ pilotId }] : [];
  });
  return new Map(
    [...unreadable, ...unstamped].map(({ pilotId }) => [pilotId, { code: 'NOT_LINKED', values: {} }]),
  );
}

function accounted(summary: ReadSummary): ReadSummary {
  const excluded = Object.values(summary.excluded).reduce((sum, count) => sum + count, 0);
  if (summary.read === summary.accepted + summary.rejected + excluded) return summary;
  throw new FatalError(
    'SOURCE_MISCOUNT',
    `Source ${summary.source}: ${summary.read} rows read, but ${summary.accepted} accepted, ${summary.rejected} rejected and ${excluded} excluded.`,
    {
      actions: ['Report this message with the first lines of the file.'],
    },
  );
}

function completed(
  links: readonly UsageLink[],
  parts: ReadonlyMap<string, readonly { readonly source: string; readonly facts: PilotFacts }[]>,
  summaries: ReadonlyMap<string, ReadSummary>,
): Map<string, PilotFacts> {
  const known = [...parts.values()].flat();
  const facts = new Map<string, PilotFacts>();
  for (const [pilotId, own] of Map.groupBy(links, (link) => link.pilotId)) {
    if (!own.every(({ source }) => summaries.has(source))) continue;
    const hasPart = (source: string) => parts.get(pilotId)?.some((part) => part.source === source) ?? false;
    // A source in which the pilot's stamp does not occur has nothing to say about the pilot.
    const telling = own.filter(({ by, source }) => by !== 'stamp' || hasPart(source));
    const sources = [...new Set(telling.map((link) => link.source))];
    const [first, ...rest] = sources.map((source) => {
      const found = parts.get(pilotId)?.find((part) => part.source === source);
      if (found) return found.facts;
      const likes = known.filter((part) => part.source === source).map((part) => part.facts);
      return silentFacts(own[0]!, summaries.get(source)!, likes);
    });
    if (first) facts.set(pilotId, mergeFacts([first, ...rest]));
  }
  return facts;
}

/** What a source that is complete to some day says about a pilot it has no event of: that there was none. */
function silentFacts(link: UsageLink, summary: ReadSummary, others: readonly PilotFacts[]): PilotFacts {
  return {
    pilotId: link.pilotId,
    grain: others[0]?.grain ?? 'event',
    days: [],
    users: [],
    completeThrough:
      summary.completeThrough === null
        ? null
        : lastWholeDay(new Date(summary.completeThrough), link.timeZone),
    completeThroughInstant: summary.completeThrough,
    // Incomplete days are found over all keys of a source, so they hold for its silent pilots too.
    incompleteDays: [...new Set(others.flatMap((facts) => facts.incompleteDays))].toSorted(),
    metrics: [],
  };
}

// What a person must correct before the next run can do better; everything else may be gone by then.
const TO_CORRECT: ReadonlySet<SourceErrorCode> = new Set([
  'SOURCE_COLUMNS',
  'SOURCE_MARKER',
  'SOURCE_ENCODING',
  'SOURCE_ALL_REJECTED',
  'SOURCE_REFUSED',
  'SOURCE_SECRET',
  'SOURCE_ANSWER',
]);

/** A source's error as one of the three kinds. */
export function sourceFailure(source: string, error: unknown): PilotError {
  if (error instanceof PilotError) return error;
  if (!(error instanceof SourceError)) {
    const message = error instanceof Error ? error.message : String(error);
    return new FatalError('SOURCE_ENGINE', `Source ${source}: ${message}`, {
      actions: ['Report this message.'],
      cause: error,
    });
  }
  const Kind = TO_CORRECT.has(error.code) ? ConfigError : TransientError;
  return new Kind(error.code, `Source ${source}: ${error.message}`, { actions: error.actions, cause: error });
}
