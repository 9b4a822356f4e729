import { documented, emulatorOnly, recorded, withWidget, type ConformanceCase } from './conformance-case.ts';

const COLLECTIONS =
  'https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_composite_sobjects_collections.htm';
const widget = (fields: Readonly<Record<string, unknown>>) => ({
  attributes: { type: 'Widget__c' },
  Account__c: '{account}',
  ...fields,
});
const account = withWidget()[0]!;

/** Up to 200 records a call. */
export const COLLECTION_CASES: readonly ConformanceCase[] = [
  {
    name: 'without allOrNone the good rows stay and the answer is 200, in order',
    mark: documented(COLLECTIONS, 'allOrNone … default is false'),
    isReliedOn: true,
    steps: [
      account,
      {
        method: 'POST',
        path: '/composite/sobjects',
        body: {
          records: [widget({ Name: 'a' }), widget({ Name: 'b', Amount__c: -1 }), widget({ Name: 'c' })],
        },
      },
    ],
    expected: {
      status: 200,
      body: [
        { success: true, id: /^a/, errors: [] },
        {
          success: false,
          errors: [
            {
              statusCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
              message: 'The amount is negative.',
              fields: ['Amount__c'],
            },
          ],
        },
        { success: true },
      ],
    },
  },
  {
    name: 'with allOrNone one bad row rolls the others back',
    mark: documented(
      COLLECTIONS,
      'Record rolled back because not all records were valid and the request was using AllOrNone header',
    ),
    isReliedOn: true,
    steps: [
      account,
      {
        method: 'POST',
        path: '/composite/sobjects',
        body: { allOrNone: true, records: [widget({ Name: 'a' }), widget({ Name: 'b', Amount__c: -1 })] },
      },
    ],
    expected: {
      status: 200,
      body: [
        {
          success: false,
          errors: [
            {
              statusCode: 'ALL_OR_NONE_OPERATION_ROLLED_BACK',
              message:
                'Record rolled back because not all records were valid and the request was using AllOrNone header',
            },
          ],
        },
        { success: false, errors: [{ statusCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION' }] },
      ],
    },
  },
  {
    name: '201 records are refused as a whole',
    mark: documented(COLLECTIONS, 'up to 200 records'),
    isReliedOn: true,
    steps: [
      {
        method: 'POST',
        path: '/composite/sobjects',
        body: {
          records: Array.from({ length: 201 }, () => ({ attributes: { type: 'Account' }, Name: 'x' })),
        },
      },
    ],
    expected: { status: 400, body: [{ errorCode: 'EXCEEDED_MAX_SIZE_REQUEST' }] },
  },
  {
    name: 'upsert says what it created',
    mark: documented(COLLECTIONS, '"created": true'),
    isReliedOn: true,
    steps: [
      ...withWidget({ Key__c: 'k-1' }),
      {
        method: 'PATCH',
        path: '/composite/sobjects/Widget__c/Key__c',
        body: {
          records: [
            { attributes: { type: 'Widget__c' }, Key__c: 'k-1', Title__c: 'old' },
            widget({ Name: 'n', Key__c: 'k-2' }),
          ],
        },
      },
    ],
    expected: {
      status: 200,
      body: [
        { success: true, created: false },
        { success: true, created: true },
      ],
    },
  },
  {
    name: 'rows of one upsert that share a key are all refused',
    // The list of 199 was refused from its first row, whose key the last row has too.
    mark: recorded(
      'https://salesforce.stackexchange.com/questions/296121, an upsert of a list from Apex',
      'Upsert failed. First exception on row 0; first error: DUPLICATE_VALUE, Duplicate external id specified: 1: [Test__c]',
    ),
    isReliedOn: true,
    steps: [
      account,
      {
        method: 'PATCH',
        path: '/composite/sobjects/Widget__c/Key__c',
        body: { records: [widget({ Name: 'a', Key__c: 'twice' }), widget({ Name: 'b', Key__c: 'TWICE' })] },
      },
    ],
    expected: {
      status: 200,
      body: [
        {
          success: false,
          errors: [
            {
              statusCode: 'DUPLICATE_VALUE',
              message: 'Duplicate external id specified: twice',
              fields: ['Key__c'],
            },
          ],
        },
        { success: false, errors: [{ statusCode: 'DUPLICATE_VALUE' }] },
      ],
    },
  },
  {
    name: 'rows are read by id in the order asked, null where there is none',
    mark: documented(COLLECTIONS, 'null'),
    isReliedOn: false,
    steps: [
      ...withWidget({ Title__c: 'one' }),
      {
        method: 'GET',
        path: '/composite/sobjects/Widget__c?ids=a00000000000000AAA,{widget}&fields=Title__c',
      },
    ],
    expected: { status: 200, body: [null, { Title__c: 'one' }] },
  },
  {
    name: 'rows are deleted by id, each with its own result',
    mark: documented(COLLECTIONS, 'DELETE … ?ids=001xx000003DGb2AAG,003xx000004TmiQAAS&allOrNone=false'),
    isReliedOn: true,
    steps: [
      ...withWidget(),
      { method: 'DELETE', path: '/composite/sobjects?ids={widget},001000000000001AAA' },
    ],
    expected: {
      status: 200,
      body: [{ success: true }, { success: false, errors: [{ statusCode: 'INVALID_CROSS_REFERENCE_KEY' }] }],
    },
  },
  {
    name: 'a master refuses only the rows that break its rule',
    mark: emulatorOnly(
      'The platform retries the rest of a partially failed chunk; searched in vain in documentation, issue threads and recordings: which rows then fail',
    ),
    isReliedOn: true,
    steps: [
      ...withWidget(),
      {
        method: 'POST',
        path: '/composite/sobjects',
        body: {
          records: ['1', '2', '3', '4'].map((Name) => ({
            attributes: { type: 'Part__c' },
            Name,
            Widget__c: '{widget}',
          })),
        },
      },
    ],
    expected: {
      status: 200,
      body: ['1', '2', '3', '4'].map(() => ({
        success: false,
        errors: [{ statusCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION' }],
      })),
    },
  },
];
