import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PilotRow } from '../salesforce/pilot-rows.ts';
import { leadPilots } from './lead-pilot.ts';

function row(
  Id: string,
  Start_Date__c: string | null,
  lead: string | null = null,
  Opportunity__c = 'deal',
): PilotRow {
  return {
    Id,
    Start_Date__c,
    Opportunity__c,
    Opportunity__r: { Name: '', CloseDate: '2026-12-01', Lead_Pilot__c: lead },
  } as PilotRow;
}

const CASES = [
  {
    name: 'the one that started last',
    rows: [row('a', '2026-10-01'), row('b', '2026-11-01')],
    lead: 'b',
  },
  {
    name: 'a started one before one without a start',
    rows: [row('a', null), row('b', '2026-10-01')],
    lead: 'b',
  },
  {
    name: 'the higher id of two that started together',
    rows: [row('b', '2026-10-01'), row('a', '2026-10-01')],
    lead: 'b',
  },
];

for (const { name, rows, lead } of CASES) {
  test(`leads: ${name}`, () =>
    assert.deepEqual(
      leadPilots(rows).map(({ opportunityId, pilotId }) => [opportunityId, pilotId]),
      [['deal', lead]],
    ));
}

test('each deal has its own', () => {
  assert.deepEqual(
    leadPilots([row('a', null, null, 'x'), row('b', null, null, 'y')]).map((each) => each.opportunityId),
    ['x', 'y'],
  );
});
