import { documented, emulatorOnly, recorded, type ConformanceCase, type Step } from './conformance-case.ts';

const REST = 'https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta';
const LIMITS = `${REST}/api/resources_composite_graph_limits.htm`;
const INTRODUCTION =
  'https://developer.salesforce.com/docs/atlas.en-us.252.0.api_rest.meta/api_rest/resources_composite_graph_introduction.htm';
const BATCH =
  'https://developer.salesforce.com/docs/atlas.en-us.264.0.api_rest.meta/api_rest/requests_composite_batch.htm';
/** Looked for in the REST guide, issue threads, questions and recorded bodies of public clients. */
const codeIsOurs = (what: string) =>
  emulatorOnly(`${what} is documented; no page and no recording shows the code and the words of the refusal`);

const DATA = '/services/data/v67.0';
const account = (referenceId: string, body: object = { Name: 'Acme' }) => ({
  method: 'POST',
  url: `${DATA}/sobjects/Account`,
  referenceId,
  body,
});
const graph = (graphId: string, compositeRequest: readonly unknown[]) => ({ graphId, compositeRequest });
const graphs = (...each: readonly object[]): Step => ({
  method: 'POST',
  path: '/composite/graph',
  body: { graphs: each },
});
const make = (richInput: object = { Name: 'Acme' }) => ({
  method: 'POST',
  url: 'v67.0/sobjects/Account',
  richInput,
});
const batch = (batchRequests: readonly unknown[], haltOnError = false): Step => ({
  method: 'POST',
  path: '/composite/batch',
  body: { batchRequests, haltOnError },
});
const tooMany = graphs(...Array.from({ length: 76 }, (_, index) => graph(`g${index}`, [account('a')])));
const withQuery = graphs(
  graph('g', [{ method: 'GET', url: `${DATA}/query?q=SELECT+Id+FROM+Account`, referenceId: 'q' }]),
);
const fullBatch = batch(Array.from({ length: 26 }, () => make()));
const wrongUrl = batch([make(), { method: 'GET', url: 'https://example.com/v67.0/limits' }]);

/** Many requests in one call: graphs, each all or none, and batches of independent requests. */
export const GRAPH_AND_BATCH_CASES: readonly ConformanceCase[] = [
  {
    name: 'a graph is all or none and leaves the other graphs alone',
    mark: documented(
      INTRODUCTION,
      'Composite graphs also enable you to ensure that the steps in a given set of requests are either all completed or all not completed.',
    ),
    isReliedOn: false,
    steps: [graphs(graph('bad', [account('a'), account('b', {})]), graph('good', [account('a')]))],
    expected: {
      status: 200,
      body: {
        graphs: [
          {
            graphId: 'bad',
            isSuccessful: false,
            graphResponse: {
              compositeResponse: [
                { httpStatusCode: 400, body: [{ errorCode: 'PROCESSING_HALTED' }] },
                { httpStatusCode: 400, body: [{ errorCode: 'REQUIRED_FIELD_MISSING' }] },
              ],
            },
          },
          {
            graphId: 'good',
            isSuccessful: true,
            graphResponse: { compositeResponse: [{ httpStatusCode: 201, referenceId: 'a' }] },
          },
        ],
      },
    },
  },
  {
    name: 'after more than 14 failed graphs the rest is not processed',
    mark: documented(
      LIMITS,
      'if the number of graph failures exceeds the maximum limit of 14, processing is halted for the remaining graphs in the request. … the status for the remaining graphs is shown as PROCESSING_HALTED.',
    ),
    isReliedOn: false,
    steps: [
      graphs(
        ...Array.from({ length: 16 }, (_, index) =>
          graph(`g${index}`, [account('a', index < 15 ? {} : { Name: 'Late' })]),
        ),
      ),
    ],
    expected: {
      status: 200,
      body: {
        graphs: [
          ...Array.from({ length: 15 }, () => ({ isSuccessful: false })),
          {
            isSuccessful: false,
            graphResponse: { compositeResponse: [{ body: [{ errorCode: 'PROCESSING_HALTED' }] }] },
          },
        ],
      },
    },
  },
  {
    name: '76 graphs are refused as a whole',
    mark: documented(LIMITS, 'Maximum number of graphs in one payload. 75'),
    isReliedOn: false,
    steps: [tooMany],
    expected: { status: 400 },
  },
  {
    name: 'graphs beyond a limit are refused as LIMIT_EXCEEDED',
    mark: codeIsOurs('The limit'),
    isReliedOn: false,
    steps: [tooMany],
    expected: { status: 400, body: [{ errorCode: 'LIMIT_EXCEEDED' }] },
  },
  {
    name: 'a graph holds no queries',
    mark: documented(INTRODUCTION, 'Composite graph requests support only these URLs.'),
    isReliedOn: false,
    steps: [withQuery],
    expected: { status: 400 },
  },
  {
    name: 'a graph with what it does not support is refused as INVALID_INPUT',
    mark: codeIsOurs('The list of addresses and methods'),
    isReliedOn: false,
    steps: [withQuery],
    expected: { status: 400, body: [{ errorCode: 'INVALID_INPUT' }] },
  },
  {
    name: 'requests of a batch are independent, each with status and result',
    mark: recorded(
      'forcedotcom/salesforcedx-vscode, test of BatchDeleteExistingOverlayActionCommand',
      '{"hasErrors":true,"results":[{"statusCode":204,"result":null},…{"result":[{"errorCode":"INVALID_CROSS_REFERENCE_KEY","message":"invalid cross reference id"}],"statusCode":404},…]}',
    ),
    isReliedOn: false,
    steps: [
      { method: 'POST', path: '/sobjects/Account', body: { Name: 'Acme' }, keep: { account: 'id' } },
      batch([
        { method: 'DELETE', url: 'v67.0/sobjects/Account/001000000000001AAA' },
        { method: 'DELETE', url: 'services/data/v67.0/sobjects/Account/{account}' },
      ]),
    ],
    expected: {
      status: 200,
      body: {
        hasErrors: true,
        results: [
          {
            statusCode: 404,
            result: [{ errorCode: 'INVALID_CROSS_REFERENCE_KEY', message: 'invalid cross reference id' }],
          },
          { statusCode: 204, result: null },
        ],
      },
    },
  },
  {
    name: 'with haltOnError what follows an error is not done',
    mark: documented(
      BATCH,
      'It returns an HTTP 412 status code and a BATCH_PROCESSING_HALTED error message for each subsequent subrequest. The top-level request to /composite/batch returns HTTP 200, and the hasErrors property in the response is set to true.',
    ),
    isReliedOn: false,
    steps: [batch([make({}), make()], true)],
    expected: {
      status: 200,
      body: {
        hasErrors: true,
        results: [
          { statusCode: 400 },
          { statusCode: 412, result: [{ errorCode: 'BATCH_PROCESSING_HALTED' }] },
        ],
      },
    },
  },
  {
    name: 'a batch with an invalid address is refused before anything is done',
    mark: documented(
      'https://developer.salesforce.com/docs/atlas.en-us.238.0.api_rest.meta/api/requests_composite_batch.htm',
      'Salesforce returns an HTTP 400 Bad Request error without processing any subrequests, regardless of the value of haltOnError. An example where this could occur is if a subrequest has an invalid method or url field.',
    ),
    isReliedOn: false,
    steps: [wrongUrl],
    expected: { status: 400 },
  },
  {
    name: 'a batch with an invalid address is refused as INVALID_BATCH_REQUEST',
    mark: codeIsOurs('The status'),
    isReliedOn: false,
    steps: [wrongUrl],
    expected: { status: 400, body: [{ errorCode: 'INVALID_BATCH_REQUEST' }] },
  },
  {
    name: 'a batch of 26 is refused as LIMIT_EXCEEDED',
    mark: emulatorOnly(
      'The limit of 25 is documented; code and words are those recorded for a composite of 26, no recording of a batch was found',
    ),
    isReliedOn: false,
    steps: [fullBatch],
    expected: {
      status: 400,
      body: [{ errorCode: 'LIMIT_EXCEEDED', message: 'The request can’t contain more than 25 operations.' }],
    },
  },
];
