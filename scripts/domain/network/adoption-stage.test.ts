import assert from 'node:assert/strict';
import { test } from 'node:test';
import { businessCalendar } from '../business-calendar.ts';
import { addDays } from '../day.ts';
import { stageOf, type AccountRecords } from './adoption-stage.ts';
import { hashed, inWeeks, peopleFacts, START, sunday, type Person } from './people.test-support.ts';
import { spreadOf, type Spread } from './spread.ts';

const CALENDAR = businessCalendar({ region: null, closedDays: [], incompleteDays: [] });
const NOTHING: AccountRecords = { paying: [], widePilots: [] };
const PAID = { on: sunday(0), group: 'Sales', isWide: false };

/** Three people of each department in the weeks given for it. */
function groups(weeks: Readonly<Record<string, readonly number[]>>, until: number): Spread | null {
  const people = Object.entries(weeks).flatMap(([department, own], group) =>
    [0, 1, 2].map((at): Person => ({ id: hashed(10 * group + at), days: inWeeks(...own), department })),
  );
  return spreadOf(peopleFacts(people, sunday(until)), START, CALENDAR);
}

const ALWAYS = [0, 1, 2, 3, 4, 5, 6, 7];
const ONE = { Sales: ALWAYS, HR: [7] };
const TWO = { Sales: ALWAYS, HR: ALWAYS };
const THREE = { ...TWO, Finance: ALWAYS };
const FOUR = { ...THREE, Legal: ALWAYS };
const GROWING = { ...FOUR, IT: [4, 5, 6, 7] };
const WIDE = [{ since: addDays(START, 30) }];

const CASES: readonly {
  readonly name: string;
  readonly groups: Readonly<Record<string, readonly number[]>>;
  readonly records?: Partial<AccountRecords>;
  readonly now: number;
  readonly since: string;
  readonly next: string;
  readonly notYet: string | null;
}[] = [
  {
    name: 'use here and there',
    groups: { Sales: [0, 7] },
    now: 1,
    since: START,
    next: 'OFFER_FIRST_GROUP',
    notYet: 'NO_GROUP_LASTS',
  },
  {
    name: 'a group that lasts and does not pay',
    groups: ONE,
    now: 1,
    since: START,
    next: 'OFFER_FIRST_GROUP',
    notYet: null,
  },
  {
    name: 'one group pays',
    groups: ONE,
    records: { paying: [PAID] },
    now: 2,
    since: sunday(0),
    next: 'BRING_IN_NEXT_GROUP',
    notYet: null,
  },
  {
    name: 'the paying group fades',
    groups: { Sales: [0, 7] },
    records: { paying: [PAID] },
    now: 2,
    since: sunday(0),
    next: 'BRING_IN_NEXT_GROUP',
    notYet: 'PAYING_GROUP_FADES',
  },
  {
    name: 'a second group follows',
    groups: TWO,
    records: { paying: [PAID] },
    now: 3,
    since: sunday(3),
    next: 'ASK_IT',
    notYet: 'FEW_GROUPS_LAST',
  },
  {
    name: 'a second group pays',
    groups: ONE,
    records: { paying: [PAID, { ...PAID, group: 'HR', on: sunday(5) }] },
    now: 3,
    since: sunday(5),
    next: 'ASK_IT',
    notYet: 'FEW_GROUPS_LAST',
  },
  {
    name: 'three groups last',
    groups: THREE,
    records: { paying: [PAID] },
    now: 3,
    since: sunday(3),
    next: 'ASK_IT',
    notYet: null,
  },
  {
    name: 'four groups last and nobody is new',
    groups: FOUR,
    records: { paying: [PAID] },
    now: 4,
    since: sunday(3),
    next: 'PROPOSE_WIDE_PILOT',
    notYet: 'SPREAD_STANDS_STILL',
  },
  {
    name: 'four groups last and a fifth came',
    groups: GROWING,
    records: { paying: [PAID] },
    now: 4,
    since: sunday(3),
    next: 'PROPOSE_WIDE_PILOT',
    notYet: null,
  },
  {
    name: 'a pilot of the enterprise',
    groups: FOUR,
    records: { paying: [PAID], widePilots: WIDE },
    now: 5,
    since: addDays(START, 30),
    next: 'CLOSE_ENTERPRISE_DEAL',
    notYet: null,
  },
  {
    name: 'a pilot of the enterprise without a precedent',
    groups: FOUR,
    records: { widePilots: WIDE },
    now: 1,
    since: START,
    next: 'OFFER_FIRST_GROUP',
    notYet: null,
  },
  {
    name: 'a pilot of the enterprise that few keep using',
    groups: { ...TWO, A: [7], B: [7], C: [7] },
    records: { paying: [PAID], widePilots: WIDE },
    now: 5,
    since: addDays(START, 30),
    next: 'CLOSE_ENTERPRISE_DEAL',
    notYet: 'WIDE_PILOT_UNUSED',
  },
  {
    name: 'the enterprise bought',
    groups: ONE,
    records: { paying: [{ ...PAID, on: sunday(6), isWide: true }] },
    now: 6,
    since: sunday(6),
    next: 'KEEP_SPREADING',
    notYet: null,
  },
];

for (const { name, groups: weeks, records, now, since, next, notYet } of CASES)
  test(`stage ${now}: ${name}`, () => {
    const stage = stageOf(groups(weeks, 7), { ...NOTHING, ...records });
    assert.deepEqual(
      { now: stage.now, since: stage.since, next: stage.nextMove, notYet: stage.notYet?.code ?? null },
      { now, since, next, notYet },
    );
    assert.ok(stage.reasons.some(({ code }) => code === 'GROUPS_PAYING'));
  });

test('a quiet fortnight moves no stage back; four weeks without use do, and the date says when', () => {
  const until = (week: number) =>
    stageOf(groups({ ...TWO, HR: [0, 1, 2, 3] }, week), { ...NOTHING, paying: [PAID] });
  const found = [3, 5, 7, 8].map((week) => [until(week).now, until(week).since]);
  assert.deepEqual(found.slice(0, 3), [
    [3, sunday(3)],
    [3, sunday(3)],
    [3, sunday(3)],
  ]);
  assert.deepEqual(found[3], [2, sunday(8)]);
});

test('the same facts give the same stage, whatever was asked before and however often', () => {
  const ask = () => stageOf(groups(GROWING, 7), { ...NOTHING, paying: [PAID] });
  assert.deepEqual(ask(), ask());
});

test('records of days after the data change nothing yet', () => {
  const stage = stageOf(groups(ONE, 7), { ...NOTHING, paying: [{ ...PAID, on: addDays(sunday(7), 1) }] });
  assert.equal(stage.now, 1);
});

test('without departments, or without people, no stage is told, and why', () => {
  const nowhere = spreadOf(peopleFacts([{ id: hashed(1), days: inWeeks(0) }], sunday(1)), START, CALENDAR);
  assert.deepEqual(stageOf(nowhere, { ...NOTHING, paying: [PAID] }).reasons, [
    { code: 'NO_DEPARTMENTS', values: {} },
  ]);
  assert.equal(stageOf(nowhere, NOTHING).now, null);
  assert.deepEqual(stageOf(null, NOTHING).reasons, [{ code: 'NO_USE', values: {} }]);
});
