// What holds for every pilot, whatever its use.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { factsOf, inputOf } from '../testing/evaluation-fixture.ts';
import type { UsersByName } from '../testing/evaluation-fixture.ts';
import { addDays } from './day.ts';
import { evaluatePilot } from './evaluate-pilot.ts';
import type { Health, PilotInput } from './evaluation.ts';
import type { PilotFacts } from './facts.ts';
import { DATA_SIGNALS } from './policy-fields.ts';

const START = '2026-10-12';
const RANK: Readonly<Record<Health, number>> = {
  'On track': 0,
  Unknown: 1,
  Watch: 2,
  'At risk': 3,
  Stalled: 4,
};
const SEED = 20261118;

/** Up to eight users with their own rhythm over `span` days; many combinations are quiet, some die. */
const users = fc.array(
  fc.record({
    chance: fc.constantFrom(0.05, 0.3, 0.7, 1),
    stopsAt: fc.nat(70),
    seed: fc.nat(9999),
    department: fc.constantFrom('Sales', 'Finance'),
  }),
  { maxLength: 8 },
);
const pilots = fc.record({
  licensedUsers: fc.constantFrom(null, 3, 10),
  plannedDepartments: fc.constantFrom(null, 2),
  holidayRegion: fc.constantFrom(null, 'US', 'DE-BY'),
  rhythm: fc.constantFrom<PilotInput['rhythm'][]>('Daily', 'Weekly', 'Month-end'),
  restriction: fc.constantFrom<PilotInput['restriction'][]>('Users', 'Features'),
  endDate: fc.constantFrom(null, '2027-03-31'),
  readoutDate: fc.constant(null),
  decisionDate: fc.constant(null),
});

function activity(
  list: readonly { chance: number; stopsAt: number; seed: number; department: string }[],
  span: number,
): UsersByName {
  const entries = list.map(({ chance, stopsAt, seed, department }, index) => {
    const days = Array.from({ length: Math.min(span, stopsAt) }, (_, day) => day).filter(
      (day) => ((seed + 1) * (day + 3) * 7919) % 100 < chance * 100,
    );
    return [`u${index}`, { days: days.map((day) => addDays(START, day)), department }] as const;
  });
  return Object.fromEntries(entries);
}

describe('for every pilot', () => {
  test('added days of silence never improve its health', () => {
    const seen = new Map<Health, number>();
    fc.assert(
      fc.property(
        users,
        pilots,
        fc.nat(60),
        fc.integer({ min: 1, max: 40 }),
        (list, pilot, span, silence) => {
          const facts = factsOf(activity(list, span), addDays(START, span));
          const before = evaluatePilot(inputOf({ pilot, facts }));
          const after = evaluatePilot(
            inputOf({ pilot, facts: { ...facts, completeThrough: addDays(START, span + silence) } }),
          );
          seen.set(after.health, (seen.get(after.health) ?? 0) + 1);
          // Exception: a stall that is clearing was touched again; the days after that touch are clean until they are five.
          if (before.clearSince !== null) return;
          assert.ok(RANK[after.health] >= RANK[before.health], `${before.health} → ${after.health}`);
        },
      ),
      { seed: SEED, numRuns: 400 },
    );
    for (const health of ['On track', 'Watch', 'At risk', 'Stalled'] as const)
      assert.ok((seen.get(health) ?? 0) >= 5, `${health}: ${seen.get(health)}`);
  });

  // Exceptions, because they compare people: more use by one may make the rest look narrow (NARROW), and gives a
  // person a shorter usual gap (KEY_USER_AWAY). More use before the recent weeks raises what they are compared with
  // (USAGE_DROP), and makes silence after it worth more (NO_USAGE's allowance for thin use, off here).
  test('more events of an active user on a past day never worsen it, but for NARROW, KEY_USER_AWAY and USAGE_DROP', () => {
    const policy = {
      off: new Set(['NARROW', 'KEY_USER_AWAY', 'USAGE_DROP'] as const),
      stallUserDays: 0,
      scarceUsePercent: 0,
    };
    fc.assert(
      fc.property(
        users.filter((list) => list.length > 0),
        pilots,
        fc.integer({ min: 1, max: 60 }),
        fc.nat(),
        (list, pilot, span, pick) => {
          const use = activity(list, span);
          const names = Object.keys(use).filter((name) => 'days' in use[name]! && use[name].days.length > 0);
          if (names.length === 0) return;
          const name = names[pick % names.length]!;
          const one = use[name] as { days: string[]; department: string };
          const more: UsersByName = {
            ...use,
            [name]: { ...one, days: [...one.days, addDays(START, pick % span)] },
          };
          const judge = (activityOf: UsersByName) =>
            evaluatePilot(inputOf({ pilot, policy, facts: factsOf(activityOf, addDays(START, span)) }));
          const [before, after] = [judge(use), judge(more)];
          assert.ok(RANK[after.health] <= RANK[before.health], `${before.health} → ${after.health}`);
        },
      ),
      { seed: SEED, numRuns: 400 },
    );
  });

  test('the order of days, users and records changes nothing', () => {
    fc.assert(
      fc.property(users, pilots, fc.nat(60), (list, pilot, span) => {
        const facts = factsOf(activity(list, span), addDays(START, span));
        const turned: PilotFacts = {
          ...facts,
          days: facts.days.toReversed(),
          users: facts.users
            .toReversed()
            .map((user) => ({ ...user, activeDays: user.activeDays.toReversed() })),
        };
        assert.deepEqual(
          evaluatePilot(inputOf({ pilot, facts: turned })),
          evaluatePilot(inputOf({ pilot, facts })),
        );
      }),
      { seed: SEED, numRuns: 150 },
    );
  });

  test('data that cannot be trusted never read as healthy, nor as no use', () => {
    fc.assert(
      fc.property(users, pilots, fc.nat(60), fc.constantFrom(...DATA_SIGNALS), (list, pilot, span, code) => {
        const facts = factsOf(activity(list, span), addDays(START, span));
        const verdict = evaluatePilot(inputOf({ pilot, facts, dataProblem: { code, values: {} } }));
        assert.equal(verdict.health, 'Unknown');
        assert.ok(verdict.signals.every((signal) => signal.group !== 'usage'));
      }),
      { seed: SEED, numRuns: 100 },
    );
  });

  test('no date lies after the day of the verdict', () => {
    fc.assert(
      fc.property(users, pilots, fc.nat(60), (list, pilot, span) => {
        const input = inputOf({ pilot, facts: factsOf(activity(list, span), addDays(START, span)) });
        const verdict = evaluatePilot(input);
        for (const signal of [...verdict.signals, ...verdict.toTidy])
          assert.ok(signal.since <= input.today, `${signal.code} ${signal.since}`);
        assert.equal(verdict.isStalled, verdict.stalledSince !== null);
      }),
      { seed: SEED, numRuns: 200 },
    );
  });
});
