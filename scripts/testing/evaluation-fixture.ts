// Builds inputs of the health rules from little: users with their days of use, and what differs in the records.
import { addDays, weekday } from '../domain/day.ts';
import type { CriterionInput, EvaluationInput, PilotInput, Policy } from '../domain/evaluation.ts';
import type { Day, PilotFacts, UserFacts } from '../domain/facts.ts';

/** The Monday on which the pilots of these inputs start. */
export const PILOT_START = '2026-10-12';

/** The thresholds of the domain's table. */
function shippedPolicy(changes: Partial<Policy> = {}): Policy {
  return {
    idleBusinessDays: 10,
    rhythmFactor: 2,
    stallUserDays: 3,
    scarceUsePercent: 12.5,
    firstValueBusinessDays: 5,
    firstValueMinDays: 3,
    firstValueSharePercent: 15,
    dropPercent: 30,
    dropPValue: 0.05,
    pairedDropPercent: 40,
    keyUserAwayDays: 5,
    keyUserGapFactor: 2,
    adoptionTargetPercent: 80,
    rampWeeks: 2,
    oneUserSharePercent: 60,
    criteriaSlackPoints: 25,
    criteriaStillDays: 14,
    sponsorSilentDays: 21,
    termsReadyDays: 14,
    priceLockWarningDays: 7,
    clearBusinessDays: 2,
    incompleteDayPercent: 50,
    incompleteDayMinEvents: 200,
    massChangePercent: 20,
    massChangeMin: 3,
    checkInDays: 7,
    syncIntervalHours: 24,
    capacityPerManager: 5,
    apiReservePercent: 20,
    keepUsageWeeks: 104,
    keepRunsDays: 90,
    off: new Set(),
    ...changes,
  };
}

/** A criterion of ten hours of which one is reached, far from its target. */
export function measuredCriterion(changes: Partial<CriterionInput> = {}): CriterionInput {
  return {
    id: 'c1',
    name: 'Reply time',
    kind: 'Business outcome',
    isMustHave: false,
    metric: null,
    window: null,
    direction: 'At least',
    unit: 'h',
    baseline: 0,
    target: 10,
    actual: 1,
    measuredOn: '2026-11-09',
    metOn: null,
    ...changes,
  };
}

/** A live pilot whose paperwork is in order, started on Monday 12 October 2026, without a holiday region. */
export function pilotRecord(changes: Partial<PilotInput> = {}): PilotInput {
  return {
    id: 'a00000000000001AAA',
    name: 'Acme: SaaS adoption',
    status: 'Active',
    type: 'Pilot',
    usageSource: 'Linked',
    startDate: PILOT_START,
    endDate: '2026-12-18',
    originalEndDate: '2026-12-18',
    readoutDate: '2026-12-23',
    decisionDate: '2026-12-28',
    decidedOn: null,
    extensionCount: 0,
    nextCheckIn: '2026-12-30',
    timeZone: 'UTC',
    holidayRegion: null,
    rhythm: 'Daily',
    plannedUsers: 25,
    licensedUsers: 25,
    plannedDepartments: null,
    restriction: 'Users',
    closedDays: [],
    customerSponsor: { id: '003000000000001AAA', name: 'Dana Ortiz' },
    champion: { id: '003000000000002AAA', name: 'Priya Shah' },
    sponsorLeftOn: null,
    sponsorBouncedOn: null,
    snoozedUntil: null,
    criteriaSignedOn: '2026-10-09',
    dealIsClosed: false,
    dealCloseDate: '2026-12-31',
    contactCount: 3,
    lastMeetingOn: null,
    readsActivities: false,
    criteria: [],
    terms: [],
    checkIns: [],
    commitments: [],
    stored: { health: null, stalledSince: null, signals: null },
    ...changes,
  };
}

/** Days of use by user; a value may be a day list or `{ days, department, events, address }`. */
export type UsersByName = Readonly<
  Record<
    string,
    | readonly Day[]
    | {
        readonly days: readonly Day[];
        readonly department?: string;
        readonly events?: number;
        readonly address?: string;
      }
  >
>;

/** Facts of one pilot in which every user makes one event on each of its days, unless told otherwise. */
export function factsOf(
  users: UsersByName,
  completeThrough: Day | null,
  changes: Partial<PilotFacts> = {},
): PilotFacts {
  const list = Object.entries(users).map(([user, use]): UserFacts => {
    const { days, department, events, address } = 'days' in use ? use : { days: use as readonly Day[] };
    const activeDays = [...new Set(days)].toSorted();
    return {
      user,
      ...(address === undefined ? {} : { addressHash: address }),
      department: department ?? null,
      events: events ?? activeDays.length,
      activeDays,
      invitedBy: null,
    };
  });
  const days = [...new Set(list.flatMap((user) => user.activeDays))].toSorted();
  return {
    pilotId: 'a00000000000001AAA',
    grain: 'event',
    users: list,
    days: days.map((day) => {
      const active = list.filter((user) => user.activeDays.includes(day));
      const departments = new Set(active.flatMap((user) => user.department ?? []));
      return {
        day,
        events: active.reduce((sum, user) => sum + user.events / user.activeDays.length, 0),
        activeUsers: active.length,
        newUsers: active.filter((user) => user.activeDays[0] === day).length,
        activeDepartments: departments.size,
      };
    }),
    completeThrough,
    completeThroughInstant: completeThrough && `${addDays(completeThrough, 1)}T00:00:00Z`,
    incompleteDays: [],
    metrics: [],
    ...changes,
  };
}

/** Mondays to Fridays from `from` to `to`. */
export function workdays(from: Day, to: Day): Day[] {
  const days: Day[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) if (weekday(day) % 6 !== 0) days.push(day);
  return days;
}

/** The same days for `count` users named u1, u2 … */
export function usersActive(count: number, days: readonly Day[]): Record<string, readonly Day[]> {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`u${index + 1}`, days]));
}

/** The input on the morning after the facts' last complete day, unless told otherwise. */
export function inputOf(
  parts: { pilot?: Partial<PilotInput>; facts: PilotFacts | null; policy?: Partial<Policy> } & Partial<
    Pick<EvaluationInput, 'today' | 'dataProblem'>
  >,
): EvaluationInput {
  const dataTo = parts.facts?.completeThrough;
  return {
    pilot: pilotRecord(parts.pilot),
    facts: parts.facts,
    dataProblem: parts.dataProblem ?? null,
    policy: shippedPolicy(parts.policy),
    today: parts.today ?? (dataTo ? addDays(dataTo, 1) : '2026-11-18'),
  };
}

/** Ten people who come on every business day of six weeks. */
export const STEADY = usersActive(10, workdays(PILOT_START, '2026-11-20'));

/** The input on the morning after `to`, by who used it. */
export function used(
  users: UsersByName,
  to: Day,
  pilot: Partial<PilotInput> = {},
  policy: Partial<Policy> = {},
  facts: Partial<PilotFacts> = {},
): EvaluationInput {
  return inputOf({ pilot, policy, facts: factsOf(users, to, facts) });
}

/** Healthy use by twenty people of 25 to the day before `today`: only the records matter. */
export function usedWell(
  today: Day,
  pilot: Partial<PilotInput>,
  dataProblem: EvaluationInput['dataProblem'] = null,
): EvaluationInput {
  const to = addDays(today, -1);
  return { ...used(usersActive(20, workdays(PILOT_START, to)), to, pilot), today, dataProblem };
}

/** Facts without users: as many events on each business day to 20 November, and on each of the two weeks after. */
export function accountDays(before: number, after: number): Partial<PilotFacts> {
  const days = workdays(PILOT_START, '2026-12-04').map((day) => ({
    day,
    events: day <= '2026-11-20' ? before : after,
    activeUsers: 0,
    newUsers: 0,
    activeDepartments: 0,
  }));
  return { grain: 'account-day', days };
}
