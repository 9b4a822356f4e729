import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, it } from 'node:test';
import { openAdminOrg, type AdminOrg } from '../cli/admin-org.ts';
import { install, type InstallOptions } from '../cli/install-command.ts';
import { uninstall } from '../cli/uninstall-command.ts';
import type { Component } from '../metadata/read/component.ts';
import { readComponents } from '../metadata/read/read-components.ts';
import { zipBytes } from '../package/build-zip.ts';
import { API_VERSION, packageParts, type PackageParts } from '../package/release.ts';
import { zipFilesOf } from '../package/zip-format.ts';
import { STARTER_TEMPLATES } from '../../force-app/main/default/lwc/pilotTemplates/starterTemplates.ts';
import { ADMIN, startTestOrg, type TestOrg } from './test-org.ts';

const parts = packageParts();
const folder = mkdtempSync(join(tmpdir(), 'pilot-install-'));
let testOrg: TestOrg;
let org: AdminOrg;
let said: string[];

beforeEach(async () => {
  testOrg = await startTestOrg();
  org = await openAdminOrg({ accessToken: await testOrg.tokenFor(ADMIN), instanceUrl: testOrg.url });
  said = [];
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
function changed(type: string, fullName: string, from: string, to: string): PackageParts {
  const change = (components: readonly Component[]) =>
    components.flatMap((each) => {
      if (each.type !== type || each.fullName !== fullName) return [each];
      const files = zipFilesOf([each], API_VERSION);
      const edited = new Map([...files].map(([path, text]) => [path, text.replace(from, to)]));
      assert.notDeepEqual([...edited], [...files], `${fullName} does not hold ${from}`);
      return readComponents(edited).components.filter((other) => other.fullName === fullName);
    });
  return { ...parts, core: change(parts.core), seed: change(parts.seed) };
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
  assert.ok(!said.some((line) => line.includes('differ from what was shipped')), said.join('\n'));
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

it('an upgrade keeps live rows, an admin’s field and picklist value, and brings what only we changed', async () => {
  await run();
  const account = await org.create('Account', [{ Name: 'Acme' }]);
  const deal = await org.create('Opportunity', [
    { Name: 'Acme', AccountId: account[0], StageName: 'Prospecting', CloseDate: '2027-01-31' },
  ]);
  await org.create('Pilot__c', [{ Name: 'Live', Opportunity__c: deal[0], Type__c: 'Pilot' }]);
  const value =
    '<value>\n                    <fullName>Workshop</fullName>\n                    <default>false</default>\n                    <label>Workshop</label>\n                </value>';
  const field = zipFilesOf(
    parts.core.filter(({ fullName }) => fullName === 'Pilot__c.Purpose__c'),
    API_VERSION,
  );
  const withValue = new Map(
    [...field].map(([path, text]) => [
      path,
      text.replace('</valueSetDefinition>', `${value}</valueSetDefinition>`),
    ]),
  );
  await org.deploy(zipBytes(withValue), false);
  const own =
    '<fields><fullName>Own__c</fullName><label>Own</label><length>20</length><type>Text</type></fields>';
  const ownField = new Map(
    [...field].map(([path, text]) => [
      path,
      text.replace(/<fields>[\s\S]*<\/fields>/, own).replace('Purpose__c', 'Own__c'),
    ]),
  );
  await org.deploy(zipBytes(ownField), false);

  const next = changed('ValidationRule', 'Pilot__c.End_After_Start', 'Move one of them.', 'Move one.');
  await run(next);

  assert.equal((await org.query('SELECT Id FROM Pilot__c')).length, 1);
  const { body } = await testOrg.call('GET', '/sobjects/Pilot__c/describe');
  const fields = (
    body as { fields: { name: string; picklistValues: { value: string; active: boolean }[] }[] }
  ).fields;
  const purpose = fields.find(({ name }) => name === 'Purpose__c')!.picklistValues;
  assert.ok(purpose.some((each) => each.value === 'Workshop' && each.active));
  assert.ok(
    said.some((line) => line === '  merged: CustomField Pilot__c.Purpose__c (Workshop)'),
    said.join('\n'),
  );
  const files = await org.retrieve([{ name: 'CustomField', members: ['Pilot__c.Own__c'] }]);
  assert.match([...files.values()].join(''), /Own__c/);
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

it('uninstall exports every row, asks first, and leaves the org as it was', async () => {
  const before = await traces();
  await run(parts, { page: true, translations: true });
  const options = { export: folder };
  const say = (line: string) => said.push(line);
  await assert.rejects(uninstall(org, parts, options, say), { code: 'UNINSTALL_NOT_CONFIRMED' });
  assert.ok(await org.fields('Pilot__c'));
  await uninstall(org, parts, { ...options, yes: true }, say);
  const exported = readFileSync(join(folder, 'PilotTemplate__c.jsonl'), 'utf8').trim().split('\n');
  assert.equal(exported.length, STARTER_TEMPLATES.length);
  assert.deepEqual(await traces(), before);
});

// The Metadata API deletes neither a language's file nor the translation of a standard object; both are empty afterwards.
const UNDELETABLE = new Set(['Translations', 'CustomObjectTranslation']);

/** Objects and their fields, permission sets, and what a retrieve of every type of ours still finds. */
async function traces(): Promise<unknown> {
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
  const rows = await Promise.all(
    ['Account', 'Opportunity', 'PermissionSetAssignment', 'User'].map(
      async (name) => (await org.query(`SELECT Id FROM ${name}`)).length,
    ),
  );
  return { fields, files: [...files.keys()].sort(), sets: sets.map(({ Name }) => Name).sort(), rows };
}

it('a file named as previous install has to exist', async () => {
  const path = join(tmpdir(), 'no-such.zip');
  assert.ok(!existsSync(path));
  await assert.rejects(run(parts, { previous: path }), { code: 'INSTALL_STOPPED' });
});
