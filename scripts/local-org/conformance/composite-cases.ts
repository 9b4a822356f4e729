import { documented, emulatorOnly, recorded, withWidget, type ConformanceCase } from './conformance-case.ts';

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
    mark: emulatorOnly('The text is known from users; no recording at hand'),
    isReliedOn: false,
    steps: [post([{ ...account, body: {} }, widget({})])],
    expected: {
      status: 200,
      body: {
        compositeResponse: [
          { httpStatusCode: 400 },
          { httpStatusCode: 400, body: [{ errorCode: 'PROCESSING_HALTED' }] },
        ],
      },
    },
  },
  {
    name: '26 subrequests are refused as a whole',
    mark: documented(COMPOSITE, '25'),
    isReliedOn: false,
    steps: [post(Array.from({ length: 26 }, (_, index) => ({ ...account, referenceId: `a${index}` })))],
    expected: { status: 400, body: [{ errorCode: 'LIMIT_EXCEEDED' }] },
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
];
