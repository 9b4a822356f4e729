// A simulated pilot, judged on every business day as the nightly sync would.
import { addDays, weekday } from '../../domain/day.ts';
import { evaluatePilot } from '../../domain/evaluate-pilot.ts';
import type { Evaluation, EvaluationInput, Health, PilotInput, Policy } from '../../domain/evaluation.ts';
import type { Day, PilotFacts } from '../../domain/facts.ts';
import type { Cell, Measure } from './cells.ts';
import { weekdaysOf, type DrawnPilot } from './draw-pilot.ts';

/** One morning's question: what the org and the data hold, made only for a judge that looks at it. */
interface Morning {
  readonly today: Day;
  readonly input: () => EvaluationInput;
}

/** What somebody says of a pilot whose data end with the day: the shipped rules, or one that proves the table works. */
export type Judge = (morning: Morning) => Pick<Evaluation, 'health' | 'signals'>;

export const JUDGES = {
  shipped: ({ input }) => evaluatePilot(input()),
  never: () => ({ health: 'On track', signals: [] }),
  always: ({ today }) => ({ health: 'Stalled', signals: [dropSince(today)] }),
} as const satisfies Record<string, Judge>;
export type JudgeName = keyof typeof JUDGES;

/** Which measures the pilot counts for. */
export function watchPilot(cell: Cell, pilot: DrawnPilot, judge: Judge, policy: Policy): Set<Measure> {
  const days = watchedDays(cell, pilot);
  const seen = new Set<Measure>();
  let sinceChange = 0;
  for (const day of days) {
    if (pilot.changesOn !== null && day >= pilot.changesOn) sinceChange += 1;
    const morning = morningAfter(cell, pilot, policy, day);
    const verdict = judge(morning);
    if (sinceChange > 0) noteDetection(seen, verdict, sinceChange);
    if (pilot.changesOn !== null) continue;
    if (isFlag(verdict.health)) seen.add('everFlagged');
    if (verdict.health !== 'Stalled') continue;
    seen.add('everStalled');
    if (cell.paperwork === 'ordinary' && judge(withoutGaps(morning)).health !== 'Stalled')
      seen.add('stalledByPaperwork');
    break;
  }
  return seen;
}

function watchedDays({ weeks, change }: Cell, { start, end, changesOn }: DrawnPilot): Day[] {
  const days = weekdaysOf({ start, end });
  if (changesOn === null) return days;
  const first = days.findIndex((day) => day >= changesOn);
  return days.slice(first, Math.min(first + (change === 'decay' ? 30 : 15), weeks * 5));
}

function noteDetection(
  seen: Set<Measure>,
  { health, signals }: ReturnType<Judge>,
  businessDays: number,
): void {
  if (businessDays <= 10 && isFlag(health)) seen.add('flaggedIn10');
  if (businessDays <= 10 && health === 'Stalled') seen.add('stalledIn10');
  if (health !== 'On track' && health !== 'Unknown') within(seen, businessDays, 'noticedIn15', 'noticedIn30');
  if (signals.some(({ code }) => code === 'USAGE_DROP' || code === 'NO_USAGE'))
    within(seen, businessDays, 'dropSeenIn15', 'dropSeenIn30');
}

function within(seen: Set<Measure>, businessDays: number, in15: Measure, in30: Measure): void {
  if (businessDays <= 15) seen.add(in15);
  if (businessDays <= 30) seen.add(in30);
}

function isFlag(health: Health): boolean {
  return health === 'Stalled' || health === 'At risk';
}

/** The org and the data on the morning of the next weekday, a Monday after a Friday. */
function morningAfter(cell: Cell, pilot: DrawnPilot, policy: Policy, day: Day): Morning {
  const today = addDays(day, weekday(day) === 5 ? 3 : 1);
  const input = (): EvaluationInput => {
    const facts = factsTo(pilot, addDays(today, -1));
    return { pilot: recordOf(cell, pilot, day), facts, dataProblem: null, policy, today };
  };
  return { today, input };
}

function factsTo({ users }: DrawnPilot, completeThrough: Day): PilotFacts {
  const byDay = new Map<Day, { events: number; activeUsers: number }>();
  const active = users.flatMap(({ days }, index) => {
    const until = days.filter(({ day }) => day <= completeThrough);
    for (const { day, events } of until) {
      const found = byDay.get(day) ?? { events: 0, activeUsers: 0 };
      byDay.set(day, { events: found.events + events, activeUsers: found.activeUsers + 1 });
    }
    if (until.length === 0) return [];
    const events = until.reduce((sum, one) => sum + one.events, 0);
    return [
      {
        user: `u${index}`,
        department: null,
        events,
        activeDays: until.map(({ day }) => day),
        invitedBy: null,
      },
    ];
  });
  return {
    pilotId: 'simulated',
    grain: 'event',
    days: [...byDay].map(([day, counts]) => ({ day, ...counts, newUsers: 0, activeDepartments: 0 })),
    users: active,
    completeThrough,
    completeThroughInstant: null,
    incompleteDays: [],
    metrics: [],
  };
}

const PERSON = { id: 'person', name: 'Person' };

function recordOf(cell: Cell, { start, end, hasSponsor, checkIns }: DrawnPilot, day: Day): PilotInput {
  return {
    id: 'simulated',
    name: 'Simulated',
    status: 'Active',
    type: 'Pilot',
    usageSource: 'Linked',
    startDate: start,
    endDate: end,
    originalEndDate: end,
    readoutDate: addDays(end, 5),
    decisionDate: addDays(end, 14),
    decidedOn: null,
    extensionCount: 0,
    nextCheckIn: cell.paperwork === 'ordinary' ? null : addDays(day, 7),
    timeZone: 'UTC',
    holidayRegion: cell.region,
    rhythm: cell.rhythm,
    plannedUsers: cell.users,
    licensedUsers: cell.users,
    plannedDepartments: null,
    restriction: 'Users',
    closedDays: [],
    customerSponsor: hasSponsor ? PERSON : null,
    champion: PERSON,
    sponsorLeftOn: null,
    sponsorBouncedOn: null,
    snoozedUntil: null,
    criteriaSignedOn: start,
    dealIsClosed: false,
    dealCloseDate: addDays(end, 30),
    contactCount: hasSponsor ? 3 : 1,
    lastMeetingOn: null,
    readsActivities: false,
    criteria: [],
    terms: cell.paperwork === 'ordinary' ? [] : [AGREED],
    // A sponsor who attends carries a silent pilot: check-ins are logged only where gaps in them are the question.
    checkIns:
      cell.paperwork === 'ordinary'
        ? checkIns.filter((held) => held <= day).map((heldOn) => ({ heldOn, sponsorAttended: true }))
        : [],
    commitments: [],
    stored: { health: null, stalledSince: null, signals: null },
  };
}

const AGREED = {
  id: 'term',
  status: 'Agreed',
  annualAmount: 100_000,
  oneTimeAmount: null,
  agreedOn: null,
  priceValidTo: null,
} as const;

/** The same pilot with its paperwork in order. */
function withoutGaps({ today, input }: Morning): Morning {
  const mended = (): EvaluationInput => {
    const asked = input();
    const paperwork = {
      customerSponsor: PERSON,
      contactCount: 3,
      nextCheckIn: addDays(today, 7),
      terms: [AGREED],
    };
    return { ...asked, pilot: { ...asked.pilot, ...paperwork } };
  };
  return { today, input: mended };
}

function dropSince(since: Day): Evaluation['signals'][number] {
  return {
    code: 'USAGE_DROP',
    group: 'usage',
    state: 'At risk',
    since,
    values: {},
    variant: null,
    owner: 'rep',
  };
}
