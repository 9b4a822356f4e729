// What every rule looks at: the pilot, its policy and calendar, and its usage as it stood on one day.
import { businessCalendar } from './business-calendar.ts';
import type { BusinessCalendar } from './business-calendar.ts';
import { addDays, earlier } from './day.ts';
import type { ScoredCriterion } from './criteria.ts';
import type { EvaluationInput, PilotInput, Policy } from './evaluation.ts';
import type { Day, DayFacts, PilotFacts, UserFacts } from './facts.ts';
import type { SignalCode } from './policy-fields.ts';
import { readSignals } from './signals-json.ts';

/** Why usage is not judged; a key for words. */
export type UsageSilence =
  'notLive' | 'inReview' | 'noTelemetry' | 'noStartDate' | 'notStarted' | 'dataProblem';

/** The facts up to and including `asOf`, the last complete day that counts for the verdict. */
export interface UsageView {
  readonly start: Day;
  readonly asOf: Day;
  readonly grain: PilotFacts['grain'];
  /** Days with activity between start and `asOf`, oldest first. */
  readonly days: readonly DayFacts[];
  readonly users: readonly UserFacts[];
  /** Licensed (or planned) users; null where no number is a cap (feature-restricted pilots, or none entered). */
  readonly licensed: number | null;
}

export interface PilotView {
  readonly pilot: PilotInput;
  readonly policy: Policy;
  readonly calendar: BusinessCalendar;
  /** The day on which the verdict is read. */
  readonly today: Day;
  /** Null when usage is not judged; `usageSilence` says why. */
  readonly usage: UsageView | null;
  readonly usageSilence: UsageSilence | null;
  /** The criteria with the values that the facts give them. */
  readonly criteria: readonly ScoredCriterion[];
  /** Since when the last verdict told a signal: for rules whose facts and records cannot say. */
  readonly storedSince: (code: SignalCode) => Day | null;
}

/** The view on the day of the run, from all facts. */
export function viewNow(input: EvaluationInput, criteria: readonly ScoredCriterion[]): PilotView {
  const { pilot, policy, today } = input;
  const calendar = businessCalendar({
    region: pilot.holidayRegion,
    closedDays: pilot.closedDays,
    incompleteDays: input.facts?.incompleteDays ?? [],
  });
  const usageSilence = silenceOf(input);
  const usage = usageSilence ? null : usageUpTo(input, input.facts!.completeThrough!);
  const stored = readSignals(pilot.stored.signals);
  const told = [...(stored?.signals ?? []), ...(stored?.toTidy ?? [])].filter(
    (signal) => signal.since <= today,
  );
  const storedSince = (code: SignalCode): Day | null =>
    told.find((signal) => signal.code === code)?.since ?? null;
  return { pilot, policy, calendar, today, usage, usageSilence, criteria, storedSince };
}

/** The same pilot as its data stood at the end of the business day `day`, read on the next business day. */
export function viewAsOf(now: PilotView, day: Day): PilotView {
  const usage = now.usage && usageAsOf(now.usage, earlier(day, now.usage.asOf));
  return { ...now, today: now.calendar.after(day, 1), usage };
}

function usageAsOf(usage: UsageView, asOf: Day): UsageView {
  const users = usage.users.map((user) => ({
    ...user,
    activeDays: user.activeDays.filter((day) => day <= asOf),
  }));
  return {
    ...usage,
    asOf,
    days: usage.days.filter(({ day }) => day <= asOf),
    users: users.filter(({ activeDays }) => activeDays.length > 0),
  };
}

/** Usage signals need a live, started pilot with telemetry and trustworthy data. */
function silenceOf({ pilot, facts, dataProblem, today }: EvaluationInput): UsageSilence | null {
  if (pilot.status === 'Closed' || pilot.dealIsClosed) return 'notLive';
  if (pilot.status === 'In Review') return 'inReview';
  if (pilot.usageSource === 'None by agreement') return 'noTelemetry';
  if (pilot.status !== 'Active') return 'notStarted';
  if (!pilot.startDate) return 'noStartDate';
  if (pilot.startDate > today) return 'notStarted';
  return dataProblem || !facts?.completeThrough ? 'dataProblem' : null;
}

function usageUpTo({ pilot, facts }: EvaluationInput, completeThrough: Day): UsageView {
  const start = pilot.startDate!;
  // Access ends with the pilot: silence after the last day says nothing about it.
  const asOf = pilot.endDate ? earlier(completeThrough, pilot.endDate) : completeThrough;
  const counts = (day: Day): boolean => start <= day && day <= asOf;
  const users = facts!.users.map((user) => ({
    ...user,
    activeDays: user.activeDays.filter(counts).toSorted(),
  }));
  return {
    start,
    asOf,
    grain: facts!.grain,
    days: facts!.days
      .filter((day) => day.events > 0 && counts(day.day))
      .toSorted((a, b) => (a.day < b.day ? -1 : 1)),
    users: users.filter((user) => user.activeDays.length > 0).toSorted((a, b) => (a.user < b.user ? -1 : 1)),
    licensed: pilot.restriction === 'Features' ? null : (pilot.licensedUsers ?? pilot.plannedUsers),
  };
}

/** Last day with any activity since the start; the day before the start when there was none. */
export function lastActivity(usage: UsageView): { readonly day: Day; readonly isNever: boolean } {
  const last = usage.days.at(-1)?.day;
  return last ? { day: last, isNever: false } : { day: addDays(usage.start, -1), isNever: true };
}
