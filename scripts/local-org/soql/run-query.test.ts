import assert from 'node:assert/strict';
import { test } from 'node:test';
import { names, org, query } from './deals.test-support.ts';
import { dealId, lineId, openFixture, personId } from './fixture.test-support.ts';
import { runQuery } from './run-query.ts';

test('records carry attributes, canonical names, nested parents and children as results', () => {
  const { records, totalSize } = query(
    'select id, NAME, seller__r.boss__r.city__c, is_big__c, touched_at__c, (select name from lines__r order by name) from DEAL__C order by name limit 1',
  );
  assert.equal(totalSize, 1);
  const url = (object: string, id: string) => ({
    type: object,
    url: `/services/data/v66.0/sobjects/${object}/${id}`,
  });
  assert.deepEqual(records, [
    {
      attributes: url('Deal__c', dealId(0)),
      Id: dealId(0),
      Name: 'One',
      Seller__r: {
        attributes: url('Person__c', personId(1)),
        Boss__r: { attributes: url('Person__c', personId(0)), City__c: 'Bern' },
      },
      Is_Big__c: true,
      Touched_At__c: '2026-11-20T03:00:00.000+0000',
      Lines__r: {
        totalSize: 2,
        done: true,
        records: [
          { attributes: url('Line__c', lineId(0)), Name: 'L0' },
          { attributes: url('Line__c', lineId(1)), Name: 'L1' },
        ],
      },
    },
  ]);
});

test('an absent parent and no children are null', () => {
  const [record] = query(
    "SELECT Seller__r.Name, (SELECT Id FROM Lines__r) FROM Deal__c WHERE Name = 'Three'",
  ).records;
  assert.deepEqual([record?.['Seller__r'], record?.['Lines__r']], [null, null]);
});

test('COUNT() gives the number without records, deleted rows only for queryAll', () => {
  assert.deepEqual(
    [query('SELECT COUNT() FROM Deal__c').totalSize, query('SELECT COUNT() FROM Deal__c').records],
    [3, []],
  );
  assert.equal(query('SELECT COUNT() FROM Deal__c LIMIT 2').totalSize, 2);
  assert.equal(
    runQuery('SELECT COUNT() FROM Deal__c', { ...org.context, includeDeleted: true }).totalSize,
    4,
  );
});

test('FIELDS() selects what the viewer may read', () => {
  const [record] = query('SELECT FIELDS(ALL) FROM Line__c LIMIT 1').records;
  assert.deepEqual(Object.keys(record ?? {}), [
    'attributes',
    'Id',
    'IsDeleted',
    'Name',
    'CreatedDate',
    'Deal__c',
    'Quantity__c',
    'Kind__c',
  ]);
  assert.deepEqual(
    Object.keys(query('SELECT FIELDS(STANDARD) FROM Line__c').records[0] ?? {}).includes('Quantity__c'),
    false,
  );
});

test('toLabel, an alias of the object and ids of 15 characters are understood', () => {
  assert.equal(
    query(`SELECT toLabel(Stage__c) FROM Deal__c WHERE Id = '${dealId(0).slice(0, 15)}'`).records[0]?.[
      'Stage__c'
    ],
    'Close (label)',
  );
  assert.deepEqual(names("SELECT d.Name FROM Deal__c d WHERE d.Stage__c = 'close'"), ['One']);
});

test('escapes in text stand for their characters', () => {
  using fixture = openFixture({
    Deal__c: [
      { Id: dealId(0), Name: `a'b"c\\d\ne` },
      { Id: dealId(1), Name: '100%' },
      { Id: dealId(2), Name: '100x' },
    ],
  });
  const found = (soql: string) => runQuery(soql, fixture.context).totalSize;
  assert.equal(found(`SELECT Id FROM Deal__c WHERE Name = 'a\\'b\\"c\\\\d\\ne'`), 1);
  assert.equal(found(`SELECT Id FROM Deal__c WHERE Name LIKE '100\\%'`), 1);
  assert.equal(found(`SELECT Id FROM Deal__c WHERE Name LIKE '100%'`), 2);
});

test('line and paragraph separators are text within a literal', () => {
  const text = 'a\u2028b\u2029c';
  using fixture = openFixture({
    Deal__c: [
      { Id: dealId(0), Name: text },
      { Id: dealId(1), Name: 'abc' },
    ],
  });
  const found = (soql: string) => runQuery(soql, fixture.context).totalSize;
  assert.equal(found(`SELECT Id FROM Deal__c WHERE Name = '${text}'`), 1);
  assert.equal(found(`SELECT Id FROM Deal__c WHERE Name IN ('${text}', 'x') AND Name LIKE '%\u2029c'`), 1);
  const misplaced = { errorCode: 'MALFORMED_QUERY', message: /line 1: unexpected char: '\u2028'/ };
  assert.throws(() => found('SELECT Id\u2028FROM Deal__c'), misplaced);
});

test('a formula column reads as the viewer’s clock says and is blank where it is an error', () => {
  const read = (now: string) =>
    runQuery('SELECT Days_Left__c, Per_Share__c FROM Deal__c ORDER BY CreatedDate, Id', {
      ...org.context,
      viewer: { ...org.context.viewer, now: new Date(now) },
    }).records;
  assert.deepEqual(
    read('2026-11-20T12:00:00Z').map((record) => [record['Days_Left__c'], record['Per_Share__c']]),
    [
      [5, 2000],
      [null, null],
      [null, null],
    ],
  );
  assert.equal(read('2026-11-24T12:00:00Z')[0]?.['Days_Left__c'], 1);
});

test('one query takes one statement, and one more for each child relationship', () => {
  let statements = 0;
  const database = new Proxy(org.context.database, {
    get(target, property) {
      if (property === 'prepare') statements += 1;
      const value: unknown = Reflect.get(target, property, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  runQuery(
    'SELECT Id, Boss_City__c, Weighted__c, (SELECT Id FROM Lines__r) FROM Deal__c ORDER BY Weighted__c',
    { ...org.context, database },
  );
  assert.equal(statements, 2);
});
