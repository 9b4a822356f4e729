import {
  documented,
  emulatorOnly,
  keptByAmpersand,
  recorded,
  type ConformanceCase,
  type Step,
} from './conformance-case.ts';

const INGEST =
  'https://developer.salesforce.com/docs/atlas.en-us.api_asynch.meta/api_asynch/bulk_api_2_job_ingest.htm';
const FAILED =
  'https://developer.salesforce.com/docs/atlas.en-us.264.0.api_asynch.meta/api_asynch/get_job_failed_results.htm';
const CSV = 'https://developer.salesforce.com/docs/platform/api-asynch/guide/datafiles-prepare-csv.md';
const QUERY = 'https://developer.salesforce.com/docs/atlas.en-us.api_asynch.meta/api_asynch/queries.htm';

const job = (spec: Readonly<Record<string, unknown>>, csv: string): readonly Step[] => [
  { method: 'POST', path: '/jobs/ingest', body: spec, keep: { job: 'id' } },
  { method: 'PUT', path: '/jobs/ingest/{job}/batches', text: csv, headers: { 'content-type': 'text/csv' } },
  { method: 'PATCH', path: '/jobs/ingest/{job}', body: { state: 'UploadComplete' } },
];
const accounts = { object: 'Account', operation: 'insert' };

/** Bulk API 2.0. */
export const BULK_CASES: readonly ConformanceCase[] = [
  {
    name: 'a new job is open and its content address has no leading slash',
    mark: documented(INGEST, 'services/data/v66.0/jobs/ingest/<id>/batches'),
    isReliedOn: true,
    steps: [{ method: 'POST', path: '/jobs/ingest', body: accounts }],
    expected: {
      status: 200,
      body: {
        state: 'Open',
        apiVersion: 67,
        contentUrl: /^services\/data\/v67\.0\/jobs\/ingest\/750\w+\/batches$/,
        concurrencyMode: 'Parallel',
      },
    },
  },
  {
    name: 'an upload answers 201 without a body',
    mark: recorded('simple-salesforce mocks', '201'),
    isReliedOn: true,
    steps: job(accounts, 'Name\nA\n').slice(0, 2),
    expected: { status: 201, body: null },
  },
  {
    name: 'a complete job counts the rows that failed',
    mark: documented(INGEST, 'numberRecordsFailed'),
    isReliedOn: true,
    steps: [...job(accounts, 'Name,Website\nA,x\n,y\n'), { method: 'GET', path: '/jobs/ingest/{job}' }],
    expected: {
      status: 200,
      body: { state: 'JobComplete', jobType: 'V2Ingest', numberRecordsProcessed: 2, numberRecordsFailed: 1 },
    },
  },
  {
    name: 'a failed row carries code, message and fields',
    mark: documented(FAILED, 'REQUIRED_FIELD_MISSING:Required fields are missing: [Name]:Name --'),
    isReliedOn: true,
    steps: [
      ...job(accounts, 'Name,Website\n,y\n'),
      { method: 'GET', path: '/jobs/ingest/{job}/failedResults' },
    ],
    expected: {
      status: 200,
      body: '"sf__Id","sf__Error","Name","Website"\n"","REQUIRED_FIELD_MISSING:Required fields are missing: [Name]:Name --","","y"\n',
    },
  },
  {
    name: 'a successful row says whether it was created',
    mark: documented(INGEST, '"sf__Id","sf__Created"'),
    isReliedOn: true,
    steps: [...job(accounts, 'Name\nA\n'), { method: 'GET', path: '/jobs/ingest/{job}/successfulResults/' }],
    expected: { status: 200, body: /^"sf__Id","sf__Created","Name"\n"001\w{15}","true","A"\n$/ },
  },
  {
    name: 'an unknown column fails the job',
    mark: keptByAmpersand(
      'bulk/info/complete-failure.json',
      '"state" : "Failed", "errorMessage" : "InvalidBatch : Field name not found : StageName_invalid_field_on_purpose"',
    ),
    isReliedOn: false,
    steps: [...job(accounts, 'Name,Foo__c\nA,x\n'), { method: 'GET', path: '/jobs/ingest/{job}' }],
    expected: {
      status: 200,
      body: { state: 'Failed', errorMessage: 'InvalidBatch : Field name not found : Foo__c' },
    },
  },
  {
    name: 'the other line ending than the job says fails the job',
    mark: documented(CSV, 'LF (default), CRLF'),
    isReliedOn: true,
    steps: [...job(accounts, 'Name\r\nA\r\n'), { method: 'GET', path: '/jobs/ingest/{job}' }],
    expected: { status: 200, body: { state: 'Failed', errorMessage: /LineEnding is invalid/ } },
  },
  {
    name: 'an open job cannot be deleted, an aborted one can',
    mark: documented(INGEST, 'UploadComplete, JobComplete, Aborted, Failed'),
    isReliedOn: false,
    steps: [
      { method: 'POST', path: '/jobs/ingest', body: accounts, keep: { job: 'id' } },
      { method: 'PATCH', path: '/jobs/ingest/{job}', body: { state: 'Aborted' } },
      { method: 'DELETE', path: '/jobs/ingest/{job}' },
    ],
    expected: { status: 204 },
  },
  {
    name: 'a query job writes quoted CSV, and null as its last locator',
    mark: documented(QUERY, 'Sforce-Locator: null'),
    isReliedOn: true,
    steps: [
      { method: 'POST', path: '/sobjects/Account', body: { Name: 'Only "one"', Website: 'bulk-query.test' } },
      {
        method: 'POST',
        path: '/jobs/query',
        body: {
          operation: 'query',
          query: "SELECT Name, Website FROM Account WHERE Website = 'bulk-query.test'",
        },
        keep: { job: 'id' },
      },
      { method: 'GET', path: '/jobs/query/{job}/results' },
    ],
    expected: {
      status: 200,
      body: '"Name","Website"\n"Only ""one""","bulk-query.test"\n',
      headers: { 'sforce-locator': 'null', 'sforce-numberofrecords': '1' },
    },
  },
  {
    name: 'a hardDelete job needs a permission that administrators do not have',
    mark: recorded(
      'forcedotcom/dataloader src/main/java/com/salesforce/dataloader/action/visitor/bulk/BulkLoadVisitor.java',
      'hardDelete operation requires special user profile permission, please contact your system administrator',
    ),
    isReliedOn: false,
    steps: [{ method: 'POST', path: '/jobs/ingest', body: { object: 'Account', operation: 'hardDelete' } }],
    expected: {
      status: 400,
      body: [
        {
          errorCode: 'FEATURENOTENABLED',
          message: /hardDelete operation requires special user profile permission/,
        },
      ],
    },
  },
  {
    name: 'a query job refuses TYPEOF',
    mark: emulatorOnly(
      'Documented: "TYPEOF can’t be used in SOQL used in Bulk API"; which code refuses it is not',
    ),
    isReliedOn: false,
    steps: [
      {
        method: 'POST',
        path: '/jobs/query',
        body: { operation: 'query', query: 'SELECT TYPEOF What WHEN Account THEN Name END FROM Task' },
      },
    ],
    expected: { status: 400, body: [{ errorCode: 'FEATURENOTENABLED' }] },
  },
];
