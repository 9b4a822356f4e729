import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PilotFacts } from '../domain/facts.ts';
import { mergeFacts } from './merge-facts.ts';
import { usageWeeks } from './usage-weeks.ts';

const EU: PilotFacts = {
  pilotId: 'p',
  grain: 'event',
  days: [
    { day: '2026-11-09', events: 5, activeUsers: 2, newUsers: 2, activeDepartments: 1 },
    { day: '2026-11-17', events: 1, activeUsers: 1, newUsers: 0, activeDepartments: 1 },
  ],
  users: [
    {
      user: 'ann',
      department: 'Sales',
      events: 4,
      activeDays: ['2026-11-09', '2026-11-17'],
      invitedBy: null,
    },
    { user: 'bob', department: null, events: 2, activeDays: ['2026-11-09'], invitedBy: 'ann' },
  ],
  completeThrough: '2026-11-17',
  completeThroughInstant: '2026-11-18T00:00:00Z',
  incompleteDays: ['2026-11-10'],
  metrics: [{ metric: 'saves', window: 'Whole pilot', value: 3, count: 3, weekly: [] }],
};
const US: PilotFacts = {
  ...EU,
  days: [{ day: '2026-11-09', events: 2, activeUsers: 2, newUsers: 2, activeDepartments: 1 }],
  users: [
    { user: 'ann', department: 'Sales', events: 1, activeDays: ['2026-11-09'], invitedBy: null },
    { user: 'cy', department: 'Care', events: 1, activeDays: ['2026-11-09'], invitedBy: null },
  ],
  completeThrough: '2026-11-16',
  completeThroughInstant: '2026-11-17T00:00:00Z',
  incompleteDays: ['2026-11-12'],
};

test('one person in two sources is one person', () => {
  const merged = mergeFacts([EU, US]);
  assert.deepEqual(merged.days[0], {
    day: '2026-11-09',
    events: 7,
    activeUsers: 3,
    newUsers: 3,
    activeDepartments: 2,
  });
  assert.deepEqual(
    merged.users.map((user) => [user.user, user.events]),
    [
      ['ann', 5],
      ['bob', 2],
      ['cy', 1],
    ],
  );
});

test('data is complete as far as the source that is furthest behind, and unknown if one never said', () => {
  assert.equal(mergeFacts([EU, US]).completeThrough, '2026-11-16');
  assert.equal(mergeFacts([US, EU]).completeThroughInstant, '2026-11-17T00:00:00Z');
  assert.equal(
    mergeFacts([EU, { ...US, completeThrough: null, completeThroughInstant: null }]).completeThrough,
    null,
  );
  assert.deepEqual(mergeFacts([EU, US]).incompleteDays, ['2026-11-10', '2026-11-12']);
});

test('a metric of two sources has no value rather than a wrong one', () => {
  assert.deepEqual(mergeFacts([EU, US]).metrics, []);
  assert.deepEqual(mergeFacts([EU, { ...US, metrics: [] }]).metrics, EU.metrics);
});

test('the order of the sources does not matter', () =>
  assert.deepEqual(mergeFacts([EU, US]), mergeFacts([US, EU])));

test('weeks begin on Monday, count people once, and stop at the last complete day', () => {
  assert.deepEqual(usageWeeks({ ...EU, completeThrough: '2026-11-16' }), [
    {
      pilotId: 'p',
      weekStart: '2026-11-09',
      activeUsers: 2,
      newUsers: 2,
      events: 5,
      activeDepartments: 1,
      metrics: null,
    },
  ]);
  assert.deepEqual(usageWeeks(EU)[1], {
    pilotId: 'p',
    weekStart: '2026-11-16',
    activeUsers: 1,
    newUsers: 0,
    events: 1,
    activeDepartments: 1,
    metrics: null,
  });
});

test('data by account and day knows no people, which is not zero people', () => {
  assert.deepEqual(
    usageWeeks({ ...EU, grain: 'account-day', users: [] }).map((week) => [
      week.activeUsers,
      week.newUsers,
      week.activeDepartments,
    ]),
    [
      [null, null, null],
      [null, null, null],
    ],
  );
});
