// What would change the verdict on a pilot: the rules asked again with one thing different.
import { businessCalendar } from '../domain/business-calendar.ts';
import { addDays, daysBetween } from '../domain/day.ts';
import { evaluatePilot } from '../domain/evaluate-pilot.ts';
import type { Evaluation, EvaluationInput, Health } from '../domain/evaluation.ts';
import type { Day, DayFacts, PilotFacts, UserFacts } from '../domain/facts.ts';
import type { SignalCode } from '../domain/policy-fields.ts';

/** One thing that could be different, and the verdict it would give. */
export type VerdictChange =
  | { readonly kind: 'withoutSignal'; readonly code: SignalCode; readonly health: Health }
  | { readonly kind: 'withoutSnooze'; readonly until: Day; readonly health: Health }
  | { readonly kind: 'dataBelieved'; readonly dataTo: Day; readonly health: Health }
  | Future<'nobodyUsesIt'>
  | (Future<'everybodyUsesIt'> & { readonly people: number });

interface Future<Kind extends string> {
  readonly kind: Kind;
  /** The day of the first run with another verdict, and that verdict's strongest signal; null: none in `days`. */
  readonly change: { readonly on: Day; readonly health: Health; readonly because: SignalCode | null } | null;
  readonly days: number;
}

const HORIZON_DAYS = 30;
const WORST_LAST: readonly Health[] = ['On track', 'Watch', 'At risk', 'Stalled'];

/** The verdict without each signal, without the snooze, and with no use or full use from now on; records stand still. */
export function verdictChanges(input: EvaluationInput, now: Evaluation): VerdictChange[] {
  const without = now.signals
    .filter(({ group }) => group !== 'data')
    .map(({ code }): VerdictChange => {
      const off = new Set([...input.policy.off, code]);
      return {
        kind: 'withoutSignal',
        code,
        health: evaluatePilot({ ...input, policy: { ...input.policy, off } }).health,
      };
    });
  return [
    ...without,
    ...snoozeChange(input),
    ...(isUsageJudged(now) ? futures(input, now) : dataChange(input)),
  ];
}

function snoozeChange(input: EvaluationInput): VerdictChange[] {
  const { snoozedUntil } = input.pilot;
  if (snoozedUntil === null || snoozedUntil < input.today) return [];
  const { health } = evaluatePilot({ ...input, pilot: { ...input.pilot, snoozedUntil: null } });
  return [{ kind: 'withoutSnooze', until: snoozedUntil, health }];
}

function dataChange(input: EvaluationInput): VerdictChange[] {
  const dataTo = input.facts?.completeThrough;
  if (!input.dataProblem || !dataTo) return [];
  return [{ kind: 'dataBelieved', dataTo, health: evaluatePilot({ ...input, dataProblem: null }).health }];
}

/** Whether the rules looked at usage at all: NO_USAGE names what it compared with only then. */
function isUsageJudged(now: Evaluation): boolean {
  const trace = now.traces.find(({ code }) => code === 'NO_USAGE');
  return trace !== undefined && Object.keys(trace.threshold).length > 0;
}

function futures(input: EvaluationInput, now: Evaluation): VerdictChange[] {
  const people = peopleOf(input);
  const worse: VerdictChange = {
    kind: 'nobodyUsesIt',
    days: HORIZON_DAYS,
    change: firstChange(input, [], ({ health }) => health !== now.health),
  };
  if (now.health === 'On track') return [worse];
  const rank = WORST_LAST.indexOf(now.health);
  const change = firstChange(input, people, ({ health }) => WORST_LAST.indexOf(health) < rank);
  return [worse, { kind: 'everybodyUsesIt', days: HORIZON_DAYS, people: people.length, change }];
}

/** Everybody seen so far; where nobody was, as many as have a licence. */
function peopleOf({ pilot, facts }: EvaluationInput): UserFacts[] {
  if (facts!.users.length > 0) return [...facts!.users];
  const count = Math.max(1, pilot.licensedUsers ?? pilot.plannedUsers ?? 1);
  return Array.from({ length: count }, (_, index) => ({
    user: `person ${index + 1}`,
    department: null,
    events: 0,
    activeDays: [],
    invitedBy: null,
  }));
}

function firstChange(
  input: EvaluationInput,
  people: readonly UserFacts[],
  isOther: (verdict: Evaluation) => boolean,
): Extract<VerdictChange, { kind: 'nobodyUsesIt' }>['change'] {
  for (let days = 1; days <= HORIZON_DAYS; days += 1) {
    const today = addDays(input.today, days);
    const verdict = evaluatePilot({ ...input, today, facts: factsAfter(input, people, days) });
    if (isOther(verdict))
      return { on: today, health: verdict.health, because: verdict.signals[0]?.code ?? null };
  }
  return null;
}

/** The facts `days` later, when these people used it on each business day in between as intensely as people do here. */
function factsAfter(input: EvaluationInput, people: readonly UserFacts[], days: number): PilotFacts {
  const facts = input.facts!;
  const dataTo = facts.completeThrough!;
  const { holidayRegion: region, closedDays } = input.pilot;
  const calendar = businessCalendar({ region, closedDays, incompleteDays: facts.incompleteDays });
  const used =
    people.length === 0 ? [] : daysAfter(dataTo, days).filter((day) => calendar.isBusinessDay(day));
  const known = new Set(people.map(({ user }) => user));
  const perPerson = eventsAPersonDay(facts);
  const departments = new Set(people.flatMap(({ department }) => department ?? [])).size;
  const added = used.map((day, index): DayFacts => ({
    day,
    events: people.length * perPerson,
    activeUsers: people.length,
    newUsers: index === 0 ? people.filter(({ activeDays }) => activeDays.length === 0).length : 0,
    activeDepartments: departments,
  }));
  const instant = facts.completeThroughInstant;
  return {
    ...facts,
    days: [...facts.days, ...added],
    users: [
      ...facts.users.filter(({ user }) => !known.has(user)),
      ...people.map((person) => ({
        ...person,
        events: person.events + used.length * perPerson,
        activeDays: [...person.activeDays, ...used],
      })),
    ],
    completeThrough: addDays(dataTo, days),
    completeThroughInstant: instant && new Date(Date.parse(instant) + days * 86_400_000).toISOString(),
  };
}

function daysAfter(day: Day, count: number): Day[] {
  const last = addDays(day, count);
  return Array.from({ length: daysBetween(day, last) }, (_, index) => addDays(day, index + 1));
}

function eventsAPersonDay({ days }: PilotFacts): number {
  const userDays = days.reduce((sum, day) => sum + day.activeUsers, 0);
  const events = days.reduce((sum, day) => sum + day.events, 0);
  return userDays === 0 ? 1 : Math.max(1, Math.round(events / userDays));
}
