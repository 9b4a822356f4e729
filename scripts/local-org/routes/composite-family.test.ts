import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { startTestOrg, type Answer, type TestOrg } from '../../testing/test-org.ts';

const DATA = '/services/data/v67.0';

interface Part {
  readonly httpStatusCode: number;
  readonly referenceId: string;
  readonly body: unknown;
  readonly httpHeaders: Readonly<Record<string, string>>;
}
interface GraphPart {
  readonly graphId: string;
  readonly isSuccessful: boolean;
  readonly graphResponse: { readonly compositeResponse: readonly Part[] };
}

const account = (referenceId: string, Name: string | null) => ({
  method: 'POST',
  url: `${DATA}/sobjects/Account`,
  referenceId,
  body: Name === null ? {} : { Name },
});
const deal = (referenceId: string, parent: string, Name: string) => ({
  method: 'POST',
  url: `${DATA}/sobjects/Opportunity/`,
  referenceId,
  body: { Name, StageName: 'Prospecting', CloseDate: '2026-12-01', AccountId: `@{${parent}.id}` },
});

let org: TestOrg;
before(async () => void (org = await startTestOrg()));
after(() => org.close());

const codesOf = ({ body }: Answer) => (body as { errorCode: string }[]).map(({ errorCode }) => errorCode);
async function names(object: string): Promise<string[]> {
  const { body } = await org.call(
    'GET',
    `/query?q=${encodeURIComponent(`SELECT Name FROM ${object} ORDER BY Name`)}`,
  );
  return (body as { records: { Name: string }[] }).records.map(({ Name }) => Name);
}

// Shapes: https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_composite_graph.htm
describe('composite graphs', () => {
  const send = (graphs: readonly unknown[]) => org.call('POST', '/composite/graph', { graphs });
  const parts = ({ body }: Answer) => (body as { graphs: GraphPart[] }).graphs;

  test('each graph is all or none, one that fails leaves the others alone', async () => {
    const answer = await send([
      { graphId: '1', compositeRequest: [account('a', 'Graph one'), deal('c', 'a', 'Of one')] },
      { graphId: '2', compositeRequest: [account('a', 'Graph two'), account('b', null)] },
      { graphId: '3', compositeRequest: [account('a', 'Graph three')] },
    ]);
    assert.equal(answer.status, 200);
    const [one, two, three] = parts(answer) as [GraphPart, GraphPart, GraphPart];
    assert.deepEqual([one.isSuccessful, two.isSuccessful, three.isSuccessful], [true, false, true]);
    const [made, linked] = one.graphResponse.compositeResponse as [Part, Part];
    assert.deepEqual([made.httpStatusCode, made.referenceId, linked.httpStatusCode], [201, 'a', 201]);
    assert.match(made.httpHeaders['Location'] ?? '', /^\/services\/data\/v67\.0\/sobjects\/Account\/001/);
    assert.deepEqual(
      two.graphResponse.compositeResponse.map(({ httpStatusCode, body }) => [
        httpStatusCode,
        (body as [{ errorCode: string }])[0].errorCode,
      ]),
      [
        [400, 'PROCESSING_HALTED'],
        [400, 'REQUIRED_FIELD_MISSING'],
      ],
    );
    assert.deepEqual(await names('Account'), ['Graph one', 'Graph three']);
    assert.deepEqual(await names('Opportunity'), ['Of one']);
  });

  test('after more than 14 failed graphs the rest is not processed', async () => {
    const graphs = Array.from({ length: 17 }, (_, index) => ({
      graphId: `g${index}`,
      compositeRequest: [
        account('a', index < 14 ? null : index === 14 ? 'After 14' : index === 15 ? null : 'After 15'),
      ],
    }));
    const answers = parts(await send(graphs));
    assert.equal(answers[14]?.isSuccessful, true);
    assert.deepEqual(
      answers[16]?.graphResponse.compositeResponse.map(({ httpStatusCode, body }) => [httpStatusCode, body]),
      [
        [
          400,
          [
            {
              errorCode: 'PROCESSING_HALTED',
              message:
                'The transaction was rolled back since another operation in the same transaction failed.',
            },
          ],
        ],
      ],
    );
    const found = await names('Account');
    assert.deepEqual([found.includes('After 14'), found.includes('After 15')], [true, false]);
  });

  const chain = (length: number) =>
    Array.from({ length }, (_, index) =>
      index === 0
        ? account('n0', 'Deep')
        : { ...account(`n${index}`, 'x'), body: { Name: `@{n${index - 1}.id}` } },
    );
  for (const [name, graphs, message] of [
    [
      '76 graphs',
      Array.from({ length: 76 }, (_, index) => ({
        graphId: `${index}`,
        compositeRequest: [account('a', 'x')],
      })),
      /75 graphs, not 76/,
    ],
    [
      '501 nodes',
      [
        {
          graphId: '1',
          compositeRequest: Array.from({ length: 501 }, (_, index) => account(`a${index}`, 'x')),
        },
      ],
      /500 nodes, not 501/,
    ],
    ['a chain of 16', [{ graphId: '1', compositeRequest: chain(16) }], /15 levels, not 16/],
    [
      '16 kinds of nodes',
      [
        {
          graphId: '1',
          compositeRequest: Array.from({ length: 16 }, (_, index) => ({
            ...account(`a${index}`, 'x'),
            url: `${DATA}/sobjects/Thing${index}__c`,
          })),
        },
      ],
      /15 different nodes, not 16/,
    ],
  ] as const)
    test(`${name} are refused as a whole`, async () => {
      const before = await names('Account');
      const answer = await send(graphs);
      assert.deepEqual([answer.status, codesOf(answer)], [400, ['LIMIT_EXCEEDED']]);
      assert.match((answer.body as [{ message: string }])[0].message, message);
      assert.deepEqual(await names('Account'), before);
    });

  test('the limits themselves are allowed', async () => {
    const answers = parts(await send([{ graphId: '1', compositeRequest: chain(15) }]));
    assert.equal(answers[0]?.isSuccessful, true);
  });

  for (const [name, graphs, code] of [
    [
      'a query',
      [{ graphId: '1', compositeRequest: [{ method: 'GET', url: `${DATA}/query?q=x`, referenceId: 'q' }] }],
      'INVALID_INPUT',
    ],
    [
      'a PUT',
      [{ graphId: '1', compositeRequest: [{ ...account('a', 'x'), method: 'PUT' }] }],
      'INVALID_INPUT',
    ],
    [
      'the same graphId twice',
      ['1', '1'].map((graphId) => ({ graphId, compositeRequest: [account('a', 'x')] })),
      'INVALID_INPUT',
    ],
    [
      'a referenceId used twice in a graph',
      [{ graphId: '1', compositeRequest: [account('a', 'x'), account('a', 'y')] }],
      'INVALID_INPUT',
    ],
    [
      'a graphId that begins with a dash',
      [{ graphId: '-1', compositeRequest: [account('a', 'x')] }],
      'JSON_PARSER_ERROR',
    ],
  ] as const)
    test(`${name} is refused as ${code}`, async () => {
      const answer = await send(graphs);
      assert.deepEqual([answer.status, codesOf(answer)], [400, [code]]);
    });
});

// Shapes: https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/requests_composite_batch.htm
describe('composite batch', () => {
  const send = (batchRequests: readonly unknown[], haltOnError?: boolean) =>
    org.call('POST', '/composite/batch', {
      batchRequests,
      ...(haltOnError === undefined ? {} : { haltOnError }),
    });
  const make = (Name?: string) => ({
    method: 'POST',
    url: 'v67.0/sobjects/Account',
    richInput: Name === undefined ? {} : { Name },
  });

  test('requests are independent: those that succeed stay, each has its status and result', async () => {
    const { status, body } = await send([
      make('Batch one'),
      make(),
      make('Batch two'),
      { method: 'GET', url: 'v60.0/limits' },
    ]);
    assert.equal(status, 200);
    const { hasErrors, results } = body as {
      hasErrors: boolean;
      results: { statusCode: number; result: unknown }[];
    };
    assert.equal(hasErrors, true);
    assert.deepEqual(
      results.map(({ statusCode }) => statusCode),
      [201, 400, 201, 200],
    );
    assert.deepEqual(results[1]?.result, [
      {
        errorCode: 'REQUIRED_FIELD_MISSING',
        message: 'Required fields are missing: [Name]',
        fields: ['Name'],
      },
    ]);
    const found = await names('Account');
    assert.deepEqual(
      ['Batch one', 'Batch two'].map((name) => found.includes(name)),
      [true, true],
    );
    const { id } = results[0]?.result as { id: string };
    const changed = await send([
      { method: 'PATCH', url: `v67.0/sobjects/Account/${id}`, richInput: { Name: 'Batch changed' } },
      { method: 'GET', url: `/services/data/v67.0/sobjects/Account/${id}?fields=Name` },
    ]);
    const after = changed.body as {
      hasErrors: boolean;
      results: [{ statusCode: number; result: null }, { result: { Name: string } }];
    };
    assert.deepEqual(
      [after.hasErrors, after.results[0], after.results[1].result.Name],
      [false, { statusCode: 204, result: null }, 'Batch changed'],
    );
  });

  test('with haltOnError what follows an error answers 412 and is not done', async () => {
    const { status, body } = await send([make('Halt one'), make(), make('Halt two')], true);
    assert.equal(status, 200);
    const { hasErrors, results } = body as {
      hasErrors: boolean;
      results: { statusCode: number; result: { errorCode: string }[] }[];
    };
    assert.deepEqual([hasErrors, results.map(({ statusCode }) => statusCode)], [true, [201, 400, 412]]);
    assert.equal(results[2]?.result[0]?.errorCode, 'BATCH_PROCESSING_HALTED');
    const found = await names('Account');
    assert.deepEqual(
      ['Halt one', 'Halt two'].map((name) => found.includes(name)),
      [true, false],
    );
  });

  test('a batch counts as one request, however many it holds', async () => {
    const left = async () =>
      ((await org.call('GET', '/limits')).body as { DailyApiRequests: { Remaining: number } })
        .DailyApiRequests.Remaining;
    const before = await left();
    await send(Array.from({ length: 25 }, () => ({ method: 'GET', url: 'v67.0/limits' })));
    assert.equal(before - (await left()), 2);
  });

  for (const [name, requests, code] of [
    ['26 requests', Array.from({ length: 26 }, () => make('x')), 'LIMIT_EXCEEDED'],
    ['an unknown version', [{ method: 'GET', url: 'v12.0/limits' }], 'INVALID_BATCH_REQUEST'],
    ['another host', [{ method: 'GET', url: 'https://example.com/v67.0/limits' }], 'INVALID_BATCH_REQUEST'],
    [
      'a composite within',
      [{ method: 'POST', url: 'v67.0/composite', richInput: {} }],
      'INVALID_BATCH_REQUEST',
    ],
    ['an unknown method', [{ method: 'BREW', url: 'v67.0/limits' }], 'JSON_PARSER_ERROR'],
  ] as const)
    test(`${name} is refused as a whole`, async () => {
      const answer = await send([make('Never'), ...requests].slice(-26));
      assert.deepEqual([answer.status, codesOf(answer)], [400, [code]]);
      assert.equal((await names('Account')).includes('Never'), false);
    });
});

describe('composite', () => {
  const send = (body: object) => org.call('POST', '/composite', body);
  const parts = ({ body }: Answer) => (body as { compositeResponse: Part[] }).compositeResponse;

  // https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/requests_composite.htm
  test('answers come in the order asked whatever collateSubrequests says', async () => {
    for (const collateSubrequests of [true, false]) {
      const answer = await send({
        collateSubrequests,
        compositeRequest: [
          account('first', `Collate ${collateSubrequests}`),
          { method: 'GET', url: `${DATA}/limits`, referenceId: 'between' },
          deal('last', 'first', 'Collated'),
        ],
      });
      assert.deepEqual(
        parts(answer).map(({ referenceId, httpStatusCode }) => [referenceId, httpStatusCode]),
        [
          ['first', 201],
          ['between', 200],
          ['last', 201],
        ],
      );
    }
  });

  test('references reach into answers by path and position, and keep the type of what they find', async () => {
    const soql = encodeURIComponent("SELECT Id, Name FROM Account WHERE Name = 'Refer'");
    const answer = await send({
      compositeRequest: [
        account('made', 'Refer'),
        { method: 'GET', url: `${DATA}/query?q=${soql}`, referenceId: 'found' },
        {
          ...account('copy', ''),
          body: { Name: 'Copy of @{found.records[0].Name}', NumberOfEmployees: '@{found.totalSize}' },
        },
        {
          method: 'GET',
          url: `${DATA}/sobjects/Account/@{copy.id}?fields=Name,NumberOfEmployees`,
          referenceId: 'read',
        },
        { ...account('wrong', ''), body: { Name: '@{found.records[0].name}' } },
      ],
    });
    const [, , , read, wrong] = parts(answer);
    const { Name, NumberOfEmployees } = read?.body as { Name: string; NumberOfEmployees: number };
    assert.deepEqual([Name, NumberOfEmployees], ['Copy of Refer', 1]);
    assert.deepEqual(wrong?.body, [
      {
        errorCode: 'PROCESSING_HALTED',
        message: 'Invalid reference specified. No value for found.records[0].name found in found',
      },
    ]);
  });

  test('six queries or collections, a referenceId that is bad or used twice and an inherited header fail the whole', async () => {
    const query = (referenceId: string) => ({
      method: 'GET',
      url: `${DATA}/query?q=SELECT+Id+FROM+Account`,
      referenceId,
    });
    const six = await send({ compositeRequest: ['a', 'b', 'c', 'd', 'e', 'f'].map(query) });
    assert.deepEqual([six.status, codesOf(six)], [400, ['LIMIT_EXCEEDED']]);
    assert.equal((await send({ compositeRequest: ['a', 'b', 'c', 'd', 'e'].map(query) })).status, 200);
    const wrong = {
      'a-b': [account('a-b', 'Refused')],
      'begins with _': [account('_a', 'Refused')],
      twice: [account('a', 'Refused'), account('a', 'Refused')],
      header: [account('a', 'Refused'), { ...account('h', 'Refused'), httpHeaders: { Accept: 'x' } }],
    };
    for (const [name, compositeRequest] of Object.entries(wrong)) {
      const answer = await send({ compositeRequest });
      const code = name === 'header' ? 'INVALID_HTTP_HEADER' : 'INVALID_INPUT';
      assert.deepEqual([answer.status, codesOf(answer)], [400, [code]], name);
    }
    assert.equal((await names('Account')).includes('Refused'), false);
    assert.equal((await send({ compositeRequest: [account('1st', 'Digit')] })).status, 200);
  });
});

// https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_composite_sobject_tree.htm
describe('trees', () => {
  test('201 records are refused, a reference used twice is named once, and nothing stays', async () => {
    const record = (referenceId: string) => ({ attributes: { type: 'Account', referenceId }, Name: 'Tree' });
    const many = await org.call('POST', '/composite/tree/Account', {
      records: Array.from({ length: 201 }, (_, index) => record(`r${index}`)),
    });
    assert.deepEqual([many.status, codesOf(many)], [400, ['LIMIT_EXCEEDED']]);
    const twice = await org.call('POST', '/composite/tree/Account', {
      records: [record('a'), record('b'), record('a')],
    });
    assert.equal(twice.status, 400);
    assert.deepEqual(twice.body, {
      hasErrors: true,
      results: [
        {
          referenceId: 'a',
          errors: [
            {
              statusCode: 'INVALID_INPUT',
              message: 'Duplicate ReferenceId provided in the request.',
              fields: [],
            },
            { statusCode: 'PROCESSING_HALTED', message: 'Duplicate ReferenceId found: a', fields: [] },
          ],
        },
      ],
    });
    assert.equal((await names('Account')).includes('Tree'), false);
  });
});
