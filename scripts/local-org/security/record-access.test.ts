import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { createUser, startTestOrg, zipOf, type TestOrg } from '../../testing/test-org.ts';

const NS = 'xmlns="http://soap.sforce.com/2006/04/metadata"';
const head = '<?xml version="1.0" encoding="UTF-8"?>';
const object = (label: string, sharing: string, fields = '') =>
  `${head}<CustomObject ${NS}><deploymentStatus>Deployed</deploymentStatus>${fields}<label>${label}</label><nameField><label>Name</label><type>Text</type></nameField><pluralLabel>${label}s</pluralLabel><sharingModel>${sharing}</sharingModel></CustomObject>`;
const master = (to: string) =>
  `<fields><fullName>${to}</fullName><label>Box</label><type>MasterDetail</type><referenceTo>${to}</referenceTo><relationshipLabel>Things</relationshipLabel><relationshipName>Things</relationshipName><relationshipOrder>0</relationshipOrder><reparentableMasterDetail>false</reparentableMasterDetail><writeRequiresMasterRead>false</writeRequiresMasterRead></fields>`;
const grant = (name: string, edit: boolean, viewAll: boolean) =>
  `<objectPermissions><allowCreate>${edit}</allowCreate><allowDelete>${edit}</allowDelete><allowEdit>${edit}</allowEdit><allowRead>true</allowRead><modifyAllRecords>false</modifyAllRecords><object>${name}</object><viewAllRecords>${viewAll}</viewAllRecords></objectPermissions>`;
const set = (label: string, boxEdit: boolean, viewAll: boolean) =>
  `${head}<PermissionSet ${NS}><label>${label}</label>${grant('Box__c', boxEdit, viewAll)}${grant('Thing__c', true, false)}</PermissionSet>`;

const PACKAGE = {
  'package.xml': `${head}<Package ${NS}><types><members>Box__c</members><members>Thing__c</members><name>CustomObject</name></types><types><members>Box_Owner</members><members>Box_Viewer</members><name>PermissionSet</name></types><version>67.0</version></Package>`,
  'objects/Box__c.object': object('Box', 'Private'),
  'objects/Thing__c.object': object('Thing', 'ControlledByParent', master('Box__c')),
  'permissionsets/Box_Owner.permissionset': set('Box Owner', true, false),
  'permissionsets/Box_Viewer.permissionset': set('Box Viewer', false, true),
};

describe('record access of a private master and its details', () => {
  let org: TestOrg;
  let box: string;
  const thing = (name: string, by: string) =>
    org.call('POST', '/sobjects/Thing__c', { Name: name, Box__c: box }, by);
  const count = async (from: string, by: string): Promise<number> => {
    const { body } = await org.call(
      'GET',
      `/query?q=${encodeURIComponent(`SELECT Id FROM ${from}`)}`,
      undefined,
      by,
    );
    return (body as { totalSize: number }).totalSize;
  };
  const codeOf = ({ status, body }: { status: number; body: unknown }) => [
    status,
    (body as { errorCode: string }[] | null)?.[0]?.errorCode,
  ];

  before(async () => {
    org = await startTestOrg({ deploy: zipOf(PACKAGE) });
    for (const username of ['owner@local.test', 'other@local.test'])
      await createUser(org, { username, permissionSets: ['Box_Owner'] });
    await createUser(org, { username: 'viewer@local.test', permissionSets: ['Box_Viewer'] });
    const made = await org.call('POST', '/sobjects/Box__c', { Name: 'mine' }, 'owner@local.test');
    box = (made.body as { id: string }).id;
    assert.equal((await thing('first', 'owner@local.test')).status, 201);
  });
  after(() => org.close());

  test('the owner sees both, another user neither, View All both', async () => {
    for (const [user, seen] of [
      ['owner', 1],
      ['other', 0],
      ['viewer', 1],
    ] as const)
      for (const from of ['Box__c', 'Thing__c'])
        assert.equal(await count(from, `${user}@local.test`), seen, `${user} ${from}`);
  });

  test('a record that one does not see does not exist for a write', async () => {
    const answer = await org.call('PATCH', `/sobjects/Box__c/${box}`, { Name: 'x' }, 'other@local.test');
    assert.deepEqual(codeOf(answer), [404, 'INVALID_CROSS_REFERENCE_KEY']);
  });

  test('a record that one only sees cannot be changed', async () => {
    const answer = await org.call('PATCH', `/sobjects/Box__c/${box}`, { Name: 'x' }, 'viewer@local.test');
    assert.deepEqual(codeOf(answer), [403, 'INSUFFICIENT_ACCESS_OR_READONLY']);
  });

  test('a detail needs Read/Write on its master where the relationship does not content itself with Read', async () => {
    assert.deepEqual(codeOf(await thing('second', 'viewer@local.test')), [
      400,
      'INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY',
    ]);
    assert.deepEqual(codeOf(await thing('third', 'other@local.test')), [
      400,
      'INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY',
    ]);
    assert.equal((await thing('fourth', 'owner@local.test')).status, 201);
  });
});
