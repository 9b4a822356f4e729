import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { API_VERSION, packageParts } from '../package/release.ts';
import {
  ADMIN,
  assignPermissionSet,
  createUser,
  startTestOrg,
  zipOf,
  type TestOrg,
} from '../testing/test-org.ts';
import { openAdminOrg, type AdminOrg } from './admin-org.ts';
import { isOver, limitCounts, limitLine } from './install-limits.ts';

const { core } = packageParts();
let testOrg: TestOrg;
let org: AdminOrg;

before(async () => {
  testOrg = await startTestOrg();
  org = await openAdminOrg({ accessToken: await testOrg.tokenFor(ADMIN), instanceUrl: testOrg.url });
});
after(() => testOrg.close());

it('an empty org has room, and each count names what is added', async () => {
  const lines = (await limitCounts(org, core, 'Developer Edition')).map(limitLine);
  // 12 object folders, of which one is the custom metadata type; 13 fields, of which one is the lookup.
  assert.deepEqual(lines, [
    'custom objects: 0 and 11 more, of 400',
    'custom fields of Opportunity: 0 and 13 more, of 500',
    'custom relationships of Opportunity: 0 and 1 more, of 40',
    'active validation rules of Pilot__c: 0 and 12 more, of 100',
    'active flows: 0 and 2 more, of 2000',
  ]);
});

it('an edition whose allocation nobody wrote down is not guessed', async () => {
  const [objects] = await limitCounts(org, core, 'Partner Edition');
  assert.match(limitLine(objects!), /not known/);
  assert.equal(isOver(objects!), false);
});

it('what others put on Opportunity counts, what is ours and there already is not added again', async () => {
  const fields = [1, 2, 3].map(
    (n) =>
      `<fields><fullName>Theirs_${n}__c</fullName><label>Theirs ${n}</label><length>20</length><type>Text</type></fields>`,
  );
  const set = [1, 2, 3].map(
    (n) =>
      `<fieldPermissions><editable>true</editable><field>Opportunity.Theirs_${n}__c</field><readable>true</readable></fieldPermissions>`,
  );
  const head = '<?xml version="1.0" encoding="UTF-8"?>\n';
  const xmlns = 'xmlns="http://soap.sforce.com/2006/04/metadata"';
  const types = `<types><members>Opportunity</members><name>CustomObject</name></types><types>${[1, 2, 3].map((n) => `<members>Opportunity.Theirs_${n}__c</members>`).join('')}<name>CustomField</name></types><types><members>Theirs</members><name>PermissionSet</name></types>`;
  await org.deploy(
    zipOf({
      'package.xml': `${head}<Package ${xmlns}>${types}<version>${API_VERSION}</version></Package>`,
      'objects/Opportunity.object': `${head}<CustomObject ${xmlns}>${fields.join('')}</CustomObject>`,
      'permissionsets/Theirs.permissionset': `${head}<PermissionSet ${xmlns}>${set.join('')}<label>Theirs</label></PermissionSet>`,
    }),
    false,
  );
  await assignPermissionSet(testOrg, ADMIN, 'Theirs');
  const [, opportunity] = await limitCounts(org, core, 'Enterprise Edition');
  assert.deepEqual([opportunity!.used, opportunity!.adds, opportunity!.limit], [3, 13, 500]);
  assert.equal(isOver({ ...opportunity!, used: 487 }), false);
  assert.equal(isOver({ ...opportunity!, used: 488 }), true);
});

it('after the install our rules and flows are counted and not added again', async () => {
  const installed = await startTestOrg({ deploy: true });
  try {
    const accessToken = await installed.tokenFor(ADMIN);
    const there = await openAdminOrg({ accessToken, instanceUrl: installed.url });
    assert.deepEqual((await limitCounts(there, core, 'Unlimited Edition')).slice(3).map(limitLine), [
      'active validation rules of Pilot__c: 12 and 0 more, of 500',
      'active flows: 2 and 0 more, of 2000',
    ]);
  } finally {
    await installed.close();
  }
});

it('where the org does not answer, nothing is counted and nothing is over', async () => {
  await createUser(testOrg, { username: 'rep@acme.test' });
  const accessToken = await testOrg.tokenFor('rep@acme.test');
  const asRep = await openAdminOrg({ accessToken, instanceUrl: testOrg.url });
  const [rules, flows] = (await limitCounts(asRep, core, 'Developer Edition')).slice(3);
  assert.equal(
    limitLine(rules!),
    'active validation rules of Pilot__c: not counted (the org does not say), 12 more',
  );
  assert.match(limitLine(flows!), /^active flows: not counted/);
  assert.equal(isOver(rules!), false);
});

it('the local org refuses a question of the Tooling API that it does not know', async () => {
  const { status, body } = await testOrg.call('GET', '/tooling/query?q=SELECT+Id+FROM+ApexClass');
  assert.equal(status, 501);
  assert.equal((body as { errorCode: string }[])[0]!.errorCode, 'LOCAL_ORG_NOT_IMPLEMENTED');
});
