// What planning a pilot from the test's template must have written, record by record.
import assert from 'node:assert/strict';
import type { Scene } from './stalled-pilot.test-support.ts';
import { rowsOf } from './wizard.test-support.ts';

/** The rows of a pilot for 25 users at $500,000 a year. */
export async function assertPlan(scene: Scene, dealId: string): Promise<void> {
  const { pilots } = await rowsOf(scene, dealId);
  assert.equal(pilots.length, 1);
  const [pilot] = pilots;
  const expected = {
    Name: 'Acme: SaaS adoption',
    Template_Name__c: 'SaaS adoption',
    Type__c: 'Pilot',
    Purpose__c: 'Prove a new use case',
    Status__c: 'Qualified',
    Qualification__c: 'Go',
    Usage_Source__c: 'Linked',
    Commitment_Level__c: 'Collaborative',
    Planned_Users__c: 25,
    Start_Date__c: '2026-11-23',
    End_Date__c: '2027-01-18',
    Readout_Date__c: '2027-01-21',
    Decision_Date__c: '2027-02-01',
    Next_Check_In__c: '2026-11-30',
    Holiday_Region__c: 'DE',
    Scope__c: 'SaaS adoption: 25 users for 8 weeks.',
    Criteria__c: 2,
    Must_Haves__c: 1,
    Terms__c: 2,
    Open_Commitments__c: 2,
  };
  const actual = Object.fromEntries(Object.keys(expected).map((field) => [field, pilot![field]]));
  assert.deepEqual(actual, expected);
  const plain = (rows: Record<string, unknown>[]) => rows.map(({ attributes: _, ...fields }) => fields);
  const where = `WHERE Pilot__c = '${String(pilot!['Id'])}'`;
  assert.deepEqual(
    plain(
      await scene.query(
        `SELECT Name, Kind__c, Must_Have__c, Direction__c, Target__c, Unit__c, Metric__c FROM SuccessCriterion__c ${where} ORDER BY Name DESC`,
      ),
    ),
    [
      {
        Name: 'Weekly active users',
        Kind__c: 'Adoption',
        Must_Have__c: false,
        Direction__c: 'At least',
        Target__c: 20,
        Unit__c: 'users',
        Metric__c: 'weekly_users',
      },
      {
        Name: 'Reply time',
        Kind__c: 'Business outcome',
        Must_Have__c: true,
        Direction__c: 'At most',
        Target__c: 1,
        Unit__c: 'h',
        Metric__c: null,
      },
    ],
  );
  assert.deepEqual(
    plain(
      await scene.query(
        `SELECT Name, Amount__c, Billing__c, Valid_Days_After_End__c, Status__c FROM ConversionTerm__c ${where} ORDER BY Name`,
      ),
    ),
    [
      {
        Name: 'Implementation',
        Amount__c: 75000,
        Billing__c: 'One-time',
        Valid_Days_After_End__c: 45,
        Status__c: 'Proposed',
      },
      {
        Name: 'Subscription',
        Amount__c: 500000,
        Billing__c: 'Annual',
        Valid_Days_After_End__c: 30,
        Status__c: 'Proposed',
      },
    ],
  );
  assert.deepEqual(
    plain(
      await scene.query(`SELECT Name, Party__c, Due_On__c FROM PilotCommitment__c ${where} ORDER BY Name`),
    ),
    [
      { Name: 'First session', Party__c: 'Vendor', Due_On__c: '2026-11-25' },
      { Name: 'SSO access', Party__c: 'Customer', Due_On__c: '2026-11-20' },
    ],
  );
  assert.deepEqual(
    plain(await scene.query(`SELECT Source__c, Key__c, Matched_By__c FROM PilotUsageKey__c ${where}`)),
    [{ Source__c: 'product', Key__c: 'acme-eu', Matched_By__c: 'By hand' }],
  );
}
