import assert from 'node:assert/strict';
import { test } from 'node:test';
import { differingRows, writtenRows, type Cells, type Content } from './written-rows.ts';

function content(rows: Partial<Record<keyof Content, Record<string, Cells>>>): Content {
  const of = (object: keyof Content) => new Map(Object.entries(rows[object] ?? {}));
  return {
    Pilot__c: of('Pilot__c'),
    Opportunity: of('Opportunity'),
    SuccessCriterion__c: of('SuccessCriterion__c'),
    PilotUsage__c: of('PilotUsage__c'),
    PilotSyncIssue__c: of('PilotSyncIssue__c'),
  };
}

const WEEK = { Pilot__c: 'Mill pilot', Events__c: 3, Metrics__c: null };

test('rows that changed are written with every column that changed in one of them, new rows with what they hold', () => {
  const before = content({
    Pilot__c: {
      a: { Health__c: null, Risk__c: null, Network__c: null },
      b: { Health__c: 'Watch', Risk__c: 12, Network__c: null },
      c: { Health__c: 'Watch', Risk__c: 12, Network__c: null },
    },
  });
  const after = content({
    Pilot__c: {
      a: { Health__c: 'On track', Risk__c: null, Network__c: null },
      b: { Health__c: 'Watch', Risk__c: 30, Network__c: null },
      c: { Health__c: 'Watch', Risk__c: 12, Network__c: null },
    },
    PilotUsage__c: { w: WEEK },
  });
  assert.deepEqual(writtenRows(before, after), [
    {
      object: 'Pilot__c',
      key: 'Name',
      references: [],
      columns: ['Health__c', 'Risk__c'],
      isNew: false,
      rows: [
        { Name: 'a', Health__c: 'On track', Risk__c: null },
        { Name: 'b', Health__c: 'Watch', Risk__c: 30 },
      ],
    },
    {
      object: 'PilotUsage__c',
      key: 'Usage_Week_Key__c',
      references: ['Pilot__c'],
      columns: ['Pilot__c', 'Events__c'],
      isNew: true,
      rows: [{ Usage_Week_Key__c: 'w', Pilot__c: 'Mill pilot', Events__c: 3 }],
    },
  ]);
});

test('a row that is missing, one too many and one with another value are each counted as different', () => {
  const wanted = content({ PilotUsage__c: { v: WEEK, w: WEEK } });
  const counted = (weeks: Record<string, Cells>) => differingRows(wanted, content({ PilotUsage__c: weeks }));
  assert.equal(counted({ w: WEEK, v: WEEK }), 0);
  assert.equal(counted({ v: WEEK }), 1);
  assert.equal(counted({ v: WEEK, w: WEEK, x: WEEK }), 1);
  assert.equal(counted({ v: WEEK, w: { ...WEEK, Events__c: 4 } }), 1);
  assert.equal(counted({ v: WEEK, w: { ...WEEK, Events__c: null } }), 1);
});
