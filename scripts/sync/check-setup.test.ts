// What `pilot check` finds, and what it leaves in the org for the setup page.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { customObject, manifest, startSyncOrg, usageCsv, type SyncOrg } from '../testing/sync-org.ts';
import { zipOf } from '../testing/test-org.ts';
import { checkSetup, type SetupCheck } from './check-setup.ts';
import { parseConfig } from './read-config.ts';

const SECRET = 'only made-up people in these tests';
const MONDAY = new Date('2026-11-16T08:00:00Z');
const TUESDAY = new Date('2026-11-17T08:00:00Z');

let sync: SyncOrg;
let usage: string;
before(async () => {
  sync = await startSyncOrg();
  usage = await sync.file('usage.csv', usageCsv(['acme-eu'], '2026-10-19', '2026-11-18'));
});
after(() => sync.close());
beforeEach(() => fetch(`${sync.org.url}/local-org/requests`, { method: 'DELETE' }));

async function check(
  options: { readonly more?: string; readonly now?: Date; readonly machineNow?: () => number } = {},
): Promise<SetupCheck[]> {
  const { more = '', now = MONDAY, machineNow } = options;
  const progress = { stage: () => undefined, update: () => undefined, note: () => undefined };
  const login = {
    targetOrg: null,
    environment: await sync.environment(),
    ...(machineNow ? { machineNow } : {}),
  };
  return checkSetup(parseConfig(sync.yaml([usage], more), 'sync.yaml'), login, SECRET, progress, now);
}

const bad = (checks: readonly SetupCheck[]) =>
  checks.flatMap(({ name, error }) => (error ? [[name, error.code]] : []));

async function setupIssues(): Promise<Record<string, unknown>[]> {
  return (await sync.rows('PilotSyncIssue__c')).filter(
    (row) => row.Kind__c === 'Setup' && row.Code__c !== 'SETUP_CHECKED',
  );
}

async function clean(): Promise<Record<string, unknown>[]> {
  return (await sync.rows('PilotSyncIssue__c')).filter((row) => row.Code__c === 'SETUP_CHECKED');
}

async function writes(): Promise<number> {
  const { requests } = (await (await fetch(`${sync.org.url}/local-org/requests`)).json()) as {
    requests: { method: string; path: string }[];
  };
  return requests.filter(
    ({ method, path }) => method !== 'GET' && /services.data.*(?<!composite)$/.test(path),
  ).length;
}

/** The health picklist of the package without one value. */
async function deployHealth(values: readonly string[]): Promise<void> {
  const listed = values.map(
    (value) => `<value><fullName>${value}</fullName><default>false</default><label>${value}</label></value>`,
  );
  const field = `<fields><fullName>Health__c</fullName><label>Health</label><type>Picklist</type><valueSet><restricted>true</restricted>
    <valueSetDefinition><sorted>false</sorted>${listed.join('')}</valueSetDefinition></valueSet></fields>`;
  await sync.org.deploy(
    zipOf({
      'package.xml': manifest({ CustomField: ['Pilot__c.Health__c'] }),
      'objects/Pilot__c.object': customObject(field),
    }),
  );
}
const HEALTH = ['On track', 'Watch', 'At risk', 'Stalled', 'Unknown'];

test('with nothing wrong the day of the check is stored, once a day, as nothing to put right', async () => {
  assert.deepEqual(bad(await check()), []);
  const [checked, ...others] = await clean();
  assert.deepEqual(others, []);
  assert.equal(checked!.Last_Seen__c, '2026-11-16T08:00:00.000+0000');
  assert.equal(checked!.Resolved_On__c, '2026-11-16');
  assert.deepEqual(await setupIssues(), []);
  assert.equal(await writes(), 1);
  await check({ now: new Date('2026-11-16T21:00:00Z') });
  assert.equal(await writes(), 1);
  await check({ now: TUESDAY });
  const [later, ...more] = await clean();
  assert.deepEqual(more, []);
  assert.equal(later!.Id, checked!.Id);
  assert.equal(later!.Last_Seen__c, '2026-11-17T08:00:00.000+0000');
});

test('a check that found something leaves the day of the last clean one as it was', async () => {
  const before = await clean();
  await deployHealth(HEALTH.slice(0, 4));
  const wednesday = new Date('2026-11-18T08:00:00Z');
  assert.equal(bad(await check({ now: wednesday })).length, 1);
  assert.deepEqual(await clean(), before);
  await deployHealth(HEALTH);
  await check({ now: wednesday });
  assert.equal((await clean())[0]!.Last_Seen__c, '2026-11-18T08:00:00.000+0000');
  for (const { Id } of await setupIssues())
    await sync.org.call('DELETE', `/sobjects/PilotSyncIssue__c/${String(Id)}`);
});

test('each finding is an issue with code, message, fix, link and time; a second check writes only what changed', async () => {
  await deployHealth(HEALTH.slice(0, 3));
  assert.deepEqual(bad(await check()), [['package and permissions', 'PREFLIGHT']]);
  const [stalled, unknown, ...others] = (await setupIssues()).toSorted((a, b) =>
    String(a.Issue_Key__c) < String(b.Issue_Key__c) ? -1 : 1,
  );
  assert.deepEqual(others, []);
  assert.equal(stalled!.Code__c, 'PICKLIST_VALUE');
  assert.equal(stalled!.Message__c, 'Health__c does not offer the value "Stalled".');
  assert.match(String(stalled!.Fix__c), /^Setup > Object Manager > Pilot > .*: Stalled$/);
  assert.equal(
    stalled!.Link__c,
    `${sync.org.url}/lightning/setup/ObjectManager/Pilot__c/FieldsAndRelationships/view`,
  );
  assert.equal(stalled!.First_Seen__c, '2026-11-16T08:00:00.000+0000');
  assert.equal(unknown!.Message__c, 'Health__c does not offer the value "Unknown".');

  const written = await writes();
  await check({ now: TUESDAY });
  assert.equal(await writes(), written);

  await deployHealth(HEALTH.slice(0, 4));
  await check({ now: TUESDAY });
  const after = await setupIssues();
  assert.equal(after.find(({ Id }) => Id === stalled!.Id)!.Resolved_On__c, '2026-11-17');
  assert.deepEqual(
    after.find(({ Id }) => Id === unknown!.Id),
    unknown,
  );

  await deployHealth(HEALTH);
  assert.deepEqual(bad(await check({ now: TUESDAY })), []);
  assert.ok((await setupIssues()).every((row) => row.Resolved_On__c === '2026-11-17'));
});

test('a trouble that comes back is open again from now on', async () => {
  await deployHealth(HEALTH.slice(0, 4));
  await check({ now: new Date('2026-11-20T08:00:00Z') });
  const open = (await setupIssues()).filter((row) => row.Resolved_On__c === null);
  assert.deepEqual(
    open.map((row) => row.First_Seen__c),
    ['2026-11-20T08:00:00.000+0000'],
  );
  await deployHealth(HEALTH);
  await check({ now: new Date('2026-11-20T08:00:00Z') });
});

for (const { minutes, name } of [
  { minutes: 12, name: '12 minutes ahead' },
  { minutes: -90, name: '90 minutes behind' },
])
  test(`a machine whose clock is ${name} is told both times and the limit, by check and by sync`, async () => {
    const machineNow = (): number => Date.now() + minutes * 60_000;
    const told = (await check({ machineNow })).find(({ error }) => error !== null)!.error!;
    const time = String.raw`20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ`;
    const pattern = `CLOCK_SKEW: This machine's clock shows ${time}, the org's ${time}: ${name}; at most 5 are allowed`;
    assert.match(told.message, new RegExp(pattern));
    assert.ok(told.actions.some((action) => action.includes('timedatectl')));
    const [issue] = (await setupIssues()).filter((row) => row.Resolved_On__c === null);
    assert.equal(issue!.Code__c, 'CLOCK_SKEW');

    const login = { targetOrg: null, environment: await sync.environment(), machineNow };
    await assert.rejects(sync.sync([usage], { login }), { code: 'PREFLIGHT', message: new RegExp(pattern) });
  });

test('findings are stored in the language of the configuration, also those that were stored in another', async () => {
  await deployHealth(HEALTH.slice(0, 4));
  const open = async () =>
    (await setupIssues())
      .filter((row) => row.Resolved_On__c === null)
      .map(({ Id, Message__c, Fix__c }) => ({ Id, Message__c, Fix__c }));
  assert.deepEqual(bad(await check()), [['package and permissions', 'PREFLIGHT']]);
  const [english, ...others] = await open();
  assert.deepEqual(others, []);
  assert.equal(english!.Message__c, 'Health__c does not offer the value "Unknown".');
  await check({ more: 'language: es\n' });
  assert.deepEqual(await open(), [
    {
      Id: english!.Id,
      Message__c: 'Health__c no ofrece el valor «Unknown».',
      Fix__c:
        'Configuración > Gestor de objetos > Pilot__c > Campos y relaciones > Health__c > Valores > Nuevo (o Activar): Unknown',
    },
  ]);
  await deployHealth(HEALTH);
  const yes = usage;
  usage = `${yes}.gone`;
  await check({ more: 'language: es\n' });
  assert.deepEqual(
    (await open()).map(({ Message__c }) => Message__c),
    ['La comprobación «source product» falló con SOURCE_NOT_FOUND.'],
  );
  usage = yes;
  await check();
  assert.deepEqual(await open(), []);
});

test('findings that the org has no room for are not said to be stored', async () => {
  const set = (await sync.rows('PermissionSet')).find(({ Name }) => Name === 'Pilot_Sync');
  const assigned = (await sync.rows('PermissionSetAssignment')).find(
    (row) => row.PermissionSetId === set!.Id,
  );
  await sync.org.call('DELETE', `/sobjects/PermissionSetAssignment/${String(assigned!.Id)}`);
  assert.deepEqual(bad(await check()), [
    ['package and permissions', 'PREFLIGHT'],
    ['findings stored', 'PREFLIGHT'],
  ]);
  const { AssigneeId, PermissionSetId } = assigned!;
  await sync.org.call('POST', '/sobjects/PermissionSetAssignment', { AssigneeId, PermissionSetId });
  assert.deepEqual(bad(await check()), []);
});

test('four minutes apart are allowed', async () => {
  assert.deepEqual(bad(await check({ machineNow: () => Date.now() - 240_000 })), []);
});

test('a source that is missing is stored too, and nothing is written to another org than the one that is meant', async () => {
  const yes = usage;
  usage = `${yes}.gone`;
  assert.deepEqual(bad(await check()), [['source product', 'SOURCE_NOT_FOUND']]);
  const open = (await setupIssues()).filter((row) => row.Resolved_On__c === null);
  assert.deepEqual(
    open.map((row) => row.Code__c),
    ['SOURCE_NOT_FOUND'],
  );
  usage = yes;
  const written = await writes();
  assert.deepEqual(bad(await check({ more: 'salesforce: { org_id: 00D000000000001 }\n' })), [
    ['login', 'WRONG_ORG'],
  ]);
  assert.equal(await writes(), written);
});
