// Saying no well, and targets that the org's own past can vouch for, in the browser as a rep.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { axeViolations } from '../testing/page-checks.ts';
import { SCREENSHOTS, startScene } from './stalled-pilot.test-support.ts';
import type { Scene } from './stalled-pilot.test-support.ts';
import { answerAll, button, makeTemplates, newDeal, rowsOf, toReview } from './wizard.test-support.ts';

// Hours to a reply: four of five were at most 1.5, the middle one 1.
const REPLY_HOURS = [0.5, 4, 1, 1.5, 0.8];
let scene: Scene;

before(async () => {
  scene = await startScene();
  await makeTemplates(scene);
  for (const [index, hours] of REPLY_HOURS.entries()) await makeEnded(index, hours);
});
after(() => scene?.close());

async function makeEnded(index: number, hours: number): Promise<void> {
  const Pilot__c = await scene.create('Pilot__c', {
    Name: `Acme: ended ${index}`,
    Opportunity__c: scene.emptyDealId,
    Type__c: 'Pilot',
    Template_Name__c: 'SaaS adoption',
    Status__c: 'Closed',
    Outcome__c: 'Not converted',
    Outcome_Reason__c: 'Price',
    Decided_On__c: `2026-0${index + 1}-10`,
  });
  await scene.create('SuccessCriterion__c', {
    Pilot__c,
    Name: 'Reply time',
    Kind__c: 'Business outcome',
    Direction__c: 'At most',
    Unit__c: 'h',
    Target__c: 1,
    Actual__c: hours,
  });
}

async function plan(dealId: string, query = ''): Promise<Page> {
  const { page } = await scene.open(`/opportunity/${dealId}${query}`);
  await page.locator('c-pilot-steps [data-id="plan"]').click();
  await page.locator('[data-id="step"]').waitFor();
  return page;
}

const replyOf = (page: Page, id: string) => page.locator(`[data-id="${id}"] [data-id="reply"]`).textContent();

test('a rep sees what became of earlier pilots, says no with reasons that can be copied, and both are kept', async () => {
  const dealId = await newDeal(scene, 'No');
  const page = await plan(dealId);
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  const facts = (await page.locator('[data-id="facts"]').textContent())!;
  assert.match(
    facts,
    /converted: 0\. The last one, Acme: ended 4, ended on 10 May: Not converted \(Price\)\./,
  );
  await answerAll(page, ['No', 'Yes', 'Not yet', 'Yes']);
  const reply = (await replyOf(page, 'no'))!;
  assert.match(
    reply,
    /^Thank you .*\n\n– No budget .*\n\n– Earlier pilots .*\n\n– Nothing happens .*\n\nAs soon as /,
  );
  await page.locator('[data-id="no"] [data-id="copy"] button').click();
  await page.locator('[data-id="copied"]', { hasText: 'Copied.' }).waitFor();
  assert.equal(await page.evaluate('navigator.clipboard.readText()'), reply);
  assert.deepEqual(await axeViolations(page), []);
  await page.setViewportSize({ width: 1280, height: 1400 });
  await page.screenshot({ path: `${SCREENSHOTS}/say-no.png` });
  await button(page, 'Record as declined').click();
  await page.locator('c-pilot-header').waitFor();
  const [pilot] = (await rowsOf(scene, dealId)).pilots;
  assert.deepEqual(
    [pilot!['Outcome__c'], pilot!['Outcome_Reason__c'], pilot!['Outcome_Notes__c'], pilot!['Converted__c']],
    ['Declined', 'No budget', reply, null],
  );
  await page.close();

  const next = await plan(await newDeal(scene, 'Asked again'));
  const asked = (await next.locator('[data-id="facts"]').textContent())!;
  assert.match(asked, /without a pilot: 1\. The last time on 17 Nov: Declined \(No budget\)\./);
  await next.close();
});

test('why no pilot is needed is one tap more, in Spanish and with the keyboard too', async () => {
  const dealId = await newDeal(scene, 'Not needed');
  const page = await plan(dealId, '?lang=es');
  await page.locator('[data-id="ask-why"] button').focus();
  await page.keyboard.press('Enter');
  await page.locator('[data-id="why"]').getByText('Basta una prueba', { exact: true }).click();
  const reply = (await replyOf(page, 'not-needed-reply'))!;
  assert.match(reply, /^Gracias .*\n\n– Vuestra pregunta .* Siguiente paso: .*\n\nSi queda /);
  assert.deepEqual(await axeViolations(page), []);
  await page.setViewportSize({ width: 360, height: 1800 });
  await page.screenshot({ path: `${SCREENSHOTS}/not-needed-es-360.png` });
  await page.locator('[data-id="not-needed"] button').click();
  await page.locator('c-pilot-header').waitFor();
  const [pilot] = (await rowsOf(scene, dealId)).pilots;
  assert.deepEqual(
    [pilot!['Outcome__c'], pilot!['Outcome_Reason__c'], pilot!['Outcome_Notes__c']],
    ['Not needed', 'Trial is enough', reply],
  );
  await page.close();
});

test('a target stands beside what the org’s own pilots reached, where five did', async () => {
  const { page, faults } = await toReview(scene, await newDeal(scene, 'Hints'));
  const hint = page.locator('[data-id="hint"]');
  await hint.waitFor();
  assert.deepEqual(
    (await hint.allTextContents()).map((text) => text.trim()),
    [
      'Your last 5 pilots from this template reached 1 h (median). 1.5 h is a safe promise: 4 of 5 did at least that well.',
    ],
  );
  const line = page.locator('[data-alias]', { has: hint });
  assert.match((await line.textContent())!, /Reply time/);
  assert.deepEqual(await axeViolations(page), []);
  await page.setViewportSize({ width: 1280, height: 1600 });
  await page.screenshot({ path: `${SCREENSHOTS}/target-hint.png` });
  assert.deepEqual(faults, []);
  await page.close();
});
