import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { factsOf, inputOf, usersActive, workdays } from '../testing/evaluation-fixture.ts';
import type { UsersByName } from '../testing/evaluation-fixture.ts';
import { addDays } from './day.ts';
import { evaluatePilot } from './evaluate-pilot.ts';
import type { Day } from './facts.ts';
import type { Risk } from './evaluation.ts';

const START = '2026-10-12';
const TO = '2026-11-20';

function riskOf(users: UsersByName, to: Day = TO): Risk | null {
  return evaluatePilot(inputOf({ facts: factsOf(users, to) })).risk;
}

describe('the risk', () => {
  test('is the sum of its printed contributions, as a probability in percent', () => {
    const people = fc.array(fc.uniqueArray(fc.nat(39), { minLength: 1 }), { maxLength: 6 });
    fc.assert(
      fc.property(people, (offsets) => {
        const users = offsets.map(
          (days, index) => [`u${index}`, days.map((day) => addDays(START, day))] as const,
        );
        const risk = riskOf(Object.fromEntries(users))!;
        const printed = risk.contributions.reduce((sum, { value }) => sum + Number(value.toFixed(3)), 0);
        assert.ok(Math.abs(printed - risk.logit) < 0.01);
        assert.ok(Math.abs(risk.percent - 100 / (1 + Math.exp(-risk.logit))) <= 0.05);
      }),
      { seed: 20261118, numRuns: 200 },
    );
  });

  test('of steady use is made of equal recent and usual counts', () => {
    const risk = riskOf(usersActive(3, workdays(START, TO)))!;
    assert.deepEqual(
      risk.contributions.map(({ key, recent, usual }) => [key, recent && Number(recent.toFixed(9)), usual]),
      [
        ['base', null, null],
        ['people', 3, 3],
        ['volume', 3, 3],
        ['breadth', 3, null],
      ],
    );
    // −2 − 0.46 · ln 3.5
    assert.ok(Math.abs(risk.logit + 2.5763) < 0.001, String(risk.logit));
  });

  test('grows when the people stop, and grows less where use was always thin', () => {
    const steady = riskOf(usersActive(5, workdays(START, TO)))!.percent;
    const stopped = riskOf(usersActive(5, workdays(START, '2026-11-06')))!.percent;
    const thin = riskOf({ u1: [START, '2026-10-19', '2026-10-26', '2026-11-02'] })!.percent;
    assert.ok(steady < 10 && stopped > 50, `${steady} ${stopped}`);
    assert.ok(thin < stopped, `${thin} ${stopped}`);
  });

  test('of a pilot that nobody ever used is high, not that of steady nothing', () => {
    assert.ok(riskOf({})!.percent > 60);
  });

  test('is not told before ten business days, in review, or where the data are in doubt', () => {
    const facts = factsOf(usersActive(5, workdays(START, TO)), TO);
    assert.equal(riskOf(usersActive(5, workdays(START, '2026-10-22')), '2026-10-22'), null);
    assert.notEqual(riskOf(usersActive(5, workdays(START, '2026-10-23')), '2026-10-23'), null);
    assert.equal(evaluatePilot(inputOf({ facts, pilot: { status: 'In Review' } })).risk, null);
    const dataProblem = { code: 'SOURCE_SUSPECT', values: {} } as const;
    assert.equal(evaluatePilot(inputOf({ facts, dataProblem })).risk, null);
  });
});
