import assert from 'node:assert/strict';
import { test } from 'node:test';
import { names, query } from './deals.test-support.ts';
import { dealId, lineId, openFixture } from './fixture.test-support.ts';
import { runQuery } from './run-query.ts';

test('groups name their values, count in expr0, keep blanks and sort picklists by setup order', () => {
  const { records } = query(
    'SELECT Stage__c, COUNT(Id), SUM(Amount__c) total, MAX(Stage__c) FROM Deal__c GROUP BY Stage__c ORDER BY Stage__c DESC',
  );
  const attributes = { type: 'AggregateResult' };
  assert.deepEqual(records, [
    { attributes, Stage__c: 'Close', expr0: 1, total: 1000, expr1: 'Close' },
    { attributes, Stage__c: 'Qualify', expr0: 2, total: 10.1, expr1: 'Qualify' },
  ]);
  assert.deepEqual(
    query('SELECT Seller__c, COUNT(Id) n FROM Deal__c GROUP BY Seller__c HAVING COUNT(Id) > 1').records,
    [{ attributes, Seller__c: null, n: 2 }],
  );
  assert.deepEqual(
    query('SELECT COUNT(Seller__c) a, COUNT_DISTINCT(Stage__c) b, AVG(Amount__c) c FROM Deal__c').records,
    [{ attributes, a: 1, b: 2, c: 336.7 }],
  );
});

// The tables of https://developer.salesforce.com/docs/platform/salesforce-soql-sosl/guide/sforce-api-calls-soql-select-groupby-grouping.html
test('ROLLUP adds subtotals from the right and a total, CUBE those of every combination, GROUPING tells them from blanks', () => {
  using fixture = openFixture({
    Line__c: [
      ['Seat', 'x'],
      ['Seat', 'y'],
      ['Fee', 'x'],
      [null, 'x'],
    ].map(([Kind__c, Remark__c], index) => ({
      Id: lineId(index),
      Name: 'L',
      Deal__c: dealId(0),
      Kind__c: Kind__c ?? null,
      Remark__c: Remark__c ?? null,
      Quantity__c: 10 ** index,
    })),
  });
  const select =
    'SELECT Kind__c, GROUPING(Kind__c) k, Remark__c, GROUPING(Remark__c) r, SUM(Quantity__c) q FROM Line__c';
  const read = (rest: string) =>
    runQuery(`${select} ${rest}`, fixture.context).records.map(({ Kind__c, k, Remark__c, r, q }) => [
      Kind__c,
      k,
      Remark__c,
      r,
      q,
    ]);
  const groups = [
    [null, 0, 'x', 0, 1000],
    ['Seat', 0, 'x', 0, 1],
    ['Seat', 0, 'y', 0, 10],
    ['Fee', 0, 'x', 0, 100],
  ];
  const kinds = [
    [null, 0, null, 1, 1000],
    ['Seat', 0, null, 1, 11],
    ['Fee', 0, null, 1, 100],
  ];
  const total = [null, 1, null, 1, 1111];
  const order = 'ORDER BY GROUPING(Remark__c), GROUPING(Kind__c), Kind__c, Remark__c';
  assert.deepEqual(read(`GROUP BY ROLLUP(Kind__c, Remark__c) ${order}`), [...groups, ...kinds, total]);
  assert.deepEqual(read(`GROUP BY CUBE(Kind__c, Remark__c) ${order}`), [
    ...groups,
    [null, 1, 'x', 0, 1101],
    [null, 1, 'y', 0, 10],
    ...kinds,
    total,
  ]);
  assert.deepEqual(read('GROUP BY ROLLUP(Kind__c, Remark__c) HAVING GROUPING(Kind__c) = 1'), [total]);
  assert.deepEqual(read(`GROUP BY ROLLUP(Kind__c, Remark__c) ${order} LIMIT 2 OFFSET 6`), [kinds[2], total]);
});

test('a checkbox is null in the row that sums up both its groups', () => {
  assert.deepEqual(
    query('SELECT Is_Open__c, COUNT(Id) n FROM Deal__c GROUP BY ROLLUP(Is_Open__c)').records.map(
      ({ Is_Open__c, n }) => [Is_Open__c, n],
    ),
    [
      [false, 2],
      [true, 1],
      [null, 3],
    ],
  );
});

test('fiscal functions and literals follow a fiscal year that begins in January', () => {
  for (const [condition, expected] of [
    ['FISCAL_YEAR(Closes_On__c) = 2026', ['One']],
    ['FISCAL_QUARTER(Closes_On__c) = 4', ['One']],
    ['FISCAL_QUARTER(Closes_On__c) = 3', []],
    ['FISCAL_MONTH(Closes_On__c) = 11', ['One']],
    ['Closes_On__c = THIS_FISCAL_QUARTER', ['One']],
    ['Closes_On__c = LAST_FISCAL_YEAR', []],
    ['Closes_On__c > LAST_N_FISCAL_QUARTERS:2', ['One']],
    ['Closes_On__c = NEXT_N_FISCAL_YEARS:1', []],
  ] as const)
    assert.deepEqual(names(`SELECT Name FROM Deal__c WHERE ${condition}`), expected, condition);
});

test('date functions group and filter, with the viewer’s zone where asked', () => {
  assert.deepEqual(names('SELECT Name FROM Deal__c WHERE DAY_ONLY(Touched_At__c) = 2026-11-20'), ['One']);
  assert.deepEqual(
    names('SELECT Name FROM Deal__c WHERE DAY_ONLY(convertTimezone(Touched_At__c)) = 2026-11-19'),
    ['One'],
  );
  const [record] = query(
    'SELECT CALENDAR_YEAR(Closes_On__c) y, COUNT(Id) n FROM Deal__c WHERE Closes_On__c != null GROUP BY CALENDAR_YEAR(Closes_On__c)',
  ).records;
  assert.deepEqual([record?.['y'], record?.['n']], [2026, 1]);
});
