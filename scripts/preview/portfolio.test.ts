// The portfolio in a browser: what a manager, a rep and somebody without permission find there.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { axeViolations, geometryFaults } from '../testing/page-checks.ts';
import { SCREENSHOTS, startScene, SYNC, type Scene } from './stalled-pilot.test-support.ts';

const MANAGER = 'manager@acme.test';
let scene: Scene;
const globex: string[] = [];

/** The manager runs two of Globex's pilots, the reader one; the policy allows two. */
async function makeTeam(pilots: readonly string[]): Promise<void> {
  const users = await scene.query("SELECT Id, Username FROM User WHERE Username LIKE '%@acme.test'");
  const idOf = (username: string) => users.find(({ Username }) => Username === username)!['Id'];
  const [manager, reader] = [idOf(MANAGER), idOf('reader@acme.test')];
  for (const id of pilots.slice(0, 2))
    await scene.update('Pilot__c', id, { Success_Manager__c: manager, Sales_Engineer__c: reader }, MANAGER);
  await scene.update('Pilot__c', pilots[2]!, { Success_Manager__c: reader }, MANAGER);
  const promise = { Pilot__c: pilots[0], Party__c: 'Vendor', Kind__c: 'Hours', Name: 'Support' };
  const hours = { Hours__c: 20, Hours_Spent__c: 24.5, Owner_User__c: manager };
  await scene.create('PilotCommitment__c', { ...promise, ...hours }, MANAGER);
  await scene.create('PilotCommitment__c', { ...promise, Hours__c: 8 }, MANAGER);
  await scene.create(
    'PilotSyncRun__c',
    {
      Finished_At__c: '2026-11-17T06:10:00Z',
      Outcome__c: 'Succeeded',
      Capacity_Per_Manager__c: 2,
      Capacity_Mode__c: 'Block',
    },
    SYNC,
  );
}

before(async () => {
  scene = await startScene();
  const AccountId = await scene.create('Account', { Name: 'Globex' }, MANAGER);
  const terms = { AccountId, StageName: 'Prospecting', CloseDate: '2026-11-30' };
  const Opportunity__c = await scene.create('Opportunity', { Name: 'Globex', ...terms }, MANAGER);
  const pilot = { Opportunity__c, Type__c: 'Pilot', Status__c: 'Active', Start_Date__c: '2026-10-12' };
  const healths = ['On track', 'Watch', 'At risk', 'On track'];
  for (const [index, Health__c] of healths.entries()) {
    const dates = { End_Date__c: '2026-12-04', Decision_Date__c: `2026-12-1${index}` };
    const fields = { Name: `Globex ${index + 1}: data platform`, ...pilot, ...dates };
    const id = await scene.create('Pilot__c', fields, MANAGER);
    const Signals__c = JSON.stringify({ version: 1, signals: [], toTidy: [], note: null });
    const verdict = { Health__c, Signals__c, Stale_After__c: '2026-11-19T12:00:00Z' };
    await scene.update('Pilot__c', id, verdict, SYNC);
    globex.push(id);
  }
  await makeTeam(globex);
});
after(async () => scene?.close());

async function open(
  query: string,
  width?: number,
): Promise<{ page: Page; faults: string[]; calls: string[] }> {
  const visit = await scene.open(`/portfolio?${query}`, width);
  await visit.page.locator('[data-id="row"], [data-id="error"], [data-id="empty"]').first().waitFor();
  return visit;
}

const texts = async (page: Page, id: string) =>
  (await page.locator(`[data-id="${id}"]`).allTextContents()).map((text) => text.trim());

test('a manager sees the team’s live pilots, the worst first, with one request', async () => {
  const { page, faults, calls } = await open('user=manager');
  const names = await texts(page, 'name');
  assert.deepEqual(names.slice(0, 2), ['Acme: SaaS adoption', 'Globex 3: data platform']);
  assert.equal(names.length, 5);
  assert.deepEqual(calls.length, 1);
  assert.equal(
    (await texts(page, 'reason'))[0]?.startsWith('None of 25 users active since Mon 19 Oct.'),
    true,
  );
  assert.equal((await texts(page, 'dates'))[0], 'Dates that contradict 4');
  assert.deepEqual(faults, []);
  await page.close();
});

test('a rep starts with the own pilots and may look at all that they may read', async () => {
  const { page } = await open('user=rep');
  assert.deepEqual(await texts(page, 'name'), ['Acme: SaaS adoption']);
  assert.equal(new URL(page.url()).searchParams.get('c__scope'), null);
  await page.close();
});

test('somebody without permission reads which one is missing, and nothing else', async () => {
  const { page } = await open('user=stranger');
  assert.match((await texts(page, 'error'))[0]!, /permission set Pilot Rep/);
  assert.equal(await page.locator('[data-id="row"]').count(), 0);
  assert.deepEqual(await axeViolations(page), []);
  await page.close();
});

test('filters and order stay in the address, and a link with them opens the same rows', async () => {
  const { page } = await open('user=manager');
  await page.locator('[data-id="On track"]').click();
  await page.locator('[data-id="days"]').click();
  await page.locator('[data-id="days"]').click();
  const names = await texts(page, 'name');
  assert.deepEqual(names, ['Globex 4: data platform', 'Globex 1: data platform']);
  const url = new URL(page.url());
  assert.equal(url.searchParams.get('c__health'), 'On track');
  assert.equal(url.searchParams.get('c__sort'), '-days');
  await page.close();
  const again = await open(url.search.slice(1));
  assert.deepEqual(await texts(again.page, 'name'), names);
  await again.page.close();
});

test('everything is reached and pressed with the keyboard alone, in the order of reading', async () => {
  const { page } = await open('user=manager');
  const order: string[] = [];
  await page.locator('[data-id="list"]').focus();
  for (let step = 0; step < 15; step += 1) {
    order.push(await page.evaluate(FOCUSED));
    await page.keyboard.press('Tab');
  }
  assert.deepEqual(order.slice(0, 14), [
    'List',
    'Calendar',
    'Capacity',
    'All 5',
    'Stalled 1',
    'At risk 1',
    'Watch 1',
    'On track 2',
    'Dates that contradict 4',
    'Pilot',
    'Health',
    'Decision',
    'Value agreed',
    'Acme: SaaS adoption',
  ]);
  await page.locator('[data-id="Stalled"]').focus();
  await page.keyboard.press('Enter');
  assert.deepEqual(await texts(page, 'name'), ['Acme: SaaS adoption']);
  await page.keyboard.press('Space');
  assert.equal(await page.locator('[data-id="Stalled"]').getAttribute('aria-pressed'), 'true');
  await page.close();
});

const FOCUSED = `(() => {
  let focused = document.activeElement;
  while (focused.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
  return focused.textContent.trim();
})()`;

test('the calendar names what is due in a month and turns to the next', async () => {
  const { page } = await open('user=manager');
  await page.locator('[data-id="calendar"]').click();
  await page.getByText('Nothing is due in this month.').waitFor();
  await page.locator('c-pilot-calendar [data-id="next"]').click();
  await page.getByText('Fri 18 Dec').waitFor();
  assert.equal(new URL(page.url()).searchParams.get('c__month'), '2026-12');
  assert.equal(await page.locator('[data-id="event"]').count(), 6);
  assert.deepEqual(await axeViolations(page), []);
  assert.deepEqual(await geometryFaults(page), []);
  await page.screenshot({ path: `${SCREENSHOTS}/portfolio-calendar.png`, fullPage: true });
  await page.close();
});

async function openCapacity(query: string, width?: number): Promise<{ page: Page; calls: string[] }> {
  const visit = await scene.open(`/portfolio?c__view=capacity&${query}`, width);
  await visit.page
    .locator('c-pilot-capacity')
    .locator('[data-id="load"], [data-id="error"]')
    .first()
    .waitFor();
  return visit;
}

const loads = async (page: Page) =>
  (await page.locator('[data-id="load"]').allInnerTexts()).map((text) => text.split(/\s*\n\s*/));

test('capacity counts live pilots and hours per person against the policy, and names who is free', async () => {
  const { page, calls } = await openCapacity('user=manager');
  assert.deepEqual(await loads(page), [
    ['manager', '2 of 2 full', '0', '20 h', '24.5 h, 4.5 h more than promised'],
    ['reader', '1 of 2 1 free', '2', 'none entered', 'none entered'],
  ]);
  assert.deepEqual(await texts(page, 'next'), ['Can take the next one: reader (1 of 2).']);
  assert.match((await texts(page, 'policy'))[0]!, /^At most 2 live .* refused.*on Tue 17 Nov\.$/);
  assert.deepEqual(await texts(page, 'unmanaged'), ['Live pilots without a success manager: 2.']);
  assert.deepEqual(await texts(page, 'unowned'), [
    'Hours that no person answers for: promised 8 h, spent not recorded.',
  ]);
  assert.equal(calls.length, 2, 'one for the pilots, one for all of the capacity');
  await page.close();
});

test('who may not see the runs reads the counts without a limit, and who is without permission nothing', async () => {
  const rep = await openCapacity('user=rep');
  assert.match((await texts(rep.page, 'policy'))[0]!, /^No limit is shown/);
  assert.equal(await rep.page.locator('[data-id="next"]').count(), 0);
  await rep.page.close();
  const stranger = await openCapacity('user=stranger');
  assert.match((await texts(stranger.page, 'error'))[0]!, /permission set Pilot Rep/);
  assert.deepEqual(await axeViolations(stranger.page), []);
  await stranger.page.close();
});

for (const lang of ['en', 'es'])
  for (const width of [1280, 360])
    test(`the capacity is readable and accessible at ${width} px in ${lang}`, async () => {
      const { page } = await openCapacity(`user=manager&lang=${lang}`, width);
      await page.screenshot({ path: `${SCREENSHOTS}/capacity-${lang}-${width}.png`, fullPage: true });
      assert.deepEqual(await geometryFaults(page), []);
      assert.deepEqual(await axeViolations(page), []);
      await page.close();
    });

for (const lang of ['en', 'es'])
  for (const width of [1280, 768, 360])
    test(`nothing is cut off, overlaps or is inaccessible at ${width} px in ${lang}`, async () => {
      const { page } = await open(`user=manager&lang=${lang}`, width);
      await page.screenshot({ path: `${SCREENSHOTS}/portfolio-${lang}-${width}.png`, fullPage: true });
      assert.deepEqual(await geometryFaults(page), []);
      assert.deepEqual(await axeViolations(page), []);
      await page.close();
    });
