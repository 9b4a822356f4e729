// Success criteria that score themselves: actual, met on, projection at the end with its range, pace.
import { daysBetween, earlier } from './day.ts';
import type { CriterionInput, CriterionScore, Pace, PilotInput, Policy } from './evaluation.ts';
import type { Day, MetricFacts, PilotFacts } from './facts.ts';
import { projectLine } from './statistics/line-projection.ts';
import type { Projection } from './statistics/line-projection.ts';

/** A criterion as the rules read it: the record with its fresh score. */
export interface ScoredCriterion extends CriterionInput, Pick<CriterionScore, 'isMeasured' | 'pace'> {
  /** Last day on which its value is known to have changed; null when it never did. */
  readonly movedOn: Day | null;
  readonly score: CriterionScore;
}

export function scoredCriterion(input: ScoringInput): ScoredCriterion {
  const { criterion, facts } = input;
  const score = scoreCriterion(input);
  const { actual, measuredOn, metOn, isMeasured, pace } = score;
  const movedOn = isMeasured ? lastChange(criterion, facts) : measuredOn;
  return { ...criterion, actual, measuredOn, metOn, isMeasured, pace, movedOn, score };
}

export interface ScoringInput {
  readonly criterion: CriterionInput;
  readonly pilot: Pick<PilotInput, 'startDate' | 'endDate'>;
  readonly facts: PilotFacts | null;
  readonly policy: Pick<Policy, 'criteriaSlackPoints'>;
  readonly today: Day;
}

/**
 * Scores one criterion. A criterion with a metric takes the engine's value for its window as of the last
 * complete day; one without keeps what was entered. A metric that the facts do not have, or hold back because its
 * event stopped coming, leaves the stored value as it is and the pace Unknown: nothing measured is never read as
 * nothing reached.
 */
export function scoreCriterion(input: ScoringInput): CriterionScore {
  const { criterion, facts } = input;
  if (!criterion.metric) return scoreByHand(input);
  const window = criterion.window ?? 'Whole pilot';
  const metric = facts?.metrics.find((one) => one.metric === criterion.metric && one.window === window);
  const dataTo = facts?.completeThrough ?? null;
  if (!metric || metric.held || metric.value === null || !dataTo) return asStored(criterion);
  const isMet = meets(criterion, metric.value);
  const projection = isMet ? null : projectedAtEnd(metric, input);
  return {
    isMeasured: true,
    actual: toScale(metric.value),
    measuredOn: dataTo,
    metOn: isMet ? metSince(criterion, metric, dataTo) : null,
    projected: projection && toScale(projection.value),
    projectedLow: projection && toScale(projection.low),
    projectedHigh: projection && toScale(projection.high),
    pace: isMet ? 'Met' : paceOf(input, projection),
  };
}

/** Is a value on the right side of the criterion's target? False without a target. */
export function meets({ direction, target }: CriterionInput, value: number | null): boolean {
  if (target === null || value === null) return false;
  return direction === 'At most' ? value <= target : value >= target;
}

/** Share of the way from baseline to target, 0 to 1; null where it cannot be told. */
export function progress(criterion: CriterionInput): number | null {
  const { actual, target, direction } = criterion;
  if (actual === null || target === null) return null;
  if (meets(criterion, actual)) return 1;
  if (criterion.baseline === null && direction === 'At most')
    return actual === 0 ? null : clamp(target / actual);
  const from = criterion.baseline ?? 0;
  return from === target ? null : clamp((actual - from) / (target - from));
}

function scoreByHand({ criterion, pilot, policy, today }: ScoringInput): CriterionScore {
  const isMet = meets(criterion, criterion.actual);
  const reached = progress(criterion);
  const elapsed = elapsedShare(pilot, today);
  const isBehind =
    reached !== null && elapsed !== null && reached < elapsed - policy.criteriaSlackPoints / 100;
  const pace = isMet
    ? 'Met'
    : reached === null || elapsed === null
      ? 'Unknown'
      : isBehind
        ? 'Behind'
        : 'On pace';
  const { actual, measuredOn } = criterion;
  const metOn = isMet ? (criterion.metOn ?? measuredOn ?? today) : null;
  return { isMeasured: false, actual, measuredOn, metOn, ...NO_PROJECTION, pace };
}

/** Share of the planned time that is over, 0 to 1; null without both dates. */
export function elapsedShare(pilot: Pick<PilotInput, 'startDate' | 'endDate'>, today: Day): number | null {
  if (!pilot.startDate || !pilot.endDate || pilot.endDate <= pilot.startDate) return null;
  return clamp(daysBetween(pilot.startDate, today) / daysBetween(pilot.startDate, pilot.endDate));
}

const NO_PROJECTION = { projected: null, projectedLow: null, projectedHigh: null } as const;

function asStored({ actual, measuredOn, metOn }: CriterionInput): CriterionScore {
  return { isMeasured: true, actual, measuredOn, metOn, ...NO_PROJECTION, pace: 'Unknown' };
}

/** The first week end of the unbroken run of met ones; a stored earlier day stays, for facts are weekly. */
function metSince(criterion: CriterionInput, metric: MetricFacts, dataTo: Day): Day {
  const lastMissed = metric.weekly.findLastIndex((week) => !meets(criterion, week.value));
  const computed = metric.weekly[lastMissed + 1]?.weekEnd ?? dataTo;
  return criterion.metOn ? earlier(criterion.metOn, computed) : computed;
}

/** The first week end that shows the present value: it changed in the week before. */
function lastChange(criterion: CriterionInput, facts: PilotFacts | null): Day | null {
  const window = criterion.window ?? 'Whole pilot';
  const metric = facts?.metrics.find((one) => one.metric === criterion.metric && one.window === window);
  // Whether it stands still cannot be told then.
  if (metric?.held) return facts?.completeThrough ?? null;
  const weekly = metric?.weekly ?? [];
  const lastOther = weekly.findLastIndex((week) => week.value !== metric?.value);
  return weekly[lastOther + 1]?.weekEnd ?? (lastOther >= 0 ? (facts?.completeThrough ?? null) : null);
}

function projectedAtEnd(metric: MetricFacts, { criterion, pilot, facts }: ScoringInput): Projection | null {
  const end = pilot.endDate;
  if (!end || end <= facts!.completeThrough!) return null;
  const weeks = metric.weekly.filter((week) => week.value !== null);
  const origin = weeks[0]?.weekEnd;
  if (!origin) return null;
  const points = weeks.map((week) => ({ x: daysBetween(origin, week.weekEnd), y: week.value! }));
  return within(boundsOf(criterion, metric), projectLine(points, daysBetween(origin, end)));
}

// A line knows no floor: it would foresee −8.6 people, or a median of −3 minutes.
const DURATION =
  /^(seconds?|secs?|s|minutes?|mins?|hours?|hrs?|h|days?|d|weeks?|segundos?|minutos?|horas?|días?|semanas?)\.?$/i;

/** By what the metric counts, else by the unit: no time is shorter than none. */
function boundsOf({ unit }: CriterionInput, { bounds }: MetricFacts): MetricFacts['bounds'] {
  return bounds ?? (unit !== null && DURATION.test(unit.trim()) ? { low: 0, high: null } : undefined);
}

function within(bounds: MetricFacts['bounds'], projection: Projection | null): Projection | null {
  if (!bounds || !projection) return projection;
  const cut = (value: number): number => Math.min(bounds.high ?? Infinity, Math.max(bounds.low, value));
  return { value: cut(projection.value), low: cut(projection.low), high: cut(projection.high) };
}

/** Met by the projection: on pace. Only the range reaches the target: behind. Not even that: unlikely. */
function paceOf({ criterion, pilot, today }: ScoringInput, projection: Projection | null): Pace {
  if (criterion.target === null) return 'Unknown';
  if (pilot.endDate && today > pilot.endDate) return 'Unlikely';
  if (!projection) return 'Unknown';
  if (meets(criterion, projection.value)) return 'On pace';
  const best = criterion.direction === 'At most' ? projection.low : projection.high;
  return meets(criterion, best) ? 'Behind' : 'Unlikely';
}

/** Number(16,4): what the org stores. */
function toScale(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}

function clamp(share: number): number {
  return Math.min(1, Math.max(0, share));
}
