// Three deals, their lines and two people: what the query tests read.
import { test } from 'node:test';
import { dealId, lineId, openFixture, personId, type FixtureData } from './fixture.test-support.ts';
import { runQuery } from './run-query.ts';

export const DATA: FixtureData = {
  Person__c: [
    { Id: personId(0), Name: 'Ann', City__c: 'Bern', Is_Vip__c: 1 },
    { Id: personId(1), Name: 'Bob', City__c: 'Ulm', Is_Vip__c: 0, Boss__c: personId(0) },
  ],
  Deal__c: [
    {
      Id: dealId(0),
      Name: 'One',
      Amount__c: 1000,
      Share__c: 50,
      Stage__c: 'Close',
      Tags__c: 'Red;Blue',
      Closes_On__c: '2026-11-25',
      Seller__c: personId(1),
      Is_Open__c: 1,
      Touched_At__c: '2026-11-20T03:00:00.000Z',
      About__c: lineId(2),
    },
    {
      Id: dealId(1),
      Name: 'Two',
      Amount__c: 10,
      Share__c: 0,
      Stage__c: 'Qualify',
      Code__c: 'abC',
      Is_Open__c: 0,
      About__c: personId(1),
    },
    { Id: dealId(2), Name: 'Three', Stage__c: 'Qualify', Amount__c: 0.1, Is_Open__c: 0 },
    { Id: dealId(3), Name: 'Gone', IsDeleted: 1 },
  ],
  Line__c: [0, 1, 2].map((index) => ({
    Id: lineId(index),
    Name: `L${index}`,
    Deal__c: dealId(index < 2 ? 0 : 1),
    Quantity__c: index + 0.5,
    Kind__c: index > 0 ? 'Fee' : 'Seat',
  })),
};

export const org = openFixture(DATA, new Set(['Deal__c.Notes__c', 'Line__c.Remark__c']));
/** The same rows for a viewer who may read deals alone. */
export const blind = openFixture(DATA, new Set(['Person__c', 'Line__c']));
test.after(() => [org, blind].forEach((fixture) => fixture[Symbol.dispose]()));
export const query = (soql: string, fixture = org) => runQuery(soql, fixture.context);
export const names = (soql: string) => query(soql).records.map((record) => record['Name']);
/** What a deal is about, as far as it is a person. */
export const ABOUT = 'TYPEOF About__r WHEN Person__c THEN Name END';
