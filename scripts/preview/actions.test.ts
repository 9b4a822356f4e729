// What a rep does on the page, and what the org holds afterwards.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { axeViolations, geometryFaults } from '../testing/page-checks.ts';
import { SCREENSHOTS, startScene } from './stalled-pilot.test-support.ts';
import type { Scene, Visit } from './stalled-pilot.test-support.ts';

let scene: Scene;

before(async () => {
  scene = await startScene();
});
after(() => scene?.close());

async function visit(query = ''): Promise<Visit> {
  const opened = await scene.open(`/opportunity/${scene.dealId}${query}`);
  await opened.page.locator('c-pilot-criteria [data-id="name"]').first().waitFor();
  await opened.page.locator('c-pilot-check-ins [data-id="check-in"]').first().waitFor();
  return opened;
}

async function openForm(page: Page, button: Locator, name: string): Promise<Locator> {
  await button.click();
  const dialog = page.getByRole('dialog');
  await dialog.waitFor();
  assert.deepEqual(await axeViolations(page), []);
  await page.screenshot({ path: `${SCREENSHOTS}/form-${name}.png` });
  return dialog;
}

async function save(dialog: Locator): Promise<void> {
  await dialog.locator('[data-id="submit"]').click();
  await dialog.waitFor({ state: 'hidden' });
}

const button = (page: Page, id: string): Locator => page.locator(`[data-id="${id}"]`).first();

async function pilot(fields: string): Promise<Record<string, unknown>> {
  const [row] = await scene.query(`SELECT ${fields} FROM Pilot__c WHERE Id = '${scene.pilotId}'`);
  return row!;
}

test('a check-in takes two taps and two texts, with numbers, blockers and last plan filled in', async () => {
  const { page, faults } = await visit();
  const dialog = await openForm(page, button(page, 'check-in'), 'check-in');
  await dialog.getByText('Planned last time: First session with Finance.').waitFor();
  assert.equal(await dialog.getByLabel('What blocks?').inputValue(), 'SSO is not open yet.');
  assert.equal(await dialog.getByLabel('Next week').inputValue(), 'First session with Finance.');
  await dialog.getByText('So-so', { exact: true }).click();
  await dialog.getByText('The customer sponsor was there').click();
  await dialog.getByLabel('What blocks?').fill('Nothing any more.');
  await save(dialog);
  await page.getByText('Blocked by: Nothing any more.').waitFor();
  const [row] = await scene.query(
    'SELECT Sentiment__c, Sponsor_Attended__c, Held_On__c, Metrics__c, Next_Week__c FROM PilotCheckIn__c ORDER BY Held_On__c DESC LIMIT 1',
  );
  assert.deepEqual(
    { ...row, attributes: null },
    {
      attributes: null,
      Sentiment__c: 'Neutral',
      Sponsor_Attended__c: true,
      Held_On__c: '2026-11-17',
      Metrics__c: 'Active a week 0 of 25 (target 20) · Criteria 0 of 2 met, 1 on pace',
      Next_Week__c: 'First session with Finance.',
    },
  );
  assert.equal((await pilot('Next_Check_In__c'))['Next_Check_In__c'], '2026-11-24');
  assert.deepEqual(faults, []);
  await page.close();
});

test('a snooze without a reason stays open with the message at the field, and is saved with one', async () => {
  const { page } = await visit();
  const dialog = await openForm(page, button(page, 'snooze'), 'snooze');
  await dialog.locator('[data-id="submit"]').click();
  await dialog.getByText('Fill this in.').waitFor();
  assert.deepEqual(await axeViolations(page), []);
  await dialog.getByLabel('Reason').fill('Whole team at a fair');
  await save(dialog);
  await page.getByText('Stalled, snoozed until 24 Nov').waitFor();
  assert.equal((await pilot('Snooze_Reason__c'))['Snooze_Reason__c'], 'Whole team at a fair');
  await page.close();
});

test('closed days move end, readout and decision by as many business days, and count no extension', async () => {
  const { page } = await visit();
  const dialog = await openForm(page, button(page, 'closed'), 'closed');
  await fillDate(dialog, 'First day', 'Nov 26, 2026');
  await fillDate(dialog, 'Last day', 'Nov 30, 2026');
  await dialog.getByText('Freeze', { exact: true }).click();
  await dialog.getByText('Move end, readout and decision').click();
  await dialog.getByText('3 business days: the end moves from 4 Dec to 9 Dec.').waitFor();
  await page.screenshot({ path: `${SCREENSHOTS}/form-closed-moved.png` });
  await save(dialog);
  await page.getByText('day 37 of 59').waitFor();
  const row = await pilot(
    'End_Date__c, Readout_Date__c, Decision_Date__c, Extension_Count__c, Closed_Days__c, Original_End_Date__c',
  );
  assert.deepEqual(
    { ...row, attributes: null },
    {
      attributes: null,
      End_Date__c: '2026-12-09',
      Readout_Date__c: '2026-12-14',
      Decision_Date__c: '2026-12-23',
      Extension_Count__c: null,
      Closed_Days__c: '{"version":1,"days":[{"from":"2026-11-26","to":"2026-11-30","reason":"Freeze"}]}',
      Original_End_Date__c: '2026-12-04',
    },
  );
  await page.close();
});

/** The date fields of the base components take the text a reader types, once they are left. */
async function fillDate(dialog: Locator, label: string, text: string): Promise<void> {
  const field = dialog.getByLabel(label);
  await field.fill(text);
  await field.press('Tab');
}

test('one tap says that a promise was kept', async () => {
  const { page } = await visit();
  await page.locator('c-pilot-commitments [data-id="keep"]').first().click();
  await page.getByText('done 17 Nov').waitFor();
  const [row] = await scene.query("SELECT Done_On__c FROM PilotCommitment__c WHERE Name = 'SSO access'");
  assert.equal(row!['Done_On__c'], '2026-11-17');
  await page.close();
});

test('a term without trigger is invoked; one that waits for the must-haves is not offered', async () => {
  const { page } = await visit();
  assert.equal(await page.locator('[data-id="invoke"]').count(), 1);
  const dialog = await openForm(page, button(page, 'invoke'), 'invoke');
  await dialog.getByText('$500 K, as agreed before the pilot; the price holds until').waitFor();
  await save(dialog);
  await page.getByText('Invoked on 17 Nov').waitFor();
  assert.equal(await page.locator('[data-id="invoke"]').count(), 0);
  await page.close();
});

test('a criterion changes in its row, by keyboard, is signed by both, and is then locked for the rep', async () => {
  const { page } = await visit();
  await page.locator('[data-id="edit"] button').first().focus();
  await page.keyboard.press('Enter');
  const row = page.getByRole('group', { name: 'Reply time' });
  await row.getByLabel('Baseline').and(page.locator(':focus')).waitFor();
  await page.screenshot({ path: `${SCREENSHOTS}/form-criterion.png`, fullPage: true });
  assert.deepEqual(await axeViolations(page), []);
  assert.deepEqual(await geometryFaults(page), []);
  await page.keyboard.press('Escape');
  await row.waitFor({ state: 'detached' });
  await page.keyboard.press('Enter');
  await row.getByLabel('Target').fill('0.8');
  await page.keyboard.press('Enter');
  await page.getByText('at most 0.8 h').waitFor();
  assert.equal(await row.count(), 0);
  const sign = await openForm(page, button(page, 'sign'), 'sign');
  await save(sign);
  await page.getByText('Signed on 17 Nov by Dana Ortiz').waitFor();
  assert.equal(await page.locator('[data-id="edit"]').count(), 0);
  assert.equal(await page.locator('[data-id="amend"]').count(), 0);
  await page.getByText('Ask a pilot manager to amend them.').waitFor();
  const signed = await pilot('Criteria_Signed_On__c, Signed_By_Vendor__r.Username');
  assert.equal((signed['Signed_By_Vendor__r'] as { Username: string }).Username, 'rep@acme.test');
  await page.close();
});

test('who may amend gives a reason; the old target stays readable and the signature is marked', async () => {
  const { page } = await visit('?user=manager');
  const dialog = await openForm(page, button(page, 'amend'), 'amend');
  await dialog.getByLabel('Target').fill('1.5');
  await dialog.getByLabel('Why?').fill('Half the team left');
  await save(dialog);
  await page.getByText('0.8 h → 1.5 h on 17 Nov, to be re-signed: Half the team left').waitFor();
  await page.getByText('amended since, to be re-signed').waitFor();
  assert.deepEqual(await axeViolations(page), []);
  await page.close();
});

test('the sponsor who left keeps the day, the new one is one pick, and the signature says so', async () => {
  const { page } = await visit();
  const dialog = await openForm(page, button(page, 'sponsor'), 'sponsor');
  await dialog.getByRole('combobox', { name: 'Takes over' }).click();
  await dialog.getByText('Priya Shah, Head of customer care').click();
  await save(dialog);
  await page.getByText('signer has left').waitFor();
  const row = await pilot('Former_Sponsors__c, Customer_Sponsor__c, Sponsor_Left_On__c');
  assert.deepEqual(
    { ...row, attributes: null },
    {
      attributes: null,
      Former_Sponsors__c: 'Dana Ortiz (until 17 Nov 2026)',
      Customer_Sponsor__c: scene.contactId,
      Sponsor_Left_On__c: null,
    },
  );
  await page.close();
});
