// What goes wrong while somebody types: said in words, and nothing typed is lost.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { axeViolations, geometryFaults } from '../testing/page-checks.ts';
import { REP, SCREENSHOTS, startScene, SYNC, unlinkedWith } from './stalled-pilot.test-support.ts';
import type { Scene } from './stalled-pilot.test-support.ts';

let scene: Scene;

before(async () => {
  scene = await startScene();
});
after(() => scene?.close());

interface Form {
  readonly page: Page;
  readonly dialog: Locator;
}

/** The snooze form with a reason typed. */
async function snoozing(query = '', width = 1280): Promise<Form> {
  const { page } = await scene.open(`/opportunity/${scene.dealId}${query}`, width);
  await page.locator('c-pilot-check-ins [data-id="check-in"]').first().waitFor();
  await page.locator('[data-id="snooze"]').click();
  const dialog = page.getByRole('dialog');
  await dialog.locator('input[type="text"]').first().fill('Whole team at a fair');
  return { page, dialog };
}

async function submit({ dialog }: Form): Promise<string> {
  await dialog.locator('[data-id="submit"]').click();
  await dialog.locator('[data-id="failure"]').waitFor();
  return dialog.locator('[data-id="failure"]').innerText();
}

const typed = ({ dialog }: Form): Promise<string> =>
  dialog.locator('input[type="text"]').first().inputValue();

async function snoozeReason(): Promise<unknown> {
  const rows = await scene.query(`SELECT Snooze_Reason__c FROM Pilot__c WHERE Id = '${scene.pilotId}'`);
  return rows[0]!['Snooze_Reason__c'];
}

test('what somebody else changed meanwhile is not written over', async () => {
  const form = await snoozing();
  await scene.update('Pilot__c', scene.pilotId, { Department__c: 'Sales Operations' });
  assert.match(await submit(form), /Somebody changed this record meanwhile/);
  assert.equal(await typed(form), 'Whole team at a fair');
  assert.equal(await snoozeReason(), null);
  assert.deepEqual(await axeViolations(form.page), []);
  await form.page.screenshot({ path: `${SCREENSHOTS}/failure-conflict.png` });
  await form.page.close();
});

for (const { name, status, text } of [
  { name: 'a server that is down', status: null, text: /No connection/ },
  { name: 'an expired session', status: 401, text: /You are signed out/ },
  { name: 'a busy org', status: 503, text: /Salesforce is busy/ },
]) {
  test(`${name} is said in words, and the draft is saved once it is over`, async () => {
    const form = await snoozing();
    await form.page.route('**/ui-api/**', (route) =>
      status === null ? route.abort() : route.fulfill({ status, json: [{ message: 'x', errorCode: 'X' }] }),
    );
    assert.match(await submit(form), text);
    assert.equal(await typed(form), 'Whole team at a fair');
    await form.page.unroute('**/ui-api/**');
    await form.dialog.locator('[data-id="submit"]').click();
    await form.dialog.waitFor({ state: 'hidden' });
    assert.equal(await snoozeReason(), 'Whole team at a fair');
    await scene.update('Pilot__c', scene.pilotId, { Snooze_Reason__c: null, Snoozed_Until__c: null });
    await form.page.close();
  });
}

test('a validation rule of the org speaks at its field', async () => {
  const { page } = await scene.open(`/opportunity/${scene.dealId}`);
  await page.locator('[data-id="sign"]').click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Signed on').fill('Nov 30, 2026');
  await dialog.getByLabel('Signed on').press('Tab');
  await dialog.locator('[data-id="submit"]').click();
  await dialog.getByText('Signing needs both signers and a day that is not in the future.').waitFor();
  assert.equal(await dialog.getByLabel('Signed on').inputValue(), 'Nov 30, 2026');
  assert.deepEqual(await axeViolations(page), []);
  await page.screenshot({ path: `${SCREENSHOTS}/failure-rule.png` });
  await page.close();
});

test('of two records that belong together neither is saved when a rule refuses one', async () => {
  const { page } = await scene.open(`/opportunity/${scene.dealId}`);
  await page.locator('c-pilot-check-ins [data-id="check-in"]').first().waitFor();
  await page.locator('[data-id="check-in"] button').first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('Good', { exact: true }).click();
  await dialog.getByLabel('Held on').fill('Nov 20, 2026');
  await dialog.getByLabel('Held on').press('Tab');
  await dialog.locator('[data-id="submit"]').click();
  await dialog.getByText('A check-in is logged once it was held.').waitFor();
  const rows = await scene.query('SELECT Id FROM PilotCheckIn__c');
  const [pilot] = await scene.query(`SELECT Next_Check_In__c FROM Pilot__c WHERE Id = '${scene.pilotId}'`);
  assert.deepEqual([rows.length, pilot!['Next_Check_In__c']], [1, null]);
  await page.close();
});

for (const lang of ['en', 'es']) {
  test(`the form is whole on a phone in ${lang}`, async () => {
    const { page, dialog } = await snoozing(`?lang=${lang}`, 360);
    await page.screenshot({ path: `${SCREENSHOTS}/form-phone-${lang}.png` });
    const parts = await dialog.locator('[data-field], [data-id="submit"], [data-id="line"]').all();
    assert.equal(parts.length, 4);
    for (const part of parts) {
      const box = (await part.boundingBox())!;
      assert.ok(box.x >= 0 && box.x + box.width <= 360, JSON.stringify(box));
    }
    assert.deepEqual(await axeViolations(page), []);
    await page.close();
  });
}

test('the chart is read by keyboard, and its table twin is whole', async () => {
  const { page } = await scene.open(`/opportunity/${scene.dealId}`);
  const chart = page.getByRole('slider');
  await chart.focus();
  await page.keyboard.press('PageDown');
  await page.keyboard.press('ArrowLeft');
  assert.equal(await chart.getAttribute('aria-valuetext'), 'Mon 9 Nov: 0 of 25 active · 0 events');
  await page.keyboard.press('Home');
  await page.getByText('Mon 28 Sep: 2 of 25 active · 8 events').waitFor();
  await page.getByRole('button', { name: 'Show as table' }).click();
  assert.equal(await page.locator('c-pilot-usage [data-id="row"]').count(), 51);
  assert.deepEqual(await axeViolations(page), []);
  assert.deepEqual(await geometryFaults(page), []);
  await page.close();
});

test('an unlinked pilot offers a likely workspace, and one tap links it', async () => {
  const Signals__c = unlinkedWith('acme-eu');
  await scene.update('Pilot__c', scene.pilotId, { Health__c: 'Unknown', Signals__c }, SYNC);
  const { page } = await scene.open(`/opportunity/${scene.dealId}`);
  await page.getByText('acme-eu · 14 people at acme.com · since 3 Oct · 212 events last week').waitFor();
  assert.deepEqual(await axeViolations(page), []);
  await page.screenshot({ path: `${SCREENSHOTS}/not-linked.png`, fullPage: true });
  await page.getByRole('button', { name: 'Link', exact: true }).click();
  await page.getByText('Linked: acme-eu.').waitFor();
  const rows = await scene.query(
    'SELECT Source__c, Key__c, Matched_By__c, Confirmed_By__r.Username FROM PilotUsageKey__c',
  );
  assert.deepEqual(
    rows.map((row) => [row['Source__c'], row['Key__c'], row['Matched_By__c']]),
    [['product', 'acme-eu', 'Domain']],
  );
  assert.equal((rows[0]!['Confirmed_By__r'] as { Username: string }).Username, REP);
  await page.close();
});

test('a permission that was lost while typing is named, with whom to ask', async () => {
  const form = await snoozing('?user=manager');
  const rows = await scene.query(
    "SELECT Id FROM PermissionSetAssignment WHERE Assignee.Username = 'manager@acme.test'",
  );
  for (const { Id } of rows)
    await scene.org.call('DELETE', `/sobjects/PermissionSetAssignment/${String(Id)}`);
  assert.match(await submit(form), /You may not change this. Ask your Salesforce admin/);
  assert.equal(await typed(form), 'Whole team at a fair');
  await form.page.close();
});
