// What converts, in a browser: what a manager, a rep and somebody without permission find on the page.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { axeViolations, geometryFaults } from '../testing/page-checks.ts';
import { SCREENSHOTS, startScene, SYNC, type Scene } from './stalled-pilot.test-support.ts';

const MANAGER = 'manager@acme.test';
let scene: Scene;

interface Ended {
  readonly outcome: string;
  readonly count: number;
  readonly type?: string;
  readonly owner?: string;
  readonly signal?: string;
}
// 14 decided pilots, of which 8 converted; two of the lost ones are the rep's own.
const ENDED: readonly Ended[] = [
  { outcome: 'Converted on other terms', count: 8 },
  { outcome: 'Not converted', count: 2, type: 'POC', signal: 'NO_USAGE' },
  { outcome: 'No decision', count: 4, signal: 'OVERRUN' },
  { outcome: 'Declined', count: 2 },
];

before(async () => {
  scene = await startScene();
  const AccountId = await scene.create('Account', { Name: 'Globex' }, MANAGER);
  const terms = { AccountId, StageName: 'Prospecting', CloseDate: '2026-11-30' };
  const deal = await scene.create('Opportunity', { Name: 'Globex', ...terms }, MANAGER);
  const mine = await scene.create('Opportunity', { Name: 'Globex: own', ...terms });
  for (const { outcome, count, type = 'Pilot', signal } of ENDED)
    for (let index = 0; index < count; index += 1) {
      const isMine = type === 'POC';
      const id = await scene.create(
        'Pilot__c',
        {
          Name: `Globex: ${outcome} ${index}`,
          Opportunity__c: isMine ? mine : deal,
          Type__c: type,
          Status__c: 'Closed',
          Outcome__c: outcome,
          Outcome_Reason__c: 'Other',
          Decided_On__c: '2026-11-10',
          Start_Date__c: '2026-09-01',
          End_Date__c: '2026-10-27',
          Template_Name__c: 'Adoption of a whole department with single sign-on',
          Commitment_Level__c: 'Collaborative',
        },
        isMine ? undefined : MANAGER,
      );
      if (signal === undefined) continue;
      const found = { code: signal, group: 'usage', state: 'Stalled', since: '2026-10-20', values: {} };
      const Signals__c = { version: 1, signals: [{ ...found, variant: null, owner: 'rep' }], toTidy: [] };
      const measured = { First_Value_On__c: '2026-09-10', Active_Departments__c: 1 };
      const verdict = { ...measured, Signals__c: JSON.stringify({ ...Signals__c, note: null }) };
      await scene.update('Pilot__c', id, verdict, SYNC);
    }
});
after(async () => scene?.close());

async function open(query: string, width?: number) {
  const visit = await scene.open(`/learning?${query}`, width);
  await visit.page.locator('[data-id="row"], [data-id="error"], [data-id="empty"]').first().waitFor();
  return visit;
}

const texts = async (page: Page, selector: string) =>
  (await page.locator(selector).allTextContents()).map((text) => text.replace(/\s+/g, ' ').trim());

const rowsOf = async (page: Page, table: string) => {
  const cell = (id: string) => texts(page, `[data-table="${table}"] [data-id="${id}"]`);
  const [names, counts, rates] = await Promise.all([cell('name'), cell('count'), cell('rate')]);
  return names.map((name, index) => `${name}: ${counts[index]}, ${rates[index]}`);
};

test('a manager sees what converted, with one request, and no rate where fewer than eight were decided', async () => {
  const { page, faults, calls } = await open('user=manager');
  assert.equal(calls.length, 1);
  assert.deepEqual(await texts(page, '[data-id="summary"]'), [
    '8 of 14 decided pilots converted: 57 % (33 to 79 %).',
  ]);
  assert.deepEqual(await rowsOf(page, 'type'), [
    'Pilot: 8 of 12, 67 % (39 to 86 %)',
    'POC: 0 of 2, fewer than 8, no rate',
  ]);
  assert.deepEqual(await rowsOf(page, 'firstValue'), [
    'In the second week: 0 of 6, fewer than 8, no rate',
    'Not known: 8 of 8, 100 % (68 to 100 %)',
  ]);
  assert.deepEqual(await rowsOf(page, 'losses'), [
    'Readout overdue: 4 of 6, fewer than 8, no rate',
    'No usage: 2 of 6, fewer than 8, no rate',
  ]);
  assert.match((await texts(page, '[data-id="left-out"]'))[0]!, /: Declined 2\.$/);
  assert.deepEqual(faults, []);
  await page.close();
});

test('the bar and the dot stand where the words say', async () => {
  const { page } = await open('user=manager');
  const plot = page.locator('[data-table="type"] [data-id="plot"]').first();
  const frame = (await plot.boundingBox())!;
  const dot = (await plot.locator('circle').boundingBox())!;
  const bar = (await plot.locator('line.interval').boundingBox())!;
  const at = (x: number) => Math.round(((x - frame.x) / frame.width) * 100);
  assert.equal(at(dot.x + dot.width / 2), 67);
  assert.ok(Math.abs(at(bar.x) - 39) <= 1 && Math.abs(at(bar.x + bar.width) - 86) <= 1);
  assert.equal(await page.locator('[data-table="losses"] [data-id="plot"]').count(), 0);
  await page.close();
});

test('somebody without permission reads which one is missing, and no number', async () => {
  const { page } = await open('user=stranger');
  assert.match((await texts(page, '[data-id="error"]'))[0]!, /permission set Pilot Rep/);
  assert.equal(await page.locator('[data-id="row"]').count(), 0);
  assert.deepEqual(await axeViolations(page), []);
  await page.screenshot({ path: `${SCREENSHOTS}/learning-stranger.png`, fullPage: true });
  await page.close();
});

test('a screen reader finds tables with headings, named rows and no picture in the way', async () => {
  const { page } = await open('user=rep');
  const table = page.getByRole('table', { name: 'Structured at the start' });
  assert.equal(await table.getByRole('columnheader').count(), 3);
  assert.equal(await table.getByRole('rowheader').count(), 1);
  assert.equal(await page.getByRole('img').count(), 0);
  await page.close();
});

for (const lang of ['en', 'es'])
  for (const width of [1280, 768, 360])
    test(`nothing is cut off, overlaps or is inaccessible at ${width} px in ${lang}`, async () => {
      const { page, faults } = await open(`user=manager&lang=${lang}`, width);
      await page.screenshot({ path: `${SCREENSHOTS}/learning-${lang}-${width}.png`, fullPage: true });
      assert.deepEqual(await geometryFaults(page), []);
      assert.deepEqual(await axeViolations(page), []);
      assert.deepEqual(faults, []);
      await page.close();
    });
