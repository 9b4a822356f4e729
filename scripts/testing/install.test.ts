import assert from 'node:assert/strict';
import { unzipSync } from 'fflate';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, it } from 'node:test';
import { openAdminOrg, type AdminOrg } from '../cli/admin-org.ts';
import { install, type InstallOptions } from '../cli/install-command.ts';
import { addSample } from '../cli/sample-command.ts';
import { uninstall } from '../cli/uninstall-command.ts';
import type { Component } from '../metadata/read/component.ts';
import { readComponents } from '../metadata/read/read-components.ts';
import { zipBytes } from '../package/build-zip.ts';
import type { PackageParts } from '../package/package-parts.ts';
import { API_VERSION, packageParts } from '../package/release.ts';
import { zipFilesOf } from '../package/zip-format.ts';
import { STARTER_TEMPLATES } from '../../force-app/main/default/lwc/pilotTemplates/starterTemplates.ts';
import { STORIES } from '../sample/stories.ts';
import { adminChanges } from './admin-changes.ts';
import { columnsOfAll, rowsOfAll } from './org-rows.ts';
import { ADMIN, assignPermissionSet, startTestOrg, type TestOrg } from './test-org.ts';

const parts = packageParts();
let testOrg: TestOrg;
let org: AdminOrg;
let said: string[];
let folder: string;

beforeEach(async () => {
  testOrg = await startTestOrg();
  org = await openAdminOrg({ accessToken: await testOrg.tokenFor(ADMIN), instanceUrl: testOrg.url });
  said = [];
  folder = mkdtempSync(join(tmpdir(), 'pilot-install-'));
});
afterEach(async () => {
  const [organization] = await org.query('SELECT Id FROM Organization');
  rmSync(`.pilot/installed/${String(organization!['Id'])}.zip`, { force: true });
  rmSync(folder, { recursive: true, force: true });
  await testOrg.close();
});

const run = (from: PackageParts = parts, options: InstallOptions = {}) =>
  install(org, from, options, (line) => said.push(line));
const one = async (soql: string) => (await org.query(soql))[0] ?? {};

/** The package with one definition changed in its text. */
function changed(type: string, fullName: string, from: string, to: string, of = parts): PackageParts {
  const change = (components: readonly Component[]) =>
    components.flatMap((each) => {
      if (each.type !== type || each.fullName !== fullName) return [each];
      const files = zipFilesOf([each], API_VERSION);
      const edited = new Map([...files].map(([path, text]) => [path, text.replace(from, to)]));
      assert.notDeepEqual([...edited], [...files], `${fullName} does not hold ${from}`);
      return readComponents(edited).components.filter((other) => other.fullName === fullName);
    });
  return { ...of, core: change(of.core), seed: change(of.seed) };
}

/** What an admin does in Setup, as the deploy it amounts to. */
const edit = (edited: PackageParts, type: string, fullName: string) => {
  const found = [...edited.seed, ...edited.core].find(
    (each) => each.type === type && each.fullName === fullName,
  );
  return org.deploy(zipBytes(zipFilesOf([found!], API_VERSION)), false);
};

it('an empty org gets the package, the admin’s rights and six templates', async () => {
  await run();
  assert.ok(await org.fields('Pilot__c'));
  const templates = await org.query('SELECT Name FROM PilotTemplate__c');
  assert.deepEqual(
    templates.map(({ Name }) => Name).sort(),
    STARTER_TEMPLATES.map(({ template }) => template.Name).sort(),
  );
  assert.ok(said.some((line) => line.startsWith('Install into')));
});

it('a dry run changes nothing', async () => {
  await run(parts, { dryRun: true });
  assert.equal(await org.fields('Pilot__c'), null);
  assert.ok(said.some((line) => line.startsWith('Dry run')));
});

it('a second install of the same package finds no drift and no new definition', async () => {
  await run();
  said = [];
  await run();
  assert.ok(
    said.some((line) => line.includes(', 0 of them new')),
    said.join('\n'),
  );
  assert.ok(!said.some((line) => /differs? from what was shipped/.test(line)), said.join('\n'));
  assert.ok(said.includes('Templates are there already and stay as they are.'));
});

const POLICY = "SELECT Check_In_Days__c FROM PilotPolicy__mdt WHERE DeveloperName = 'Default'";

for (const remembers of [true, false])
  it(`a policy that the admin changed stays, ${remembers ? 'with' : 'without'} memory of the last install, unless overwritten`, async () => {
    await run();
    if (!remembers) {
      const [organization] = await org.query('SELECT Id FROM Organization');
      rmSync(`.pilot/installed/${String(organization!['Id'])}.zip`);
    }
    const before = Number((await one(POLICY))['Check_In_Days__c']);
    const text = parts.seed.find(({ fullName }) => fullName === 'PilotPolicy.Default')!.text;
    const line = /<field>Check_In_Days__c<\/field>\s*<value[^>]*>[^<]*/.exec(text)![0];
    const theirs = changed('CustomMetadata', 'PilotPolicy.Default', line, line.replace(/[^>]*$/, '21'));
    await edit(theirs, 'CustomMetadata', 'PilotPolicy.Default');
    await run();
    assert.equal((await one(POLICY))['Check_In_Days__c'], 21);
    assert.ok(said.includes('  kept: CustomMetadata PilotPolicy.Default'), said.join('\n'));
    await run(parts, { overwrite: true });
    assert.equal((await one(POLICY))['Check_In_Days__c'], before);
  });

/** Nobody was granted the field, so only a retrieve shows it. */
async function assertOwnField(): Promise<void> {
  const files = await org.retrieve([{ name: 'CustomField', members: ['Pilot__c.Own__c'] }]);
  assert.match([...files.values()].join(''), /Own__c/);
}

async function hasValue(field: string, value: string): Promise<boolean> {
  const { body } = await testOrg.call('GET', '/sobjects/Pilot__c/describe');
  const { fields } = body as {
    fields: { name: string; picklistValues: { value: string; active: boolean }[] }[];
  };
  return fields
    .find(({ name }) => name === field)!
    .picklistValues.some((each) => each.value === value && each.active);
}

it('an upgrade keeps live rows, an admin’s field and picklist value, and brings what only we changed', async () => {
  await run();
  const account = await org.create('Account', [{ Name: 'Acme' }]);
  const deal = await org.create('Opportunity', [
    { Name: 'Acme', AccountId: account[0], StageName: 'Prospecting', CloseDate: '2027-01-31' },
  ]);
  await org.create('Pilot__c', [{ Name: 'Live', Opportunity__c: deal[0], Type__c: 'Pilot' }]);
  await org.deploy(zipBytes(adminChanges([...parts.seed, ...parts.core])), false);

  const next = changed('ValidationRule', 'Pilot__c.End_After_Start', 'Move one of them.', 'Move one.');
  await run(next);

  assert.equal((await org.query('SELECT Id FROM Pilot__c')).length, 1);
  assert.ok(await hasValue('Purpose__c', 'Workshop'));
  assert.ok(
    said.some((line) => line === '  merged: CustomField Pilot__c.Purpose__c (Workshop)'),
    said.join('\n'),
  );
  await assertOwnField();
  const pilot = await org.query('SELECT Id FROM Pilot__c');
  const refused = await testOrg.call('PATCH', `/sobjects/Pilot__c/${String(pilot[0]!['Id'])}`, {
    Start_Date__c: '2027-02-01',
    End_Date__c: '2027-01-01',
  });
  assert.match(JSON.stringify(refused.body), /Move one\./);
});

it('a foreign Pilot__c stops the install before anything is changed', async () => {
  const foreign = parts.core.filter(({ zipPath }) => zipPath === 'objects/PilotTemplate__c.object');
  await org.deploy(zipBytes(zipFilesOf(foreign, API_VERSION)), false);
  await assert.rejects(run(), (error: Error & { code: string; actions: string[] }) => {
    assert.equal(error.code, 'INSTALL_STOPPED');
    assert.match(error.message, /PilotTemplate__c that is not ours/);
    return error.actions.length > 0;
  });
  assert.equal(await org.fields('Pilot__c'), null);
});

it('uninstall exports every row, asks first, and leaves the org as it was, sample data and own layouts included', async () => {
  const [account] = await org.create('Account', [{ Name: 'A real customer' }]);
  const [deal] = await org.create('Opportunity', [
    { Name: 'A real deal', AccountId: account!, StageName: 'Prospecting', CloseDate: '2027-01-31' },
  ]);
  const before = await everything();
  await run(parts, { page: true, translations: true });
  await addSample(org, await adminOf(testOrg), new Date(), join(folder, 'usage'), (line) => said.push(line));
  await org.create('Pilot__c', [{ Name: 'Live', Opportunity__c: deal!, Type__c: 'Pilot' }]);
  await deployOwnLayouts();
  const options = { export: folder };
  const say = (line: string) => said.push(line);
  await assert.rejects(uninstall(org, parts, options, say), { code: 'UNINSTALL_NOT_CONFIRMED' });
  assert.ok(await org.fields('Pilot__c'));
  await uninstall(org, parts, { ...options, yes: true }, say);
  for (const [object, count] of [
    ['PilotTemplate__c', STARTER_TEMPLATES.length],
    ['Pilot__c', STORIES.length + 1],
  ] as const) {
    const exported = readFileSync(join(folder, `${object}.jsonl`), 'utf8')
      .trim()
      .split('\n');
    assert.equal(exported.length, count, object);
  }
  assert.deepEqual(await everything(), before);
});

/** A layout of the pilot that an admin changed, and one that the admin added. */
async function deployOwnLayouts(): Promise<void> {
  const files = zipFilesOf(
    parts.core.filter(({ type, fullName }) => type === 'Layout' && fullName.startsWith('Pilot__c-')),
    API_VERSION,
  );
  const [path, text] = [...files].find(([name]) => name.startsWith('layouts/'))!;
  const changed = text.replace(
    /<layoutItems>\s*<behavior>Edit<\/behavior>\s*<field>Department__c<\/field>\s*<\/layoutItems>/,
    '',
  );
  assert.notEqual(changed, text);
  const own = path.replace('Pilot Layout', 'Own Layout');
  const manifest = files
    .get('package.xml')!
    .replace(
      'Pilot__c-Pilot Layout</members>',
      'Pilot__c-Pilot Layout</members><members>Pilot__c-Own Layout</members>',
    );
  await org.deploy(
    zipBytes(
      new Map([
        ['package.xml', manifest],
        [path, changed],
        [own, text],
      ]),
    ),
    false,
  );
}

const PREVIOUS = new URL('../package/previous/pilot-tracker-0.1.0.zip', import.meta.url).pathname;

it('an upgrade from the committed zip of the last version changes no row and keeps what the admin changed', async () => {
  await org.deploy(new Uint8Array(readFileSync(PREVIOUS)), false);
  await assignPermissionSet(testOrg, ADMIN, 'Pilot_Admin');
  await loadOneTemplate();
  await addSample(org, await adminOf(testOrg), new Date(), join(folder, 'usage'), () => undefined);
  const previous = readComponents(
    new Map(
      Object.entries(unzipSync(new Uint8Array(readFileSync(PREVIOUS)))).map(([name, bytes]) => [
        name,
        new TextDecoder().decode(bytes),
      ]),
    ),
  ).components;
  await org.deploy(zipBytes(adminChanges(previous)), false);
  const live = await one("SELECT Id FROM Pilot__c WHERE Status__c = 'Active' LIMIT 1");
  const { status } = await testOrg.call('PATCH', `/sobjects/Pilot__c/${String(live['Id'])}`, {
    Purpose__c: 'Workshop',
  });
  assert.equal(status, 204);
  const columns = await columnsOfAll(testOrg, org);
  const before = await rowsOfAll(org, columns);
  assert.ok(before['Pilot__c']!.length > STORIES.length / 2);

  await run(parts, { previous: PREVIOUS });

  assert.ok(said.some((each) => each.startsWith('Upgrade into')));
  assert.ok(
    await org.fields('PilotTemplateItem__c').then((all) => all!.some(({ name }) => name === 'Window__c')),
    'what is new is there',
  );
  assert.deepEqual(await rowsOfAll(org, columns), before);
  const policies = await org.query('SELECT DeveloperName, Check_In_Days__c FROM PilotPolicy__mdt');
  const days = new Map(policies.map((row) => [row['DeveloperName'], row['Check_In_Days__c']]));
  assert.deepEqual([days.get('Default'), days.get('Default_Override')], [21, 33]);
  await assertOwnField();
  assert.ok(await hasValue('Purpose__c', 'Workshop'));
});

async function loadOneTemplate(): Promise<void> {
  const [id] = await org.create('PilotTemplate__c', [{ Name: 'Our own', Weeks__c: 5, Active__c: true }]);
  await org.create('PilotTemplateItem__c', [{ Template__c: id!, Name: 'Ours', Item__c: 'Criterion' }]);
}

const adminOf = async (of: TestOrg) => ({ accessToken: await of.tokenFor(ADMIN), instanceUrl: of.url });

// The Metadata API deletes neither a language's file nor the translation of a standard object; both are empty afterwards.
const UNDELETABLE = new Set(['Translations', 'CustomObjectTranslation']);

/** Objects and their fields, permission sets, what a retrieve of every type of ours finds, and every value of every row. */
async function everything(): Promise<unknown> {
  const { body } = await testOrg.call('GET', '/sobjects');
  const names = (body as { sobjects: { name: string }[] }).sobjects.map(({ name }) => name).sort();
  const fields = await Promise.all(
    names.map(async (name) => [name, (await org.fields(name))?.map((field) => field.name)]),
  );
  const all = [...parts.core, ...parts.seed, ...parts.page, ...parts.translations];
  const types = [...new Set(all.map(({ type }) => type))]
    .filter((type) => !UNDELETABLE.has(type))
    .map((name) => ({ name, members: ['*'] }));
  const files = await org.retrieve(types);
  const sets = await org.query('SELECT Name FROM PermissionSet');
  const rows = await rowsOfAll(org, await columnsOfAll(testOrg, org));
  return { fields, files: [...files].sort(), sets: sets.map(({ Name }) => Name).sort(), rows };
}

it('a file named as previous install has to exist', async () => {
  const path = join(tmpdir(), 'no-such.zip');
  assert.ok(!existsSync(path));
  await assert.rejects(run(parts, { previous: path }), { code: 'INSTALL_STOPPED' });
});
