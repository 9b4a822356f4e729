// The setup page as an admin meets it: each thing in its broken state, then fine.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { STARTER_TEMPLATES } from '../../force-app/main/default/lwc/pilotTemplates/starterTemplates.ts';
import { launchBrowser } from '../testing/browser.ts';
import { axeViolations, geometryFaults } from '../testing/page-checks.ts';
import { ADMIN, createUser, startTestOrg, type TestOrg } from '../testing/test-org.ts';
import { startPreview, type Preview } from './preview.ts';
import { SCREENSHOTS } from './stalled-pilot.test-support.ts';

const NOW = new Date('2026-11-17T12:00:00Z');
const SYNC = 'sync@acme.test';
let org: TestOrg;
let preview: Preview;
let browser: Browser;

before(async () => {
  org = await startTestOrg({ now: NOW, deploy: true });
  await createUser(org, { username: SYNC, permissionSets: ['Pilot_Sync'] });
  await createUser(org, { username: 'rep@acme.test', permissionSets: ['Pilot_Rep'] });
  await createUser(org, { username: 'stranger@acme.test' });
  const viewer = (key: string, username: string) => ({
    key,
    label: key,
    customPermissions: [],
    token: () => org.tokenFor(username),
  });
  preview = await startPreview({
    orgUrl: org.url,
    viewers: [
      viewer('admin', ADMIN),
      viewer('rep', 'rep@acme.test'),
      viewer('stranger', 'stranger@acme.test'),
    ],
    port: 0,
    clockOffsetMs: NOW.getTime() - Date.now(),
    timeZone: 'UTC',
    progress: (line) => console.log(line),
  });
  browser = await launchBrowser();
  mkdirSync(SCREENSHOTS, { recursive: true });
});
after(async () => {
  await browser?.close();
  await preview?.close();
  await org?.close();
});

async function open(query = '', width = 1280): Promise<Page> {
  const page = await browser.newPage({ viewport: { width, height: 900 } });
  await page.goto(`${preview.url}/setup${query}`);
  await page
    .locator('[data-id="viewer"][data-state="fine"], [data-id="viewer"][data-state="todo"]')
    .nth(3)
    .waitFor();
  return page;
}

async function query(soql: string): Promise<Record<string, unknown>[]> {
  const { status, body } = await org.call('GET', `/query?q=${encodeURIComponent(soql)}`);
  assert.equal(status, 200, JSON.stringify(body));
  return (body as { records: Record<string, unknown>[] }).records;
}

async function create(object: string, fields: object, username = SYNC): Promise<string> {
  const { status, body } = await org.call('POST', `/sobjects/${object}`, fields, username);
  assert.equal(status, 201, JSON.stringify(body));
  return (body as { id: string }).id;
}

const states = (page: Page, id: string) =>
  page.locator(`[data-id="${id}"]`).evaluateAll((rows) => rows.map((row) => row.getAttribute('data-state')));

test('a user without any permission of the package reads what is missing and the click that gives it', async () => {
  const page = await open('?user=stranger');
  assert.deepEqual(await states(page, 'viewer'), ['todo', 'todo', 'todo', 'todo']);
  await page.getByText('You cannot see pilots.').waitFor();
  assert.match(
    (await page.locator('[data-id="fix"]').first().textContent())!,
    /Pilot Admin > Manage Assignments/,
  );
  assert.equal(await page.locator('c-pilot-templates').count(), 0);
  assert.deepEqual(await axeViolations(page), []);
  await page.close();
});

test('a rep sees that templates are not theirs to create, and no button that would fail', async () => {
  const page = await open('?user=rep');
  assert.deepEqual(await states(page, 'viewer'), ['fine', 'todo', 'fine', 'fine']);
  await page.locator('c-pilot-templates').getByText('Not in this org').waitFor();
  assert.equal(await page.locator('[data-id="load"]').count(), 0);
  await page.close();
});

test('before any check and sync the page says so and names the commands', async () => {
  const page = await open();
  assert.deepEqual(await states(page, 'viewer'), ['fine', 'fine', 'fine', 'fine']);
  await page.getByText('No check has left anything in this org').waitFor();
  await page.getByText('No sync has run yet').waitFor();
  assert.deepEqual(await states(page, 'sync'), ['todo']);
  assert.deepEqual(await states(page, 'check'), ['unknown']);
  await page.close();
});

test('findings of the check come with date, fix and link, open ones first; a harmful link is none', async () => {
  const finding = (key: string, fields: object) =>
    create('PilotSyncIssue__c', {
      Issue_Key__c: key,
      Kind__c: 'Setup',
      Last_Seen__c: '2026-11-16T06:10:00Z',
      ...fields,
    });
  await finding('setup:policy', {
    Source__c: 'policy',
    Message__c: 'Every value is there.',
    Resolved_On__c: '2026-11-16',
  });
  await finding('setup:field', {
    Code__c: 'PREFLIGHT',
    Message__c: 'Pilot__c.Risk__c cannot be written.',
    Fix__c: 'Setup > Permission Sets > Pilot Sync > Object Settings > Pilots',
    Link__c: '/lightning/setup/PermSets/home',
  });
  await finding('setup:evil', { Message__c: 'Another.', Fix__c: 'Nothing', Link__c: 'javascript:alert(1)' });
  const page = await open();
  await page.getByText('Pilot__c.Risk__c cannot be written.').waitFor();
  assert.deepEqual(await states(page, 'check'), ['todo', 'todo', 'solved']);
  await page
    .getByText('Checked on Mon 16 Nov at 06:10.')
    .or(page.getByText('Checked on 16 Nov at 06:10.'))
    .first()
    .waitFor();
  assert.deepEqual(
    await page
      .locator('[data-id="check"] a')
      .evaluateAll((links) => links.map((link) => link.getAttribute('href'))),
    ['/lightning/setup/PermSets/home'],
  );
  await page.close();
  for (const row of await query("SELECT Id FROM PilotSyncIssue__c WHERE Kind__c = 'Setup'"))
    await org.call('DELETE', `/sobjects/PilotSyncIssue__c/${String(row['Id'])}`, undefined, SYNC);
});

test('a check that found nothing shows its day; what another policy would change has a part of its own', async () => {
  const answer = (code: string, message: string) =>
    create('PilotSyncIssue__c', {
      Issue_Key__c: code,
      Code__c: code,
      Kind__c: 'Setup',
      Message__c: message,
      Last_Seen__c: '2026-11-16T06:10:00Z',
      Resolved_On__c: '2026-11-16',
    });
  await answer('SETUP_CHECKED', 'Everything the sync needs was there.');
  await answer(
    'WHAT_IF',
    'With Default Idle_Business_Days__c = 5: 2 of 34 pilots change. Adds 3 flags, removes 5.\nAcme, Acme pilot: Watch → Stalled  +NO_USAGE',
  );
  for (const width of [1280, 360]) {
    const page = await open('', width);
    await page.locator('[data-id="check"]').getByText('Nothing was wrong').waitFor();
    assert.deepEqual(await states(page, 'check'), ['fine']);
    const part = page.locator('[data-id="what-if"]');
    assert.match(
      (await part.innerText()).replaceAll(/\s*\n\s*/g, '\n'),
      /removes 5\.\nAcme, Acme pilot: Watch → Stalled/,
    );
    assert.match(await part.innerText(), /16 Nov at 06:10\. Nothing was changed\./);
    assert.deepEqual(await axeViolations(page), []);
    assert.deepEqual(await geometryFaults(page), []);
    await page.screenshot({ path: `${SCREENSHOTS}/setup-what-if-${width}.png`, fullPage: true });
    await page.close();
  }
});

test('a failed, an old and a good last sync each look different', async () => {
  const cases = [
    ['Failed', '2026-11-17T06:10:00Z', 'todo', 'The source could not be read.'],
    ['Succeeded', '2026-11-14T06:10:00Z', 'todo', 'more than two days ago'],
    ['Succeeded', '2026-11-17T06:10:00Z', 'fine', '34 pilots read, 0 records failed'],
  ] as const;
  for (const [Outcome__c, Started_At__c, state, text] of cases) {
    const id = await create('PilotSyncRun__c', {
      Outcome__c,
      Started_At__c,
      Pilots_Read__c: 34,
      Failed__c: 0,
      ...(Outcome__c === 'Failed' ? { Message__c: 'The source could not be read.' } : {}),
    });
    const page = await open();
    await page.locator('[data-id="sync"]').getByText(text).waitFor();
    assert.deepEqual(await states(page, 'sync'), [state]);
    await page.close();
    if (state !== 'fine') await org.call('DELETE', `/sobjects/PilotSyncRun__c/${id}`, undefined, SYNC);
  }
});

test('the six templates are loaded with all their items, as the command line loads them', async () => {
  const page = await open();
  await page.getByText('Not in this org: SaaS adoption').waitFor();
  await page.locator('[data-id="load"]').click();
  await page.getByText('All 6 are there.').waitFor();
  await page.getByText('6 loaded with all their items.').waitFor();
  const rows = await query('SELECT Name, Template__r.Name, Metric__c, Window__c FROM PilotTemplateItem__c');
  const wanted = STARTER_TEMPLATES.flatMap(({ template, items }) =>
    items.map(({ Name }) => `${template.Name}: ${Name}`),
  );
  const found = rows.map((row) => `${(row['Template__r'] as { Name: string }).Name}: ${String(row['Name'])}`);
  assert.deepEqual(found.sort(), wanted.sort());
  await page.reload();
  await page.getByText('All 6 are there.').waitFor();
  assert.equal(await page.locator('[data-id="load"]').count(), 0);
  await page.close();
});

const OBJECTS = [
  'Account',
  'Contact',
  'Opportunity',
  'Pilot__c',
  'SuccessCriterion__c',
  'ConversionTerm__c',
  'PilotCommitment__c',
  'PilotCheckIn__c',
  'PilotSyncIssue__c',
];
const counts = async () =>
  Object.fromEntries(
    await Promise.all(
      OBJECTS.map(async (name) => [name, (await query(`SELECT Id FROM ${name}`)).length] as const),
    ),
  );

test('sample data comes in with one click and goes without a row left, also what was entered on it', async () => {
  const before = await counts();
  const page = await open();
  await page.locator('[data-id="add"]').click();
  await page.getByText('Sample deals in this org: 1 (Sample: Acme, workspace for service teams).').waitFor();
  const added = await counts();
  assert.deepEqual(Object.fromEntries(OBJECTS.map((name) => [name, added[name]! - before[name]!])), {
    Account: 1,
    Contact: 2,
    Opportunity: 1,
    Pilot__c: 1,
    SuccessCriterion__c: 2,
    ConversionTerm__c: 2,
    PilotCommitment__c: 2,
    PilotCheckIn__c: 1,
    PilotSyncIssue__c: 0,
  });
  const [pilot] = await query("SELECT Id FROM Pilot__c WHERE Name LIKE 'Sample:%'");
  const Pilot__c = pilot!['Id'];
  await create('PilotCheckIn__c', { Pilot__c, Held_On__c: '2026-11-16' }, ADMIN);
  await create('PilotSyncIssue__c', { Issue_Key__c: 'sample:1', Kind__c: 'Overlap', Pilot__c });
  await page.reload();
  await page.locator('[data-id="ask"]').click();
  await page.getByText('Remove the sample accounts').waitFor();
  assert.deepEqual(await axeViolations(page), []);
  await page.locator('[data-id="remove"]').click();
  await page.getByText('No sample data is in this org.').waitFor();
  assert.deepEqual(await counts(), before);
  await page.close();
});

test('a deal of one’s own on the sample account is named and nothing is removed', async () => {
  const page = await open();
  await page.locator('[data-id="add"]').click();
  await page.locator('[data-id="ask"]').waitFor();
  const [account] = await query("SELECT Id FROM Account WHERE AccountNumber = 'PILOT-TRACKER-SAMPLE'");
  const deal = {
    Name: 'A real deal',
    AccountId: account!['Id'],
    StageName: 'Prospecting',
    CloseDate: '2027-01-31',
  };
  const id = await create('Opportunity', deal, ADMIN);
  await page.reload();
  await page.getByText('are not of the sample: A real deal.').waitFor();
  assert.equal(await page.locator('[data-id="ask"]').count(), 0);
  await page.close();
  await org.call('DELETE', `/sobjects/Opportunity/${id}`);
});

for (const lang of ['en', 'es'])
  for (const width of [1280, 360])
    test(`nothing is cut off, overlaps or is inaccessible at ${width} px in ${lang}`, async () => {
      const page = await open(`?lang=${lang}`, width);
      await page.locator('[data-id="ask"]').waitFor();
      await page.screenshot({ path: `${SCREENSHOTS}/setup-${lang}-${width}.png`, fullPage: true });
      assert.deepEqual(await geometryFaults(page), []);
      assert.deepEqual(await axeViolations(page), []);
      await page.close();
    });
