import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  factsOf,
  inputOf,
  measuredCriterion,
  usedWell,
  usersActive,
  workdays,
} from '../testing/evaluation-fixture.ts';
import { evaluatePilot } from './evaluate-pilot.ts';
import type { EvaluationInput, PilotInput } from './evaluation.ts';
import { DATA_SIGNALS, SWITCHABLE_SIGNALS } from './policy-fields.ts';
import { writeSignals } from './signals-json.ts';

const START = '2026-10-12';
const codes = (verdict: ReturnType<typeof evaluatePilot>) => verdict.signals.map(({ code }) => code);

function after(
  completeThrough: string,
  pilot: Partial<PilotInput> = {},
  more: readonly string[] = [],
): EvaluationInput {
  const days = [...workdays(START, '2026-10-19'), ...more];
  return inputOf({ pilot, facts: factsOf(usersActive(25, days), completeThrough) });
}

describe('what adds up to Stalled', () => {
  test('ten silent business days do, at a date that later days keep', () => {
    for (const to of ['2026-11-02', '2026-11-03', '2026-11-17', '2026-12-11']) {
      const verdict = evaluatePilot(after(to));
      assert.deepEqual(
        [verdict.health, verdict.isStalled, verdict.stalledSince],
        ['Stalled', true, '2026-11-03'],
      );
    }
  });

  test('an open readout does, whatever the data say', () => {
    const input = after('2026-11-16', { readoutDate: '2026-11-10' });
    const verdict = evaluatePilot({
      ...input,
      dataProblem: { code: 'DATA_STALE', values: { dataEnd: '2026-11-08' } },
    });
    assert.equal(verdict.health, 'Stalled');
    assert.deepEqual(codes(verdict), ['OVERRUN', 'DATA_STALE']);
    assert.equal(verdict.stalledSince, '2026-11-11');
  });

  test('two soft signals of different groups do when one is about use, from the day of the later one', () => {
    const input = inputOf({ pilot: { sponsorLeftOn: '2026-10-21' }, facts: factsOf({}, '2026-10-22') });
    const verdict = evaluatePilot(input);
    assert.deepEqual(codes(verdict), ['NO_FIRST_VALUE', 'SPONSOR_GONE']);
    assert.deepEqual([verdict.health, verdict.stalledSince], ['Stalled', '2026-10-21']);
  });

  test('two soft signals about people and deal alone do not', () => {
    const pilot = {
      sponsorLeftOn: '2026-11-01',
      endDate: '2026-11-20',
      terms: [],
      readoutDate: null,
      decisionDate: '2026-11-05',
      dealCloseDate: '2026-12-31',
    };
    const input = inputOf({
      pilot,
      facts: factsOf(usersActive(25, workdays(START, '2026-11-09')), '2026-11-09'),
    });
    const verdict = evaluatePilot(input);
    assert.ok(codes(verdict).includes('SPONSOR_GONE') && codes(verdict).includes('DECISION_OVERDUE'));
    assert.equal(verdict.health, 'At risk');
  });

  test('hints and paperwork never do, however many', () => {
    const pilot = {
      customerSponsor: null,
      contactCount: 0,
      readsActivities: true,
      nextCheckIn: null,
      dealCloseDate: '2026-11-01',
      plannedDepartments: 3,
    };
    const facts = factsOf(usersActive(9, workdays(START, '2026-11-09')), '2026-11-09');
    const verdict = evaluatePilot(inputOf({ pilot, facts }));
    assert.deepEqual(codes(verdict).toSorted(), ['CLOSE_DATE_MISMATCH', 'LOW_ADOPTION']);
    assert.deepEqual(
      verdict.toTidy.map(({ code }) => code),
      ['NO_SPONSOR', 'SINGLE_THREADED', 'NO_NEXT_STEP'],
    );
    assert.equal(verdict.health, 'Watch');
  });

  test('paperwork alone leaves a pilot on track', () => {
    const facts = factsOf(usersActive(25, workdays(START, '2026-11-09')), '2026-11-09');
    const verdict = evaluatePilot(inputOf({ pilot: { customerSponsor: null, contactCount: 1 }, facts }));
    assert.equal(verdict.health, 'On track');
    assert.equal(verdict.toTidy.length, 2);
  });

  test('silence while the sponsor is engaged stays at risk, and stalls with a signal of another group', () => {
    const engaged = { checkIns: [{ heldOn: '2026-10-29', sponsorAttended: true }] };
    assert.equal(evaluatePilot(after('2026-11-05', engaged)).health, 'At risk');
    const late = evaluatePilot(after('2026-11-05', { ...engaged, decisionDate: '2026-11-02' }));
    assert.deepEqual([late.health, late.stalledSince], ['Stalled', '2026-11-03']);
  });

  test('a stall that another signal goes on with keeps its first date', () => {
    const pilot = { checkIns: [{ heldOn: '2026-10-29', sponsorAttended: true }], decisionDate: '2026-11-02' };
    // To 19 November the sponsor carries the silence, and only with the decision it stalls; then it does alone.
    for (const to of ['2026-11-18', '2026-11-19', '2026-11-30']) {
      const { health, stalledSince } = evaluatePilot(after(to, pilot));
      assert.deepEqual([to, health, stalledSince], [to, 'Stalled', '2026-11-03']);
    }
    const back = evaluatePilot(after('2026-11-30', pilot, ['2026-11-30']));
    assert.deepEqual(
      [back.health, back.stalledSince, back.clearSince],
      ['Stalled', '2026-11-03', '2026-11-30'],
    );
  });

  test('one fact is told once: silence hushes what only repeats it', () => {
    const verdict = evaluatePilot(after('2026-11-17', { licensedUsers: 40 }));
    assert.deepEqual(codes(verdict), ['NO_USAGE']);
    assert.equal(
      verdict.traces.find(({ code }) => code === 'LOW_ADOPTION')?.silentBecause,
      'saidBy:NO_USAGE',
    );
  });
});

describe('a stall clears after two clean business days of the data', () => {
  // Silent from 20 October, Stalled from 3 November, used again on Monday 9 November.
  const back = (completeThrough: string) =>
    evaluatePilot(after(completeThrough, {}, workdays('2026-11-09', '2026-11-13')));

  test('not on the first one, which it names', () => {
    const verdict = back('2026-11-09');
    assert.deepEqual(
      [verdict.health, verdict.stalledSince, verdict.clearSince],
      ['Stalled', '2026-11-03', '2026-11-09'],
    );
    assert.deepEqual([verdict.signals[0]?.code, verdict.signals[0]?.variant], ['NO_USAGE', 'clearing']);
  });

  test('on the second; what is left is the fall of the week before', () => {
    const verdict = back('2026-11-10');
    assert.deepEqual([verdict.isStalled, verdict.stalledSince, verdict.clearSince], [false, null, null]);
    assert.deepEqual(codes(verdict), ['USAGE_DROP']);
  });

  test('a weekend between them clears nothing', () => {
    const friday = (to: string) => evaluatePilot(after(to, {}, ['2026-11-06', '2026-11-09']));
    assert.deepEqual(
      ['2026-11-06', '2026-11-08', '2026-11-09'].map((to) => friday(to).health),
      ['Stalled', 'Stalled', 'On track'],
    );
  });

  test('also when it is the sponsor who comes back: the second day on which it was known', () => {
    const checkIns = [{ heldOn: '2026-11-10', sponsorAttended: true }];
    const healths = ['2026-11-06', '2026-11-09', '2026-11-10'].map(
      (to) => evaluatePilot(after(to, { checkIns })).health,
    );
    assert.deepEqual(healths, ['Stalled', 'Stalled', 'At risk']);
  });

  test('and it does not matter how often or whether anybody looked in between', () => {
    const input = after('2026-11-10', {}, workdays('2026-11-09', '2026-11-13'));
    const first = evaluatePilot(input);
    const stored = {
      health: first.health,
      stalledSince: first.stalledSince,
      signals: writeSignals(first),
    };
    assert.deepEqual(evaluatePilot({ ...input, pilot: { ...input.pilot, stored } }), first);
  });
});

describe('Unknown', () => {
  const healthy = factsOf(usersActive(25, workdays(START, '2026-11-09')), '2026-11-09');

  for (const code of DATA_SIGNALS) {
    test(`${code} is neither healthy nor without use`, () => {
      const verdict = evaluatePilot(inputOf({ facts: healthy, dataProblem: { code, values: {} } }));
      assert.equal(verdict.health, 'Unknown');
      assert.equal(verdict.isStalled, false);
      assert.deepEqual(codes(verdict), [code]);
      assert.ok(verdict.traces.some((trace) => trace.code === code && trace.fired));
    });
  }

  test('facts that are absent, or end nowhere, are a problem even when nobody named one', () => {
    assert.deepEqual(codes(evaluatePilot(inputOf({ facts: null }))), ['NOT_LINKED']);
    const endless = evaluatePilot(inputOf({ facts: factsOf({}, null), today: '2026-11-18' }));
    assert.deepEqual(
      [endless.health, endless.signals[0]?.code, endless.signals[0]?.variant],
      ['Unknown', 'DATA_STALE', 'never'],
    );
  });

  test('stale data date themselves: twice the interval after their last day', () => {
    const verdict = evaluatePilot({
      ...inputOf({ facts: healthy, dataProblem: { code: 'DATA_STALE', values: { dataEnd: '2026-11-08' } } }),
      today: '2026-11-12',
    });
    assert.equal(verdict.signals[0]?.since, '2026-11-10');
    assert.equal(verdict.usage.activeUsers7d, 25);
  });

  test('is never shown as a stall that clears', () => {
    const missed = ['2026-10-26', '2026-11-02'].map((heldOn) => ({ heldOn, sponsorAttended: false }));
    const back = { heldOn: '2026-11-17', sponsorAttended: true };
    const judged = (isBack: boolean, dataProblem: EvaluationInput['dataProblem']) =>
      evaluatePilot(
        usedWell(
          '2026-11-17',
          {
            readsActivities: true,
            criteria: [measuredCriterion({ actual: 0 })],
            checkIns: isBack ? [...missed, back] : missed,
          },
          dataProblem,
        ),
      );
    const stale = { code: 'DATA_STALE', values: { dataEnd: '2026-11-14' } } as const;
    // Stalled without any data, by criteria and sponsor; with data, the sponsor's return would begin to clear it.
    assert.equal(judged(false, stale).health, 'Stalled');
    assert.deepEqual([judged(true, null).health, judged(true, null).clearSince], ['Stalled', '2026-11-16']);
    const unknown = judged(true, stale);
    assert.deepEqual([unknown.health, unknown.isStalled, unknown.clearSince], ['Unknown', false, null]);
    assert.ok(unknown.signals.every(({ variant }) => variant !== 'clearing'));
  });

  test('doubtful numbers are not written as if they were known', () => {
    const verdict = evaluatePilot(
      inputOf({ facts: healthy, dataProblem: { code: 'OVERLAP', values: { key: 'k', other: 'o' } } }),
    );
    assert.deepEqual(new Set(Object.values(verdict.usage)), new Set([null]));
  });

  test('a pilot without a start, before it, or closed is not judged', () => {
    const health = (pilot: Partial<PilotInput>) => {
      const verdict = evaluatePilot(inputOf({ pilot, facts: healthy }));
      return [verdict.health, verdict.note?.key];
    };
    assert.deepEqual(health({ startDate: null }), ['Unknown', 'noStartDate']);
    assert.deepEqual(health({ startDate: '2026-12-01' }), ['Unknown', 'notStarted']);
    assert.deepEqual(health({ status: 'Qualified' }), ['Unknown', 'notStarted']);
    assert.deepEqual(health({ dealIsClosed: true }), ['Unknown', 'notLive']);
  });

  test('agreed silence and a pilot in review are judged on the rest', () => {
    const agreed = evaluatePilot(inputOf({ pilot: { usageSource: 'None by agreement' }, facts: null }));
    assert.deepEqual([agreed.health, agreed.note?.key], ['On track', 'noTelemetry']);
    const review = evaluatePilot(
      inputOf({ pilot: { status: 'In Review', sponsorLeftOn: '2026-11-02' }, facts: null }),
    );
    assert.deepEqual([review.health, codes(review)], ['At risk', ['SPONSOR_GONE']]);
  });
});

describe('a snooze', () => {
  test('lowers the flag to Watch to its last day and keeps the evidence', () => {
    const verdict = evaluatePilot(after('2026-11-16', { snoozedUntil: '2026-11-17' }));
    assert.deepEqual(
      [verdict.health, verdict.isStalled, verdict.note],
      ['Watch', false, { key: 'snoozed', values: { until: '2026-11-17' } }],
    );
    assert.deepEqual(codes(verdict), ['NO_USAGE']);
    assert.equal(evaluatePilot(after('2026-11-17', { snoozedUntil: '2026-11-17' })).health, 'Stalled');
  });

  test('lowers At risk too', () => {
    const pilot = { sponsorLeftOn: '2026-11-02' };
    const facts = factsOf(usersActive(25, workdays(START, '2026-11-09')), '2026-11-09');
    assert.equal(evaluatePilot(inputOf({ pilot, facts })).health, 'At risk');
    const snoozed = inputOf({ pilot: { ...pilot, snoozedUntil: '2026-11-20' }, facts });
    assert.deepEqual(
      [evaluatePilot(snoozed).health, codes(evaluatePilot(snoozed))],
      ['Watch', ['SPONSOR_GONE']],
    );
  });

  test('turns nothing unknown into something known', () => {
    assert.equal(
      evaluatePilot(inputOf({ pilot: { snoozedUntil: '2027-01-01' }, facts: null })).health,
      'Unknown',
    );
  });
});

describe('what a verdict carries', () => {
  test('every rule leaves a trace, fired or not', () => {
    const verdict = evaluatePilot(after('2026-10-20'));
    assert.deepEqual(
      verdict.traces.map(({ code }) => code).toSorted(),
      [...SWITCHABLE_SIGNALS, ...DATA_SIGNALS].toSorted(),
    );
    for (const trace of verdict.traces) assert.equal(trace.fired, trace.silentBecause === null, trace.code);
  });

  test('says when the trend can be tested: the twentieth business day and the one after', () => {
    const facts = factsOf(usersActive(7, workdays(START, '2026-10-22')), '2026-10-22');
    const verdict = evaluatePilot(inputOf({ pilot: { licensedUsers: 10 }, facts }));
    assert.deepEqual(verdict.note, {
      key: 'tooEarly',
      values: { active: 7, users: 10, starts: '2026-11-09', needs: 20, has: 9 },
    });
  });

  test('a date that no fact gives is kept from the last verdict', () => {
    const pilot = { dealCloseDate: '2026-11-01' };
    const first = evaluatePilot(after('2026-10-20', pilot));
    const stored = { health: null, stalledSince: null, signals: writeSignals(first) };
    const later = evaluatePilot(after('2026-10-22', { ...pilot, stored }));
    assert.equal(later.signals.find(({ code }) => code === 'CLOSE_DATE_MISMATCH')?.since, '2026-10-21');
  });
});
