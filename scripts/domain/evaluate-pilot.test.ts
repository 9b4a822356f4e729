import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { stallReason } from '../../force-app/main/default/lwc/pilotWording/pilotWording.ts';
import { WORDS } from '../sync/words.ts';
import { factsOf, inputOf, usersActive, workdays } from '../testing/evaluation-fixture.ts';
import { evaluatePilot } from './evaluate-pilot.ts';

describe('silence', () => {
  const used = usersActive(25, workdays('2026-10-12', '2026-10-19'));
  const after = (completeThrough: string, pilot = {}) =>
    evaluatePilot(inputOf({ pilot, facts: factsOf(used, completeThrough) }));

  test('is Stalled from the business day after the tenth silent one', () => {
    const verdict = after('2026-11-02');
    assert.equal(verdict.health, 'Stalled');
    assert.equal(verdict.stalledSince, '2026-11-03');
    assert.equal(verdict.isStalled, true);
    assert.deepEqual(
      verdict.signals.map(({ code }) => code),
      ['NO_USAGE'],
    );
  });

  test('is Watch at five silent business days and nothing at four', () => {
    assert.equal(after('2026-10-30').health, 'Watch');
    assert.equal(after('2026-10-26').health, 'Watch');
    assert.deepEqual(after('2026-10-23').signals, []);
  });

  test('keeps its dates on later days and in the line', () => {
    const verdict = after('2026-11-17');
    assert.equal(
      stallReason(verdict, WORDS.en, 'en'),
      'Stalled since 3 Nov: none of 25 users active since Mon 19 Oct. Ask Priya Shah (champion) what changed.',
    );
  });
});
