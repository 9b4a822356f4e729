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
    isChange: true,
  },
  {
    name: 'a started one before one without a start',
    rows: [row('a', null), row('b', '2026-10-01')],
    lead: 'b',
    isChange: true,
  },
  {
    name: 'the higher id of two that started together',
    rows: [row('b', '2026-10-01'), row('a', '2026-10-01')],
    lead: 'b',
    isChange: true,
  },
  {
    name: 'what the deal has already, in 15 characters',
    rows: [row('a09Lc000000002BIAQ', '2026-10-01', 'a09Lc000000002B')],
    lead: 'a09Lc000000002BIAQ',
    isChange: false,
  },
];

for (const { name, rows, lead, isChange } of CASES) {
  test(`leads: ${name}`, () =>
    assert.deepEqual(leadPilots(rows), [{ opportunityId: 'deal', pilotId: lead, isChange }]));
}

test('each deal has its own', () => {
  assert.deepEqual(
    leadPilots([row('a', null, null, 'x'), row('b', null, null, 'y')]).map((each) => each.opportunityId),
    ['x', 'y'],
  );
});
