import assert from 'node:assert/strict';
import { test } from 'node:test';
import { drawSchedule, FAULT_CLASSES, type FaultClass } from './fault-schedule.ts';
import { histogram, shortcomings } from './histogram.ts';
import type { RunOutcome } from './run-torture.ts';

const outcome = (run: number, faultClass: FaultClass, more: Partial<RunOutcome> = {}): RunOutcome => ({
  run,
  faultClass,
  isHit: true,
  isAfterFirstWrite: true,
  isBetweenWrites: true,
  syncs: 1,
  failure: null,
  ...more,
});

/** 500 outcomes of the schedule of a seed, each as `change` says. */
function fiveHundred(change: (made: RunOutcome) => Partial<RunOutcome> = () => ({})): RunOutcome[] {
  return Array.from({ length: 500 }, (_, index) => {
    const made = outcome(index + 1, drawSchedule('seed', index + 1).faultClass);
    return { ...made, ...change(made) };
  });
}

test('every 500 runs hold each fault class at least 20 times and 120 kills, whatever the seed', () => {
  for (const seed of ['1', '2', 'three']) {
    const drawn = Array.from({ length: 500 }, (_, index) => drawSchedule(seed, index + 1).faultClass);
    for (const name of FAULT_CLASSES) assert.ok(drawn.filter((each) => each === name).length >= 25, name);
    assert.ok(drawn.filter((each) => each === 'kill').length >= 120);
  }
});

test('500 runs in which everything struck in time are a proof', () => {
  assert.deepEqual(shortcomings(fiveHundred()), []);
  assert.match(
    histogram(fiveHundred()).at(-2)!,
    /^500 of 500 runs \(100 %\) were hit after the first write, 1\d\d killed/,
  );
});

test('a class that struck too rarely, late strikes and kills that are missing are each named', () => {
  assert.deepEqual(
    shortcomings(fiveHundred(({ faultClass, run }) => ({ isHit: faultClass !== 'busy' || run < 100 })))
      .length,
    1,
  );
  assert.match(
    shortcomings(fiveHundred(({ run }) => ({ isAfterFirstWrite: run <= 299 })))[0]!,
    /^60 % were hit after the first write, at least 60 %/,
  );
  assert.match(
    shortcomings(fiveHundred(({ run }) => ({ isBetweenWrites: run <= 300 })))[0]!,
    /were killed between the first and the last write, at least 100 are needed$/,
  );
});

test('fewer runs claim nothing', () => {
  assert.deepEqual(shortcomings([outcome(1, 'busy', { isHit: false })]), []);
});
