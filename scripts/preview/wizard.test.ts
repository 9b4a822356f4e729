import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { axeViolations, geometryFaults } from '../testing/page-checks.ts';
import { assertPlan } from './planned-rows.test-support.ts';
import { REP, SCREENSHOTS, startScene, SYNC, unlinkedWith } from './stalled-pilot.test-support.ts';
import type { Scene } from './stalled-pilot.test-support.ts';
import {
  answerAll,
  button,
  draftOf,
  fillReview,
  makeTemplates,
  newDeal,
  rowsOf,
  toReview,
  YES,
} from './wizard.test-support.ts';

const ASKED: Readonly<Record<string, string>> = {
  workspace: 'pick',
  sponsorId: 'pick',
  users: 'number',
  yearlyPrice: 'number',
  startDate: 'confirmed',
};
let scene: Scene;

before(async () => {
  scene = await startScene();
  await makeTemplates(scene);
});
after(() => scene?.close());

test('at human pace a rep plans a pilot in 60 seconds and 12 clicks, by one POST, and it equals the template', async () => {
  const dealId = await newDeal(scene, 'Pace');
  const { page, faults } = await scene.open(`/opportunity/${dealId}`);
  const mutations: string[] = [];
  page.on('request', (request) => {
    const body = request.postData() ?? '';
    if (request.method() !== 'GET' && body.includes('mutation')) mutations.push(request.url());
  });
  await page.evaluate(
    `window.clicks = 0; addEventListener('mousedown', () => { window.clicks += 1; }, true)`,
  );
  const began = Date.now();
  const click = async (target: ReturnType<Page['locator']>) => {
    await page.waitForTimeout(500);
    await target.click();
  };
  await click(button(page, 'Plan a pilot'));
  for (const key of ['budget', 'decisionMaker', 'driver', 'failure'])
    await click(page.locator(`[data-question="${key}"]`).getByText('Yes', { exact: true }));
  await click(button(page, 'Continue'));
  await click(page.locator('[data-asked="template"]').first());
  for (const [name, option] of [
    ['workspace', 'acme-eu (product)'],
    ['sponsorId', 'Dana Ortiz, Chief Operating Officer'],
  ] as const) {
    await click(page.locator(`[data-entry="${name}"]`).getByRole('combobox'));
    await click(page.locator(`[data-entry="${name}"]`).getByRole('option', { name: option }));
  }
  await page.keyboard.press('Tab', { delay: 60 });
  await page.keyboard.type('25', { delay: 60 });
  await page.keyboard.press('Tab', { delay: 60 });
  await page.keyboard.type('500000', { delay: 60 });
  await click(button(page, 'Create the pilot'));
  await page.locator('c-pilot-header').waitFor();
  const clicks = await page.evaluate<number>('window.clicks');
  const seconds = (Date.now() - began) / 1000;
  console.log(`planned with ${clicks} clicks in ${seconds.toFixed(1)} s`);
  assert.ok(clicks <= 12, `${clicks} clicks`);
  assert.ok(seconds <= 60, `${seconds} s`);
  assert.equal(mutations.length, 1);
  assert.equal(await draftOf(page, dealId), null);
  assert.deepEqual(faults, []);
  await assertPlan(scene, dealId);
  await page.close();
});

test('asks for 4 taps, then a template, then 2 picks and 2 numbers, and for nothing else', async () => {
  const { page } = await scene.open(`/opportunity/${await newDeal(scene, 'Budget')}`);
  const controls = page.locator(
    ['input', 'combobox', 'textarea', 'radio-group', 'checkbox-group']
      .map((one) => `lightning-${one}`)
      .join(),
  );
  const asked = async () => {
    const all = await controls.all();
    return Promise.all(
      all.map(async (control) => {
        const field = control.locator('xpath=ancestor::c-pilot-field');
        const name = (await field.count()) > 0 ? await field.getAttribute('data-entry') : null;
        return ASKED[name ?? ''] ?? (await control.getAttribute('data-asked')) ?? 'surplus';
      }),
    );
  };
  await button(page, 'Plan a pilot').click();
  await page.locator('[data-id="step"]').waitFor();
  assert.deepEqual(await asked(), ['tap', 'tap', 'tap', 'tap']);
  assert.equal(await button(page, 'Continue').isDisabled(), true);
  await answerAll(page, YES);
  await button(page, 'Continue').click();
  await page.locator('[data-asked="template"]').first().waitFor();
  assert.deepEqual(await asked(), []);
  await page.locator('[data-asked="template"]').first().click();
  await page.locator('[data-entry="users"]').waitFor();
  assert.deepEqual(await asked(), ['pick', 'pick', 'number', 'number', 'confirmed']);
  await page.close();
});

test('the keyboard alone plans a pilot', async () => {
  const dealId = await newDeal(scene, 'Keys');
  const { page, faults } = await scene.open(`/opportunity/${dealId}`);
  const keys = page.keyboard;
  const focused = () =>
    page.evaluate<string>(`(() => { let at = document.activeElement; while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
      return (at?.labels?.[0]?.textContent || at?.getAttribute('aria-label') || at?.textContent || at?.tagName || '').replace('*', '').trim(); })()`);
  const tabTo = async (name: string) => {
    const passed: string[] = [];
    for (let step = 0; step < 25; step += 1) {
      await keys.press('Tab');
      passed.push(await focused());
      if (passed.at(-1) === name) return passed;
    }
    throw new Error(`${name} is not reached by Tab: ${passed.join(' | ')}`);
  };
  await button(page, 'Plan a pilot').focus();
  await keys.press('Enter');
  await page.locator('[data-id="step"]').waitFor();
  for (let question = 0; question < 4; question += 1) {
    await tabTo('Yes');
    await keys.press('Space');
  }
  const below = ['Add a doubt', 'No pilot needed? Why', 'A pilot is not needed', 'Continue'];
  assert.deepEqual(await tabTo('Continue'), below);
  await keys.press('Enter');
  await page.locator('[data-asked="template"]').first().waitFor();
  assert.equal(await focused(), '2 of 3: Choose a template');
  assert.deepEqual(await tabTo('Use this template'), ['Use this template']);
  await keys.press('Enter');
  await page.locator('[data-entry="users"]').waitFor();
  assert.equal(await focused(), '3 of 3: Review and create');
  await tabTo('Workspace');
  await keys.press('Enter');
  await keys.press('ArrowDown');
  await keys.press('Enter');
  await tabTo("Customer's sponsor");
  await keys.press('Enter');
  await keys.press('ArrowDown');
  await keys.press('Enter');
  await tabTo('Users in the pilot');
  await keys.type('25');
  await tabTo('Yearly price after the pilot');
  await keys.type('500000');
  const rest = await tabTo('Create the pilot');
  assert.deepEqual(rest.slice(-4), ['Change', 'Cancel', 'Back', 'Create the pilot']);
  await keys.press('Enter');
  await page.locator('c-pilot-header').waitFor();
  assert.equal((await rowsOf(scene, dealId)).pilots.length, 1);
  assert.deepEqual(faults, []);
  await page.close();
});

test('a workspace that the sync found likely for the account is one pick, and the rep’s pick confirms it', async () => {
  await scene.update('Pilot__c', scene.pilotId, { Signals__c: unlinkedWith('acme-us', 'acme-eu') }, SYNC);
  const dealId = await newDeal(scene, 'Candidate');
  const { page, faults } = await toReview(scene, dealId);
  await page.locator('[data-entry="workspace"]').getByRole('combobox').click();
  assert.deepEqual(await page.getByRole('option').allInnerTexts(), [
    'acme-us · 14 people at acme.com · since 3 Oct · 212 events last week',
    'acme-eu (product)',
    'Link it later',
    'No usage data, by agreement',
  ]);
  await page.screenshot({ path: `${SCREENSHOTS}/wizard-candidates.png` });
  await page.keyboard.press('Escape');
  await fillReview(page, 'acme-us');
  await page.getByText('acme-us', { exact: true }).waitFor();
  await button(page, 'Create the pilot').click();
  await page.locator('c-pilot-header').waitFor();
  const [key] = await scene.query(
    `SELECT Source__c, Key__c, Matched_By__c, Confirmed_By__r.Username FROM PilotUsageKey__c WHERE Pilot__r.Opportunity__c = '${dealId}'`,
  );
  assert.deepEqual(
    [key!['Source__c'], key!['Key__c'], key!['Matched_By__c']],
    ['product', 'acme-us', 'Domain'],
  );
  assert.equal((key!['Confirmed_By__r'] as { Username: string }).Username, REP);
  assert.deepEqual(faults, []);
  await page.close();
});

test('a no to the budget is declined in words, and recorded as a closed pilot', async () => {
  const dealId = await newDeal(scene, 'Declined');
  const { page } = await scene.open(`/opportunity/${dealId}`);
  await button(page, 'Plan a pilot').click();
  await page.locator('[data-id="step"]').waitFor();
  await answerAll(page, ['No', 'Not yet', 'Yes', 'Yes']);
  assert.equal(
    await page.locator('[data-id="verdict"]').textContent(),
    'Decline: a pilot cannot change this.',
  );
  const reply = (await page.locator('c-pilot-reply [data-id="reply"]').textContent())!;
  assert.match(reply, /No budget is approved.*Nobody who can say yes is taking part/s);
  await page.screenshot({ path: `${SCREENSHOTS}/wizard-decline.png` });
  await button(page, 'Record as declined').click();
  await page.locator('c-pilot-header').waitFor();
  const { pilots } = await rowsOf(scene, dealId);
  const { Status__c, Outcome__c, Outcome_Reason__c, Decided_On__c, Budget_Approved__c } = pilots[0]!;
  assert.deepEqual(
    { Status__c, Outcome__c, Outcome_Reason__c, Decided_On__c, Budget_Approved__c },
    {
      Status__c: 'Closed',
      Outcome__c: 'Declined',
      Outcome_Reason__c: 'No budget',
      Decided_On__c: '2026-11-17',
      Budget_Approved__c: false,
    },
  );
  await page.close();
});

for (const lang of ['en', 'es']) {
  for (const width of [1280, 768, 360]) {
    test(`the steps are readable and accessible at ${width} px in ${lang}`, async () => {
      const dealId = await newDeal(scene, `Looks ${lang} ${width}`);
      const { page, faults } = await scene.open(`/opportunity/${dealId}?lang=${lang}`, width);
      // So tall that nothing is scrolled out of the dialog.
      await page.setViewportSize({ width, height: 3600 });
      const check = async (step: string) => {
        await page.screenshot({ path: `${SCREENSHOTS}/wizard-${step}-${lang}-${width}.png` });
        assert.deepEqual(await axeViolations(page), [], step);
        assert.deepEqual(await dialogFaults(page), [], step);
      };
      await page.locator('c-pilot-steps [data-id="plan"]').click();
      await page.locator('[data-id="step"]').waitFor();
      await answerAll(
        page,
        lang === 'es' ? ['Aún no', 'Sí', 'Aún no', 'Sí'] : ['Not yet', 'Yes', 'Not yet', 'Yes'],
      );
      await check('qualify');
      await page.locator('[data-id="continue"]').click();
      await page.locator('[data-asked="template"]').first().waitFor();
      await check('template');
      await page.locator('[data-asked="template"]').first().click();
      await page.locator('[data-entry="users"]').waitFor();
      await check('review');
      await page.locator('[data-id="change"]').click();
      await check('change');
      assert.deepEqual(faults, []);
      await page.close();
    });
  }
}

/** Geometry of the dialog alone: the page behind it is hidden. */
async function dialogFaults(page: Page): Promise<string[]> {
  await page.addStyleTag({ content: 'main, nav { visibility: hidden !important }' });
  return geometryFaults(page);
}
