import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dealId, openFixture, personId, type FixtureData } from '../soql/fixture.test-support.ts';
import { executeGraphql } from './execute-graphql.ts';

const DATA: FixtureData = {
  Person__c: [
    { Id: personId(0), Name: 'Ann', City__c: 'Bern' },
    { Id: personId(1), Name: 'Bob', City__c: 'Ulm' },
  ],
  Deal__c: [
    ['Close', 1000, '2026-11-25', 1, 1],
    ['Qualify', 10, '2026-01-05', 0, 0],
    ['Qualify', null, null, 0, 0],
    [null, 5, '2025-11-30', null, 0],
  ].map(([Stage__c, Amount__c, Closes_On__c, seller, Is_Open__c], index) => ({
    Id: dealId(index),
    Name: `Deal ${index}`,
    Stage__c: Stage__c ?? null,
    Amount__c: Amount__c ?? null,
    Closes_On__c: Closes_On__c ?? null,
    Touched_At__c: Closes_On__c ? `${Closes_On__c}T03:00:00.000Z` : null,
    Seller__c: seller === null ? null : personId(Number(seller)),
    Is_Open__c: Is_Open__c ?? 0,
  })),
};
const org = openFixture(DATA, new Set(['Deal__c.Notes__c', 'Deal__c.Code__c', 'Line__c']));
test.after(() => org[Symbol.dispose]());

const run = (query: string) => executeGraphql({ query }, org.context);
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

interface Aggregates {
  readonly edges: readonly { readonly node: { readonly aggregate: unknown } }[];
  readonly totalCount: number;
  readonly pageInfo: unknown;
}

function aggregates(args: string, selection: string): Aggregates {
  const { data, errors } = run(`{ uiapi { aggregate { Deal__c${args} { ${selection} } } } }`);
  assert.deepEqual(errors, []);
  return plain(
    (data as { uiapi: { aggregate: { Deal__c: unknown } } }).uiapi.aggregate.Deal__c,
  ) as Aggregates;
}
const rows = (args: string, selection: string) =>
  aggregates(args, `edges { node { aggregate { ${selection} } } }`).edges.map(({ node }) => node.aggregate);

test('without groupBy all rows are one group, and totalCount counts the rows', () => {
  assert.deepEqual(
    aggregates(
      '',
      `totalCount edges { cursor node { aggregate { Amount__c { avg { value } sum { value displayValue } min { value } max { value } count { value } }
        Stage__c { count { value } countDistinct { value } max { value label } min { value } } Id { count { value } } } } }`,
    ),
    {
      totalCount: 4,
      edges: [
        {
          cursor: 'djE6MA==',
          node: {
            aggregate: {
              Amount__c: {
                avg: { value: 338.333333333333 },
                sum: { value: 1015, displayValue: '$1,015.00' },
                min: { value: 5 },
                max: { value: 1000 },
                count: { value: 3 },
              },
              Stage__c: {
                count: { value: 3 },
                countDistinct: { value: 2 },
                max: { value: 'Close', label: 'Close (label)' },
                min: { value: 'Qualify' },
              },
              Id: { count: { value: 4 } },
            },
          },
        },
      ],
    },
  );
});

test('only totalCount can be asked', () => {
  assert.equal(aggregates('(where: { Amount__c: { gt: 7 } })', 'totalCount').totalCount, 2);
});

// Shape: forcedotcom/sf-skills samples/ui-bundle-template-app-react-sample-b2x, distinctPropertyStatus.graphql.
test('groups show their value, display value and label; blanks are a group; totalCount counts groups', () => {
  const found = aggregates(
    '(groupBy: { Stage__c: { group: true } })',
    'totalCount edges { node { aggregate { Stage__c { value displayValue label } Id { n: count { value } } } } }',
  );
  assert.equal(found.totalCount, 3);
  assert.deepEqual(
    new Set(found.edges.map(({ node }) => JSON.stringify(node.aggregate))),
    new Set(
      [
        { Stage__c: { value: null, displayValue: null, label: null }, Id: { n: { value: 1 } } },
        {
          Stage__c: { value: 'Qualify', displayValue: 'Qualify (label)', label: 'Qualify (label)' },
          Id: { n: { value: 2 } },
        },
        {
          Stage__c: { value: 'Close', displayValue: 'Close (label)', label: 'Close (label)' },
          Id: { n: { value: 1 } },
        },
      ].map((one) => JSON.stringify(one)),
    ),
  );
});

test('groups are ordered by a function or by their own field', () => {
  const stages = (orderBy: string) =>
    rows(`(groupBy: { Stage__c: { group: true } }, orderBy: ${orderBy})`, 'Stage__c { value }').map(
      (row) => (row as { Stage__c: { value: unknown } }).Stage__c.value,
    );
  assert.deepEqual(stages('{ Amount__c: { function: SUM, order: DESC } }'), ['Close', 'Qualify', null]);
  assert.deepEqual(stages('{ Id: { function: COUNT, order: DESC }, Stage__c: { nulls: LAST } }'), [
    'Qualify',
    'Close',
    null,
  ]);
  assert.deepEqual(stages('{ Stage__c: { order: DESC, nulls: LAST } }'), ['Close', 'Qualify', null]);
});

test('groups page by first and after, ten unless said', () => {
  const orderBy = 'groupBy: { Stage__c: { group: true } }, orderBy: { Stage__c: { order: ASC } }';
  const page = (args: string) =>
    aggregates(
      `(${orderBy}${args})`,
      'edges { node { aggregate { Stage__c { value } } } } pageInfo { hasNextPage hasPreviousPage endCursor }',
    );
  assert.deepEqual(page(', first: 2'), {
    edges: [null, 'Qualify'].map((value) => ({ node: { aggregate: { Stage__c: { value } } } })),
    pageInfo: { hasNextPage: true, hasPreviousPage: false, endCursor: 'djE6MQ==' },
  });
  assert.deepEqual(page(', first: 2, after: "djE6MQ=="'), {
    edges: [{ node: { aggregate: { Stage__c: { value: 'Close' } } } }],
    pageInfo: { hasNextPage: false, hasPreviousPage: true, endCursor: 'djE6Mg==' },
  });
  const names = aggregates('(groupBy: { Name: { group: true } })', 'edges { cursor }');
  assert.equal(names.edges.length, 4);
  using many = openFixture({
    Deal__c: Array.from({ length: 12 }, (_, index) => ({ Id: dealId(index), Name: `D${index}` })),
  });
  const { data } = executeGraphql(
    {
      query:
        '{ uiapi { aggregate { Deal__c(groupBy: { Name: { group: true } }) { totalCount edges { cursor } } } } }',
    },
    many.context,
  );
  const { totalCount, edges } = (data as { uiapi: { aggregate: { Deal__c: Aggregates } } }).uiapi.aggregate
    .Deal__c;
  assert.deepEqual([totalCount, edges.length], [12, 10]);
});

test('dates group by function, on the calendar of UTC', () => {
  assert.deepEqual(
    rows(
      '(groupBy: { Closes_On__c: { function: CALENDAR_YEAR } }, where: { Closes_On__c: { ne: null } })',
      'Closes_On__c { calendarYear { value } max { value displayValue } } Id { count { value } }',
    ),
    [
      {
        Closes_On__c: {
          calendarYear: { value: 2025 },
          max: { value: '2025-11-30', displayValue: '11/30/2025' },
        },
        Id: { count: { value: 1 } },
      },
      {
        Closes_On__c: {
          calendarYear: { value: 2026 },
          max: { value: '2026-11-25', displayValue: '11/25/2026' },
        },
        Id: { count: { value: 2 } },
      },
    ],
  );
  assert.deepEqual(
    rows(
      '(groupBy: { Touched_At__c: { function: DAY_ONLY } }, where: { Closes_On__c: { gt: { value: "2026-06-01" } } })',
      'Touched_At__c { dayOnly { value } max { displayValue } }',
    ),
    [{ Touched_At__c: { dayOnly: { value: '2026-11-25' }, max: { displayValue: '11/24/26, 10:00 PM' } } }],
  );
});

test('parents group too', () => {
  assert.deepEqual(
    rows(
      '(groupBy: { Seller__r: { City__c: { group: true } } }, orderBy: { Id: { function: COUNT } })',
      'Seller__r { City__c { value } } Id { count { value } }',
    ),
    [
      { Seller__r: { City__c: { value: null } }, Id: { count: { value: 1 } } },
      { Seller__r: { City__c: { value: 'Ulm' } }, Id: { count: { value: 1 } } },
      { Seller__r: { City__c: { value: 'Bern' } }, Id: { count: { value: 2 } } },
    ].sort((a, b) => a.Id.count.value - b.Id.count.value),
  );
});

test('ROLLUP and CUBE add rows of subtotals, told by grouping', () => {
  const read = (type: string) =>
    rows(
      `(groupBy: { type: ${type}, Is_Open__c: { group: true }, Stage__c: { group: true } }, where: { Stage__c: { ne: null } })`,
      'Is_Open__c { value grouping { value } } Stage__c { value grouping { value } } Id { count { value } }',
    ).map((row) => {
      const { Is_Open__c, Stage__c, Id } = row as Record<
        string,
        { value: unknown; grouping: { value: number }; count: { value: number } }
      >;
      return [
        Is_Open__c?.value,
        Is_Open__c?.grouping.value,
        Stage__c?.value,
        Stage__c?.grouping.value,
        Id?.count.value,
      ].join();
    });
  const rollup = ['false,0,Qualify,0,2', 'true,0,Close,0,1', 'false,0,,1,2', 'true,0,,1,1', ',1,,1,3'];
  assert.deepEqual(read('ROLLUP').sort(), [...rollup].sort());
  assert.deepEqual(read('CUBE').sort(), [...rollup, ',1,Qualify,0,2', ',1,Close,0,1'].sort());
  assert.deepEqual(read('GROUP_BY').sort(), rollup.slice(0, 2).sort());
});

const REFUSED: readonly (readonly [args: string, selection: string, type: string, message: RegExp])[] = [
  ['', 'Stage__c { value }', 'DataFetchingException', /^Field must be grouped or aggregated: Stage__c$/],
  [
    '(groupBy: { Stage__c: { group: false } })',
    'Stage__c { value }',
    'DataFetchingException',
    /must be grouped or aggregated: Stage__c/,
  ],
  [
    '(groupBy: { Stage__c: { group: true } }, orderBy: { Name: { order: ASC } })',
    'Stage__c { value }',
    'DataFetchingException',
    /must be grouped or aggregated: Name/,
  ],
  [
    '(orderBy: { Name: { function: COUNT } })',
    'Id { count { value } }',
    'DataFetchingException',
    /needs groupBy/,
  ],
  [
    '(groupBy: { Touched_At__c: { group: true } })',
    'Id { count { value } }',
    'DataFetchingException',
    /Touched_At__c is a date\/time/,
  ],
  ['(groupBy: { Amount__c: { group: true } })', 'Id { count { value } }', 'ValidationError', /Amount__c/],
  ['(groupBy: { Tags__c: { group: true } })', 'Id { count { value } }', 'ValidationError', /Tags__c/],
  ['', 'Name { sum { value } }', 'ValidationError', /Field 'sum' in type 'StringAggregate' is undefined/],
  [
    '',
    'Is_Open__c { count { value } }',
    'ValidationError',
    /Field 'count' in type 'BooleanAggregate' is undefined/,
  ],
  [
    '',
    'Notes__c { count { value } }',
    'ValidationError',
    /Field 'Notes__c' in type 'Deal__cAggregate' is undefined/,
  ],
  [
    '',
    'Code__c { count { value } }',
    'ValidationError',
    /Field 'Code__c' in type 'Deal__cAggregate' is undefined/,
  ],
  [
    '(groupBy: { Code__c: { group: true } })',
    'Id { count { value } }',
    'DataFetchingException',
    /No such column 'Code__c'/,
  ],
  ['(first: 2001)', 'Id { count { value } }', 'DataFetchingException', /first is 2001/],
];
for (const [args, selection, type, message] of REFUSED) {
  test(`refuses ${args} ${selection} as ${type}`, () => {
    const { errors } = run(
      `{ uiapi { aggregate { Deal__c${args} { edges { node { aggregate { ${selection} } } } } } } }`,
    );
    assert.equal(errors[0]?.extensions.ErrorType, type, JSON.stringify(errors));
    assert.match(errors[0]?.message ?? '', message);
  });
}

test('a formula, a hidden object and an eleventh aggregate are refused, @optional drops a hidden field', () => {
  const formula = run(
    '{ uiapi { aggregate { Deal__c(groupBy: { Seller_City__c: { group: true } }) { totalCount } } } }',
  );
  assert.match(formula.errors[0]?.message ?? '', /field 'Seller_City__c' can not be grouped/);
  const hidden = run('{ uiapi { aggregate { Line__c { totalCount } } } }');
  assert.match(
    hidden.errors[0]?.message ?? '',
    /Field 'Line__c' in type 'RecordQueryAggregate' is undefined/,
  );
  const many = Array.from({ length: 11 }, (_, index) => `q${index}: Deal__c { totalCount }`).join(' ');
  assert.match(run(`{ uiapi { aggregate { ${many} } } }`).errors[0]?.message ?? '', /at most 10 subqueries/);
  assert.deepEqual(rows('', 'Code__c @optional { count { value } } Id { count { value } }'), [
    { Id: { count: { value: 4 } } },
  ]);
});

test('rows outside the viewer’s filter are in no group', () => {
  const rowFilter = () => ({ sql: 'SELECT "Id" FROM "Deal__c" WHERE "Stage__c" = ?', params: ['Qualify'] });
  const context = { ...org.context, access: { ...org.context.access, rowFilter } };
  const query =
    '{ uiapi { aggregate { Deal__c { totalCount edges { node { aggregate { Id { count { value } } } } } } } } }';
  assert.deepEqual(plain(executeGraphql({ query }, context).data), {
    uiapi: {
      aggregate: {
        Deal__c: { totalCount: 2, edges: [{ node: { aggregate: { Id: { count: { value: 2 } } } } }] },
      },
    },
  });
});
