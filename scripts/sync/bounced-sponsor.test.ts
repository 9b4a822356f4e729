// Mail to the sponsor comes back: told where the org shows it to the integration user, end to end.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { manifest, startSyncOrg, usageCsv, type SyncOrg } from '../testing/sync-org.ts';
import { zipOf } from '../testing/test-org.ts';

const PERMISSIONS = new URL(
  '../../force-app/main/default/permissionsets/Pilot_Sync.permissionset-meta.xml',
  import.meta.url,
);
// Our own set leaves the field alone: whether every org lets a set grant it is not known.
const GRANT =
  '<fieldPermissions><editable>false</editable><field>Contact.EmailBouncedDate</field><readable>true</readable></fieldPermissions>';

let sync: SyncOrg;
let usage: string;

before(async () => {
  sync = await startSyncOrg();
  const contact = { FirstName: 'Dana', LastName: 'Ortiz', EmailBouncedDate: '2026-11-04T09:30:00Z' };
  const { status, body } = await sync.org.call('POST', '/sobjects/Contact', contact);
  assert.equal(status, 201, JSON.stringify(body));
  await sync.makePilot('Acme', 'acme-eu', { Customer_Sponsor__c: (body as { id: string }).id });
  usage = await sync.file('usage.csv', usageCsv(['acme-eu'], '2026-10-19', '2026-11-17'));
});
after(() => sync.close());

async function reason(): Promise<string> {
  assert.equal((await sync.sync([usage])).exitCode, 0);
  return String((await sync.rows('Pilot__c'))[0]!['Stall_Reason__c']);
}

test('a bounce that the integration user may not see is not told, and stops nothing', async () => {
  assert.doesNotMatch(await reason(), /bounces/);
});

test('a bounce that it may see is a sponsor who is gone', async () => {
  const granted = readFileSync(PERMISSIONS, 'utf8').replace(
    '<fieldPermissions>',
    `${GRANT}<fieldPermissions>`,
  );
  await sync.org.deploy(
    zipOf({
      'package.xml': manifest({ PermissionSet: ['Pilot_Sync'] }),
      'permissionsets/Pilot_Sync.permissionset': granted,
    }),
  );
  assert.match(await reason(), /^At risk since 4 Nov: mail to sponsor Dana Ortiz bounces\. Ask /);
});
