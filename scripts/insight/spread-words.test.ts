import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  NEXT_MOVES,
  NOT_YETS,
  STAGE_REASONS,
  type Network,
  type NetworkStage,
  type StageNumber,
} from '../../force-app/main/default/lwc/pilotSpread/pilotSpread.ts';
import { spreadInWords } from './spread-words.ts';

const VALUES = {
  groups: 3,
  of: 5,
  department: 'Sales',
  people: 4,
  on: '2026-11-03',
  needed: 2,
  weeks: 4,
  users: 9,
  active: 7,
};

function networkOf(stage: Partial<NetworkStage>, changes: Partial<Network> = {}): Network {
  return {
    version: 1,
    asOf: '2026-11-15',
    weeks: [],
    activeWeekly: [],
    newWeekly: [],
    invitedWeekly: [],
    departments: [],
    moreDepartments: 3,
    people: {
      users: 9,
      active: 7,
      sustained: 4,
      growthPercent: 2.5,
      firstUseDays: 3,
      invitedFirstUseDays: 5,
    },
    invitations: { sent: 12, accepted: 6, sharePercent: 67, inviters: 2, betweenDepartments: 4 },
    champions: [],
    tree: { nodes: [], more: 0 },
    gated: { attempts: 10, lately: 4, users: 1 },
    stage: { now: 3, since: '2026-11-03', reasons: [], nextMove: 'ASK_IT', notYet: null, ...stage },
    ...changes,
  };
}

const WORDED: readonly Network[] = [
  ...([1, 2, 3, 4, 5, 6, null] as (StageNumber | null)[]).map((now) => networkOf({ now })),
  ...NEXT_MOVES.map((nextMove) => networkOf({ nextMove })),
  ...NOT_YETS.map((code) => networkOf({ notYet: { code, values: VALUES } })),
  networkOf({ reasons: STAGE_REASONS.map((code) => ({ code, values: VALUES })) }),
  networkOf({}, { moreDepartments: 0, invitations: null, gated: null }),
  networkOf({}, { gated: { attempts: 3, lately: 1, users: null } }),
  networkOf(
    {},
    { invitations: { sent: null, accepted: 6, sharePercent: 67, inviters: 2, betweenDepartments: null } },
  ),
];

test('every stage, reason, move and number of the spread is said in both languages, each in its own words', () => {
  for (const network of WORDED) {
    const [english, spanish] = (['en', 'es'] as const).map((language) => {
      const { stage, because, next, spread } = spreadInWords(network, language, '2026-11-16');
      const said = [stage, ...because, next ?? '', ...spread].join('\n');
      assert.doesNotMatch(said, /[{}]|undefined|null|NaN/);
      return said;
    });
    assert.notEqual(english, spanish);
  }
});

test('the lines of a spreading pilot', () => {
  const notYet = { code: 'FEW_GROUPS_LAST', values: { groups: 2, needed: 3 } } as const;
  const reasons = [{ code: 'GROUPS_PAYING', values: { groups: 1 } }] as const;
  assert.deepEqual(spreadInWords(networkOf({ notYet, reasons }), 'en', '2026-11-16'), {
    stage: 'Stage 3 of 6 since 3 Nov: more groups follow',
    because: ['Groups of the account that pay: 1'],
    next: 'Do not move yet: 2 of the 3 groups needed keep using it.',
    spread: [
      'People so far: 9, active in the last 28 days: 7; departments: 3',
      'Active in 3 of the last 4 weeks: 4',
      'Growth: 2.5 % a week',
      'Came by invitation: 6 (67 %), invited by 2; invitations sent: 12',
      'Invited from another department: 4',
      'Attempts at gated features: 10 (people: 1), in the last 28 days: 4; a case for expansion',
    ],
  });
});
