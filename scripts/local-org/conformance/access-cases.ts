import {
  documented,
  emulatorOnly,
  metByMarketo,
  recorded,
  withWidget,
  type ConformanceCase,
} from './conformance-case.ts';

const FLS =
  'https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_fieldpermissions.htm';
const soql = (text: string): string => `/query?q=${encodeURIComponent(text)}`;

/** Sessions and what a caller's permission sets let it see and do. */
export const ACCESS_CASES: readonly ConformanceCase[] = [
  {
    name: 'a request without a valid token answers 401',
    mark: recorded('jsforce test', 'INVALID_SESSION_ID'),
    isReliedOn: true,
    steps: [{ method: 'GET', path: '/limits', as: 'none' }],
    expected: {
      status: 401,
      body: [{ message: 'Session expired or invalid', errorCode: 'INVALID_SESSION_ID' }],
    },
  },
  {
    name: 'every data answer says how many API calls are used',
    mark: recorded('restforce-db test/cassettes', 'api-usage=10018/100000'),
    isReliedOn: true,
    steps: [{ method: 'GET', path: '/limits' }],
    expected: {
      status: 200,
      headers: { 'sforce-limit-info': /^api-usage=\d+\/100000$/ },
      body: { DailyApiRequests: { Max: 100000 } },
    },
  },
  {
    name: 'an object without read permission does not exist in a query',
    mark: metByMarketo(
      "INVALID_TYPE: … sObject type 'Lead' is not supported. … We are trying to query an object type from Salesforce that the user doesn't have access to.",
    ),
    isReliedOn: true,
    steps: [{ method: 'GET', path: soql('SELECT Id FROM Widget__c'), as: 'nobody' }],
    expected: {
      status: 400,
      body: [{ errorCode: 'INVALID_TYPE', message: /sObject type 'Widget__c' is not supported/ }],
    },
  },
  {
    name: 'a field without read permission is no column',
    mark: recorded(
      'https://docs.withampersand.com/troubleshooting-guides/salesforce',
      "No such column 'example_field__c' on entity 'Opportunity'. If you are attempting to use a custom field, … Even System Administrators do not automatically receive visibility for every field.",
    ),
    isReliedOn: true,
    steps: [{ method: 'GET', path: soql('SELECT Title__c FROM Widget__c'), as: 'admin' }],
    expected: {
      status: 400,
      body: [{ errorCode: 'INVALID_FIELD', message: /No such column 'Title__c' on entity 'Widget__c'/ }],
    },
  },
  {
    name: 'a master-detail field is readable without any field permission',
    mark: documented(FLS, 'always readable and writable'),
    isReliedOn: true,
    steps: [{ method: 'GET', path: soql('SELECT Account__c FROM Widget__c'), as: 'admin' }],
    expected: { status: 200 },
  },
  {
    name: 'a reader cannot write the field',
    mark: metByMarketo(
      "INSUFFICIENT_ACCESS_OR_READONLY: insufficient access rights on object id … the user doesn't have write-to access",
    ),
    isReliedOn: true,
    steps: [
      ...withWidget(),
      { method: 'PATCH', path: '/sobjects/Widget__c/{widget}', body: { Title__c: 'x' }, as: 'reader' },
    ],
    expected: { status: 403, body: [{ errorCode: 'INSUFFICIENT_ACCESS_OR_READONLY' }] },
  },
  {
    name: 'a reader cannot create',
    mark: metByMarketo(
      'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY … User does not have object level write permissions on the given object.',
    ),
    isReliedOn: true,
    steps: [
      ...withWidget(),
      {
        method: 'POST',
        path: '/sobjects/Widget__c',
        body: { Name: 'x', Account__c: '{account}' },
        as: 'reader',
      },
    ],
    expected: {
      status: 400,
      body: [
        {
          errorCode: 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY',
          message: 'entity type cannot be inserted: Widget',
        },
      ],
    },
  },
  {
    name: 'an object without read permission has no describe',
    mark: documented(
      'https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/errorcodes.htm',
      'The requested resource couldn’t be found.',
    ),
    isReliedOn: true,
    steps: [{ method: 'GET', path: '/sobjects/Widget__c/describe', as: 'nobody' }],
    expected: {
      status: 404,
      body: [{ errorCode: 'NOT_FOUND', message: 'The requested resource does not exist' }],
    },
  },
  {
    name: 'describe shows a field of a reader as not updateable',
    mark: documented(
      'https://developer.salesforce.com/docs/atlas.en-us.api.meta/api/sforce_api_calls_describesobjects_describesobjectresult.htm',
      'updateable',
    ),
    isReliedOn: true,
    steps: [{ method: 'GET', path: '/sobjects/Part__c/describe', as: 'reader' }],
    expected: {
      status: 200,
      body: { name: 'Part__c', createable: false, updateable: false, deletable: false },
    },
  },
  {
    name: 'what the org does not know is refused loudly',
    mark: emulatorOnly('A real org answers 404 here or has the resource'),
    isReliedOn: false,
    steps: [{ method: 'GET', path: '/chatter/feeds' }],
    expected: {
      status: 501,
      body: [
        { errorCode: 'LOCAL_ORG_NOT_IMPLEMENTED', message: /GET \/services\/data\/v67\.0\/chatter\/feeds/ },
      ],
    },
  },
];
