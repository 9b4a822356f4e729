import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ABOUT, DATA, query } from './deals.test-support.ts';
import { lineId, openFixture, personId } from './fixture.test-support.ts';

test('TYPEOF shows the fields of the object that a record is about, through parents too', () => {
  const ofPerson = { type: 'Person__c', url: `/services/data/v66.0/sobjects/Person__c/${personId(1)}` };
  const ofLine = { type: 'Line__c', url: `/services/data/v66.0/sobjects/Line__c/${lineId(2)}` };
  const { records, columns } = query(
    'SELECT Id, typeof d.about__r WHEN person__c THEN city__c, Boss__r.Name ELSE name, TYPE, Email END FROM Deal__c d ORDER BY Id',
  );
  assert.deepEqual(
    records.map(({ About__r }) => About__r),
    [
      { attributes: ofLine, Name: 'L2', Type: 'Line__c', Email: null },
      {
        attributes: ofPerson,
        City__c: 'Ulm',
        Boss__r: {
          attributes: { type: 'Person__c', url: `/services/data/v66.0/sobjects/Person__c/${personId(0)}` },
          Name: 'Ann',
        },
      },
      null,
    ],
  );
  assert.deepEqual(
    columns.map(({ columnName, joinColumns }) => [columnName, joinColumns.map((one) => one.columnName)]),
    [
      ['Id', []],
      ['About__r', ['City__c', 'Boss__r', 'Name', 'Type', 'Email']],
    ],
  );
});

test('without ELSE a record of another object is null, and what the viewer may not read is not found', () => {
  const abouts = (soql: string, hidden: readonly string[] = []) => {
    using open = openFixture(DATA, new Set(hidden));
    return query(soql, open).records.map(
      ({ About__r }) => (About__r as { Name?: string } | null)?.Name ?? null,
    );
  };
  const persons = `SELECT ${ABOUT} FROM Deal__c ORDER BY Id`;
  assert.deepEqual(abouts(persons), [null, 'Bob', null]);
  assert.deepEqual(abouts(persons.replace('END', 'ELSE Name END')), ['L2', 'Bob', null]);
  assert.deepEqual(abouts(persons.replace('END', 'ELSE Name END'), ['Line__c']), [null, 'Bob', null]);
  assert.throws(() => abouts(persons, ['Person__c']), { errorCode: 'INVALID_TYPE' });
  assert.throws(() => abouts(persons, ['Deal__c.About__c']), { errorCode: 'INVALID_FIELD' });
});

test('TYPEOF reaches the polymorphic relationship of a parent, and of children', () => {
  const { records } = query(
    'SELECT Deal__r.Name, TYPEOF Deal__r.About__r WHEN Line__c THEN Name END FROM Line__c ORDER BY Id LIMIT 1',
  );
  const [line] = records as [{ Deal__r: { Name: string; About__r: { Name: string } } }];
  assert.deepEqual([line.Deal__r.Name, line.Deal__r.About__r.Name], ['One', 'L2']);
  const [person] = query(
    `SELECT (SELECT TYPEOF About__r WHEN Line__c THEN Name END FROM Deals__r LIMIT 1) FROM Person__c WHERE Name = 'Bob'`,
  ).records as [{ Deals__r: { records: { About__r: { Name: string } }[] } }];
  assert.equal(person.Deals__r.records[0]?.About__r.Name, 'L2');
});
