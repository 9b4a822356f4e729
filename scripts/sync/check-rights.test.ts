// What `pilot check` prints for a user to whom nobody assigned Pilot Sync.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { spawnPilot, type Ended } from '../testing/spawn-pilot.ts';
import { startSyncOrg, usageCsv, type SyncOrg } from '../testing/sync-org.ts';
import { ADMIN, createUser } from '../testing/test-org.ts';

let sync: SyncOrg;
before(async () => {
  sync = await startSyncOrg();
  await createUser(sync.org, { username: 'nobody@pilot.example' });
  await createUser(sync.org, { username: 'owner@pilot.example', profile: 'System Administrator' });
});
after(() => sync.close());

async function pilot(username: string, ...args: readonly string[]): Promise<Ended> {
  const usage = await sync.file('usage.csv', usageCsv(['acme-eu'], '2026-10-19', '2026-11-18'));
  const config = await sync.file('sync.yaml', sync.yaml([usage]));
  const environment = {
    ...(await sync.environment()),
    PILOT_ACCESS_TOKEN: await sync.org.tokenFor(username),
  };
  return await spawnPilot(sync.folder, [...args, '--config', config], environment).ended;
}

const CLICK =
  /^ {2}→ Setup > Permission Sets > Pilot Sync > Manage Assignments > Add Assignment: the integration user\. /m;
const USERS = [
  {
    who: 'a user who sees no object of the package',
    username: 'nobody@pilot.example',
    told: /may write 0 of the \d+ fields .* not assigned to it, or the package is not deployed\. .*: \d OBJECT_MISSING, 1 FIELD_MISSING\.$/m,
    notStored: /^PREFLIGHT: Nothing was stored: /m,
  },
  {
    who: 'a user who sees the objects without their fields',
    username: 'owner@pilot.example',
    told: /may write 1 of the \d+ fields .* not assigned to it, or the package is not deployed\. .*: \d{2,3} FIELD_MISSING\.$/m,
    notStored: /^PACKAGE_MISMATCH: /m,
  },
  {
    who: 'a user with Pilot Admin, who may write no result',
    username: ADMIN,
    told: /may write 3 of the \d+ fields .* the permission set Pilot Sync is not assigned to it\. What follows from it: \d{2} NO_PERMISSION\.$/m,
    notStored: /^NO_PERMISSION: A finding could not be stored in the org: /m,
  },
];

for (const { who, username, told, notStored } of USERS)
  test(`${who} is told one thing, the assignment, and the exit code is that of a wrong configuration`, async () => {
    const { code, stdout, stderr } = await pilot(username, 'check');
    assert.equal(code, 2, stderr);
    assert.match(stdout, /^BAD {2}package and permissions$/m);
    assert.match(stdout, /^BAD {2}findings stored$/m);
    assert.match(stderr, /^PREFLIGHT: One thing stands in the way of the sync:\n {2}NO_PERMISSION: /m);
    assert.match(stderr, told);
    assert.match(stderr, CLICK);
    assert.match(stderr, notStored);
    assert.equal(stderr.match(/^ {2}[A-Z_]+: /gm)?.length, 1);
  });

test('a sync as such a user stops with the same words before it writes', async () => {
  const { code, stderr } = await pilot(ADMIN, 'sync');
  assert.equal(code, 2, stderr);
  assert.match(
    stderr,
    /"code":"PREFLIGHT","actions":\["Setup > Permission Sets > Pilot Sync > Manage Assignments[^"]*"\],"msg":"PREFLIGHT: One thing stands/,
  );
  assert.deepEqual(await sync.rows('PilotSyncRun__c'), []);
});
