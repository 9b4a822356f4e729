// The portfolio in a browser: what a manager, a rep and somebody without permission find there.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { axeViolations, geometryFaults } from '../testing/page-checks.ts';
import { SCREENSHOTS, startScene, SYNC, type Scene } from './stalled-pilot.test-support.ts';

const MANAGER = 'manager@acme.test';
let scene: Scene;

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
  }
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
  for (let step = 0; step < 14; step += 1) {
    order.push(await page.evaluate(FOCUSED));
    await page.keyboard.press('Tab');
  }
  assert.deepEqual(order.slice(0, 13), [
    'List',
    'Calendar',
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

for (const lang of ['en', 'es'])
  for (const width of [1280, 768, 360])
    test(`nothing is cut off, overlaps or is inaccessible at ${width} px in ${lang}`, async () => {
      const { page } = await open(`user=manager&lang=${lang}`, width);
      await page.screenshot({ path: `${SCREENSHOTS}/portfolio-${lang}-${width}.png`, fullPage: true });
      assert.deepEqual(await geometryFaults(page), []);
      assert.deepEqual(await axeViolations(page), []);
      await page.close();
    });
