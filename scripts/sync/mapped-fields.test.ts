// Values of the lead pilot in fields of the admin's own on the deal.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ConfigError } from '../salesforce/pilot-error.ts';
import {
  customObject,
  manifest,
  startSyncOrg,
  SYNC_USER,
  usageCsv,
  type SyncOrg,
} from '../testing/sync-org.ts';
import { assignPermissionSet, zipOf } from '../testing/test-org.ts';

const FIELDS = {
  My_Health__c: '<type>Text</type><length>20</length>',
  My_Reason__c: '<type>Text</type><length>255</length>',
  My_Users__c: '<type>Number</type><precision>9</precision><scale>0</scale>',
  My_Stalled__c: '<type>Checkbox</type><defaultValue>false</defaultValue>',
  My_Short__c: '<type>Text</type><length>40</length>',
  My_Formula__c: '<type>Text</type><formula>Name</formula>',
  My_Hidden__c: '<type>Date</type>',
  My_Locked__c: '<type>Date</type>',
};
const MAPPING = `opportunity_fields:
  - { value: health, field: My_Health__c }
  - { value: reason, field: My_Reason__c }
  - { value: active_users, field: My_Users__c }
  - { value: stalled, field: My_Stalled__c }
`;

let sync: SyncOrg;
let usage: string;

before(async () => {
  sync = await startSyncOrg();
  const fields = Object.entries(FIELDS).map(
    ([name, shape]) => `<fields><fullName>${name}</fullName><label>${name}</label>${shape}</fields>`,
  );
  const granted = Object.keys(FIELDS)
    .filter((name) => name !== 'My_Hidden__c')
    .map(
      (name) =>
        `<fieldPermissions><editable>${!['My_Locked__c', 'My_Formula__c'].includes(name)}</editable><field>Opportunity.${name}</field><readable>true</readable></fieldPermissions>`,
    );
  const set = `<?xml version="1.0" encoding="UTF-8"?>
<PermissionSet xmlns="http://soap.sforce.com/2006/04/metadata">${granted.join('')}<hasActivationRequired>false</hasActivationRequired><label>My Fields</label></PermissionSet>`;
  await sync.org.deploy(
    zipOf({
      'package.xml': manifest({
        CustomField: Object.keys(FIELDS).map((name) => `Opportunity.${name}`),
        PermissionSet: ['My_Fields'],
      }),
      'objects/Opportunity.object': customObject(fields.join('')),
      'permissionsets/My_Fields.permissionset': set,
    }),
  );
  await assignPermissionSet(sync.org, SYNC_USER, 'My_Fields');
  await assignPermissionSet(sync.org, 'admin@local.test', 'My_Fields');
  usage = await sync.file('usage.csv', usageCsv(['acme-eu', 'bolt-eu'], '2026-10-19', '2026-11-18'));
});
after(() => sync.close());

async function deal(id: string): Promise<Record<string, unknown>> {
  const found = (await sync.rows('Opportunity')).find((row) => row.Id === id);
  return found ?? assert.fail(`no deal ${id}`);
}

async function findings(value: string, field: string): Promise<string> {
  const yaml = sync.yaml([usage], `opportunity_fields: [{ value: ${value}, field: ${field} }]\n`);
  let told = '';
  await assert.rejects(sync.sync([usage], { yaml }), (error) => {
    assert.ok(error instanceof ConfigError && error.code === 'PREFLIGHT');
    told = [error.message, ...error.actions].join('\n');
    return true;
  });
  return told;
}

const CASES: readonly (readonly [value: string, field: string, pattern: RegExp])[] = [
  ['health', 'My_Typo__c', /FIELD_MISSING: opportunity_fields: Opportunity\.My_Typo__c does not exist/],
  [
    'last_usage_on',
    'My_Hidden__c',
    /FIELD_MISSING: .*My_Hidden__c does not exist, or .* may not read it[\s\S]*Edit Access/,
  ],
  [
    'last_usage_on',
    'My_Locked__c',
    /NO_PERMISSION: .*My_Locked__c may not be written[\s\S]*Edit Access to Opportunity\.My_Locked__c/,
  ],
  ['health', 'My_Users__c', /FIELD_TYPE: .*My_Users__c is of type double; "health" needs picklist or string/],
  ['health', 'My_Formula__c', /FIELD_TYPE: .*My_Formula__c is a formula or roll-up, which nobody can write/],
  [
    'reason',
    'My_Short__c',
    /FIELD_LENGTH: .*My_Short__c holds 40 characters; "reason" takes up to 255[\s\S]*Length: 255/,
  ],
];
for (const [value, field, pattern] of CASES)
  test(`preflight names ${field} for ${value}`, async () => {
    assert.match(await findings(value, field), pattern);
    assert.deepEqual(await sync.rows('PilotSyncRun__c'), []);
  });

test('the values arrive on the deal, and a second run writes nothing', async () => {
  const { opportunityId } = await sync.makePilot('Acme', 'acme-eu');
  const yaml = sync.yaml([usage], MAPPING);
  assert.equal((await sync.sync([usage], { yaml })).exitCode, 0);
  const row = await deal(opportunityId);
  assert.equal(row.My_Users__c, 5);
  assert.equal(row.My_Stalled__c, false);
  assert.equal(row.My_Health__c, (await sync.rows('Pilot__c'))[0]!.Health__c);
  assert.equal(row.My_Reason__c, (await sync.rows('Pilot__c'))[0]!.Stall_Reason__c);
  const { unchanged, ...written } = (await sync.sync([usage], { yaml })).totals;
  assert.deepEqual(written, { created: 0, updated: 0, skipped: 0, failed: 0 });
  assert.ok(unchanged > 0);
});

test('an edit of the field by hand is put right, and a closed deal is not touched', async () => {
  const { opportunityId } = await sync.makePilot('Bolt', 'bolt-eu');
  const yaml = sync.yaml([usage], MAPPING);
  await sync.sync([usage], { yaml });
  const change = async (fields: object): Promise<void> => {
    const { status } = await sync.org.call('PATCH', `/sobjects/Opportunity/${opportunityId}`, fields);
    assert.equal(status, 204);
  };
  await change({ My_Users__c: 99 });
  assert.equal((await sync.sync([usage], { yaml })).byObject.Opportunity!.updated, 1);
  assert.equal((await deal(opportunityId)).My_Users__c, 5);

  await change({ My_Users__c: 99, StageName: 'Closed Won' });
  const closed = await deal(opportunityId);
  await sync.sync([usage], { yaml });
  assert.deepEqual(await deal(opportunityId), closed);
});
