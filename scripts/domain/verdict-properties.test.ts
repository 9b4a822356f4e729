// What holds for every pilot, whatever its use; and each property catches judges that break it.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { factsOf, inputOf } from '../testing/evaluation-fixture.ts';
import type { UsersByName } from '../testing/evaluation-fixture.ts';
import { addDays } from './day.ts';
import { evaluatePilot } from './evaluate-pilot.ts';
import type { Evaluation, EvaluationInput, Health, PilotInput } from './evaluation.ts';
import type { Day, PilotFacts } from './facts.ts';
import { writeHealthLog } from './health-log.ts';
import { DATA_SIGNALS } from './policy-fields.ts';
import { writeSignals } from './signals-json.ts';
import {
  DOUBT_IS_HEALTH,
  NOT_THE_SAME,
  ORDER_MATTERS,
  RUNS_COUNT,
  SILENCE_IMPROVES,
  USE_WORSENS,
  type Judge,
} from './verdict-mistakes.test-support.ts';

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

/** A property holds for the shipped rules and for no judge with one of the mistakes. */
function holds(
  name: string,
  property: (judge: Judge) => void,
  mistakes: Readonly<Record<string, Judge>>,
): void {
  describe(name, () => {
    test('holds for the shipped rules', () => property(evaluatePilot));
    for (const [mistake, judge] of Object.entries(mistakes))
      test(`is broken when ${mistake}`, () => assert.throws(() => property(judge), /Property failed/));
  });
}

holds(
  'added days of silence never improve the health',
  (judge) => {
    const seen = new Map<Health, number>();
    fc.assert(
      fc.property(
        users,
        pilots,
        fc.nat(60),
        fc.integer({ min: 1, max: 40 }),
        (list, pilot, span, silence) => {
          const facts = factsOf(activity(list, span), addDays(START, span));
          const before = judge(inputOf({ pilot, facts }));
          const after = judge(
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
  },
  SILENCE_IMPROVES,
);

// Exceptions, because they compare people: more use by one may make the rest look narrow (NARROW), and gives a
// person a shorter usual gap (KEY_USER_AWAY). More use before the recent weeks raises what they are compared with
// (USAGE_DROP; a person who is away then carried more of it), and makes silence after it worth more (NO_USAGE's
// allowance for thin use, off here).
holds(
  'more events of an active user on a past day never worsen it, but for NARROW, KEY_USER_AWAY and USAGE_DROP',
  (judge) => {
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
          const judged = (activityOf: UsersByName) =>
            judge(inputOf({ pilot, policy, facts: factsOf(activityOf, addDays(START, span)) }));
          const [before, after] = [judged(use), judged(more)];
          assert.ok(RANK[after.health] <= RANK[before.health], `${before.health} → ${after.health}`);
        },
      ),
      { seed: SEED, numRuns: 400 },
    );
  },
  USE_WORSENS,
);

holds(
  'the order of days, users and records changes nothing',
  (judge) => {
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
        assert.deepEqual(judge(inputOf({ pilot, facts: turned })), judge(inputOf({ pilot, facts })));
      }),
      { seed: SEED, numRuns: 150 },
    );
  },
  ORDER_MATTERS,
);

holds(
  'data that cannot be trusted never read as healthy, nor as no use',
  (judge) => {
    fc.assert(
      fc.property(users, pilots, fc.nat(60), fc.constantFrom(...DATA_SIGNALS), (list, pilot, span, code) => {
        const facts = factsOf(activity(list, span), addDays(START, span));
        const verdict = judge(inputOf({ pilot, facts, dataProblem: { code, values: {} } }));
        assert.equal(verdict.health, 'Unknown');
        assert.ok(verdict.signals.every((signal) => signal.group !== 'usage'));
      }),
      { seed: SEED, numRuns: 100 },
    );
  },
  DOUBT_IS_HEALTH,
);

type Stored = PilotInput['stored'] & { readonly healthLog: string | null };

/** What the sync stores of a verdict, as the next run reads it. */
function stored({ health, stalledSince, ...verdict }: Evaluation, before: string | null, today: Day): Stored {
  const signals = writeSignals(verdict);
  return {
    health,
    stalledSince,
    signals,
    healthLog: writeHealthLog(before, { health, signals: verdict.signals }, today),
  };
}

holds(
  'the same data on the same day give the same org, however often it is asked',
  (judge) => {
    let stalled = 0;
    fc.assert(
      fc.property(users, pilots, fc.nat(60), (list, pilot, span) => {
        const facts = factsOf(activity(list, span), addDays(START, span));
        const input = inputOf({ pilot: { ...pilot, dealCloseDate: '2026-10-01' }, facts });
        const first = stored(judge(input), null, input.today);
        const again = { ...input, pilot: { ...input.pilot, stored: first } };
        const second = stored(judge(again), first.healthLog, input.today);
        stalled += Number(first.stalledSince !== null);
        assert.deepEqual(second, first);
      }),
      { seed: SEED, numRuns: 150 },
    );
    assert.ok(stalled >= 10, `${stalled} stalls`);
  },
  NOT_THE_SAME,
);

holds(
  'a stall and its clearing do not depend on how often the sync ran',
  (judge) => {
    let cleared = 0;
    fc.assert(
      fc.property(
        users,
        pilots,
        fc.integer({ min: 20, max: 55 }),
        fc.integer({ min: 1, max: 12 }),
        (list, pilot, span, nights) => {
          // Everybody comes back on one day in the middle of the nights that are watched.
          const back = addDays(START, span + Math.ceil(nights / 2));
          const quiet = activity(list, Math.max(1, span - 20));
          const use = Object.fromEntries(
            Object.entries(quiet).map(([name, one]) => [
              name,
              { days: [...('days' in one ? one.days : one), back] },
            ]),
          );
          const on = (night: number, record: PilotInput['stored']): EvaluationInput =>
            inputOf({
              pilot: { ...pilot, stored: record },
              facts: factsUpTo(use, addDays(START, span + night)),
            });
          const blank: Stored = {
            health: null,
            stalledSince: null,
            signals: null,
            healthLog: null,
          };
          let nightly = blank;
          const past = Array.from({ length: nights }, (_, night) => night);
          for (const night of past) {
            const input = on(night, nightly);
            nightly = stored(judge(input), nightly.healthLog, input.today);
          }
          const [often, once] = [judge(on(nights, nightly)), judge(on(nights, blank))];
          cleared += Number(nightly.health === 'Stalled' && once.health !== 'Stalled');
          for (const field of ['health', 'isStalled', 'stalledSince', 'clearSince'] as const)
            assert.equal(often[field], once[field], field);
        },
      ),
      { seed: SEED, numRuns: 120 },
    );
    assert.ok(cleared >= 3, `${cleared} cleared`);
  },
  RUNS_COUNT,
);

function factsUpTo(use: UsersByName, day: Day): PilotFacts {
  const known = Object.entries(use).flatMap(([name, one]) => {
    const days = ('days' in one ? one.days : one).filter((used) => used <= day);
    return days.length > 0 ? [[name, { days }] as const] : [];
  });
  return factsOf(Object.fromEntries(known), day);
}

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
