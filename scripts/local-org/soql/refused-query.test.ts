import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ApiError } from '../api-error.ts';
import { ABOUT, query } from './deals.test-support.ts';

// Codes and texts: reference/salesforce-api of the SOQL and SOSL Reference named in each rule's file; the frame with
// line and caret is recorded (SFDO-Tooling/CumulusCI, TestCountSObjects).
const TYPEOF_REFUSED: readonly (readonly [soql: string, code: string, message: RegExp])[] = [
  [`SELECT COUNT(), ${ABOUT} FROM Deal__c`, 'MALFORMED_QUERY', /unexpected token: 'COUNT'/],
  [
    `SELECT ${ABOUT} FROM Deal__c GROUP BY Id`,
    'MALFORMED_QUERY',
    /ERROR at Row:1:Column:8\nTYPEOF .* GROUP BY/,
  ],
  [`SELECT toLabel(Stage__c), ${ABOUT} FROM Deal__c`, 'MALFORMED_QUERY', /Column:27\nTYPEOF .* functions/],
  [`SELECT COUNT(Id), ${ABOUT} FROM Deal__c`, 'MALFORMED_QUERY', /functions in the SELECT clause/],
  [`SELECT FIELDS(ALL), ${ABOUT} FROM Deal__c LIMIT 1`, 'MALFORMED_QUERY', /functions in the SELECT clause/],
  [
    `SELECT Id FROM Line__c WHERE Deal__c IN (SELECT ${ABOUT} FROM Deal__c)`,
    'MALFORMED_QUERY',
    /in the SELECT clause of a semi-join query/,
  ],
  [
    `SELECT About__r.Name, ${ABOUT} FROM Deal__c`,
    'MALFORMED_QUERY',
    /About__r, which the field list names too/,
  ],
  [`SELECT ${ABOUT}, ${ABOUT} FROM Deal__c`, 'MALFORMED_QUERY', /About__r, which the field list names too/],
  [
    'SELECT TYPEOF About__r WHEN Line__c THEN Id WHEN line__c THEN Name END FROM Deal__c',
    'MALFORMED_QUERY',
    /one WHEN per object type/,
  ],
  [
    'SELECT TYPEOF About__r WHEN Line__c THEN Name, name END FROM Deal__c',
    'INVALID_FIELD',
    /duplicate field selected: name/,
  ],
  [
    'SELECT TYPEOF Seller__r WHEN Person__c THEN Name END FROM Deal__c',
    'MALFORMED_QUERY',
    /Column:15\nTYPEOF takes polymorphic relationships, not Seller__r/,
  ],
  [
    'SELECT TYPEOF About__r WHEN Deal__c THEN Name END FROM Deal__c',
    'MALFORMED_QUERY',
    /About__r never references Deal__c/,
  ],
  [
    'SELECT TYPEOF Nope__r WHEN Line__c THEN Name END FROM Deal__c',
    'INVALID_FIELD',
    /relationship 'Nope__r'/,
  ],
  [
    'SELECT TYPEOF About__r WHEN Nope__c THEN Name END FROM Deal__c',
    'INVALID_TYPE',
    /'Nope__c' is not supported/,
  ],
  [
    'SELECT TYPEOF About__r WHEN Line__c THEN City__c END FROM Deal__c',
    'INVALID_FIELD',
    /No such column 'City__c' on entity 'Line__c'/,
  ],
  [
    'SELECT TYPEOF About__r WHEN Line__c THEN Remark__c END FROM Deal__c',
    'INVALID_FIELD',
    /No such column 'Remark__c' on entity 'Line__c'/,
  ],
  [
    'SELECT TYPEOF About__r WHEN Line__c THEN Name ELSE City__c END FROM Deal__c',
    'INVALID_FIELD',
    /No such column 'City__c' on entity 'Name'/,
  ],
  ['SELECT TYPEOF About__r ELSE Name END FROM Deal__c', 'MALFORMED_QUERY', /unexpected token: 'ELSE'/],
  [
    'SELECT Id FROM Deal__c WHERE TYPEOF About__r WHEN Line__c THEN Name END = null',
    'MALFORMED_QUERY',
    /unexpected token/,
  ],
];
const REFUSED: readonly (readonly [soql: string, code: string, message: RegExp])[] = [
  [
    'SELECT Foo FROM Deal__c',
    'INVALID_FIELD',
    /^\nSELECT Foo FROM Deal__c\n {7}\^\nERROR at Row:1:Column:8\nNo such column 'Foo' on entity 'Deal__c'\. If you are attempting to use a custom field/,
  ],
  ['SELECT Notes__c FROM Deal__c', 'INVALID_FIELD', /No such column 'Notes__c' on entity 'Deal__c'/],
  ["SELECT Id FROM Line__c WHERE Remark__c = 'x'", 'INVALID_FIELD', /No such column 'Remark__c'/],
  ['SELECT Id FROM Line__c ORDER BY Remark__c', 'INVALID_FIELD', /No such column 'Remark__c'/],
  [
    'SELECT Id FROM Nope__c',
    'INVALID_TYPE',
    /\nERROR at Row:1:Column:16\nsObject type 'Nope__c' is not supported/,
  ],
  [
    'SELECT Id, Nope__r.Name FROM Deal__c',
    'INVALID_FIELD',
    /Didn't understand relationship 'Nope__r' in field path/,
  ],
  [
    'SELECT Id, (SELECT Id FROM Nope__r) FROM Deal__c',
    'INVALID_TYPE',
    /Didn't understand relationship 'Nope__r' in FROM part of query call/,
  ],
  ['SELECT Id, Id FROM Deal__c', 'INVALID_FIELD', /duplicate field selected: Id/],
  ['SELECT Id, FIELDS(ALL) FROM Deal__c LIMIT 1', 'INVALID_FIELD', /duplicate field selected: Id/],
  ['SELECT FIELDS(ALL) FROM Deal__c', 'MALFORMED_QUERY', /must have a LIMIT of at most 200/],
  [
    "SELECT Id FROM Deal__c WHERE Name = 'a' AND Name = 'b' OR Name = 'c'",
    'MALFORMED_QUERY',
    /unexpected token: 'OR'/,
  ],
  [
    "SELECT Id FROM Deal__c WHERE Name = 'a\\q'",
    'MALFORMED_QUERY',
    /Illegal character sequence '\\q' in string literal/,
  ],
  [
    'SELECT Id FROM Deal__c LIMIT 1 OFFSET 2001',
    'NUMBER_OUTSIDE_VALID_RANGE',
    /Maximum SOQL offset allowed is 2000/,
  ],
  ['SELECT Id, COUNT(Id) FROM Deal__c', 'MALFORMED_QUERY', /Field must be grouped or aggregated: Id/],
  ['SELECT COUNT(Id) FROM Deal__c LIMIT 1', 'MALFORMED_QUERY', /cannot also use LIMIT/],
  ['SELECT COUNT(), Id FROM Deal__c', 'MALFORMED_QUERY', /unexpected token: 'COUNT'/],
  ['SELECT Name n FROM Deal__c', 'MALFORMED_QUERY', /only aggregate expressions use field aliasing/],
  [
    'SELECT Weighted__c, COUNT(Id) FROM Deal__c GROUP BY Weighted__c',
    'MALFORMED_QUERY',
    /field 'Weighted__c' can not be grouped/,
  ],
  [
    'SELECT COUNT(Id) FROM Deal__c GROUP BY CUBE(Name, Stage__c, Is_Open__c, Seller__c)',
    'MALFORMED_QUERY',
    /ERROR at Row:1:Column:40\nGROUP BY CUBE takes at most 3 fields, not 4/,
  ],
  [
    'SELECT COUNT(Id) FROM Deal__c GROUP BY ROLLUP(Name), Stage__c',
    'MALFORMED_QUERY',
    /unexpected token: ','/,
  ],
  ['SELECT Id FROM Line__c USING SCOPE mine', 'INVALID_FIELD', /No such column 'OwnerId'/],
  ['SELECT SUM(Name) FROM Deal__c', 'MALFORMED_QUERY', /field Name does not support aggregate operator SUM/],
  ['SELECT Id FROM Deal__c ORDER BY Tags__c', 'MALFORMED_QUERY', /field 'Tags__c' can not be sorted/],
  [
    'SELECT Id FROM Deal__c WHERE Name = 3',
    'INVALID_FIELD',
    /value of filter criterion for field 'Name' must be of type string and should be enclosed in quotes/,
  ],
  [
    "SELECT Id FROM Deal__c WHERE Amount__c = '3'",
    'INVALID_FIELD',
    /field 'Amount__c' must be of type currency and should not be enclosed in quotes/,
  ],
  [
    'SELECT Id FROM Deal__c WHERE Closes_On__c = 2026-01-01T00:00:00Z',
    'INVALID_FIELD',
    /field 'Closes_On__c' must be of type date and/,
  ],
  [
    "SELECT Id FROM Deal__c WHERE Seller__c = 'abc'",
    'INVALID_QUERY_FILTER_OPERATOR',
    /invalid ID field: abc/,
  ],
  [
    "SELECT Id FROM Deal__c WHERE Amount__c LIKE '1%'",
    'INVALID_QUERY_FILTER_OPERATOR',
    /invalid operator on currency field: Amount__c/,
  ],
  ["SELECT Id FROM Deal__c WHERE Stage__c INCLUDES ('Close')", 'INVALID_QUERY_FILTER_OPERATOR', /Stage__c/],
  ['SELECT Id FROM Deal__c WHERE Closes_On__c = 2026-02-30', 'MALFORMED_QUERY', /invalid date: 2026-02-30/],
  [
    'SELECT Id FROM Deal__c WHERE Id IN (SELECT Id FROM Deal__c)',
    'MALFORMED_QUERY',
    /should not be on the same object type/,
  ],
  [
    'SELECT Id FROM Deal__c WHERE Id IN (SELECT Name FROM Line__c)',
    'MALFORMED_QUERY',
    /must be an ID or reference field/,
  ],
  [
    "SELECT Id FROM Deal__c WHERE Name = 'a' OR Id IN (SELECT Deal__c FROM Line__c)",
    'MALFORMED_QUERY',
    /not allowed with the 'OR' operator/,
  ],
  [
    'SELECT Id FROM Deal__c WHERE Id IN (SELECT Deal__c FROM Line__c LIMIT 1)',
    'MALFORMED_QUERY',
    /not allowed in semi join/,
  ],
  ...TYPEOF_REFUSED,
  ['SELECT Id FROM Deal__c WITH SECURITY_ENFORCED', 'MALFORMED_QUERY', /unexpected token: WITH/],
  ['SELECT Id FROM Deal__c WHERE', 'MALFORMED_QUERY', /unexpected token: '<EOF>'/],
  [
    'SELECT Id FROM Deal__c WHERE Name ! 3',
    'MALFORMED_QUERY',
    /ERROR at Row:1:Column:35\nline 1: unexpected char: '!'/,
  ],
  ['', 'MALFORMED_QUERY', /unexpected token/],
  [
    `SELECT Id FROM Deal__c WHERE Name = '${'x'.repeat(100_000)}'`,
    'MALFORMED_QUERY',
    /cannot be longer than 100000 characters/,
  ],
];
for (const [soql, code, message] of REFUSED) {
  test(`refuses ${soql.slice(0, 90)} as ${code}`, () => {
    assert.throws(
      () => query(soql),
      (error) => {
        assert.ok(error instanceof ApiError, String(error));
        assert.deepEqual([error.status, error.errorCode, error.fields], [400, code, undefined]);
        assert.match(error.message, message);
        return true;
      },
    );
  });
}

for (const soql of [
  'SELECT Id FROM Deal__c FOR UPDATE',
  'SELECT Id FROM Deal__c USING SCOPE team',
  'SELECT FORMAT(Amount__c) FROM Deal__c',
  'SELECT Stage__c, GROUPING(Stage__c) g FROM Deal__c GROUP BY Stage__c',
  'SELECT Id FROM Deal__c FOR VIEW',
  'SELECT Id FROM Deal__c UPDATE TRACKING',
  'SELECT Id FROM Deal__c WITH DATA CATEGORY Place__c AT Bern__c',
  'SELECT convertCurrency(Amount__c) FROM Deal__c',
  "SELECT Id FROM Deal__c WHERE DISTANCE(Place__c, GEOLOCATION(1, 2), 'km') < 20",
  'SELECT (SELECT Id, (SELECT Id FROM Lines__r) FROM Deals__r) FROM Person__c',
  "SELECT Id FROM Deal__c WHERE (NOT (NOT (NOT Name = 'x')))",
  'SELECT TYPEOF About__r WHEN Line__c THEN Name ELSE Profile.Name END FROM Deal__c',
]) {
  test(`does not pretend to answer ${soql}`, () => {
    assert.throws(() => query(soql), { status: 501, errorCode: 'LOCAL_ORG_NOT_IMPLEMENTED' });
  });
}
