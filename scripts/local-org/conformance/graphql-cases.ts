import {
  documented,
  emulatorOnly,
  recorded,
  withWidget,
  type ConformanceCase,
  type Step,
} from './conformance-case.ts';

const GUIDE = 'https://developer.salesforce.com/docs/platform/graphql/guide';
const graphql = (query: string): Step => ({ method: 'POST', path: '/graphql', body: { query } });
const widgets = (args: string, selection: string) =>
  graphql(`{ uiapi { query { Widget__c(${args}) { ${selection} } } } }`);
const answer = (connection: unknown) => ({
  status: 200,
  body: { data: { uiapi: { query: { Widget__c: connection } } }, errors: [] },
});

/** What GraphQL answers; shapes in full are in `graphql/execute-graphql.test.ts`. */
export const GRAPHQL_CASES: readonly ConformanceCase[] = [
  {
    name: 'the id is bare, other fields have value and display value, picklists a label',
    mark: recorded('trailheadapps/lwc-recipes graphqlPagination/__tests__/data', '"cursor": "djE6MA=="'),
    isReliedOn: true,
    steps: [
      ...withWidget({ Key__c: 'g-one', Kind__c: 'Red', Amount__c: 3 }),
      widgets(
        'where: { Key__c: { eq: "G-ONE" } }',
        'totalCount edges { cursor node { Key__c { value } Kind__c { value label } Twice__c { value } Account__r { Name { value } } Parts__r { totalCount } } }',
      ),
    ],
    expected: answer({
      totalCount: 1,
      edges: [
        {
          cursor: 'djE6MA==',
          node: {
            Key__c: { value: 'g-one' },
            Kind__c: { value: 'Red', label: 'Red' },
            Twice__c: { value: 6 },
            Account__r: { Name: { value: 'Acme' } },
            Parts__r: { totalCount: 0 },
          },
        },
      ],
    }),
  },
  {
    name: 'an unknown field fails the request with 200 and the plural key paths',
    mark: recorded(
      'trailheadapps/lwc-recipes stateManager/__tests__/data/graphqlErrors.json',
      '"paths":[],"extensions":{"ErrorType":"ValidationError"}',
    ),
    isReliedOn: true,
    steps: [widgets('first: 1', 'edges { node { Nope__c { value } } }')],
    expected: {
      status: 200,
      body: {
        data: null,
        errors: [
          {
            message: "Field 'Nope__c' in type 'Widget__c' is undefined",
            paths: [],
            extensions: { ErrorType: 'ValidationError' },
          },
        ],
      },
    },
  },
  {
    name: 'a hidden field marked @optional is left out',
    mark: recorded(
      'forcedotcom/sf-skills samples/ui-bundle-template-app-react-sample-b2e, api/properties/query/getProperties.graphql',
      'Name @optional { value }',
    ),
    isReliedOn: true,
    steps: [
      ...withWidget({ Key__c: 'g-opt' }),
      {
        ...widgets(
          'where: { Key__c: { eq: "g-opt" } }',
          'totalCount edges { node { Key__c { value } Nope__c @optional { value } } }',
        ),
      },
    ],
    expected: answer({
      totalCount: 1,
      edges: [{ node: { Key__c: { value: 'g-opt' }, Nope__c: undefined } }],
    }),
  },
  {
    name: 'with upperBound a page holds 200 to 2,000 records',
    mark: documented(`${GUIDE}/paginate-use-upperbound.html`, 'first can have a value from 200 to 2000 only'),
    isReliedOn: false,
    steps: [widgets('first: 10, upperBound: 5000', 'totalCount')],
    expected: { status: 200, body: { errors: [{ extensions: { ErrorType: 'DataFetchingException' } }] } },
  },
  {
    name: 'operations of a mutation are chained by alias',
    mark: documented(`${GUIDE}/mutations-references.md`, '@{alias}'),
    isReliedOn: true,
    steps: [
      { method: 'POST', path: '/sobjects/Account', body: { Name: 'Chain' }, keep: { account: 'id' } },
      graphql(
        'mutation { uiapi { w: Widget__cCreate(input: { Widget__c: { Name: "W", Account__c: "{account}" } }) { Record { Name { value } } } p: Part__cCreate(input: { Part__c: { Name: "P", Widget__c: "@{w}" } }) { Record { Name { value } } } } }',
      ),
    ],
    expected: {
      status: 200,
      body: {
        data: { uiapi: { w: { Record: { Name: { value: 'W' } } }, p: { Record: { Name: { value: 'P' } } } } },
        errors: [],
      },
    },
  },
  {
    name: 'one failed operation rolls all back unless allOrNone is false',
    mark: documented(
      `${GUIDE}/mutations-use.html`,
      'When allOrNone is true, all operations are rolled back if any operation fails',
    ),
    isReliedOn: true,
    steps: [
      { method: 'POST', path: '/sobjects/Account', body: { Name: 'Rolled' }, keep: { account: 'id' } },
      graphql(
        'mutation { uiapi { w: Widget__cCreate(input: { Widget__c: { Name: "W", Key__c: "g-rolled", Account__c: "{account}" } }) { Record { Id } } x: Widget__cCreate(input: { Widget__c: { Name: "X", Amount__c: -1, Account__c: "{account}" } }) { Record { Id } } } }',
      ),
      widgets('where: { Key__c: { eq: "g-rolled" } }', 'totalCount'),
    ],
    expected: answer({ totalCount: 0 }),
  },
  {
    name: 'a rule’s message is the message of the failed operation',
    mark: emulatorOnly(
      'No page of the GraphQL or Lightning guides and no recording shows a rule error of a mutation; on the checklist for a real org',
    ),
    isReliedOn: true,
    steps: [
      { method: 'POST', path: '/sobjects/Account', body: { Name: 'Rule' }, keep: { account: 'id' } },
      graphql(
        'mutation { uiapi { x: Widget__cCreate(input: { Widget__c: { Name: "X", Amount__c: -1, Account__c: "{account}" } }) { Record { Id } } } }',
      ),
    ],
    expected: {
      status: 200,
      body: {
        data: { uiapi: { x: null } },
        errors: [{ message: 'The amount is negative.', paths: ['uiapi', 'x'] }],
      },
    },
  },
  {
    name: 'an aggregate sums, counts and groups as SOQL does',
    mark: documented(
      `${GUIDE}/aggregate-groupby.md`,
      'The groupBy argument behaves like the SOQL GROUP BY clause.',
    ),
    isReliedOn: false,
    steps: [
      ...withWidget({ Title__c: 'g-agg', Kind__c: 'Red', Amount__c: 2.5 }),
      graphql(
        '{ uiapi { aggregate { Widget__c(where: { Title__c: { eq: "g-agg" } }, groupBy: { Kind__c: { group: true } }) { totalCount edges { node { aggregate { Kind__c { value } Amount__c { sum { value } } Id { count { value } } } } } } } } }',
      ),
    ],
    expected: {
      status: 200,
      body: {
        data: {
          uiapi: {
            aggregate: {
              Widget__c: {
                totalCount: 1,
                edges: [
                  {
                    node: {
                      aggregate: {
                        Kind__c: { value: 'Red' },
                        Amount__c: { sum: { value: 2.5 } },
                        Id: { count: { value: 1 } },
                      },
                    },
                  },
                ],
              },
            },
          },
        },
        errors: [],
      },
    },
  },
  {
    name: 'object infos describe the objects asked for',
    mark: documented(
      `${GUIDE}/query-objectinfo.md`,
      'The objectInfos field of ObjectInfo type returns object metadata, such as whether an object is MRU enabled and whether an object is searchable or updateable.',
    ),
    isReliedOn: false,
    steps: [
      graphql(
        '{ uiapi { objectInfos(apiNames: ["Widget__c"]) { ApiName label updateable fields { ApiName } } } }',
      ),
    ],
    expected: {
      status: 200,
      body: {
        data: { uiapi: { objectInfos: [{ ApiName: 'Widget__c', label: 'Widget', updateable: true }] } },
        errors: [],
      },
    },
  },
  {
    name: 'the current user is the caller',
    mark: documented(
      `${GUIDE}/query-current-user-record.md`,
      'The currentUser type returns the currently logged-in user’s User record data, even if the caller doesn’t know the user ID.',
    ),
    isReliedOn: false,
    steps: [graphql('{ uiapi { currentUser { Id Name { value } } } }')],
    expected: {
      status: 200,
      body: { data: { uiapi: { currentUser: { Id: /^005\w{15}$/ } } }, errors: [] },
    },
  },
];
