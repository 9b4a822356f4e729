import {
  documented,
  keptByAmpersand,
  metByMarketo,
  recorded,
  withWidget,
  type ConformanceCase,
} from './conformance-case.ts';

const ROWS =
  'https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_sobject_retrieve.htm';
const CODES = 'https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/errorcodes.htm';
const UPSERT = 'https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/dome_upsert.htm';
const restforceDb = (value: string) => recorded('restforce-db test/cassettes', value);

/** Single rows: create, read, update, delete, by id and by external id. */
export const RECORD_CASES: readonly ConformanceCase[] = [
  {
    name: 'a created row answers 201 with its id',
    mark: restforceDb('201 {"id":"…","success":true,"errors":[]}'),
    isReliedOn: true,
    steps: [{ method: 'POST', path: '/sobjects/Account', body: { Name: 'Acme' } }],
    expected: { status: 201, body: { id: /^001\w{15}$/, success: true, errors: [] } },
  },
  {
    name: 'an updated row answers 204 without a body',
    mark: restforceDb('204'),
    isReliedOn: true,
    steps: [
      ...withWidget(),
      { method: 'PATCH', path: '/sobjects/Widget__c/{widget}', body: { Title__c: 'x' } },
    ],
    expected: { status: 204, body: null },
  },
  {
    name: 'a deleted row answers 204 and is gone',
    mark: restforceDb('404 [{"message":"entity is deleted","errorCode":"ENTITY_IS_DELETED","fields":[]}]'),
    isReliedOn: false,
    steps: [
      ...withWidget(),
      { method: 'DELETE', path: '/sobjects/Widget__c/{widget}' },
      { method: 'DELETE', path: '/sobjects/Widget__c/{widget}' },
    ],
    expected: {
      status: 404,
      body: [{ errorCode: 'ENTITY_IS_DELETED', message: 'entity is deleted', fields: [] }],
    },
  },
  {
    name: 'a detail goes with its master',
    mark: restforceDb('404 ENTITY_IS_DELETED for a detail whose master went'),
    isReliedOn: true,
    steps: [
      ...withWidget(),
      { method: 'DELETE', path: '/sobjects/Account/{account}' },
      { method: 'DELETE', path: '/sobjects/Widget__c/{widget}' },
    ],
    expected: { status: 404, body: [{ errorCode: 'ENTITY_IS_DELETED' }] },
  },
  {
    name: 'an id that nobody has is an invalid cross reference',
    mark: recorded(
      'forcedotcom/salesforcedx-vscode, test of BatchDeleteExistingOverlayActionCommand',
      '{"result":[{"errorCode":"INVALID_CROSS_REFERENCE_KEY","message":"invalid cross reference id"}],"statusCode":404}',
    ),
    isReliedOn: true,
    steps: [{ method: 'PATCH', path: '/sobjects/Account/001000000000001AAA', body: { Name: 'x' } }],
    expected: {
      status: 404,
      body: [{ errorCode: 'INVALID_CROSS_REFERENCE_KEY', message: 'invalid cross reference id', fields: [] }],
    },
  },
  {
    name: 'reading a row that does not exist is not found',
    mark: documented(CODES, 'The requested resource does not exist'),
    isReliedOn: true,
    steps: [{ method: 'GET', path: '/sobjects/Account/001000000000001AAA' }],
    expected: {
      status: 404,
      body: [{ errorCode: 'NOT_FOUND', message: 'The requested resource does not exist' }],
    },
  },
  {
    name: 'a text that is no id reads as a missing external id field',
    mark: recorded('restforce spec', 'Provided external ID field does not exist or is not accessible: rid'),
    isReliedOn: false,
    steps: [{ method: 'GET', path: '/sobjects/Account/rid' }],
    expected: {
      status: 404,
      body: [{ message: 'Provided external ID field does not exist or is not accessible: rid' }],
    },
  },
  {
    name: 'a row is read with attributes and only the fields asked for',
    mark: documented(ROWS, '?fields='),
    isReliedOn: false,
    steps: [
      ...withWidget({ Amount__c: 2.5 }),
      { method: 'GET', path: '/sobjects/widget__c/{widget}?fields=twice__c,Flag__c' },
    ],
    expected: {
      status: 200,
      body: {
        attributes: { type: 'Widget__c', url: /\/sobjects\/Widget__c\/a\w{17}$/ },
        Twice__c: 5,
        Flag__c: false,
      },
    },
  },
  {
    name: 'a missing required field is named',
    mark: recorded('jsforce test', 'Required fields are missing: [Name]'),
    isReliedOn: true,
    steps: [{ method: 'POST', path: '/sobjects/Account', body: {} }],
    expected: {
      status: 400,
      body: [
        {
          errorCode: 'REQUIRED_FIELD_MISSING',
          message: 'Required fields are missing: [Name]',
          fields: ['Name'],
        },
      ],
    },
  },
  {
    name: 'an unknown field is no column of the object',
    mark: recorded('restforce spec/fixtures', "No such column 'foo' on sobject of type Bar"),
    isReliedOn: true,
    steps: [{ method: 'POST', path: '/sobjects/Account', body: { Name: 'x', foo: 1 } }],
    expected: {
      status: 400,
      body: [{ errorCode: 'INVALID_FIELD', message: "No such column 'foo' on sobject of type Account" }],
    },
  },
  {
    name: 'a validation rule shows its message at its field',
    mark: recorded(
      'https://github.com/salesforcecli/plugin-data/pull/249, checked there against an org',
      "fields is populated only when the error isn't top of page...otherwise it's an empty array []",
    ),
    isReliedOn: true,
    steps: [
      ...withWidget(),
      { method: 'PATCH', path: '/sobjects/Widget__c/{widget}', body: { Amount__c: -1 } },
    ],
    expected: {
      status: 400,
      body: [
        {
          errorCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
          message: 'The amount is negative.',
          fields: ['Amount__c'],
        },
      ],
    },
  },
  {
    name: 'a master refuses the child that breaks its rule through a roll-up',
    mark: documented(
      'https://developer.salesforce.com/docs/atlas.en-us.apexcode.meta/apexcode/apex_triggers_order_of_execution.htm',
      'performs calculations and updates the roll-up summary field in the parent record. Parent record goes through save procedure.',
    ),
    isReliedOn: true,
    steps: [
      ...withWidget(),
      ...[1, 2, 3].map(
        (n) =>
          ({
            method: 'POST',
            path: '/sobjects/Part__c',
            body: { Name: `P${n}`, Widget__c: '{widget}' },
          }) as const,
      ),
      { method: 'POST', path: '/sobjects/Part__c', body: { Name: 'P4', Widget__c: '{widget}' } },
    ],
    expected: {
      status: 400,
      body: [
        {
          errorCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
          message: 'A widget has at most three parts.',
          fields: [],
        },
      ],
    },
  },
  {
    name: 'roll-ups follow their details',
    mark: documented(
      'https://help.salesforce.com/s/articleView?id=platform.fields_about_roll_up_summary_fields.htm',
      'COUNT, SUM, MIN, MAX',
    ),
    isReliedOn: true,
    steps: [
      ...withWidget(),
      {
        method: 'POST',
        path: '/sobjects/Part__c',
        body: { Name: 'P1', Widget__c: '{widget}', Price__c: 1.25 },
      },
      {
        method: 'POST',
        path: '/sobjects/Part__c',
        body: { Name: 'P2', Widget__c: '{widget}', Price__c: 2.5 },
        keep: { part: 'id' },
      },
      { method: 'PATCH', path: '/sobjects/Part__c/{part}', body: { Price__c: 3 } },
      { method: 'GET', path: '/sobjects/Widget__c/{widget}?fields=Parts__c,Total__c' },
    ],
    expected: { status: 200, body: { Parts__c: 2, Total__c: 4.25 } },
  },
  {
    name: 'a master that cannot change is refused, even unchanged',
    mark: documented(
      'https://help.salesforce.com/s/articleView?id=000385552',
      'Unable to create/update fields',
    ),
    isReliedOn: true,
    steps: [
      ...withWidget(),
      { method: 'PATCH', path: '/sobjects/Widget__c/{widget}', body: { Account__c: '{account}' } },
    ],
    expected: {
      status: 400,
      body: [{ errorCode: 'INVALID_FIELD_FOR_INSERT_UPDATE', fields: ['Account__c'] }],
    },
  },
  {
    name: 'a formula cannot be written',
    mark: keptByAmpersand(
      'invalid-field-upsert.json',
      'Unable to create/update fields: MasterRecordId. Please check the security settings of this field and verify that it is read/write for your profile or permission set.',
    ),
    isReliedOn: true,
    steps: [
      ...withWidget(),
      { method: 'PATCH', path: '/sobjects/Widget__c/{widget}', body: { Twice__c: 1 } },
    ],
    expected: {
      status: 400,
      body: [
        {
          errorCode: 'INVALID_FIELD_FOR_INSERT_UPDATE',
          message:
            'Unable to create/update fields: Twice__c. Please check the security settings of this field and verify that it is read/write for your profile or permission set.',
          fields: ['Twice__c'],
        },
      ],
    },
  },
  {
    name: 'a second record with a unique value is a duplicate of the first',
    mark: recorded(
      'OpenFn documentation',
      'duplicate value found: Pilot_Key__c duplicates value on record with id: a0B',
    ),
    isReliedOn: true,
    steps: [
      ...withWidget({ Key__c: 'dup-1' }),
      {
        method: 'POST',
        path: '/sobjects/Widget__c',
        body: { Name: 'B', Account__c: '{account}', Key__c: 'DUP-1' },
      },
    ],
    expected: {
      status: 400,
      body: [
        {
          errorCode: 'DUPLICATE_VALUE',
          message: /^duplicate value found: Key__c duplicates value on record with id: a\w{14}$/,
          fields: [],
        },
      ],
    },
  },
  {
    name: 'upsert makes a record with 201',
    mark: documented(UPSERT, '201'),
    isReliedOn: true,
    steps: [
      ...withWidget(),
      {
        method: 'PATCH',
        path: '/sobjects/Widget__c/Key__c/up-1',
        body: { Name: 'U', Account__c: '{account}' },
      },
    ],
    expected: { status: 201, body: { id: /^a/, success: true, errors: [], created: true } },
  },
  {
    name: 'upsert updates a record with 200',
    mark: documented(UPSERT, '200 from API version 46.0'),
    isReliedOn: true,
    steps: [
      ...withWidget({ Key__c: 'up-2' }),
      { method: 'PATCH', path: '/sobjects/Widget__c/Key__c/UP-2', body: { Title__c: 'new' } },
    ],
    expected: { status: 200, body: { success: true, created: false } },
  },
  {
    name: 'upsert by a key that two records share answers 300 with their addresses',
    mark: documented(
      CODES,
      'The value returned when an external ID exists in more than one record. The response body contains the list of matching records.',
    ),
    isReliedOn: false,
    steps: [
      ...withWidget({ Code__c: 'same' }),
      {
        method: 'POST',
        path: '/sobjects/Widget__c',
        body: { Name: 'B', Account__c: '{account}', Code__c: 'same' },
      },
      { method: 'PATCH', path: '/sobjects/Widget__c/Code__c/same', body: { Title__c: 'x' } },
    ],
    expected: { status: 300, body: [/\/sobjects\/Widget__c\/a/, /\/sobjects\/Widget__c\/a/] },
  },
  {
    name: 'a parent is found by its external id in the body',
    mark: documented(UPSERT, 'Merchandise__r'),
    isReliedOn: true,
    steps: [
      ...withWidget({ Key__c: 'parent-1' }),
      { method: 'POST', path: '/sobjects/Part__c', body: { Name: 'P', Widget__r: { Key__c: 'parent-1' } } },
    ],
    expected: { status: 201 },
  },
  {
    name: 'a parent that no external id finds is an invalid field',
    mark: recorded(
      'apache/camel composite fixture',
      'Foreign key external ID: 0116 not found for field Invoice_External_Id__c in entity blng__Invoice__c',
    ),
    isReliedOn: true,
    steps: [
      { method: 'POST', path: '/sobjects/Part__c', body: { Name: 'P', Widget__r: { Key__c: 'nobody' } } },
    ],
    expected: {
      status: 400,
      body: [
        {
          errorCode: 'INVALID_FIELD',
          message: 'Foreign key external ID: nobody not found for field Key__c in entity Widget__c',
        },
      ],
    },
  },
  {
    name: 'a change since If-Unmodified-Since answers 412',
    mark: documented(
      'https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/headers_conditional_requests.htm',
      'If-Unmodified-Since, 412',
    ),
    isReliedOn: false,
    steps: [
      ...withWidget(),
      {
        method: 'PATCH',
        path: '/sobjects/Widget__c/{widget}',
        body: { Title__c: 'x' },
        headers: { 'If-Unmodified-Since': 'Tue, 10 Jan 2023 00:00:00 GMT' },
      },
    ],
    expected: { status: 412 },
  },
  {
    name: 'a record that waits for an approval refuses a change',
    mark: metByMarketo(
      'ENTITY_IS_LOCKED: the entity is locked for editing. The record is in an approval process where it is locked from any additional edits',
    ),
    isReliedOn: true,
    steps: [
      ...withWidget(),
      {
        method: 'POST',
        path: '/local-org/approvals',
        isControl: true,
        body: { recordId: '{widget}' },
      },
      { method: 'PATCH', path: '/sobjects/Widget__c/{widget}', body: { Title__c: 'x' }, as: 'editor' },
    ],
    expected: {
      status: 400,
      body: [{ errorCode: 'ENTITY_IS_LOCKED', message: 'the entity is locked for editing', fields: [] }],
    },
  },
  {
    name: 'a row that somebody else is writing is refused, with its id',
    mark: recorded(
      'https://github.com/roblesterjr04/EloquentSalesForce/issues/59',
      '"message": "unable to obtain exclusive access to this record or 1 records: 001XXXXXXXXXXXXXX", "errorCode": "UNABLE_TO_LOCK_ROW"',
    ),
    isReliedOn: true,
    steps: [
      ...withWidget(),
      {
        method: 'POST',
        path: '/local-org/faults',
        isControl: true,
        body: { kind: 'rowLock', match: 'PATCH .*/sobjects/Widget__c/' },
      },
      { method: 'PATCH', path: '/sobjects/Widget__c/{widget}', body: { Title__c: 'x' } },
    ],
    expected: {
      status: 400,
      body: [
        {
          errorCode: 'UNABLE_TO_LOCK_ROW',
          message: /^unable to obtain exclusive access to this record or 1 records: a\w{17}$/,
          fields: [],
        },
      ],
    },
  },
];
