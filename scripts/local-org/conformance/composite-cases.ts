import {
  documented,
  emulatorOnly,
  keptByAmpersand,
  recorded,
  withWidget,
  type ConformanceCase,
} from './conformance-case.ts';

const COMPOSITE =
  'https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_composite_composite.htm';
const DATA = '/services/data/v67.0';
const account = {
  method: 'POST',
  url: `${DATA}/sobjects/Account`,
  referenceId: 'acme',
  body: { Name: 'Acme' },
};
const widget = (fields: Readonly<Record<string, unknown>>, referenceId = 'wheel') => ({
  method: 'POST',
  url: `${DATA}/sobjects/Widget__c`,
  referenceId,
  body: { Name: 'Wheel', Account__c: '@{acme.id}', ...fields },
});
const post = (compositeRequest: readonly unknown[], allOrNone = false) =>
  ({ method: 'POST', path: '/composite', body: { allOrNone, compositeRequest } }) as const;

const RESULT =
  'https://developer.salesforce.com/docs/platform/api-rest/guide/resources-composite-subrequest-result.html';
const TREE =
  'https://developer.salesforce.com/docs/platform/api-rest/guide/responses-composite-sobject-tree.html';

/** Several requests in one. */
export const COMPOSITE_CASES: readonly ConformanceCase[] = [
  {
    name: 'a later subrequest uses the id that an earlier one made',
    mark: documented(COMPOSITE, '@{refAccount.id}'),
    isReliedOn: false,
    steps: [post([account, widget({})])],
    expected: {
      status: 200,
      body: {
        compositeResponse: [
          { httpStatusCode: 201, referenceId: 'acme', httpHeaders: { Location: /\/sobjects\/Account\/001/ } },
          { httpStatusCode: 201, referenceId: 'wheel', body: { success: true } },
        ],
      },
    },
  },
  {
    name: 'with allOrNone one failure halts the others',
    mark: recorded(
      'apache/camel composite fixture',
      'The transaction was rolled back since another operation in the same transaction failed.',
    ),
    isReliedOn: false,
    steps: [post([account, widget({ Amount__c: -1 })], true)],
    expected: {
      status: 200,
      body: {
        compositeResponse: [
          {
            httpStatusCode: 400,
            body: [
              {
                errorCode: 'PROCESSING_HALTED',
                message:
                  'The transaction was rolled back since another operation in the same transaction failed.',
              },
            ],
          },
          { httpStatusCode: 400, body: [{ errorCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION' }] },
        ],
      },
    },
  },
  {
    name: 'without allOrNone the good subrequests stay',
    mark: documented(COMPOSITE, 'allOrNone … default is false'),
    isReliedOn: false,
    steps: [post([account, widget({ Amount__c: -1 })])],
    expected: {
      status: 200,
      body: { compositeResponse: [{ httpStatusCode: 201 }, { httpStatusCode: 400 }] },
    },
  },
  {
    name: 'a reference to a failed subrequest halts the one that needs it',
    mark: documented(
      RESULT,
      '"errorCode" : "PROCESSING_HALTED", "message" : "Invalid reference specified. No value for refContact.FirstName found in refContact. …", "httpStatusCode" : 400',
    ),
    isReliedOn: false,
    steps: [post([{ ...account, body: {} }, widget({})])],
    expected: {
      status: 200,
      body: {
        compositeResponse: [
          { httpStatusCode: 400 },
          {
            httpStatusCode: 400,
            body: [
              {
                errorCode: 'PROCESSING_HALTED',
                message: /^Invalid reference specified\. No value for acme\.id found in acme/,
              },
            ],
          },
        ],
      },
    },
  },
  {
    name: 'a referenceId with other characters fails the whole request',
    mark: documented(
      RESULT,
      'In API version 52.0 and later, any illegal characters in reference IDs cause the whole request to fail.',
    ),
    isReliedOn: false,
    steps: [post([account, { ...account, referenceId: 'ac[me]' }])],
    expected: { status: 400 },
  },
  {
    name: 'a referenceId that two subrequests share fails the whole request',
    mark: emulatorOnly(
      'Code and words are those recorded for trees; that a composite answers the same is not recorded',
    ),
    isReliedOn: false,
    steps: [post([account, account])],
    expected: {
      status: 400,
      body: [{ errorCode: 'INVALID_INPUT', message: 'Duplicate ReferenceId provided in the request.' }],
    },
  },
  {
    name: 'a header that subrequests inherit fails the whole request',
    mark: documented(
      'https://developer.salesforce.com/docs/atlas.en-us.246.0.api_rest.meta/api_rest/resources_composite_graph_composite_subrequest.htm',
      'Don’t specify these headers in a subrequest. If you do, the top-level request fails and returns an HTTP 400 response.',
    ),
    isReliedOn: false,
    steps: [post([account, { ...account, referenceId: 'b', httpHeaders: { Accept: 'text/csv' } }])],
    expected: { status: 400 },
  },
  {
    name: '26 subrequests are refused as a whole',
    // The recording is the body alone: that the whole answers 400 too is ours.
    mark: recorded(
      'https://github.com/guardian/support-service-lambdas/pull/766',
      '{"compositeResponse":[{"body":[{"errorCode":"LIMIT_EXCEEDED","message":"The request can’t contain more than 25 operations."}],"httpHeaders":{},"httpStatusCode":400,"referenceId":null}]}',
    ),
    isReliedOn: false,
    steps: [post(Array.from({ length: 26 }, (_, index) => ({ ...account, referenceId: `a${index}` })))],
    expected: {
      status: 400,
      body: {
        compositeResponse: [
          {
            body: [
              {
                errorCode: 'LIMIT_EXCEEDED',
                message: 'The request can’t contain more than 25 operations.',
              },
            ],
            httpHeaders: {},
            httpStatusCode: 400,
            referenceId: null,
          },
        ],
      },
    },
  },
  {
    name: 'a collection inside still says success for rows that the composite rolled back',
    mark: documented(COMPOSITE, 'outer allOrNone true, inner collections false'),
    isReliedOn: false,
    steps: [
      ...withWidget(),
      post(
        [
          {
            method: 'POST',
            url: `${DATA}/composite/sobjects`,
            referenceId: 'many',
            body: { records: [{ attributes: { type: 'Part__c' }, Name: 'P', Widget__c: '{widget}' }] },
          },
          { ...account, body: {} },
        ],
        true,
      ),
    ],
    expected: {
      status: 200,
      body: { compositeResponse: [{ body: [{ success: true }] }, { httpStatusCode: 400 }] },
    },
  },
  {
    name: 'a tree makes parents and children and answers their ids by reference',
    mark: documented(
      TREE,
      '{"hasErrors": false, "results": [{"referenceId": "ref1", "id": "001D000000K0fXOIAZ"}, …]}',
    ),
    isReliedOn: false,
    steps: [
      { method: 'POST', path: '/sobjects/Account', body: { Name: 'Acme' }, keep: { account: 'id' } },
      {
        method: 'POST',
        path: '/composite/tree/Widget__c',
        body: {
          records: [
            {
              attributes: { type: 'Widget__c', referenceId: 'w' },
              Name: 'Wheel',
              Account__c: '{account}',
              Parts__r: { records: [{ attributes: { type: 'Part__c', referenceId: 'p' }, Price__c: 3 }] },
            },
          ],
        },
      },
    ],
    expected: {
      status: 201,
      body: {
        hasErrors: false,
        results: [
          { referenceId: 'w', id: /^a/ },
          { referenceId: 'p', id: /^a/ },
        ],
      },
    },
  },
  {
    name: 'a tree with a bad record names only that one and leaves nothing',
    mark: documented(
      TREE,
      'Upon failure, it contains only the reference ID of the record that caused the error, error status code, error message, and fields related to the error',
    ),
    isReliedOn: false,
    steps: [
      {
        method: 'POST',
        path: '/composite/tree/Account',
        body: {
          records: [
            { attributes: { type: 'Account', referenceId: 'good' }, Name: 'A' },
            { attributes: { type: 'Account', referenceId: 'bad' } },
          ],
        },
      },
    ],
    expected: {
      status: 400,
      body: {
        hasErrors: true,
        results: [{ referenceId: 'bad', errors: [{ statusCode: 'REQUIRED_FIELD_MISSING' }] }],
      },
    },
  },
  {
    name: 'a tree that names two records alike is refused with that name, once',
    mark: keptByAmpersand(
      'batch/create/contacts/err-bad-request-on-second.json',
      '{"referenceId": "ref1", "errors": [{"statusCode": "INVALID_INPUT", "message": "Duplicate ReferenceId provided in the request."}, {"statusCode": "PROCESSING_HALTED", "message": "Duplicate ReferenceId found: ref1"}]}',
    ),
    isReliedOn: false,
    steps: [
      {
        method: 'POST',
        path: '/composite/tree/Account',
        body: {
          records: ['A', 'B'].map((Name) => ({
            attributes: { type: 'Account', referenceId: 'ref1' },
            Name,
          })),
        },
      },
    ],
    expected: {
      status: 400,
      body: {
        hasErrors: true,
        results: [
          {
            referenceId: 'ref1',
            errors: [
              {
                statusCode: 'INVALID_INPUT',
                message: 'Duplicate ReferenceId provided in the request.',
                fields: [],
              },
              {
                statusCode: 'PROCESSING_HALTED',
                message: 'Duplicate ReferenceId found: ref1',
                fields: [],
              },
            ],
          },
        ],
      },
    },
  },
];
