import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DATA, blind, org, query } from './deals.test-support.ts';
import { openFixture } from './fixture.test-support.ts';
import { runQuery } from './run-query.ts';

test('a hidden long text may not be filtered, a hidden object is unknown in every position', () => {
  using open = openFixture(DATA);
  assert.throws(() => query("SELECT Id FROM Deal__c WHERE Notes__c = 'x'", open), {
    errorCode: 'INVALID_FIELD',
    message: /field 'Notes__c' can not be filtered in a query call/,
  });
  assert.throws(() => query('SELECT Id FROM Line__c', blind), { errorCode: 'INVALID_TYPE' });
  assert.throws(() => query('SELECT Seller__r.Name FROM Deal__c', blind), { errorCode: 'INVALID_FIELD' });
  assert.throws(() => query('SELECT Id, (SELECT Id FROM Lines__r) FROM Deal__c', blind), {
    errorCode: 'INVALID_TYPE',
  });
  assert.throws(() => query('SELECT Id FROM Deal__c WHERE Id IN (SELECT Deal__c FROM Line__c)', blind), {
    errorCode: 'INVALID_TYPE',
  });
  assert.equal(
    query('SELECT Seller_City__c FROM Deal__c', blind).records[0]?.['Seller_City__c'],
    'ULM',
    'formulas need no access to what they read',
  );
});

test('rows outside the viewer’s filter are not found, not counted and not joined', () => {
  const rowFilter = (object: string) =>
    object === 'Line__c' ? { sql: 'SELECT "Id" FROM "Line__c" WHERE "Name" = ?', params: ['L0'] } : null;
  const context = { ...org.context, access: { ...org.context.access, rowFilter } };
  assert.equal(runQuery('SELECT COUNT() FROM Line__c', context).totalSize, 1);
  assert.deepEqual(
    runQuery(
      'SELECT Name, (SELECT Name FROM Lines__r) FROM Deal__c WHERE Id IN (SELECT Deal__c FROM Line__c)',
      context,
    ).records.map(({ Name, Lines__r }) => [Name, (Lines__r as { totalSize: number }).totalSize]),
    [['One', 1]],
  );
});
