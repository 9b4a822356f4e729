// A pilot that spreads, for the tests of what is drawn from Network__c. Imports types alone, so that Node's tests read it too.
import type { Network, NetworkNode } from '../../pilotSpread/pilotSpread.ts';

/** Ten weeks; five departments, of which the first came first. */
const WEEKLY: Readonly<Record<string, readonly number[]>> = {
  'Sales Ops': [3, 5, 8, 9, 11, 12, 12, 13, 12, 13],
  Marketing: [0, 0, 2, 4, 5, 7, 8, 8, 9, 9],
  'Customer care': [0, 0, 0, 1, 3, 4, 6, 6, 7, 8],
  HR: [0, 0, 0, 0, 0, 1, 2, 2, 3, 3],
  Finance: [0, 0, 0, 0, 0, 0, 0, 1, 1, 2],
};
const NAMES = Object.keys(WEEKLY);
const FIRST = ['2026-09-07', '2026-09-22', '2026-09-30', '2026-10-12', '2026-10-28'];
const WEEKS = Array.from({ length: 10 }, (_, week) =>
  new Date(Date.UTC(2026, 8, 7 + 7 * week)).toISOString().slice(0, 10),
);

/** A keyed hash that stands for one person. */
export function person(number: number): string {
  return number.toString(16).padStart(6, 'a').padEnd(32, '0');
}

/** Who brought in whom: person `n` was brought in by person `parents[n]`. */
export function treeOf(parents: readonly (number | null)[]): NetworkNode[] {
  const reach = parents.map(() => 0);
  for (let place = parents.length - 1; place > 0; place -= 1) {
    const parent = parents[place] ?? null;
    if (parent !== null) reach[parent]! += reach[place]! + 1;
  }
  return parents.map((parent, place) => ({
    person: person(place + 1),
    parent,
    department: place % 7 === 6 ? null : place % NAMES.length,
    active: place % 4 === 3 ? 0 : 1,
    reach: reach[place]!,
    more: 0,
  }));
}

/** Three people: enough for what is checked of every element. */
export const SMALL: Partial<Network> = { tree: { nodes: treeOf([null, 0, 0]), more: 0 } };

// Two roots; one person brought in six, of whom two brought in others.
const PARENTS = [null, 0, 0, 0, 0, 0, 0, 1, 1, 1, 2, 2, 7, 7, 12, null, 15, 15];

/** `Network__c` as the sync writes it, with other values where given. */
export function someNetwork(values: Partial<Network> = {}): Network {
  const weekly = Object.values(WEEKLY);
  const at = (week: number): number => weekly.reduce((sum, counts) => sum + counts[week]!, 0);
  const active = WEEKS.map((_, week) => at(week));
  return {
    version: 1,
    asOf: '2026-11-15',
    weeks: WEEKS,
    activeWeekly: active,
    newWeekly: active.map((count, week) => Math.max(0, count - (active[week - 1] ?? 0)) + 1),
    invitedWeekly: active.map((count, week) => Math.max(0, count - (active[week - 1] ?? 0))),
    departments: NAMES.map((name, place) => ({
      name,
      firstOn: FIRST[place]!,
      users: weekly[place]!.at(-1)! + 2,
      active: weekly[place]!.at(-1)!,
      sustained: Math.max(0, weekly[place]!.at(-1)! - 2),
      lasts: place < 3,
      weekly: weekly[place]!,
    })),
    moreDepartments: 0,
    people: {
      users: 45,
      active: 35,
      sustained: 26,
      growthPercent: 6.5,
      firstUseDays: 9,
      invitedFirstUseDays: 12,
    },
    invitations: { sent: 41, accepted: 28, sharePercent: 62, inviters: 9, betweenDepartments: 11 },
    champions: [
      {
        person: person(1),
        contactId: '003000000000002AAA',
        department: 'Sales Ops',
        isConnector: false,
        reach: [6, 5, 3],
        lastOn: '2026-11-13',
        downstreamPercent: 40,
      },
      {
        person: person(2),
        contactId: null,
        department: 'Marketing',
        isConnector: true,
        reach: [3, 2, 1],
        lastOn: '2026-11-12',
        downstreamPercent: 17,
      },
    ],
    tree: { nodes: treeOf(PARENTS), more: 0 },
    gated: { attempts: 31, lately: 19, users: 8 },
    stage: {
      now: 3,
      since: '2026-10-28',
      reasons: [
        { code: 'GROUPS_LASTING', values: { groups: 3, of: 5 } },
        { code: 'GROUPS_PAYING', values: { groups: 1 } },
      ],
      nextMove: 'ASK_IT',
      notYet: null,
    },
    ...values,
  };
}
