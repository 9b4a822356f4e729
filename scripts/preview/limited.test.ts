// Users whom an admin gave only a part of the rep's rights: what is missing is said in words, and the rest works.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { axeViolations } from '../testing/page-checks.ts';
import { SCREENSHOTS, startScene } from './stalled-pilot.test-support.ts';
import type { Scene } from './stalled-pilot.test-support.ts';
import {
  answerAll,
  button,
  draftOf,
  makeTemplates,
  newDeal,
  pick,
  rowsOf,
  toReview,
  YES,
} from './wizard.test-support.ts';

let scene: Scene;

before(async () => {
  scene = await startScene({
    noContacts: {
      // Reads no object that its permission set does not grant; standard fields neither.
      profile: 'Minimum Access - API Only Integrations',
      change: (permissions) =>
        withObject(permissions, 'Contact', () => '').replace(
          '<fieldPermissions>',
          `<fieldPermissions><editable>false</editable><field>Opportunity.AccountId</field><readable>true</readable></fieldPermissions><fieldPermissions>`,
        ),
    },
    noTerms: {
      change: (permissions) =>
        withObject(permissions, 'ConversionTerm__c', (part) =>
          part.replaceAll(/<(allowCreate|allowEdit)>true/g, '<$1>false'),
        ),
    },
    hiddenFields: {
      change: (permissions) =>
        withoutFields(permissions, [
          'ConversionTerm__c.Amount__c',
          'Pilot__c.Health__c',
          'Pilot__c.Signals__c',
          'Pilot__c.Start_Date__c',
          'Pilot__c.Usage_Series__c',
          'PilotCheckIn__c.Held_On__c',
          'PilotCommitment__c.Due_On__c',
          'PilotTemplate__c.Active__c',
          'SuccessCriterion__c.Target__c',
        ]),
    },
  });
  await makeTemplates(scene);
});
after(() => scene?.close());

function withObject(permissions: string, object: string, change: (part: string) => string): string {
  return permissions.replaceAll(/<objectPermissions>[^]*?<\/objectPermissions>/g, (part) =>
    part.includes(`<object>${object}<`) ? change(part) : part,
  );
}

function withoutFields(permissions: string, fields: readonly string[]): string {
  return permissions.replaceAll(/<fieldPermissions>[^]*?<\/fieldPermissions>/g, (part) =>
    fields.some((field) => part.includes(`<field>${field}<`)) ? '' : part,
  );
}

async function visit(user: string) {
  const opened = await scene.open(`/opportunity/${scene.dealId}?user=${user}`);
  await opened.page.locator('c-pilot-check-ins [data-id="check-in"]').first().waitFor();
  return opened;
}

const NO_PEOPLE = 'You may not read contacts, so nobody can be picked here.';

test('who may not read contacts sees the whole panel, and is told why nobody can be picked', async () => {
  const { page, calls, faults } = await visit('noContacts');
  assert.equal(await page.locator('[data-id="headline"]').innerText(), 'Stalled since 3 Nov');
  assert.equal(await page.locator('c-pilot-panel [data-id="error"]').count(), 0);
  assert.equal(calls.length, 2, calls.join(' '));
  await page.locator('[data-id="sign"]').click();
  await page.getByRole('dialog').getByText(NO_PEOPLE, { exact: false }).waitFor();
  assert.deepEqual(await axeViolations(page), []);
  await page.screenshot({ path: `${SCREENSHOTS}/limited-sign.png` });
  assert.deepEqual(faults, []);
  await page.close();
});

test('who may not read contacts plans a pilot whose sponsor is not named yet', async () => {
  const dealId = await newDeal(scene, 'No contacts');
  const { page, faults } = await toReview(scene, dealId, '?user=noContacts');
  assert.ok((await page.locator('[data-id="sponsor-hint"]').innerText()).startsWith(NO_PEOPLE));
  assert.deepEqual(await axeViolations(page), []);
  await page.screenshot({ path: `${SCREENSHOTS}/limited-wizard.png` });
  await pick(page, 'workspace', 'Link it later');
  await pick(page, 'sponsorId', 'Not named yet');
  await page.locator('[data-entry="users"] input').fill('25');
  await page.locator('[data-entry="yearlyPrice"] input').fill('500000');
  await page.keyboard.press('Tab');
  await button(page, 'Create the pilot').click();
  await page.locator('c-pilot-header').waitFor();
  const { pilots, count } = await rowsOf(scene, dealId);
  assert.deepEqual([count, pilots[0]!['Customer_Sponsor__c']], [7, null]);
  assert.deepEqual(faults, []);
  await page.close();
});

test('who may change the pilot but not its terms is told at the term, and the term stays as it was', async () => {
  const { page } = await visit('noTerms');
  await page.locator('[data-id="invoke"]').click();
  const dialog = page.getByRole('dialog');
  await dialog.locator('[data-id="submit"]').click();
  await dialog.getByText('You may not change this. Ask your Salesforce admin').waitFor();
  assert.deepEqual(await axeViolations(page), []);
  await page.screenshot({ path: `${SCREENSHOTS}/limited-terms.png` });
  const rows = await scene.query("SELECT Id FROM ConversionTerm__c WHERE Status__c = 'Invoked'");
  assert.deepEqual(rows, []);
  await page.close();
});

test('who may make pilots but no terms saves nothing by halves, and keeps the draft', async () => {
  const dealId = await newDeal(scene, 'No terms');
  const { page } = await toReview(scene, dealId, '?user=noTerms');
  await pick(page, 'workspace', 'Link it later');
  await pick(page, 'sponsorId', 'Not named yet');
  await page.locator('[data-entry="users"] input').fill('25');
  await page.locator('[data-entry="yearlyPrice"] input').fill('500000');
  await page.keyboard.press('Tab');
  await button(page, 'Create the pilot').click();
  await page.locator('[data-alias="term1"] [data-id="message"]:focus').waitFor();
  assert.match(await page.locator('[data-id="failure"]').innerText(), /^Not saved/);
  await page.screenshot({ path: `${SCREENSHOTS}/limited-wizard-terms.png` });
  assert.equal((await rowsOf(scene, dealId)).count, 0);
  assert.ok(await draftOf(page, dealId));
  await page.close();
});

test('fields that are hidden are called hidden or left out, never zero and never missing data', async () => {
  const { page, calls, faults } = await visit('hiddenFields');
  const panel = page.locator('c-pilot-panel');
  for (const line of [
    'The reasons are hidden from you.',
    'You do not have access to the usage data.',
    'amount hidden from you · Subscription',
  ])
    assert.equal(await panel.getByText(line, { exact: true }).count(), 1, line);
  const text = await panel.innerText();
  for (const wrong of ['No usage data', 'no amount', 'no day yet', 'NaN', 'undefined', 'null', '1970'])
    assert.ok(!text.includes(wrong), `${wrong} in ${text}`);
  assert.equal(calls.length, 2, calls.join(' '));
  assert.deepEqual(await axeViolations(page), []);
  await page.screenshot({ path: `${SCREENSHOTS}/limited-fields.png`, fullPage: true });
  await page.locator('c-pilot-steps [data-id="plan"]').click();
  await page.locator('[data-id="step"]').waitFor();
  // Whether a template is in use is not known then: it is offered.
  await answerAll(page, YES);
  await page.locator('[data-id="continue"]').click();
  await page.locator('[data-asked="template"]').first().waitFor();
  assert.deepEqual(faults, []);
  await page.close();
});
