import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createUser, startTestOrg, type TestOrg } from '../../testing/test-org.ts';
import { blockingPolicy, change, create, createDeal, rows } from '../../testing/flow-fixture.ts';

const REP = 'rep@local.test';
const MANAGER = 'manager@local.test';
let org: TestOrg;
let deal: string;

before(async () => {
  org = await startTestOrg({ deploy: true, now: new Date('2026-11-20T00:00:00Z') });
  const repId = await createUser(org, { username: REP, permissionSets: ['Pilot_Rep'] });
  await createUser(org, { username: MANAGER, permissionSets: ['Pilot_Rep', 'Pilot_Manager'] });
  deal = await createDeal(org, { OwnerId: repId });
});

after(() => org.close());

const pilot = (values: Record<string, unknown>, username?: string): Promise<string> =>
  create(org, 'Pilot__c', { Name: 'Pilot', Opportunity__c: deal, Type__c: 'Pilot', ...values }, username);

const stamps = async (id: string): Promise<unknown[]> => {
  const [row] = await rows(
    org,
    `SELECT Original_End_Date__c, Extension_Count__c, Structured_At_Start__c FROM Pilot__c WHERE Id = '${id}'`,
  );
  return [row!['Original_End_Date__c'], row!['Extension_Count__c'], row!['Structured_At_Start__c']];
};

describe('stamps of the before-save flow', () => {
  it('leaves a draft without stamps and stamps the end once the pilot is live', async () => {
    const id = await pilot({ Status__c: 'Draft', End_Date__c: '2027-01-31' }, REP);
    assert.deepEqual(await stamps(id), [null, null, false]);
    await change(org, `Pilot__c/${id}`, { Status__c: 'Active' }, REP);
    assert.deepEqual(await stamps(id), ['2027-01-31', null, false]);
  });

  it('counts a later end and keeps the original, not an earlier end nor one moved by closed days', async () => {
    const id = await pilot({ Status__c: 'Active', End_Date__c: '2027-01-31' }, REP);
    const extend = (End_Date__c: string, values: Record<string, unknown>) =>
      change(org, `Pilot__c/${id}`, { End_Date__c, ...values }, REP);
    await extend('2027-02-15', { Extension_Reason__c: 'Data came late' });
    assert.deepEqual(await stamps(id), ['2027-01-31', 1, false]);
    await extend('2027-02-10', {});
    assert.deepEqual(await stamps(id), ['2027-01-31', 1, false]);
    await extend('2027-02-17', { Extension_Reason__c: 'Customer closed', Closed_Days__c: '{"version":1}' });
    assert.deepEqual(await stamps(id), ['2027-01-31', 1, false]);
    await extend('2027-02-28', { Extension_Reason__c: 'One more team' });
    assert.deepEqual(await stamps(id), ['2027-01-31', 2, false]);
  });

  it('runs before the validation rules: a refused extension is not counted', async () => {
    const id = await pilot({ Status__c: 'Active', End_Date__c: '2027-01-31' }, REP);
    const refused = await org.call('PATCH', `/sobjects/Pilot__c/${id}`, { End_Date__c: '2027-03-31' }, REP);
    assert.equal(refused.status, 400);
    assert.equal(
      (refused.body as { errorCode: string }[])[0]?.errorCode,
      'FIELD_CUSTOM_VALIDATION_EXCEPTION',
    );
    assert.deepEqual(await stamps(id), ['2027-01-31', null, false]);
  });

  it('stamps Structured at start from the formula when the pilot becomes active, and not again when it is reopened', async () => {
    const contact = await create(org, 'Contact', { LastName: 'Buyer' });
    const [signer] = await rows(org, `SELECT Id FROM User WHERE Username = '${REP}'`);
    const id = await pilot(
      {
        Status__c: 'Draft',
        Type__c: 'Trial',
        Start_Date__c: '2026-12-01',
        End_Date__c: '2027-01-31',
        Commitment_Level__c: 'Funded',
      },
      REP,
    );
    await create(org, 'SuccessCriterion__c', { Name: 'Use', Pilot__c: id, Kind__c: 'Adoption' }, REP);
    await create(
      org,
      'ConversionTerm__c',
      {
        Name: 'Licences',
        Pilot__c: id,
        Kind__c: 'Subscription',
        Amount__c: 100,
        Billing__c: 'Annual',
        Status__c: 'Agreed',
        Agreed_On__c: '2026-11-20',
      },
      REP,
    );
    await change(
      org,
      `Pilot__c/${id}`,
      {
        Criteria_Signed_On__c: '2026-11-20',
        Signed_By_Customer__c: contact,
        Signed_By_Vendor__c: signer!['Id'],
      },
      REP,
    );
    await change(org, `Pilot__c/${id}`, { Status__c: 'Active' }, REP);
    assert.deepEqual(await stamps(id), ['2027-01-31', null, true]);
    await change(org, `Pilot__c/${id}`, { Commitment_Level__c: 'None' }, REP);
    const decided = { Outcome__c: 'No decision', Outcome_Reason__c: 'Price', Decided_On__c: '2026-11-20' };
    await change(org, `Pilot__c/${id}`, { Status__c: 'Closed', ...decided }, REP);
    await change(org, `Pilot__c/${id}`, { Status__c: 'Active' }, REP);
    const [row] = await rows(org, `SELECT Structured__c FROM Pilot__c WHERE Id = '${id}'`);
    assert.deepEqual([row!['Structured__c'], ...(await stamps(id))], [false, '2027-01-31', null, true]);
  });
});

describe('the capacity guard', () => {
  const live = async (username: string, success: string) =>
    org.call(
      'POST',
      '/sobjects/Pilot__c',
      { Name: 'Second', Opportunity__c: deal, Status__c: 'Active', Success_Manager__c: success },
      username,
    );

  it('warns nobody by default, refuses the second live pilot under Block, and lets those pass who may exceed', async () => {
    const success = await createUser(org, { username: 'csm@local.test' });
    assert.equal((await live(REP, success)).status, 201);
    assert.equal((await live(REP, success)).status, 201);

    await org.deploy(blockingPolicy());
    const refused = await live(REP, success);
    assert.equal(refused.status, 400);
    const [error] = refused.body as { errorCode: string; message: string; fields: string[] }[];
    assert.equal(error?.errorCode, 'FIELD_CUSTOM_VALIDATION_EXCEPTION');
    assert.match(error?.message ?? '', /already runs as many live pilots/);
    assert.deepEqual(error?.fields, ['Success_Manager__c']);
    assert.equal((await live(MANAGER, success)).status, 201);
  });

  it('does not let rows of one request see each other, as one bulk run of the platform does not', async () => {
    const success = await createUser(org, { username: 'csm2@local.test' });
    const record = {
      attributes: { type: 'Pilot__c' },
      Opportunity__c: deal,
      Status__c: 'Active',
      Success_Manager__c: success,
    };
    const { body } = await org.call(
      'POST',
      '/composite/sobjects',
      {
        allOrNone: false,
        records: [
          { ...record, Name: 'A' },
          { ...record, Name: 'B' },
        ],
      },
      REP,
    );
    assert.deepEqual(
      (body as { success: boolean }[]).map(({ success: saved }) => saved),
      [true, true],
    );
    assert.equal((await live(REP, success)).status, 400);
  });

  it('does not count the pilot itself when it stays live with the same manager', async () => {
    const success = await createUser(org, { username: 'csm3@local.test' });
    const id = await pilot({ Status__c: 'Draft', Success_Manager__c: success }, REP);
    await change(org, `Pilot__c/${id}`, { Status__c: 'Active' }, REP);
    await change(org, `Pilot__c/${id}`, { Status__c: 'In Review', Decision_Date__c: '2027-01-01' }, REP);
  });
});
