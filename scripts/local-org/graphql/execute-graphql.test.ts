import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mintId } from '../store/record-id.ts';
import { dealId, lineId, openFixture, personId, type FixtureData } from '../soql/fixture.test-support.ts';
import { executeGraphql, type GraphqlResponse } from './execute-graphql.ts';
import type { SavePort } from './save-port.ts';

const DATA: FixtureData = {
  Person__c: [
    { Id: personId(0), Name: 'Ann', City__c: 'Bern', Is_Vip__c: 1 },
    { Id: personId(1), Name: 'Bob', City__c: 'Ulm', Boss__c: personId(0) },
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
      Notes__c: 'long',
    },
    ...Array.from({ length: 12 }, (_, index) => ({
      Id: dealId(index + 1),
      Name: `Deal ${String(index).padStart(2, '0')}`,
      Amount__c: index,
      Is_Open__c: 0,
    })),
  ],
  Line__c: [0, 1, 2].map((index) => ({
    Id: lineId(index),
    Name: `L${index}`,
    Deal__c: dealId(index < 2 ? 0 : 1),
    Quantity__c: index + 0.5,
  })),
};
const org = openFixture(DATA, new Set(['Deal__c.Notes__c', 'Person__c.City__c']));
test.after(() => org[Symbol.dispose]());

const run = (query: string, variables?: Record<string, unknown>) =>
  executeGraphql({ query, variables: variables ?? null }, org.context);
const deals = (args: string, selection: string, variables?: Record<string, unknown>, declared = '') => {
  const { data, errors } = run(
    `query Q${declared} { uiapi { query { Deal__c${args} { ${selection} } } } }`,
    variables,
  );
  assert.deepEqual(errors, []);
  return (data as { uiapi: { query: { Deal__c: Record<string, unknown> } } }).uiapi.query.Deal__c;
};
const ids = (args: string, variables?: Record<string, unknown>, declared = '') =>
  (deals(args, 'edges { node { Id } }', variables, declared)['edges'] as { node: { Id: string } }[]).map(
    ({ node }) => node.Id,
  );

test('fields come with value, display value and label; the id is bare', () => {
  const found = deals(
    '(where: { Id: { eq: $id } })',
    `edges { cursor node { Id ApiName Name { value displayValue } Weighted__c { value displayValue } Share__c { displayValue }
      Is_Open__c { value displayValue } Stage__c { value displayValue label } Closes_On__c { value displayValue }
      Touched_At__c { value displayValue } Seller__c { value } } }`,
    { id: dealId(0) },
    '($id: ID)',
  );
  assert.deepEqual(JSON.parse(JSON.stringify(found['edges'])), [
    {
      cursor: 'djE6MA==',
      node: {
        Id: dealId(0),
        ApiName: 'Deal__c',
        Name: { value: 'One', displayValue: null },
        Weighted__c: { value: 500, displayValue: '$500.00' },
        Share__c: { displayValue: '50.0%' },
        Is_Open__c: { value: true, displayValue: null },
        Stage__c: { value: 'Close', displayValue: 'Close (label)', label: 'Close (label)' },
        Closes_On__c: { value: '2026-11-25', displayValue: '11/25/2026' },
        Touched_At__c: { value: '2026-11-20T03:00:00.000Z', displayValue: '11/19/26, 10:00 PM' },
        Seller__c: { value: personId(1) },
      },
    },
  ]);
});

test('parents nest, an absent one is null, and child relationships page on their own under their alias', () => {
  const found = deals(
    '(orderBy: { Amount__c: { order: DESC, nulls: LAST } }, first: 2)',
    `edges { node { Seller__r { ApiName Boss__r { Name { value } } }
      best: Lines__r(first: 1, orderBy: { Quantity__c: { order: DESC } }) { totalCount pageInfo { hasNextPage } edges { node { Name { value } } } }
      Lines__r(where: { Quantity__c: { lt: 1 } }) { totalCount edges { node { Name { value } } } } } }`,
  );
  assert.deepEqual(JSON.parse(JSON.stringify(found['edges'])), [
    {
      node: {
        Seller__r: { ApiName: 'Person__c', Boss__r: { Name: { value: 'Ann' } } },
        best: {
          totalCount: 2,
          pageInfo: { hasNextPage: true },
          edges: [{ node: { Name: { value: 'L1' } } }],
        },
        Lines__r: { totalCount: 1, edges: [{ node: { Name: { value: 'L0' } } }] },
      },
    },
    {
      node: {
        Seller__r: null,
        best: { totalCount: 0, pageInfo: { hasNextPage: false }, edges: [] },
        Lines__r: { totalCount: 0, edges: [] },
      },
    },
  ]);
});

test('a page holds ten records unless asked otherwise and the cursor leads on', () => {
  const first = deals('', 'totalCount pageResultCount pageInfo { hasNextPage hasPreviousPage endCursor }');
  assert.deepEqual(JSON.parse(JSON.stringify(first)), {
    totalCount: 13,
    pageResultCount: 10,
    pageInfo: { hasNextPage: true, hasPreviousPage: false, endCursor: 'djE6OQ==' },
  });
  const next = deals(
    '(after: "djE6OQ==")',
    'pageResultCount pageInfo { hasNextPage hasPreviousPage startCursor }',
  );
  assert.deepEqual(JSON.parse(JSON.stringify(next)), {
    pageResultCount: 3,
    pageInfo: { hasNextPage: false, hasPreviousPage: true, startCursor: 'djE6MTA=' },
  });
});

test('without upperBound no more than 4,000 records can be reached', () => {
  using big = openFixture({
    Person__c: Array.from({ length: 4_100 }, (_, index) => ({
      Id: mintId('a01', index + 1),
      Name: `${index}`,
    })),
  });
  const page = (args: string) => {
    const { data, errors } = executeGraphql(
      {
        query: `{ uiapi { query { Person__c(${args}) { totalCount pageResultCount pageInfo { hasNextPage } } } } }`,
      },
      big.context,
    );
    assert.deepEqual(errors, []);
    return JSON.parse(
      JSON.stringify((data as { uiapi: { query: { Person__c: object } } }).uiapi.query.Person__c),
    );
  };
  const after = Buffer.from('v1:1999').toString('base64');
  assert.deepEqual(page(`first: 2000, after: "${after}"`), {
    totalCount: 4000,
    pageResultCount: 2000,
    pageInfo: { hasNextPage: false },
  });
  assert.deepEqual(page(`first: 2000, after: "${after}", upperBound: 10000`), {
    totalCount: 4100,
    pageResultCount: 2000,
    pageInfo: { hasNextPage: true },
  });
});

// https://developer.salesforce.com/docs/platform/graphql/guide/filter-fields.html and the operators of a real org's schema.
const FILTERS: readonly (readonly [where: string, count: number])[] = [
  ['{ Name: { eq: "ONE" } }', 1],
  ['{ Name: { like: "deal%", ne: "Deal 03" } }', 10],
  ['{ Amount__c: { gte: 3, lt: 5 } }', 2],
  ['{ Amount__c: { in: [1, 2, 1000] } }', 3],
  ['{ Amount__c: { nin: [1, 2, 1000] } }', 10],
  ['{ Seller__c: { eq: null } }', 10],
  ['{ Is_Open__c: { eq: true } }', 1],
  ['{ Tags__c: { includes: ["Green", "Red;Blue"] } }', 1],
  ['{ Closes_On__c: { gte: { literal: TODAY } } }', 1],
  ['{ Closes_On__c: { eq: { range: { next_n_days: 5 } } } }', 1],
  ['{ Closes_On__c: { lt: { value: "2026-11-25" } } }', 0],
  ['{ Touched_At__c: { eq: { literal: YESTERDAY } } }', 1],
  ['{ Closes_On__c: { eq: { literal: THIS_FISCAL_QUARTER } } }', 1],
  ['{ Closes_On__c: { eq: { range: { last_n_fiscal_years: 1 } } } }', 0],
  ['{ Closes_On__c: { CALENDAR_QUARTER: { value: { eq: 4 } } } }', 1],
  ['{ Closes_On__c: { CALENDAR_MONTH: { value: { in: [1, 10] } } } }', 0],
  ['{ Closes_On__c: { FISCAL_YEAR: { value: { gte: 2026, lt: 2027 } } } }', 1],
  ['{ Touched_At__c: { DAY_ONLY: { value: { eq: "2026-11-20" } } } }', 1],
  ['{ Touched_At__c: { DAY_ONLY: { convertTimezoneValue: { eq: "2026-11-20" } } } }', 0],
  ['{ Touched_At__c: { HOUR_IN_DAY: { convertTimezoneValue: { eq: 22 } } } }', 1],
  ['{ Seller__r: { Boss__r: { Name: { eq: "ann" } } } }', 1],
  ['{ or: [{ Name: { eq: "One" } }, { Amount__c: { eq: 4 } }] }', 2],
  ['{ not: { Name: { eq: "One" } }, Amount__c: { lte: 2 } }', 3],
  ['{ Id: { inq: { Line__c: { Quantity__c: { gt: 1 } }, ApiName: "Deal__c" } } }', 2],
  ['{ Id: { ninq: { Line__c: {}, ApiName: "Deal__c" } } }', 10],
  ['{ Amount__c: { in: [] } }', 0],
];
for (const [where, count] of FILTERS) {
  test(`filter ${where} finds ${count}`, () => assert.equal(ids(`(where: ${where})`).length, count));
}

test('the same filter comes in as a variable', () => {
  assert.deepEqual(
    ids(
      '(where: $w)',
      { w: { Closes_On__c: { gte: { literal: 'TODAY' } }, Amount__c: { gt: 1 } } },
      '($w: Deal__c_Filter)',
    ),
    [dealId(0)],
  );
});

test('a hidden field fails the query, with @optional it is left out on every level', () => {
  const { data, errors } = run('{ uiapi { query { Deal__c { edges { node { Notes__c { value } } } } } } }');
  assert.equal(data, null);
  assert.deepEqual(
    errors.map(({ message, paths, extensions }) => ({ message, paths, extensions })),
    [
      {
        message: "Field 'Notes__c' in type 'Deal__c' is undefined",
        paths: [],
        extensions: { ErrorType: 'ValidationError' },
      },
    ],
  );
  const found = deals(
    '(where: { Name: { eq: "One" } })',
    'edges { node { Id Notes__c @optional { value } Nope__c @optional { value } Seller__r @optional { City__c @optional { value } Name @optional { value } } } }',
  );
  assert.deepEqual(JSON.parse(JSON.stringify(found['edges'])), [
    { node: { Id: dealId(0), Seller__r: { Name: { value: 'Bob' } } } },
  ]);
  const nothing = deals('(first: 1)', 'edges { node { Notes__c @optional { value } } }');
  assert.deepEqual(JSON.parse(JSON.stringify(nothing['edges'])), [{ node: {} }]);
});

const REFUSED: readonly (readonly [query: string, type: string, message: RegExp])[] = [
  ['{ uiapi {', 'InvalidSyntax', /Syntax Error/],
  [
    '{ uiapi { query { Nope__c { totalCount } } } }',
    'ValidationError',
    /Field 'Nope__c' in type 'RecordQuery' is undefined/,
  ],
  [
    '{ uiapi { query { Deal__c(where: { Notes__c: { eq: "x" } }) { totalCount } } } }',
    'ValidationError',
    /Notes__c/,
  ],
  [
    '{ uiapi { query { Deal__c(where: { Closes_On__c: { HOUR_IN_DAY: { value: { eq: 1 } } } }) { totalCount } } } }',
    'ValidationError',
    /HOUR_IN_DAY/,
  ],
  [
    '{ uiapi { objectInfos(apiNames: ["Deal__c"]) { ApiName } } }',
    'OperationNotSupported',
    /objectInfos here/,
  ],
  ['{ uiapi { query { Deal__c(last: 3) { totalCount } } } }', 'ValidationError', /last/],
  ['{ uiapi { query { Deal__c(first: 2001) { totalCount } } } }', 'DataFetchingException', /first is 2001/],
  [
    '{ uiapi { query { Deal__c(first: 10, upperBound: 5000) { totalCount } } } }',
    'DataFetchingException',
    /from 200 to 2000 with upperBound/,
  ],
  [
    '{ uiapi { query { Deal__c(after: "x") { totalCount } } } }',
    'DataFetchingException',
    /was not given out by this org/,
  ],
  [
    '{ uiapi { query { Deal__c { edges { node { Lines__r { edges { node { Deal__r { Lines__r { totalCount } } } } } } } } } } }',
    'OperationNotSupported',
    /only one level of child relationships/,
  ],
  [
    `{ uiapi { query { ${Array.from({ length: 11 }, (_, index) => `q${index}: Deal__c { totalCount }`).join(' ')} } } }`,
    'ValidationError',
    /at most 10 subqueries/,
  ],
  [
    'mutation { uiapi { Deal__cCreate(input: { Deal__c: {} }) { Record { Id } } } }',
    'OperationNotSupported',
    /Mutations are not available/,
  ],
];
for (const [query, type, message] of REFUSED) {
  test(`refuses ${query.slice(0, 90)} as ${type}`, () => {
    const { errors } = run(query);
    assert.equal(errors[0]?.extensions.ErrorType, type, JSON.stringify(errors));
    assert.match(errors[0]?.message ?? '', message);
  });
}

test('a variable of another shape is a validation error', () => {
  const { data, errors } = run(
    'query ($w: Deal__c_Filter) { uiapi { query { Deal__c(where: $w) { totalCount } } } }',
    { w: { broken: 1 } },
  );
  assert.deepEqual([data, errors[0]?.extensions.ErrorType], [null, 'ValidationError']);
  assert.match(errors[0]?.message ?? '', /broken/);
});

test('an answer takes one statement per connection and per total, whatever the number of records', () => {
  let statements = 0;
  const database = new Proxy(org.context.database, {
    get(target, property) {
      if (property === 'prepare') statements += 1;
      const value: unknown = Reflect.get(target, property, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  const query =
    '{ uiapi { query { Deal__c { totalCount edges { node { Boss_City__c { value } Lines__r { edges { node { Id } } } } } } } } }';
  assert.deepEqual(executeGraphql({ query }, { ...org.context, database }).errors, []);
  assert.equal(statements, 3);
});

/** Writes straight into the fixture's tables; a name of `bad` is refused. */
function fixturePort({ store }: typeof org): SavePort {
  return {
    transaction: (work, keep) => store.transaction(work, keep),
    save(step) {
      if (step.operation === 'delete') {
        store.run(`UPDATE "${step.object.name}" SET "IsDeleted" = 1 WHERE "Id" = ?`, step.id);
        return { id: step.id };
      }
      if (step.fields['Name'] === 'bad')
        return { errors: [{ code: 'FIELD_CUSTOM_VALIDATION_EXCEPTION', message: 'No bad names.' }] };
      const entries = Object.entries(step.fields) as [string, string][];
      if (step.operation === 'update') {
        for (const [name, value] of entries)
          store.run(`UPDATE "${step.object.name}" SET "${name}" = ? WHERE "Id" = ?`, value, step.id);
        return { id: step.id };
      }
      const id = mintId(step.object.keyPrefix ?? 'a99', 9_000 + store.nextNumber());
      const columns = ['Id', 'IsDeleted', ...entries.map(([name]) => name)].map((name) => `"${name}"`);
      store.run(
        `INSERT INTO "${step.object.name}" (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
        id,
        0,
        ...entries.map(([, value]) => value),
      );
      return { id };
    },
  };
}

const CHAIN = (last: string, allOrNone: string) => `mutation {
  uiapi(input: { allOrNone: ${allOrNone} }) {
    deal: Deal__cCreate(input: { Deal__c: { Name: "New" } }) { Record { Id Name { value } Weighted__c { value } } }
    line: Line__cCreate(input: { Line__c: { Name: "${last}", Deal__c: "@{deal}" } }) { Record { Id Deal__c { value } } }
    done: Deal__cUpdate(input: { Id: "@{deal}", Deal__c: { Code__c: "z" } }) { success Record { Code__c { value } } }
  } }`;
const mutate = (query: string): [GraphqlResponse, number] => {
  using fixture = openFixture(DATA);
  const response = executeGraphql({ query }, fixture.context, fixturePort(fixture));
  const count = fixture.store.get('SELECT COUNT(*) AS n FROM "Deal__c" WHERE "IsDeleted" = 0')?.['n'];
  return [JSON.parse(JSON.stringify(response)) as GraphqlResponse, Number(count)];
};

test('chained operations see each other by alias', () => {
  const [{ data, errors }, count] = mutate(CHAIN('Line', 'true'));
  assert.deepEqual(errors, []);
  const { deal, line, done } = (
    data as { uiapi: Record<string, { success?: boolean; Record: Record<string, unknown> }> }
  ).uiapi;
  assert.deepEqual(deal?.Record['Name'], { value: 'New' });
  assert.deepEqual(line?.Record['Deal__c'], { value: deal?.Record['Id'] });
  assert.deepEqual(done, { success: true, Record: { Code__c: { value: 'z' } } });
  assert.equal(count, 14);
});

test('with allOrNone one failure leaves nothing behind and the rest is not run', () => {
  const [{ data, errors }, count] = mutate(CHAIN('bad', 'true'));
  assert.deepEqual(data, { uiapi: { deal: null, line: null, done: null } });
  assert.deepEqual(
    errors.map(({ message, paths, extensions }) => [message, paths, extensions.ErrorType]),
    [
      ['No bad names.', ['uiapi', 'line'], 'DataFetchingException'],
      [
        'The operation was not run because an earlier one failed and allOrNone is true',
        ['uiapi', 'done'],
        'ExecutionAborted',
      ],
    ],
  );
  assert.equal(count, 13);
});

test('without allOrNone the good operations stay', () => {
  const [{ data, errors }, count] = mutate(CHAIN('bad', 'false'));
  assert.equal(errors.length, 1);
  assert.deepEqual(
    Object.entries((data as { uiapi: object }).uiapi).map(([alias, payload]) => [alias, payload !== null]),
    [
      ['deal', true],
      ['line', false],
      ['done', true],
    ],
  );
  assert.equal(count, 14);
});

test('a reference to an update or to nothing is refused, a delete answers its id', () => {
  const update = `mutation { uiapi { a: Deal__cUpdate(input: { Id: "${dealId(0)}", Deal__c: { Name: "x" } }) { success } b: Line__cCreate(input: { Line__c: { Deal__c: "@{a}" } }) { Record { Id } } } }`;
  assert.match(
    mutate(update)[0].errors[0]?.message ?? '',
    /^@\{a\} does not refer to an earlier create or delete/,
  );
  const [{ data }, count] = mutate(
    `mutation { uiapi { d: Deal__cDelete(input: { Id: "${dealId(0)}" }) { Id } } }`,
  );
  assert.deepEqual([data, count], [{ uiapi: { d: { Id: dealId(0) } } }, 12]);
});

test('a mutation result cannot reach other records', () => {
  const query = `mutation { uiapi { a: Deal__cUpdate(input: { Id: "${dealId(0)}", Deal__c: { Name: "x" } }) { Record { Seller__r { Name { value } } } } } }`;
  assert.match(
    mutate(query)[0].errors[0]?.message ?? '',
    /Seller__r is not currently available in mutation results/,
  );
});
