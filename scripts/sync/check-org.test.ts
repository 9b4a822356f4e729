import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { ConfigError } from '../salesforce/pilot-error.ts';
import { customObject, manifest, startSyncOrg, usageCsv, type SyncOrg } from '../testing/sync-org.ts';
import { zipOf } from '../testing/test-org.ts';

const FORCE_APP = new URL('../../force-app/main/default/', import.meta.url);

let sync: SyncOrg;
let usage: string;

before(async () => {
  sync = await startSyncOrg();
  await sync.makePilot('Acme', 'acme-eu');
  usage = await sync.file('usage.csv', usageCsv(['acme-eu'], '2026-10-19', '2026-11-18'));
});
after(() => sync.close());

/** Deploys a changed file, expects the sync to stop on it without writing, and puts the file back. */
async function stopsOn(
  file: {
    readonly path: string;
    readonly type: string;
    readonly member: string;
    readonly inPackage: (text: string) => Record<string, string>;
  },
  change: (text: string) => string,
  expected: readonly RegExp[],
): Promise<void> {
  const shipped = await readFile(new URL(file.path, FORCE_APP), 'utf8');
  const changed = change(shipped);
  assert.notEqual(changed, shipped, 'the change must change something');
  const deploy = (text: string): Promise<void> =>
    sync.org.deploy(
      zipOf({ 'package.xml': manifest({ [file.type]: [file.member] }), ...file.inPackage(text) }),
    );
  await deploy(changed);
  const runs = await sync.rows('PilotSyncRun__c');
  await assert.rejects(sync.sync([usage]), (error) => {
    assert.ok(error instanceof ConfigError);
    assert.equal(error.code, 'PREFLIGHT');
    const told = [error.message, ...error.actions].join('\n');
    for (const pattern of expected) assert.match(told, pattern);
    return true;
  });
  assert.deepEqual(await sync.rows('PilotSyncRun__c'), runs);
  await deploy(shipped);
}

function field(object: string, name: string) {
  const strip = (text: string): string =>
    text.replace(/<\?xml[^>]*>/, '').replace(/<\/?CustomField[^>]*>/g, '');
  return {
    path: `objects/${object}/fields/${name}.field-meta.xml`,
    type: 'CustomField',
    member: `${object}.${name}`,
    inPackage: (text: string) => ({
      [`objects/${object}.object`]: customObject(`<fields>${strip(text)}</fields>`),
    }),
  };
}

const SYNC_SET = {
  path: 'permissionsets/Pilot_Sync.permissionset-meta.xml',
  type: 'PermissionSet',
  member: 'Pilot_Sync',
  inPackage: (text: string) => ({ 'permissionsets/Pilot_Sync.permissionset': text }),
};

/** The set without what it says about one object or field. */
function without(kind: 'field' | 'object', name: string): (text: string) => string {
  const element = kind === 'field' ? 'fieldPermissions' : 'objectPermissions';
  return (text) =>
    text.replace(
      new RegExp(
        `<${element}>(?:(?!</${element}>)[\\s\\S])*<${kind}>${name}</${kind}>[\\s\\S]*?</${element}>`,
      ),
      '',
    );
}

test('a field that the integration user may not see is named with the click', () =>
  stopsOn(SYNC_SET, without('field', 'Pilot__c.Health__c'), [
    /FIELD_MISSING: Pilot__c\.Health__c is missing, or the integration user may not read it/,
    /Setup > Permission Sets > Pilot Sync .*> Object Settings > Pilots > Edit > Field Permissions: Health.*: Edit Access/,
  ]));

test('a field that may be read but not written is named with the click', () =>
  stopsOn(
    SYNC_SET,
    (text) =>
      text.replace(
        /<editable>true<\/editable>(\s*)<field>Pilot__c\.Stalled__c/,
        '<editable>false</editable>$1<field>Pilot__c.Stalled__c',
      ),
    [
      /NO_PERMISSION: The integration user may not write Pilot__c\.Stalled__c/,
      /Field Permissions: Stalled.*: Edit Access/,
    ],
  ));

test('an object without permission is named with the click', () =>
  stopsOn(SYNC_SET, without('object', 'PilotSyncIssue__c'), [
    /OBJECT_MISSING: The org has no object PilotSyncIssue__c/,
    /Object Settings > .*: Read/,
  ]));

test('an object that may not be created is named with the click', () =>
  stopsOn(
    SYNC_SET,
    (text) =>
      text.replace(
        /<objectPermissions>(?:(?!<\/objectPermissions>)[\s\S])*<object>PilotUsage__c<\/object>[\s\S]*?<\/objectPermissions>/,
        (block) => block.replace('<allowCreate>true', '<allowCreate>false'),
      ),
    [/NO_PERMISSION: The integration user may not create/, /Object Permissions: Create/],
  ));

test('a field too short for what is written is named with the click', () =>
  stopsOn(
    field('Pilot__c', 'Stall_Reason__c'),
    (text) => text.replace('<length>255</length>', '<length>80</length>'),
    [
      /FIELD_LENGTH: Stall_Reason__c holds 80 characters; the sync writes up to 255/,
      /Setup > Object Manager > Pilot > Fields & Relationships > .* > Edit > Length: 255/,
    ],
  ));

test('a picklist value that is missing is named with the click', () =>
  stopsOn(
    field('Pilot__c', 'Health__c'),
    (text) => text.replace(/<value>\s*<fullName>Watch<\/fullName>[\s\S]*?<\/value>/, ''),
    [
      /PICKLIST_VALUE: Health__c does not offer the value "Watch"/,
      /Fields & Relationships > Health.* > Values > New \(or Activate\): Watch/,
    ],
  ));

test('a field with too few decimal places is named with the click', () =>
  stopsOn(
    field('SuccessCriterion__c', 'Projected__c'),
    (text) => text.replace('<scale>4</scale>', '<scale>0</scale>'),
    [/FIELD_TYPE: Projected__c has 0 decimal places; the sync writes 4/, /Edit > Decimal Places: 4/],
  ));

test('everything that is wrong is in one list', () =>
  stopsOn(
    SYNC_SET,
    (text) => without('field', 'Pilot__c.Health__c')(without('field', 'Pilot__c.Signals__c')(text)),
    [
      /2 things stand in the way of the sync/,
      /Pilot__c\.Health__c is missing/,
      /Pilot__c\.Signals__c is missing/,
    ],
  ));

test('another org than the configured one is refused before anything is read', async () => {
  const yaml = sync.yaml([usage], 'salesforce: { org_id: 00D000000000001 }\n');
  await assert.rejects(sync.sync([usage], { yaml }), { code: 'WRONG_ORG', kind: 'config' });
});

test('a token that the org does not know says how to log in', async () => {
  const environment = { PILOT_ACCESS_TOKEN: '00D000000000001!nonsense', PILOT_INSTANCE_URL: sync.org.url };
  await assert.rejects(sync.sync([usage], { login: { targetOrg: null, environment } }), {
    code: 'LOGIN_EXPIRED',
    kind: 'config',
  });
});

test('no login at all says where one can come from', async () => {
  await assert.rejects(sync.sync([usage], { login: { targetOrg: null, environment: {} } }), {
    code: 'NO_LOGIN',
    kind: 'config',
  });
});
