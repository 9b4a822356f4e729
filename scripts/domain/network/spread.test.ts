import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { businessCalendar, type BusinessCalendar } from '../business-calendar.ts';
import { addDays, daysBetween, mondayOf } from '../day.ts';
import type { Day, PilotFacts } from '../facts.ts';
import { hashed, inWeeks, peopleFacts, START, sunday, type Person } from './people.test-support.ts';
import { spreadOf } from './spread.ts';

const CALENDAR = businessCalendar({ region: null, closedDays: [], incompleteDays: [] });
/** The fourth week was closed, so it says nothing about who keeps using it. */
const CLOSED = businessCalendar({
  region: null,
  closedDays: [{ from: addDays(START, 21), to: addDays(START, 25) }],
  incompleteDays: [],
});

interface Seen {
  readonly active: readonly number[];
  readonly fresh: readonly number[];
  readonly departments: Readonly<Record<string, readonly number[]>>;
  readonly sustained: number | null;
  readonly sustainedBy: Readonly<Record<string, number>>;
}

function seen(facts: PilotFacts, calendar: BusinessCalendar): Seen | null {
  const spread = spreadOf(facts, START, calendar);
  if (!spread) return null;
  return {
    active: [...spread.grid.activeWeekly],
    fresh: [...spread.newWeekly],
    departments: Object.fromEntries(spread.departments.map(({ name, weekly }) => [name, weekly])),
    sustained: spread.people.sustained,
    sustainedBy: Object.fromEntries(spread.departments.map(({ name, sustained }) => [name, sustained])),
  };
}

/** The same, day by day and person by person, without a thought of speed. */
function oracle({ users, completeThrough }: PilotFacts, calendar: BusinessCalendar): Seen | null {
  const to = completeThrough!;
  const people = users
    .map((user) => ({ ...user, activeDays: user.activeDays.filter((day) => day <= to) }))
    .filter(({ activeDays }) => activeDays.length > 0);
  if (people.length === 0) return null;
  const from = people.map(({ activeDays }) => activeDays[0]!).toSorted()[0]!;
  const weeks: Day[] = [];
  for (let day = mondayOf(from); addDays(day, 6) <= to; day = addDays(day, 7)) weeks.push(day);
  const whereOn = (user: (typeof people)[number], day: Day): string | null =>
    user.formerDepartments?.find(({ activeDays }) => activeDays.includes(day))?.department ?? user.department;
  const isIn = (week: Day) => (day: Day) => mondayOf(day) === week;
  const names = new Set(people.flatMap((user) => user.activeDays.map((day) => whereOn(user, day))));
  const known = [...names].filter((name) => name !== null);
  const counting = weeks.filter(
    (week) => [0, 1, 2, 3, 4].filter((day) => calendar.isBusinessDay(addDays(week, day))).length >= 3,
  );
  const last4 = counting.slice(-4);
  const keeps = people.filter(
    (user) => last4.length === 4 && last4.filter((week) => user.activeDays.some(isIn(week))).length >= 3,
  );
  const lastPlace = (user: (typeof people)[number]): string | null =>
    whereOn(
      user,
      user.activeDays.findLast((day) => last4.includes(mondayOf(day)))!,
    );
  return {
    active: weeks.map((week) => people.filter(({ activeDays }) => activeDays.some(isIn(week))).length),
    fresh: weeks.map((week) => people.filter(({ activeDays }) => isIn(week)(activeDays[0]!)).length),
    departments: Object.fromEntries(
      known.map((name) => [
        name,
        weeks.map(
          (week) =>
            people.filter((user) =>
              user.activeDays.some((day) => isIn(week)(day) && whereOn(user, day) === name),
            ).length,
        ),
      ]),
    ),
    sustained: counting.length < 4 ? null : keeps.length,
    sustainedBy: Object.fromEntries(
      known.map((name) => [name, keeps.filter((user) => lastPlace(user) === name).length]),
    ),
  };
}

const somePerson = fc.record({
  days: fc.uniqueArray(fc.integer({ min: 0, max: 55 }), { minLength: 1, maxLength: 30 }),
  department: fc.constantFrom('Sales', 'Finance', 'HR', null),
  movedOn: fc.option(fc.integer({ min: 1, max: 50 })),
});

/** Up to twenty people in eight weeks; one in two moves, the data end somewhere. */
const somePilot = fc
  .tuple(fc.array(somePerson, { minLength: 1, maxLength: 20 }), fc.integer({ min: 10, max: 60 }))
  .map(([people, end]): PilotFacts => {
    const list = people.map(({ days, department, movedOn }, number): Person => {
      const sorted = days.toSorted((a, b) => a - b).map((day) => addDays(START, day));
      const before = movedOn === null ? [] : sorted.filter((day) => daysBetween(START, day) < movedOn);
      const moved = department !== null && before.length > 0 && before.length < sorted.length;
      const former = [{ department: department === 'HR' ? 'Sales' : 'HR', activeDays: before }];
      return { id: hashed(number), days: sorted, department, ...(moved ? { former } : {}) };
    });
    return peopleFacts(list, addDays(START, end));
  });

test('weeks, departments and sustained use are what counting by hand gives, also for those who moved', () => {
  const cases = { pilots: 0, moved: 0, sustained: 0, tooShort: 0 };
  fc.assert(
    fc.property(somePilot, fc.boolean(), (facts, isClosed) => {
      const calendar = isClosed ? CLOSED : CALENDAR;
      const found = seen(facts, calendar);
      cases.pilots += 1;
      cases.moved += Number(facts.users.some((user) => user.formerDepartments));
      cases.sustained += Number((found?.sustained ?? 0) > 0);
      cases.tooShort += Number(found?.sustained === null);
      assert.deepEqual(found, oracle(facts, calendar));
    }),
    { numRuns: 400 },
  );
  console.log(`  ${JSON.stringify(cases)}`);
  assert.ok(cases.moved > 50 && cases.sustained > 50 && cases.tooShort > 20, JSON.stringify(cases));
});

const MISTAKES: Readonly<Record<string, (facts: PilotFacts) => Seen | null>> = {
  'forgets where people were before they moved': (facts) =>
    seen({ ...facts, users: facts.users.map(({ formerDepartments: _, ...user }) => user) }, CLOSED),
  'takes a week that is not over for a week': (facts) =>
    seen({ ...facts, completeThrough: addDays(facts.completeThrough!, 3) }, CLOSED),
  'counts the week in which the customer was closed': (facts) => seen(facts, CALENDAR),
};

for (const [name, mistaken] of Object.entries(MISTAKES))
  test(`counting by hand notices one who ${name}`, () => {
    assert.throws(() =>
      fc.assert(
        fc.property(somePilot, (facts) => assert.deepEqual(mistaken(facts), oracle(facts, CLOSED))),
        { numRuns: 400, endOnFailure: true },
      ),
    );
  });

test('tells who came by invitation, across departments, and how long it took', () => {
  const people: Person[] = [
    { id: 'anna', days: inWeeks(0, 1, 2, 3), department: 'Sales' },
    { id: 'ben', days: inWeeks(1, 2, 3), department: 'Sales', invitedBy: 'anna' },
    { id: 'cleo', days: inWeeks(3), department: 'HR', invitedBy: 'ben' },
    { id: 'dan', days: inWeeks(3), department: 'HR', invitedBy: 'dan' },
    { id: 'eve', days: inWeeks(2), department: 'HR', invitedBy: 'somebody who never came' },
  ];
  const spread = spreadOf(peopleFacts(people, sunday(3)), START, CALENDAR)!;
  assert.deepEqual(spread.invitations, {
    accepted: 3,
    sharePercent: 60,
    inviters: 3,
    betweenDepartments: 1,
  });
  assert.deepEqual([...spread.invitedWeekly], [0, 1, 1, 1]);
  assert.deepEqual(spread.people, {
    users: 5,
    active: 5,
    sustained: 2,
    growthPercent: null,
    firstUseDays: 14,
    invitedFirstUseDays: 10.5,
  });
});

test('growth is compound and needs five complete weeks', () => {
  const people = Array.from({ length: 16 }, (_, at): Person => ({
    id: hashed(at),
    days: inWeeks(at === 0 ? 0 : 4),
  }));
  assert.equal(spreadOf(peopleFacts(people, sunday(3)), START, CALENDAR)!.people.growthPercent, null);
  // 1 person became 16 in four weeks: twice as many each week.
  assert.equal(spreadOf(peopleFacts(people, sunday(4)), START, CALENDAR)!.people.growthPercent, 100);
});

test('without an inviter anywhere nothing is known of invitations; without people nothing at all', () => {
  const alone = peopleFacts([{ id: 'anna', days: inWeeks(0) }], sunday(0));
  assert.equal(spreadOf(alone, START, CALENDAR)!.invitations, null);
  assert.equal(spreadOf({ ...alone, grain: 'account-day' }, START, CALENDAR), null);
  assert.equal(spreadOf({ ...alone, completeThrough: null }, START, CALENDAR), null);
  assert.equal(spreadOf(peopleFacts([], sunday(0)), START, CALENDAR), null);
  assert.equal(spreadOf({ ...alone, completeThrough: addDays(START, -1) }, START, CALENDAR), null);
});
