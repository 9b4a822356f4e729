import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { ADMIN, assignPermissionSet, startTestOrg, zipOf, type TestOrg } from '../../testing/test-org.ts';
import { FIXTURE_PACKAGE } from '../conformance/fixture-package.ts';

interface SavedRow {
  readonly success: boolean;
  readonly errors: readonly { readonly statusCode: string; readonly message: string }[];
}

describe('row locks with modelled time', () => {
  let org: TestOrg;
  let account: string;
  before(async () => {
    org = await startTestOrg({ deploy: zipOf(FIXTURE_PACKAGE), lockMs: 150 });
    await assignPermissionSet(org, ADMIN, 'Widget_User');
    account = ((await org.call('POST', '/sobjects/Account', { Name: 'Master' })).body as { id: string }).id;
  });
  after(() => org.close());

  const add = async (...names: readonly string[]): Promise<readonly SavedRow[]> => {
    const records = names.map((Name) => ({ attributes: { type: 'Widget__c' }, Name, Account__c: account }));
    return (await org.call('POST', '/composite/sobjects', { records })).body as readonly SavedRow[];
  };

  test('two requests at once on one master: one of them meets the lock', async () => {
    const answers = (await Promise.all([add('a'), add('b')])).flat();
    const refused = answers.filter(({ success }) => !success);
    assert.equal(refused.length, 1);
    assert.equal(refused[0]?.errors[0]?.statusCode, 'UNABLE_TO_LOCK_ROW');
    assert.ok(refused[0]?.errors[0]?.message.endsWith(account));
  });

  test('the same rows in one call, or one call after the other, meet none', async () => {
    assert.deepEqual(
      (await add('c', 'd')).map(({ success }) => success),
      [true, true],
    );
    assert.deepEqual(
      [...(await add('e')), ...(await add('f'))].map(({ success }) => success),
      [true, true],
    );
  });

  test('requests on different masters do not meet', async () => {
    const answers = await Promise.all([add('g'), org.call('POST', '/sobjects/Account', { Name: 'Other' })]);
    assert.equal(answers[0][0]?.success, true);
    assert.equal(answers[1].status, 201);
  });
});
