import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TransientError } from '../salesforce/pilot-error.ts';
import { apiPlanLine, fitIntoAllowance } from './api-plan.ts';
import type { ObjectPlan } from './plan-writes.ts';

/** A plan of `rows` rows per pilot for each of these pilots. */
function planOf(object: string, pilots: readonly string[], rows: number): ObjectPlan {
  const keys = pilots.flatMap((pilot) => Array.from({ length: rows }, (_, index) => `${pilot}-${index}`));
  return {
    object,
    externalId: null,
    rows: keys.map((key) => ({ key, cells: { A__c: 1 } })),
    unchanged: [],
    known: new Set(),
    names: new Map(),
    pilots: new Map(keys.map((key) => [key, key.split('-')[0]!])),
  };
}

const plans = [planOf('Pilot__c', ['calm', 'stalled'], 1), planOf('PilotUsage__c', ['calm', 'stalled'], 200)];
const allow = (left: number) => ({
  usage: { used: 1_000 - left, limit: 1_000 },
  reservePercent: 10,
  bulkFromRows: 5_000,
});

test('with room enough everything is written, and the plan names its cost', () => {
  const { plan, objects } = fitIntoAllowance(plans, ['stalled', 'calm'], allow(500));
  assert.deepEqual([plan.calls, plan.available, plan.queued], [9, 400, 0]);
  assert.equal(objects[1]!.now.length, 400);
  assert.match(
    apiPlanLine(plan),
    /^plan: Pilot__c 2, PilotUsage__c 400; 9 API calls of 400 available today$/,
  );
});

test('when requests are short the stalled pilot goes first, whole; the other one waits', () => {
  const { plan, objects } = fitIntoAllowance(plans, ['stalled', 'calm'], allow(108));
  assert.equal(plan.queued, 201);
  assert.ok(objects.every(({ now }) => now.every(({ key }) => key.startsWith('stalled'))));
  assert.ok(objects.every(({ later }) => later.every(({ key }) => key.startsWith('calm'))));
});

test('when not even one pilot fits the run ends before it writes', () => {
  assert.throws(
    () => fitIntoAllowance(plans, ['stalled', 'calm'], allow(105)),
    (error) => error instanceof TransientError && error.code === 'API_RESERVE' && error.actions.length > 0,
  );
});

test('with nothing to write a short allowance stops nobody', () => {
  assert.equal(fitIntoAllowance([], [], allow(1)).plan.queued, 0);
});
