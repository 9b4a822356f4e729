import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../testing/browser.ts';
import { axeViolations, geometryFaults } from '../testing/page-checks.ts';
import { createUser, startTestOrg } from '../testing/test-org.ts';
import type { TestOrg } from '../testing/test-org.ts';
import { startPreview } from './preview.ts';
import type { Preview } from './preview.ts';

const NOW = new Date('2026-11-17T12:00:00Z');
const SCREENSHOTS = 'build/screenshots';
const SYNC = 'sync@acme.test';
const REP = 'rep@acme.test';
const STRANGER = 'stranger@acme.test';

let org: TestOrg;
let preview: Preview;
let browser: Browser;
let dealId: string;
let pilotId: string;
let emptyDealId: string;

before(async () => {
  org = await startTestOrg({ now: NOW, deploy: true });
  await createUser(org, { username: SYNC, permissionSets: ['Pilot_Sync'] });
  await createUser(org, { username: REP, permissionSets: ['Pilot_Rep'] });
  await createUser(org, { username: STRANGER });
  dealId = await createDeal('Acme: SaaS adoption');
  emptyDealId = await createDeal('Globex: renewal');
  pilotId = await createStalledPilot();
  const viewer = (key: string, username: string) => ({
    key,
    label: key,
    token: () => org.tokenFor(username),
  });
  preview = await startPreview({
    orgUrl: org.url,
    viewers: [viewer('rep', REP), viewer('stranger', STRANGER)],
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

async function create(object: string, fields: object, username: string): Promise<string> {
  const { status, body } = await org.call('POST', `/sobjects/${object}`, fields, username);
  assert.equal(status, 201, `${object}: ${JSON.stringify(body)}`);
  return (body as { id: string }).id;
}

async function update(object: string, id: string, fields: object, username: string): Promise<void> {
  const { status, body } = await org.call('PATCH', `/sobjects/${object}/${id}`, fields, username);
  assert.equal(status, 204, `${object}: ${JSON.stringify(body)}`);
}

async function createDeal(Name: string): Promise<string> {
  return create('Opportunity', { Name, StageName: 'Negotiation/Review', CloseDate: '2026-12-20' }, REP);
}

/** What the rep enters and the sync writes for the stalled pilot of the header. */
async function createStalledPilot(): Promise<string> {
  const id = await create(
    'Pilot__c',
    {
      Name: 'Acme: SaaS adoption',
      Opportunity__c: dealId,
      Type__c: 'Pilot',
      Department__c: 'Sales Ops',
      Status__c: 'Active',
      Usage_Source__c: 'Linked',
      Start_Date__c: '2026-10-12',
      End_Date__c: '2026-12-04',
      Decision_Date__c: '2026-12-18',
      Planned_Users__c: 25,
      Licensed_Users__c: 25,
    },
    REP,
  );
  const weekly = {
    Pilot__c: id,
    Kind__c: 'Adoption',
    Direction__c: 'At least',
    Unit__c: 'users',
    Baseline__c: 0,
    Target__c: 20,
  };
  const users = await create(
    'SuccessCriterion__c',
    { ...weekly, Name: 'Weekly active users', Metric__c: 'weekly_users' },
    REP,
  );
  await create(
    'SuccessCriterion__c',
    {
      Pilot__c: id,
      Name: 'Reply time',
      Kind__c: 'Business outcome',
      Must_Have__c: true,
      Direction__c: 'At most',
      Unit__c: 'h',
      Baseline__c: 4,
      Target__c: 1,
      Actual__c: 3.1,
    },
    REP,
  );
  await update(
    'SuccessCriterion__c',
    users,
    { Actual__c: 11, Measured_On__c: '2026-11-16', Pace__c: 'On pace' },
    SYNC,
  );
  const signal = (code: string, group: string, state: string, values: object) => ({
    code,
    group,
    state,
    since: '2026-11-03',
    values,
    variant: null,
    owner: 'rep',
  });
  const signals = [
    signal('NO_USAGE', 'usage', 'Stalled', { users: 25, last: '2026-10-19', champion: 'Priya Shah' }),
    signal('TERMS_NOT_READY', 'deal', 'At risk', { status: 'Proposed', ends: '2026-12-04', amount: 575000 }),
  ];
  const toTidy = [signal('NO_NEXT_STEP', 'tidy', 'Watch', { last: '2026-10-28' })];
  await update(
    'Pilot__c',
    id,
    {
      Health__c: 'Stalled',
      Stalled__c: true,
      Stalled_Since__c: '2026-11-03',
      To_Tidy__c: 1,
      Active_Users_7d__c: 0,
      Signals__c: JSON.stringify({ version: 1, signals, toTidy }),
      Usage_Complete_To__c: '2026-11-17',
      Stale_After__c: '2026-11-19T12:00:00Z',
      Synced_At__c: '2026-11-17T06:10:00Z',
    },
    SYNC,
  );
  return id;
}

interface Visit {
  readonly page: Page;
  /** Paths of the calls to the org that the page made. */
  readonly calls: string[];
  /** What the page threw or logged as an error. */
  readonly faults: string[];
}

async function open(path: string, width = 1280): Promise<Visit> {
  const page = await browser.newPage({
    viewport: { width, height: 900 },
    timezoneId: 'UTC',
    locale: 'en-US',
  });
  page.setDefaultTimeout(10_000);
  const calls: string[] = [];
  const faults: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('/services/')) calls.push(new URL(request.url()).pathname);
  });
  page.on('pageerror', (error) => faults.push(String(error.stack)));
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text());
  });
  await page.goto(preview.url + path);
  return { page, calls, faults };
}

test('the rep sees the stalled pilot: since when, why, what next, and the criteria', async () => {
  const { page, calls, faults } = await open(`/opportunity/${dealId}`);
  await page.getByText('Stalled since 3 Nov').first().waitFor();
  const panel = page.locator('c-pilot-panel');
  for (const line of [
    'Pilot · Sales Ops · day 37 of 54',
    'Usage to Tue 17 Nov · synced 06:10',
    'None of 25 users active since Mon 19 Oct.',
    '+1 more · 1 to tidy',
    'Next: ask Priya Shah (champion) what changed.',
    'Active a week 0 of 25 · Criteria 0 of 2 met, 1 on pace · Decision 18 Dec',
    'at most 1 h',
    '3.1 h',
  ]) {
    assert.equal(await panel.getByText(line, { exact: true }).count(), 1, line);
  }
  assert.deepEqual(await panel.locator('[data-id="name"]').allTextContents(), [
    'Reply time',
    'Weekly active users',
  ]);
  assert.equal(calls.length, 1, calls.join(' '));
  assert.deepEqual(faults, []);
  await page.close();
});

for (const lang of ['en', 'es']) {
  for (const width of [1280, 768, 360]) {
    test(`nothing is cut off, overlaps or is inaccessible at ${width} px in ${lang}`, async () => {
      const { page, faults } = await open(`/opportunity/${dealId}?lang=${lang}`, width);
      await page.locator('[data-id="headline"]').waitFor();
      await page.screenshot({ path: `${SCREENSHOTS}/opportunity-${lang}-${width}.png`, fullPage: true });
      assert.deepEqual(await geometryFaults(page), []);
      assert.deepEqual(await axeViolations(page), []);
      assert.deepEqual(faults, []);
      await page.close();
    });
  }
}

test('the geometry check sees a text that lies on another and one that leaves the window', async () => {
  const { page } = await open(`/opportunity/${dealId}`);
  await page.locator('[data-id="headline"]').waitFor();
  await page.evaluate(`document.body.insertAdjacentHTML('beforeend',
    '<p style="position:absolute;top:5rem;left:1.8rem;margin:0">Seeded</p><p style="position:absolute;left:100rem">Outside</p>')`);
  const faults = await geometryFaults(page);
  assert.ok(
    faults.some((fault) => fault.includes('"Seeded"')),
    faults.join('\n'),
  );
  assert.ok(
    faults.some((fault) => fault.startsWith('outside the window: Outside')),
    faults.join('\n'),
  );
  await page.close();
});

test('a user without permission is told whom to ask, and sees no pilot', async () => {
  const { page } = await open(`/opportunity/${dealId}?user=stranger`);
  await page.getByText('Ask your Salesforce admin for the permission set Pilot Rep.').waitFor();
  assert.equal(await page.locator('[data-id="headline"]').count(), 0);
  assert.deepEqual(await axeViolations(page), []);
  await page.close();
});

test('a deal without pilot says how to start one', async () => {
  const { page } = await open(`/opportunity/${emptyDealId}`);
  await page.getByText('No pilot on this deal yet').waitFor();
  assert.deepEqual(await axeViolations(page), []);
  await page.close();
});

test('what the sync wrote meanwhile shows once the tab is visible again', async () => {
  const { page } = await open(`/opportunity/${dealId}`);
  await page.getByText('Stalled since 3 Nov').first().waitFor();
  await update('Pilot__c', pilotId, { Active_Users_7d__c: 3 }, SYNC);
  await page.evaluate("document.dispatchEvent(new Event('visibilitychange'))");
  await page.getByText('Active a week 3 of 25', { exact: false }).waitFor();
  await page.close();
});

test('the list leads to the page', async () => {
  const { page } = await open('/');
  assert.deepEqual(await axeViolations(page), []);
  await page.getByRole('link', { name: 'Acme: SaaS adoption' }).click();
  await page.getByText('Stalled since 3 Nov').first().waitFor();
  await page.close();
});

test('another site gets no answer, and the login never reaches the page', async () => {
  const { page } = await open(`/opportunity/${dealId}`);
  assert.ok(!(await page.content()).includes(await org.tokenFor(REP)));
  const api = `${preview.url}/as/rep/services/data/v67.0/query?q=SELECT+Id+FROM+Opportunity`;
  assert.equal((await fetch(api)).status, 200);
  const strange = await fetch(api, { headers: { origin: 'https://evil.example' } });
  assert.equal(strange.status, 403);
  assert.equal((await fetch(`${preview.url}/as/admin/services/data/v67.0/limits`)).status, 404);
  await page.close();
});
