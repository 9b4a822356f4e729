import {
  documented,
  emulatorOnly,
  recorded,
  withWidget,
  type ConformanceCase,
  type Step,
} from './conformance-case.ts';

const SOQL = 'https://developer.salesforce.com/docs/atlas.en-us.soql_sosl.meta/soql_sosl';
const query = (soql: string): Step => ({ method: 'GET', path: `/query?q=${encodeURIComponent(soql)}` });
const refused = (errorCode: string, message: RegExp) => ({ status: 400, body: [{ errorCode, message }] });
const records = (...expected: readonly Readonly<Record<string, unknown>>[]) => ({
  status: 200,
  body: { totalSize: expected.length, done: true, records: expected },
});

/** 200 accounts in one call, all with the description. */
const accounts = (Name: string, Description: string | null = null): Step => ({
  method: 'POST',
  path: '/composite/sobjects',
  body: {
    records: Array.from({ length: 200 }, () => ({ attributes: { type: 'Account' }, Name, Description })),
  },
});

/** 200 widgets of `{account}` in one call. */
const widgets = (Title__c: string): Step => ({
  method: 'POST',
  path: '/composite/sobjects',
  body: {
    records: Array.from({ length: 200 }, () => ({
      attributes: { type: 'Widget__c' },
      Name: 'Wheel',
      Account__c: '{account}',
      Title__c,
    })),
  },
});

/** Steps that make a task about an account. */
const withTask = (Subject: string): readonly Step[] => [
  { method: 'POST', path: '/sobjects/Account', body: { Name: 'Acme' }, keep: { account: 'id' } },
  { method: 'POST', path: '/sobjects/Task', body: { Subject, WhatId: '{account}' } },
];
const typeOf = (subject: string, cases: string): Step =>
  query(`SELECT TYPEOF What ${cases} END FROM Task WHERE Subject = '${subject}'`);

/** What SOQL answers; random queries against an oracle are in `soql/oracle.test.ts`. */
export const QUERY_CASES: readonly ConformanceCase[] = [
  {
    name: 'COUNT() gives the number and no records',
    mark: recorded(
      'SFDO-Tooling/CumulusCI TestCountSObjects.test_count_sobjects__errors.yaml',
      '{"totalSize":17,"done":true,"records":[]}',
    ),
    isReliedOn: true,
    steps: [
      ...withWidget({ Title__c: 'q-count' }),
      query("SELECT COUNT() FROM Widget__c WHERE Title__c = 'q-count'"),
    ],
    expected: { status: 200, body: { totalSize: 1, done: true, records: [] } },
  },
  {
    name: 'an unnamed aggregate is expr0 of an AggregateResult without address',
    mark: recorded(
      'restforce spec/fixtures/sobject/query_aggregate_success_response.json',
      '"type":"AggregateResult"',
    ),
    isReliedOn: false,
    steps: [
      ...withWidget({ Title__c: 'q-sum', Amount__c: 2.5 }),
      query("SELECT SUM(Amount__c) FROM Widget__c WHERE Title__c = 'q-sum'"),
    ],
    expected: records({ attributes: { type: 'AggregateResult' }, expr0: 2.5 }),
  },
  {
    name: 'text compares without case',
    mark: documented(
      'https://developer.salesforce.com/docs/platform/salesforce-soql-sosl/guide/sforce-api-calls-soql-select-comparisonoperators.html',
      'Comparisons on strings are case-sensitive for unique case-sensitive fields. For all other fields, comparisons are case-insensitive',
    ),
    isReliedOn: true,
    steps: [
      ...withWidget({ Title__c: 'q-Case' }),
      query("SELECT Title__c FROM Widget__c WHERE Title__c = 'Q-cASE'"),
    ],
    expected: records({ Title__c: 'q-Case' }),
  },
  {
    name: '!= finds records without a value',
    mark: emulatorOnly(
      'Common knowledge of those who write SOQL; the reference, all releases of its page on null included, is silent',
    ),
    isReliedOn: true,
    steps: [
      ...withWidget({ Key__c: 'q-blank' }),
      query("SELECT Key__c FROM Widget__c WHERE Title__c != 'x' AND Key__c = 'q-blank'"),
    ],
    expected: records({ Key__c: 'q-blank' }),
  },
  {
    name: 'a checkbox is never null: = null finds the unticked',
    mark: documented(
      `${SOQL}/sforce_api_calls_soql_null.htm`,
      'The clause WHERE Test_c = null is equivalent to WHERE Test_c = false',
    ),
    isReliedOn: false,
    steps: [
      ...withWidget({ Key__c: 'q-unticked' }),
      query("SELECT Flag__c FROM Widget__c WHERE Flag__c = null AND Key__c = 'q-unticked'"),
    ],
    expected: records({ Flag__c: false }),
  },
  {
    name: 'a filter on the field of an absent parent finds the record',
    mark: documented(
      `${SOQL}/sforce_api_calls_soql_null.htm`,
      'the record is returned even if the parent does not exist',
    ),
    isReliedOn: true,
    steps: [
      ...withWidget({ Key__c: 'q-noparent' }),
      query(
        "SELECT Key__c, Contact__r.LastName FROM Widget__c WHERE Contact__r.LastName = null AND Key__c = 'q-noparent'",
      ),
    ],
    expected: records({ Key__c: 'q-noparent', Contact__r: null }),
  },
  {
    name: 'children come as a result of their own',
    mark: documented(
      'https://developer.salesforce.com/docs/platform/salesforce-soql-sosl/guide/sforce-api-calls-soql-relationships-query-results.md',
      'Query results are returned as nested objects. The primary or “driving” object of the main SELECT statement in a SOQL query contains query results of subqueries.',
    ),
    isReliedOn: true,
    steps: [
      ...withWidget({ Key__c: 'q-child' }),
      { method: 'POST', path: '/sobjects/Part__c', body: { Name: 'Spoke', Widget__c: '{widget}' } },
      query("SELECT Key__c, (SELECT Name FROM Parts__r) FROM Widget__c WHERE Key__c = 'q-child'"),
    ],
    expected: records({
      Key__c: 'q-child',
      Parts__r: { totalSize: 1, done: true, records: [{ Name: 'Spoke' }] },
    }),
  },
  {
    name: 'a formula field is filtered and sorted like any other',
    mark: documented(
      'https://developer.salesforce.com/docs/atlas.en-us.238.0.soql_sosl.meta/soql_sosl/sforce_api_calls_soql_select_fieldexpression.htm',
      'It can be any field except a long text area field, encrypted data field, or base64-encoded field.',
    ),
    isReliedOn: true,
    steps: [
      ...withWidget({ Key__c: 'q-twice', Amount__c: 21 }),
      query(
        "SELECT Twice__c FROM Widget__c WHERE Twice__c = 42 AND Key__c = 'q-twice' ORDER BY Twice__c DESC NULLS LAST",
      ),
    ],
    expected: records({ Twice__c: 42 }),
  },
  {
    name: 'a percent is stored and returned as hundredths, a date/time with its zone',
    mark: recorded('restforce spec/fixtures', '2011-07-07T00:37:00.000+0000'),
    isReliedOn: true,
    steps: [
      ...withWidget({ Key__c: 'q-moment', Share__c: 12.5, Moment__c: '2011-07-07T02:37:00+02:00' }),
      query("SELECT Share__c, Moment__c FROM Widget__c WHERE Key__c = 'q-moment'"),
    ],
    expected: records({ Share__c: 12.5, Moment__c: '2011-07-07T00:37:00.000+0000' }),
  },
  {
    name: 'an unknown object is refused with line, caret and column',
    mark: recorded(
      'SFDO-Tooling/CumulusCI TestCountSObjects.test_count_sobjects__errors.yaml',
      'ERROR at Row:1:Column:21',
    ),
    isReliedOn: true,
    steps: [query('select count() from XYZZY')],
    expected: refused(
      'INVALID_TYPE',
      /^\nselect count\(\) from XYZZY\n {20}\^\nERROR at Row:1:Column:21\nsObject type 'XYZZY' is not supported\. If you are attempting to use a custom object, be sure to append the '__c' after the entity name\./,
    ),
  },
  {
    name: 'long text is not filtered',
    mark: documented(
      'https://developer.salesforce.com/docs/atlas.en-us.238.0.soql_sosl.meta/soql_sosl/sforce_api_calls_soql_select_fieldexpression.htm',
      'It can be any field except a long text area field, encrypted data field, or base64-encoded field.',
    ),
    isReliedOn: false,
    steps: [query("SELECT Id FROM Widget__c WHERE Notes__c = 'x'")],
    expected: refused('INVALID_FIELD', /field 'Notes__c' can not be filtered in a query call/),
  },
  {
    name: 'a field selected twice is refused',
    mark: documented(`${SOQL}/sforce_api_calls_soql_select_fields.htm`, 'duplicate field selected: Id'),
    isReliedOn: false,
    steps: [query('SELECT Id, Id FROM Widget__c')],
    expected: refused('INVALID_FIELD', /duplicate field selected: Id/),
  },
  {
    name: 'OFFSET goes to 2,000',
    mark: documented(`${SOQL}/sforce_api_calls_soql_select_offset.htm`, 'NUMBER_OUTSIDE_VALID_RANGE'),
    isReliedOn: false,
    steps: [query('SELECT Id FROM Widget__c OFFSET 2001')],
    expected: refused('NUMBER_OUTSIDE_VALID_RANGE', /Maximum SOQL offset allowed is 2000/),
  },
  {
    name: 'an escape that SOQL does not know is refused',
    mark: documented(
      'https://developer.salesforce.com/docs/platform/salesforce-soql-sosl/guide/sforce-api-calls-soql-select-quotedstringescapes.html',
      'If you use a backslash character in any other context, an error occurs.',
    ),
    isReliedOn: true,
    steps: [query("SELECT Id FROM Widget__c WHERE Name = 'a\\q'")],
    expected: refused('MALFORMED_QUERY', /Illegal character sequence/),
  },
  {
    name: 'AND beside OR needs parentheses',
    mark: emulatorOnly('Common knowledge of those who write SOQL; text of the message from user posts'),
    isReliedOn: false,
    steps: [query("SELECT Id FROM Widget__c WHERE Name = 'a' AND Name = 'b' OR Name = 'c'")],
    expected: refused('MALFORMED_QUERY', /unexpected token: 'OR'/),
  },
  {
    name: 'SOQL that is valid and not answered here says so',
    mark: emulatorOnly('The local org refuses loudly what it does not know'),
    isReliedOn: false,
    steps: [query('SELECT Id FROM Widget__c FOR VIEW')],
    expected: { status: 501, body: [{ errorCode: 'LOCAL_ORG_NOT_IMPLEMENTED' }] },
  },
  {
    name: 'GROUP BY ROLLUP adds a grand total, told apart by GROUPING',
    mark: documented(
      'https://developer.salesforce.com/docs/atlas.en-us.soql_sosl.meta/soql_sosl/sforce_api_calls_soql_select_groupby_rollup.htm',
      'the aggregated results include an extra row with a null value for LeadSource that gives a grand total for all the groupings',
    ),
    isReliedOn: false,
    steps: [
      ...withWidget({ Title__c: 'q-roll', Kind__c: 'Red' }),
      query(
        "SELECT Kind__c, GROUPING(Kind__c) total, COUNT(Id) n FROM Widget__c WHERE Title__c = 'q-roll' GROUP BY ROLLUP(Kind__c) ORDER BY GROUPING(Kind__c)",
      ),
    ],
    expected: records({ Kind__c: 'Red', total: 0, n: 1 }, { Kind__c: null, total: 1, n: 1 }),
  },
  {
    name: 'GROUP BY CUBE adds subtotals of every combination and a grand total',
    mark: documented(
      'https://developer.salesforce.com/docs/platform/salesforce-soql-sosl/guide/sforce-api-calls-soql-select-groupby-cube.html',
      'It also returns additional subtotal rows for each combination of fields specified in the comma-separated grouping list, as well as a grand total.',
    ),
    isReliedOn: false,
    steps: [
      ...withWidget({ Title__c: 'q-cube', Kind__c: 'Red', Flag__c: true }),
      query(
        "SELECT Kind__c, Flag__c, COUNT(Id) n FROM Widget__c WHERE Title__c = 'q-cube' GROUP BY CUBE(Kind__c, Flag__c) ORDER BY GROUPING(Kind__c), GROUPING(Flag__c)",
      ),
    ],
    expected: records(
      { Kind__c: 'Red', Flag__c: true, n: 1 },
      { Kind__c: 'Red', Flag__c: null, n: 1 },
      { Kind__c: null, Flag__c: true, n: 1 },
      { Kind__c: null, Flag__c: null, n: 1 },
    ),
  },
  {
    name: 'a fiscal function gives the number of a period of the fiscal year, which begins in January',
    mark: documented(
      `${SOQL}/sforce_api_calls_soql_select_date_functions.htm`,
      'Date functions in SOQL queries allow you to group or filter data by date periods such as day, calendar month, or fiscal year.',
    ),
    isReliedOn: false,
    steps: [
      ...withWidget({ Title__c: 'q-fiscal', Day__c: '2026-08-15' }),
      query(
        "SELECT FISCAL_YEAR(Day__c) y, FISCAL_QUARTER(Day__c) q, COUNT(Id) n FROM Widget__c WHERE Title__c = 'q-fiscal' GROUP BY FISCAL_YEAR(Day__c), FISCAL_QUARTER(Day__c)",
      ),
    ],
    expected: records({ y: 2026, q: 3, n: 1 }),
  },
  {
    name: 'TYPEOF shows the fields of the object that a task is about',
    mark: documented(
      `${SOQL}/sforce_api_calls_soql_select_typeof.htm`,
      'each object type associated with the polymorphic relationship field specified in the typeOfField expression is checked for a matching object type in a WHEN clause',
    ),
    isReliedOn: false,
    steps: [...withTask('q-typeof'), typeOf('q-typeof', 'WHEN Account THEN Name, Phone ELSE Name')],
    expected: records({ What: { attributes: { type: 'Account' }, Name: 'Acme', Phone: null } }),
  },
  {
    name: 'TYPEOF without ELSE is null for another object',
    mark: documented(
      `${SOQL}/sforce_api_calls_soql_relationships_and_polymorph_keys.htm`,
      'if an ELSE clause isn’t provided and the object type isn’t Account or Opportunity, then null is returned for that Event',
    ),
    isReliedOn: false,
    steps: [...withTask('q-typeof-null'), typeOf('q-typeof-null', 'WHEN Opportunity THEN Name')],
    expected: records({ What: null }),
  },
  {
    name: 'ELSE of TYPEOF takes fields of the Name object only',
    mark: recorded(
      'https://github.com/forcedotcom/SFDX-Data-Move-Utility/issues/95',
      "No such column 'MessageDate' on entity 'Name'.",
    ),
    isReliedOn: false,
    steps: [typeOf('q-typeof-else', 'WHEN Opportunity THEN Name ELSE Industry')],
    expected: refused('INVALID_FIELD', /No such column 'Industry' on entity 'Name'/),
  },
  {
    name: 'TYPEOF is refused beside functions',
    mark: emulatorOnly(
      'Documented: "TYPEOF can’t be used in queries with functions in the SELECT clause"; which code and words refuse it is not',
    ),
    isReliedOn: false,
    steps: [query('SELECT toLabel(Status), TYPEOF What WHEN Account THEN Name END FROM Task')],
    expected: refused('MALFORMED_QUERY', /TYPEOF/),
  },
  {
    name: 'rows beyond the batch size asked for come with the next address',
    mark: documented(
      'https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/headers_queryoptions.htm',
      'the minimum is 200, and the maximum is 2,000. There is no guarantee that the requested batch size is the actual batch size.',
    ),
    isReliedOn: true,
    steps: [
      accounts('q-page'),
      accounts('q-page'),
      {
        ...query("SELECT Name FROM Account WHERE Name = 'q-page'"),
        headers: { 'Sforce-Query-Options': 'batchSize=200' },
      },
    ],
    expected: {
      status: 200,
      body: {
        totalSize: 400,
        done: false,
        nextRecordsUrl: /^\/services\/data\/v67\.0\/query\/01g\w+-200$/,
      },
    },
  },
  {
    name: 'children count towards the page, and those beyond it have an address of their own',
    mark: recorded(
      'https://github.com/jsforce/jsforce/pull/1752',
      '"OmniProcessElements": {"totalSize": 257, … } with 199 records where a page holds 200',
    ),
    isReliedOn: true,
    steps: [
      { method: 'POST', path: '/sobjects/Account', body: { Name: 'Acme' }, keep: { account: 'id' } },
      widgets('q-child'),
      widgets('q-child'),
      {
        method: 'GET',
        path: "/query?q=SELECT+Id,+(SELECT+Id+FROM+Widgets__r)+FROM+Account+WHERE+Id='{account}'",
        headers: { 'Sforce-Query-Options': 'batchSize=200' },
      },
    ],
    expected: {
      status: 200,
      body: {
        totalSize: 1,
        done: true,
        records: [
          {
            Widgets__r: {
              totalSize: 400,
              done: false,
              nextRecordsUrl: /^\/services\/data\/v67\.0\/query\/01g\w+-199$/,
            },
          },
        ],
      },
    },
  },
  {
    name: 'pages of a query for two long texts hold 200 rows, however short these are',
    mark: documented(
      `${SOQL}/sforce_api_calls_soql_changing_batch_size.htm`,
      'If the SOQL statement selects two or more custom fields of type long text, the batch size can’t be greater than 200 records.',
    ),
    isReliedOn: true,
    steps: [
      { method: 'POST', path: '/sobjects/Account', body: { Name: 'Acme' }, keep: { account: 'id' } },
      widgets('q-long'),
      widgets('q-long'),
      query("SELECT Notes__c, Story__c FROM Widget__c WHERE Title__c = 'q-long'"),
    ],
    expected: { status: 200, body: { totalSize: 400, done: false, nextRecordsUrl: /-200$/ } },
  },
  {
    name: 'one long text leaves pages as they are',
    mark: documented(
      `${SOQL}/sforce_api_calls_soql_changing_batch_size.htm`,
      'The default and the maximum for query result batch size is 2,000 records.',
    ),
    isReliedOn: true,
    steps: [
      { method: 'POST', path: '/sobjects/Account', body: { Name: 'Acme' }, keep: { account: 'id' } },
      widgets('q-one'),
      widgets('q-one'),
      query("SELECT Name, Notes__c FROM Widget__c WHERE Title__c = 'q-one'"),
    ],
    expected: { status: 200, body: { totalSize: 400, done: true } },
  },
  {
    name: 'pages of rows over 10,000 characters hold fewer rows than asked for',
    mark: emulatorOnly(
      'Documented: "the number of results returned can vary based on the size and complexity of the records"; 250 rows are our number',
    ),
    isReliedOn: false,
    steps: [
      accounts('q-wide', 'x'.repeat(10_001)),
      accounts('q-wide'),
      query("SELECT Description FROM Account WHERE Name = 'q-wide'"),
    ],
    expected: {
      status: 200,
      body: { totalSize: 400, done: false, nextRecordsUrl: /-250$/ },
    },
  },
];
