import { documented, emulatorOnly, recorded, withWidget, type ConformanceCase } from './conformance-case.ts';

const OUTPUT =
  'https://developer.salesforce.com/docs/atlas.en-us.uiapi.meta/uiapi/ui_api_responses_error_with_output.htm';
const EXCEPTION =
  'https://developer.salesforce.com/docs/atlas.en-us.uiapi.meta/uiapi/ui_api_responses_record_exception_error.htm';
const UPDATE =
  'https://developer.salesforce.com/docs/atlas.en-us.uiapi.meta/uiapi/ui_api_resources_records_update.htm';
const READ =
  'https://developer.salesforce.com/docs/atlas.en-us.uiapi.meta/uiapi/ui_api_resources_record_get.htm';
const ADAPTER =
  'https://developer.salesforce.com/docs/platform/lwc/guide/reference-wire-adapters-record.html';
const LWC_RECIPES = (file: string, value: string) =>
  recorded(`trailheadapps/lwc-recipes force-app/main/default/lwc/${file}`, value);
const IN_PATH = '/ui-api/object-info/Widget__c/picklist-values/012000000000000AAA/Kind__c';

/** Records, schema and picklists as pages use them. */
export const UI_API_CASES: readonly ConformanceCase[] = [
  {
    name: 'a record carries values and what a page shows for them',
    mark: LWC_RECIPES(
      'ldsCreateRecord/__tests__/data/createRecord.json',
      '{displayValue, value}, childRelationships {}, lastModifiedDate 2019-02-19T05:18:53.000Z',
    ),
    isReliedOn: true,
    steps: [
      ...withWidget({ Amount__c: 1234.5, Kind__c: 'Red', Flag__c: true, Day__c: '2026-11-20' }),
      {
        method: 'GET',
        path: '/ui-api/records/{widget}?fields=Widget__c.Name,Widget__c.Amount__c,Widget__c.Kind__c,Widget__c.Flag__c,Widget__c.Account__r.Name&optionalFields=Widget__c.Day__c,Widget__c.Nowhere__c',
      },
    ],
    expected: {
      status: 200,
      body: {
        apiName: 'Widget__c',
        childRelationships: {},
        lastModifiedDate: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/,
        recordTypeInfo: null,
        fields: {
          Name: { displayValue: null, value: 'Wheel' },
          Amount__c: { displayValue: '1,234.50', value: 1234.5 },
          Kind__c: { displayValue: 'Red', value: 'Red' },
          Flag__c: { displayValue: null, value: true },
          Day__c: { displayValue: '11/20/2026', value: '2026-11-20' },
          Account__r: {
            displayValue: 'Acme',
            value: { apiName: 'Account', fields: { Name: { value: 'Acme' } } },
          },
        },
      },
    },
  },
  {
    name: 'a field that the caller may not read fails the read when it is asked for as required',
    mark: documented(ADAPTER, 'If the context user doesn’t have access to a field, an error is returned'),
    isReliedOn: true,
    steps: [...withWidget(), { method: 'GET', path: '/ui-api/records/{widget}?fields=Widget__c.Nowhere__c' }],
    expected: {
      status: 400,
      body: [{ errorCode: 'INVALID_FIELD', message: /^No such column 'Nowhere__c'/ }],
    },
  },
  {
    name: 'a text that is no id is an illegal parameter',
    mark: documented(READ, 'recordId should be a valid record ID: 003R000000'),
    isReliedOn: false,
    steps: [{ method: 'GET', path: '/ui-api/records/003R000000?fields=Contact.Name' }],
    expected: {
      status: 400,
      body: [
        {
          errorCode: 'ILLEGAL_QUERY_PARAMETER_VALUE',
          message: 'recordId should be a valid record ID: 003R000000',
        },
      ],
    },
  },
  {
    name: 'a record that is gone answers 404 to the page',
    mark: recorded(
      '@salesforce/mcp-provider-lwc-experts 0.7.0 experts/lds reference',
      'The requested resource does not exist',
    ),
    isReliedOn: true,
    steps: [
      ...withWidget(),
      { method: 'DELETE', path: '/ui-api/records/{widget}' },
      { method: 'GET', path: '/ui-api/records/{widget}?fields=Widget__c.Name' },
    ],
    expected: {
      status: 404,
      body: [{ errorCode: 'NOT_FOUND', message: 'The requested resource does not exist' }],
    },
  },
  {
    name: 'a page makes a record and gets it back',
    mark: documented(UPDATE, 'POST /ui-api/records → 201 Record'),
    isReliedOn: true,
    steps: [
      ...withWidget(),
      {
        method: 'POST',
        path: '/ui-api/records',
        body: { apiName: 'Widget__c', fields: { Name: 'New', Account__c: '{account}', Amount__c: 2 } },
      },
    ],
    expected: {
      status: 201,
      body: { apiName: 'Widget__c', fields: { Name: { value: 'New' }, Amount__c: { value: 2 } } },
    },
  },
  {
    name: 'a page changes a record and gets it back',
    mark: documented(UPDATE, 'PATCH /ui-api/records/{recordId} → 200 Record'),
    isReliedOn: true,
    steps: [
      ...withWidget(),
      { method: 'PATCH', path: '/ui-api/records/{widget}', body: { fields: { Title__c: 'New' } } },
    ],
    expected: { status: 200, body: { fields: { Title__c: { value: 'New' } } } },
  },
  {
    name: 'a rule with a field reports below that field',
    mark: documented(
      EXCEPTION,
      'constituentField, duplicateRecordError, errorCode, field, fieldLabel, message',
    ),
    isReliedOn: true,
    steps: [
      ...withWidget(),
      { method: 'PATCH', path: '/ui-api/records/{widget}', body: { fields: { Amount__c: -1 } } },
    ],
    expected: {
      status: 400,
      body: {
        enhancedErrorType: 'RecordError',
        output: {
          errors: [],
          fieldErrors: {
            Amount__c: [
              {
                constituentField: null,
                duplicateRecordError: null,
                errorCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
                field: 'Amount__c',
                fieldLabel: 'Amount',
                message: 'The amount is negative.',
              },
            ],
          },
        },
      },
    },
  },
  {
    name: 'a read-only field in the body is refused with output',
    mark: documented(
      UPDATE,
      'As of API version 43.0, if you pass read-only fields in a request body, the response is an Error with Output',
    ),
    isReliedOn: true,
    steps: [
      ...withWidget(),
      { method: 'PATCH', path: '/ui-api/records/{widget}', body: { fields: { Twice__c: 3 } } },
    ],
    expected: {
      status: 400,
      body: { output: { fieldErrors: { Twice__c: [{ errorCode: 'INVALID_FIELD_FOR_INSERT_UPDATE' }] } } },
    },
  },
  {
    name: 'a record that somebody changed meanwhile is a collision',
    mark: emulatorOnly(
      'Code and text from glade-sh/glade, captured there from an org; the status 409 is ours, no page of the UI API or recording names it',
    ),
    isReliedOn: true,
    steps: [
      ...withWidget(),
      {
        method: 'PATCH',
        path: '/ui-api/records/{widget}',
        headers: { 'if-unmodified-since': 'Mon, 01 Jan 2024 00:00:00 GMT' },
        body: { fields: { Title__c: 'New' } },
      },
    ],
    expected: {
      status: 409,
      body: {
        output: {
          errors: [
            {
              errorCode: 'CollisionDetectedException',
              message: /^This record was modified by .+ during your edit session/,
            },
          ],
        },
      },
    },
  },
  {
    name: 'object info names fields, children and the master record type',
    mark: documented(
      OUTPUT.replace('error_with_output', 'object_info'),
      'defaultRecordTypeId, fields, childRelationships',
    ),
    isReliedOn: true,
    steps: [{ method: 'GET', path: '/ui-api/object-info/Widget__c' }],
    expected: {
      status: 200,
      body: {
        apiName: 'Widget__c',
        defaultRecordTypeId: '012000000000000AAA',
        fields: {
          Amount__c: { dataType: 'Double', required: false, updateable: true },
          Twice__c: { calculated: true, updateable: false },
          Kind__c: { dataType: 'Picklist' },
        },
      },
    },
  },
  {
    name: 'a picklist gives its values in their order',
    mark: LWC_RECIPES(
      'wireGetPicklistValues/__tests__/data/getPicklistValues.json',
      '{attributes: null, label, validFor: [], value}',
    ),
    isReliedOn: true,
    steps: [{ method: 'GET', path: IN_PATH }],
    expected: {
      status: 200,
      body: {
        controllerValues: {},
        defaultValue: null,
        url: '/services/data/v67.0' + IN_PATH,
        values: [
          { attributes: null, label: 'Red', validFor: [], value: 'Red' },
          { attributes: null, label: 'Blue', validFor: [], value: 'Blue' },
        ],
      },
    },
  },
];
