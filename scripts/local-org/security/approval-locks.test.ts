import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { createUser, startTestOrg, zipOf, type TestOrg } from '../../testing/test-org.ts';
import { FIXTURE_PACKAGE } from '../conformance/fixture-package.ts';

const USER = 'user@local.test';

describe('a record that waits for an approval', () => {
  let org: TestOrg;
  let account: string;
  let widget: string;
  before(async () => {
    org = await startTestOrg({ deploy: zipOf(FIXTURE_PACKAGE) });
    await createUser(org, { username: USER, permissionSets: ['Widget_User'] });
    const idOf = async (object: string, body: object): Promise<string> =>
      ((await org.call('POST', `/sobjects/${object}`, body, USER)).body as { id: string }).id;
    account = await idOf('Account', { Name: 'Approved later' });
    widget = await idOf('Widget__c', { Name: 'Wheel', Account__c: account });
    for (const recordId of [account, widget])
      await fetch(`${org.url}/local-org/approvals`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ recordId }),
      });
  });
  after(() => org.close());

  for (const [method, body] of [
    ['PATCH', { Title__c: 'x' }],
    ['DELETE', undefined],
  ] as const)
    test(`refuses ${method} as locked`, async () => {
      const answer = await org.call(method, `/sobjects/Widget__c/${widget}`, body, USER);
      assert.equal(answer.status, 400);
      assert.deepEqual(answer.body, [
        { message: 'the entity is locked for editing', errorCode: 'ENTITY_IS_LOCKED', fields: [] },
      ]);
    });

  test('takes new details where the relationship contents itself with Read', async () => {
    const made = await org.call('POST', '/sobjects/Widget__c', { Name: 'W', Account__c: account }, USER);
    assert.equal(made.status, 201);
  });

  test('is open to whoever may modify all records', async () => {
    assert.equal((await org.call('PATCH', `/sobjects/Account/${account}`, { Website: 'x' })).status, 204);
  });

  test('is open again after the approval', async () => {
    await fetch(`${org.url}/local-org/approvals/${widget}`, { method: 'DELETE' });
    const answer = await org.call('PATCH', `/sobjects/Widget__c/${widget}`, { Title__c: 'x' }, USER);
    assert.equal(answer.status, 204);
  });
});
