import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ApiError } from '../api-error.ts';
import { dealId, lineId, openFixture, personId, type FixtureData } from './fixture.test-support.ts';
import { runQuery } from './run-query.ts';

const DATA: FixtureData = {
  Person__c: [
    { Id: personId(0), Name: 'Ann', City__c: 'Bern', Is_Vip__c: 1 },
    { Id: personId(1), Name: 'Bob', City__c: 'Ulm', Is_Vip__c: 0, Boss__c: personId(0) },
  ],
  Deal__c: [
    {
      Id: dealId(0),
      Name: 'One',
      Amount__c: 1000,
      Share__c: 50,
      Stage__c: 'Close',
      Tags__c: 'Red;Blue',
      Closes_On__c: '2026-11-25',
      Seller__c: personId(1),
      Is_Open__c: 1,
      Touched_At__c: '2026-11-20T03:00:00.000Z',
      About__c: lineId(2),
    },
    {
      Id: dealId(1),
      Name: 'Two',
      Amount__c: 10,
      Share__c: 0,
      Stage__c: 'Qualify',
      Code__c: 'abC',
      Is_Open__c: 0,
      About__c: personId(1),
    },
    { Id: dealId(2), Name: 'Three', Stage__c: 'Qualify', Amount__c: 0.1, Is_Open__c: 0 },
    { Id: dealId(3), Name: 'Gone', IsDeleted: 1 },
  ],
  Line__c: [0, 1, 2].map((index) => ({
    Id: lineId(index),
    Name: `L${index}`,
    Deal__c: dealId(index < 2 ? 0 : 1),
    Quantity__c: index + 0.5,
    Kind__c: index > 0 ? 'Fee' : 'Seat',
  })),
};

const org = openFixture(DATA, new Set(['Deal__c.Notes__c', 'Line__c.Remark__c']));
const blind = openFixture(DATA, new Set(['Person__c', 'Line__c']));
test.after(() => [org, blind].forEach((fixture) => fixture[Symbol.dispose]()));
const query = (soql: string, fixture = org) => runQuery(soql, fixture.context);
const names = (soql: string) => query(soql).records.map((record) => record['Name']);

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

test('TYPEOF shows the fields of the object that a record is about, through parents too', () => {
  const ofPerson = { type: 'Person__c', url: `/services/data/v66.0/sobjects/Person__c/${personId(1)}` };
  const ofLine = { type: 'Line__c', url: `/services/data/v66.0/sobjects/Line__c/${lineId(2)}` };
  const { records, columns } = query(
    'SELECT Id, typeof d.about__r WHEN person__c THEN city__c, Boss__r.Name ELSE name, TYPE, Email END FROM Deal__c d ORDER BY Id',
  );
  assert.deepEqual(
    records.map(({ About__r }) => About__r),
    [
      { attributes: ofLine, Name: 'L2', Type: 'Line__c', Email: null },
      {
        attributes: ofPerson,
        City__c: 'Ulm',
        Boss__r: {
          attributes: { type: 'Person__c', url: `/services/data/v66.0/sobjects/Person__c/${personId(0)}` },
          Name: 'Ann',
        },
      },
      null,
    ],
  );
  assert.deepEqual(
    columns.map(({ columnName, joinColumns }) => [columnName, joinColumns.map((one) => one.columnName)]),
    [
      ['Id', []],
      ['About__r', ['City__c', 'Boss__r', 'Name', 'Type', 'Email']],
    ],
  );
});

test('without ELSE a record of another object is null, and what the viewer may not read is not found', () => {
  const abouts = (soql: string, hidden: readonly string[] = []) => {
    using open = openFixture(DATA, new Set(hidden));
    return query(soql, open).records.map(
      ({ About__r }) => (About__r as { Name?: string } | null)?.Name ?? null,
    );
  };
  const persons = `SELECT ${ABOUT} FROM Deal__c ORDER BY Id`;
  assert.deepEqual(abouts(persons), [null, 'Bob', null]);
  assert.deepEqual(abouts(persons.replace('END', 'ELSE Name END')), ['L2', 'Bob', null]);
  assert.deepEqual(abouts(persons.replace('END', 'ELSE Name END'), ['Line__c']), [null, 'Bob', null]);
  assert.throws(() => abouts(persons, ['Person__c']), { errorCode: 'INVALID_TYPE' });
  assert.throws(() => abouts(persons, ['Deal__c.About__c']), { errorCode: 'INVALID_FIELD' });
});

test('TYPEOF reaches the polymorphic relationship of a parent, and of children', () => {
  const { records } = query(
    'SELECT Deal__r.Name, TYPEOF Deal__r.About__r WHEN Line__c THEN Name END FROM Line__c ORDER BY Id LIMIT 1',
  );
  const [line] = records as [{ Deal__r: { Name: string; About__r: { Name: string } } }];
  assert.deepEqual([line.Deal__r.Name, line.Deal__r.About__r.Name], ['One', 'L2']);
  const [person] = query(
    `SELECT (SELECT TYPEOF About__r WHEN Line__c THEN Name END FROM Deals__r LIMIT 1) FROM Person__c WHERE Name = 'Bob'`,
  ).records as [{ Deals__r: { records: { About__r: { Name: string } }[] } }];
  assert.equal(person.Deals__r.records[0]?.About__r.Name, 'L2');
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

// Codes and texts: reference/salesforce-api of the SOQL and SOSL Reference named in each rule's file; the frame with
// line and caret is recorded (SFDO-Tooling/CumulusCI, TestCountSObjects).
const ABOUT = 'TYPEOF About__r WHEN Person__c THEN Name END';
const TYPEOF_REFUSED: readonly (readonly [soql: string, code: string, message: RegExp])[] = [
  [`SELECT COUNT(), ${ABOUT} FROM Deal__c`, 'MALFORMED_QUERY', /unexpected token: 'COUNT'/],
  [
    `SELECT ${ABOUT} FROM Deal__c GROUP BY Id`,
    'MALFORMED_QUERY',
    /ERROR at Row:1:Column:8\nTYPEOF .* GROUP BY/,
  ],
  [`SELECT toLabel(Stage__c), ${ABOUT} FROM Deal__c`, 'MALFORMED_QUERY', /Column:27\nTYPEOF .* functions/],
  [`SELECT COUNT(Id), ${ABOUT} FROM Deal__c`, 'MALFORMED_QUERY', /functions in the SELECT clause/],
  [`SELECT FIELDS(ALL), ${ABOUT} FROM Deal__c LIMIT 1`, 'MALFORMED_QUERY', /functions in the SELECT clause/],
  [
    `SELECT Id FROM Line__c WHERE Deal__c IN (SELECT ${ABOUT} FROM Deal__c)`,
    'MALFORMED_QUERY',
    /in the SELECT clause of a semi-join query/,
  ],
  [
    `SELECT About__r.Name, ${ABOUT} FROM Deal__c`,
    'MALFORMED_QUERY',
    /About__r, which the field list names too/,
  ],
  [`SELECT ${ABOUT}, ${ABOUT} FROM Deal__c`, 'MALFORMED_QUERY', /About__r, which the field list names too/],
  [
    'SELECT TYPEOF About__r WHEN Line__c THEN Id WHEN line__c THEN Name END FROM Deal__c',
    'MALFORMED_QUERY',
    /one WHEN per object type/,
  ],
  [
    'SELECT TYPEOF About__r WHEN Line__c THEN Name, name END FROM Deal__c',
    'INVALID_FIELD',
    /duplicate field selected: name/,
  ],
  [
    'SELECT TYPEOF Seller__r WHEN Person__c THEN Name END FROM Deal__c',
    'MALFORMED_QUERY',
    /Column:15\nTYPEOF takes polymorphic relationships, not Seller__r/,
  ],
  [
    'SELECT TYPEOF About__r WHEN Deal__c THEN Name END FROM Deal__c',
    'MALFORMED_QUERY',
    /About__r never references Deal__c/,
  ],
  [
    'SELECT TYPEOF Nope__r WHEN Line__c THEN Name END FROM Deal__c',
    'INVALID_FIELD',
    /relationship 'Nope__r'/,
  ],
  [
    'SELECT TYPEOF About__r WHEN Nope__c THEN Name END FROM Deal__c',
    'INVALID_TYPE',
    /'Nope__c' is not supported/,
  ],
  [
    'SELECT TYPEOF About__r WHEN Line__c THEN City__c END FROM Deal__c',
    'INVALID_FIELD',
    /No such column 'City__c' on entity 'Line__c'/,
  ],
  [
    'SELECT TYPEOF About__r WHEN Line__c THEN Remark__c END FROM Deal__c',
    'INVALID_FIELD',
    /No such column 'Remark__c' on entity 'Line__c'/,
  ],
  [
    'SELECT TYPEOF About__r WHEN Line__c THEN Name ELSE City__c END FROM Deal__c',
    'INVALID_FIELD',
    /No such column 'City__c' on entity 'Name'/,
  ],
  ['SELECT TYPEOF About__r ELSE Name END FROM Deal__c', 'MALFORMED_QUERY', /unexpected token: 'ELSE'/],
  [
    'SELECT Id FROM Deal__c WHERE TYPEOF About__r WHEN Line__c THEN Name END = null',
    'MALFORMED_QUERY',
    /unexpected token/,
  ],
];
const REFUSED: readonly (readonly [soql: string, code: string, message: RegExp])[] = [
  [
    'SELECT Foo FROM Deal__c',
    'INVALID_FIELD',
    /^\nSELECT Foo FROM Deal__c\n {7}\^\nERROR at Row:1:Column:8\nNo such column 'Foo' on entity 'Deal__c'\. If you are attempting to use a custom field/,
  ],
  ['SELECT Notes__c FROM Deal__c', 'INVALID_FIELD', /No such column 'Notes__c' on entity 'Deal__c'/],
  ["SELECT Id FROM Line__c WHERE Remark__c = 'x'", 'INVALID_FIELD', /No such column 'Remark__c'/],
  ['SELECT Id FROM Line__c ORDER BY Remark__c', 'INVALID_FIELD', /No such column 'Remark__c'/],
  [
    'SELECT Id FROM Nope__c',
    'INVALID_TYPE',
    /\nERROR at Row:1:Column:16\nsObject type 'Nope__c' is not supported/,
  ],
  [
    'SELECT Id, Nope__r.Name FROM Deal__c',
    'INVALID_FIELD',
    /Didn't understand relationship 'Nope__r' in field path/,
  ],
  [
    'SELECT Id, (SELECT Id FROM Nope__r) FROM Deal__c',
    'INVALID_TYPE',
    /Didn't understand relationship 'Nope__r' in FROM part of query call/,
  ],
  ['SELECT Id, Id FROM Deal__c', 'INVALID_FIELD', /duplicate field selected: Id/],
  ['SELECT Id, FIELDS(ALL) FROM Deal__c LIMIT 1', 'INVALID_FIELD', /duplicate field selected: Id/],
  ['SELECT FIELDS(ALL) FROM Deal__c', 'MALFORMED_QUERY', /must have a LIMIT of at most 200/],
  [
    "SELECT Id FROM Deal__c WHERE Name = 'a' AND Name = 'b' OR Name = 'c'",
    'MALFORMED_QUERY',
    /unexpected token: 'OR'/,
  ],
  [
    "SELECT Id FROM Deal__c WHERE Name = 'a\\q'",
    'MALFORMED_QUERY',
    /Illegal character sequence '\\q' in string literal/,
  ],
  [
    'SELECT Id FROM Deal__c LIMIT 1 OFFSET 2001',
    'NUMBER_OUTSIDE_VALID_RANGE',
    /Maximum SOQL offset allowed is 2000/,
  ],
  ['SELECT Id, COUNT(Id) FROM Deal__c', 'MALFORMED_QUERY', /Field must be grouped or aggregated: Id/],
  ['SELECT COUNT(Id) FROM Deal__c LIMIT 1', 'MALFORMED_QUERY', /cannot also use LIMIT/],
  ['SELECT COUNT(), Id FROM Deal__c', 'MALFORMED_QUERY', /unexpected token: 'COUNT'/],
  ['SELECT Name n FROM Deal__c', 'MALFORMED_QUERY', /only aggregate expressions use field aliasing/],
  [
    'SELECT Weighted__c, COUNT(Id) FROM Deal__c GROUP BY Weighted__c',
    'MALFORMED_QUERY',
    /field 'Weighted__c' can not be grouped/,
  ],
  [
    'SELECT COUNT(Id) FROM Deal__c GROUP BY CUBE(Name, Stage__c, Is_Open__c, Seller__c)',
    'MALFORMED_QUERY',
    /ERROR at Row:1:Column:40\nGROUP BY CUBE takes at most 3 fields, not 4/,
  ],
  [
    'SELECT COUNT(Id) FROM Deal__c GROUP BY ROLLUP(Name), Stage__c',
    'MALFORMED_QUERY',
    /unexpected token: ','/,
  ],
  ['SELECT Id FROM Line__c USING SCOPE mine', 'INVALID_FIELD', /No such column 'OwnerId'/],
  ['SELECT SUM(Name) FROM Deal__c', 'MALFORMED_QUERY', /field Name does not support aggregate operator SUM/],
  ['SELECT Id FROM Deal__c ORDER BY Tags__c', 'MALFORMED_QUERY', /field 'Tags__c' can not be sorted/],
  [
    'SELECT Id FROM Deal__c WHERE Name = 3',
    'INVALID_FIELD',
    /value of filter criterion for field 'Name' must be of type string and should be enclosed in quotes/,
  ],
  [
    "SELECT Id FROM Deal__c WHERE Amount__c = '3'",
    'INVALID_FIELD',
    /field 'Amount__c' must be of type currency and should not be enclosed in quotes/,
  ],
  [
    'SELECT Id FROM Deal__c WHERE Closes_On__c = 2026-01-01T00:00:00Z',
    'INVALID_FIELD',
    /field 'Closes_On__c' must be of type date and/,
  ],
  [
    "SELECT Id FROM Deal__c WHERE Seller__c = 'abc'",
    'INVALID_QUERY_FILTER_OPERATOR',
    /invalid ID field: abc/,
  ],
  [
    "SELECT Id FROM Deal__c WHERE Amount__c LIKE '1%'",
    'INVALID_QUERY_FILTER_OPERATOR',
    /invalid operator on currency field: Amount__c/,
  ],
  ["SELECT Id FROM Deal__c WHERE Stage__c INCLUDES ('Close')", 'INVALID_QUERY_FILTER_OPERATOR', /Stage__c/],
  ['SELECT Id FROM Deal__c WHERE Closes_On__c = 2026-02-30', 'MALFORMED_QUERY', /invalid date: 2026-02-30/],
  [
    'SELECT Id FROM Deal__c WHERE Id IN (SELECT Id FROM Deal__c)',
    'MALFORMED_QUERY',
    /should not be on the same object type/,
  ],
  [
    'SELECT Id FROM Deal__c WHERE Id IN (SELECT Name FROM Line__c)',
    'MALFORMED_QUERY',
    /must be an ID or reference field/,
  ],
  [
    "SELECT Id FROM Deal__c WHERE Name = 'a' OR Id IN (SELECT Deal__c FROM Line__c)",
    'MALFORMED_QUERY',
    /not allowed with the 'OR' operator/,
  ],
  [
    'SELECT Id FROM Deal__c WHERE Id IN (SELECT Deal__c FROM Line__c LIMIT 1)',
    'MALFORMED_QUERY',
    /not allowed in semi join/,
  ],
  ...TYPEOF_REFUSED,
  ['SELECT Id FROM Deal__c WITH SECURITY_ENFORCED', 'MALFORMED_QUERY', /unexpected token: WITH/],
  ['SELECT Id FROM Deal__c WHERE', 'MALFORMED_QUERY', /unexpected token: '<EOF>'/],
  [
    'SELECT Id FROM Deal__c WHERE Name ! 3',
    'MALFORMED_QUERY',
    /ERROR at Row:1:Column:35\nline 1: unexpected char: '!'/,
  ],
  ['', 'MALFORMED_QUERY', /unexpected token/],
  [
    `SELECT Id FROM Deal__c WHERE Name = '${'x'.repeat(100_000)}'`,
    'MALFORMED_QUERY',
    /cannot be longer than 100000 characters/,
  ],
];
for (const [soql, code, message] of REFUSED) {
  test(`refuses ${soql.slice(0, 90)} as ${code}`, () => {
    assert.throws(
      () => query(soql),
      (error) => {
        assert.ok(error instanceof ApiError, String(error));
        assert.deepEqual([error.status, error.errorCode, error.fields], [400, code, undefined]);
        assert.match(error.message, message);
        return true;
      },
    );
  });
}

for (const soql of [
  'SELECT Id FROM Deal__c FOR UPDATE',
  'SELECT Id FROM Deal__c USING SCOPE team',
  'SELECT FORMAT(Amount__c) FROM Deal__c',
  'SELECT Stage__c, GROUPING(Stage__c) g FROM Deal__c GROUP BY Stage__c',
  'SELECT Id FROM Deal__c FOR VIEW',
  'SELECT Id FROM Deal__c UPDATE TRACKING',
  'SELECT Id FROM Deal__c WITH DATA CATEGORY Place__c AT Bern__c',
  'SELECT convertCurrency(Amount__c) FROM Deal__c',
  "SELECT Id FROM Deal__c WHERE DISTANCE(Place__c, GEOLOCATION(1, 2), 'km') < 20",
  'SELECT (SELECT Id, (SELECT Id FROM Lines__r) FROM Deals__r) FROM Person__c',
  "SELECT Id FROM Deal__c WHERE (NOT (NOT (NOT Name = 'x')))",
  'SELECT TYPEOF About__r WHEN Line__c THEN Name ELSE Profile.Name END FROM Deal__c',
]) {
  test(`does not pretend to answer ${soql}`, () => {
    assert.throws(() => query(soql), { status: 501, errorCode: 'LOCAL_ORG_NOT_IMPLEMENTED' });
  });
}

test('a hidden long text may not be filtered, a hidden object is unknown in every position', () => {
  using open = openFixture(DATA);
  assert.throws(() => query("SELECT Id FROM Deal__c WHERE Notes__c = 'x'", open), {
    errorCode: 'INVALID_FIELD',
    message: /field 'Notes__c' can not be filtered in a query call/,
  });
  assert.throws(() => query('SELECT Id FROM Line__c', blind), { errorCode: 'INVALID_TYPE' });
  assert.throws(() => query('SELECT Seller__r.Name FROM Deal__c', blind), { errorCode: 'INVALID_FIELD' });
  assert.throws(() => query('SELECT Id, (SELECT Id FROM Lines__r) FROM Deal__c', blind), {
    errorCode: 'INVALID_TYPE',
  });
  assert.throws(() => query('SELECT Id FROM Deal__c WHERE Id IN (SELECT Deal__c FROM Line__c)', blind), {
    errorCode: 'INVALID_TYPE',
  });
  assert.equal(
    query('SELECT Seller_City__c FROM Deal__c', blind).records[0]?.['Seller_City__c'],
    'ULM',
    'formulas need no access to what they read',
  );
});

test('rows outside the viewer’s filter are not found, not counted and not joined', () => {
  const rowFilter = (object: string) =>
    object === 'Line__c' ? { sql: 'SELECT "Id" FROM "Line__c" WHERE "Name" = ?', params: ['L0'] } : null;
  const context = { ...org.context, access: { ...org.context.access, rowFilter } };
  assert.equal(runQuery('SELECT COUNT() FROM Line__c', context).totalSize, 1);
  assert.deepEqual(
    runQuery(
      'SELECT Name, (SELECT Name FROM Lines__r) FROM Deal__c WHERE Id IN (SELECT Deal__c FROM Line__c)',
      context,
    ).records.map(({ Name, Lines__r }) => [Name, (Lines__r as { totalSize: number }).totalSize]),
    [['One', 1]],
  );
});
