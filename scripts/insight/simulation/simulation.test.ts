// The command's machinery on few pilots; `npm run simulate` itself runs thousands.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addDays } from '../../domain/day.ts';
import { shippedPolicyRecords } from '../shipped-policy.ts';
import { CELLS, type Cell } from './cells.ts';
import { drawPilot, weekdaysOf } from './draw-pilot.ts';
import { POPULATION } from './population.ts';
import { seededRandom } from './random.ts';
import { brokenLimits, runCell, type CellResult } from './run-cell.ts';
import { runCells } from './run-cells.ts';

const SEED = 5;
const policies = shippedPolicyRecords();
const cellOf = (name: string): Cell => CELLS.find((cell) => cell.name === name)!;

function run(name: string, changes: Partial<Parameters<typeof runCell>[0]> = {}): CellResult {
  return runCell({ cell: cellOf(name), judge: 'shipped', pilots: 20, seed: SEED, policies, ...changes });
}

test('drawn pilots are as active as the table says', () => {
  const cell = cellOf('healthy, 50 users');
  let [userWeeks, active] = [0, 0];
  for (let index = 0; index < 40; index += 1) {
    const pilot = drawPilot(cell, seededRandom(index));
    userWeeks += pilot.users.length * cell.weeks;
    for (const { days } of pilot.users)
      active += new Set(days.map(({ day }) => Math.floor(Date.parse(day) / 604_800_000 - 4 / 7))).size;
  }
  assert.ok(Math.abs(active / userWeeks - POPULATION.weeklyActivity) < 0.04, String(active / userWeeks));
});

test('a stop leaves no use behind and a listed holiday has none', () => {
  const stop = drawPilot(cellOf('true stop, 10 users'), seededRandom(1));
  const days = stop.users.flatMap((user) => user.days.map(({ day }) => day));
  assert.ok(days.length > 50 && days.every((day) => day < stop.changesOn!));
  const holiday = drawPilot(cellOf('healthy, holidays listed'), seededRandom(1));
  assert.ok(weekdaysOf(holiday).includes('2026-11-26'));
  assert.ok(holiday.users.every((user) => user.days.every(({ day }) => day !== '2026-11-26')));
});

test('a decay leaves less every week, and work at month-end falls on the last days of a month', () => {
  const usersOf = (name: string) =>
    Array.from({ length: 30 }, (_, seed) => drawPilot(cellOf(name), seededRandom(seed)));
  const decays = usersOf('slow decay, 50 users');
  const inWeek = (week: number): number =>
    decays.reduce((sum, { start, users }) => {
      const from = addDays(start, 7 * week);
      const to = addDays(from, 6);
      const isActive = ({ days }: (typeof users)[number]) => days.some(({ day }) => from <= day && day <= to);
      return sum + users.filter(isActive).length;
    }, 0);
  const left = inWeek(10) / ((inWeek(1) + inWeek(2) + inWeek(3)) / 3);
  assert.ok(Math.abs(left - POPULATION.decayFactor ** 7) < 0.06, String(left));
  const days = usersOf('healthy, used at month-end').flatMap(({ users }) =>
    users.flatMap((user) => user.days.map(({ day }) => Number(day.slice(8)))),
  );
  assert.ok(days.length > 100 && days.every((day) => day >= 24));
});

test('the same seed gives the same pilots and another seed others', () => {
  const draw = (seed: number) => drawPilot(cellOf('healthy, 10 users'), seededRandom(seed));
  assert.deepEqual(draw(3), draw(3));
  assert.notDeepEqual(draw(3).users, draw(4).users);
});

test('the shipped defaults see a true stop and rarely stall a healthy pilot', () => {
  assert.equal(run('true stop, 10 users').hits.flaggedIn10, 20);
  assert.ok(run('healthy, 10 users').hits.everStalled <= 2);
});

test('a rule that never fires and one that always fires break limits', () => {
  assert.deepEqual(brokenLimits(run('true stop, 5 users', { judge: 'never' })), [
    { measure: 'flaggedIn10', atLeast: 95 },
  ]);
  assert.deepEqual(brokenLimits(run('healthy, 5 users', { judge: 'always' })), [
    { measure: 'everStalled', atMost: 7 },
  ]);
});

test('defaults that call two silent days a stall break a limit', () => {
  const hasty = [
    ...policies,
    {
      name: 'Default_Override',
      fields: { Idle_Business_Days__c: 1, Stall_User_Days__c: 0, Rhythm_Factor__c: 1 },
    },
  ];
  const result = run('healthy, 5 users', { policies: hasty });
  assert.equal(brokenLimits(result).length, 1, JSON.stringify(result.hits));
});

test('results of several threads come back in the order of the runs', async () => {
  const runs = ['true stop, 5 users', 'healthy, 10 users', 'true stop, 10 users'].map((name) => ({
    cell: cellOf(name),
    judge: 'never' as const,
    pilots: 2,
    seed: SEED,
    policies,
  }));
  const results = await runCells(runs, 2, () => undefined);
  assert.deepEqual(
    results.map(({ cell }) => cell.name),
    runs.map(({ cell }) => cell.name),
  );
});
