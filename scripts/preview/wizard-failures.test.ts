// What goes wrong while a pilot is planned: nothing is saved by halves, and the draft outlives it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { axeViolations } from '../testing/page-checks.ts';
import { SCREENSHOTS, startScene } from './stalled-pilot.test-support.ts';
import type { Scene } from './stalled-pilot.test-support.ts';
import {
  button,
  draftOf,
  fillReview,
  makeTemplates,
  newDeal,
  rowsOf,
  toReview,
} from './wizard.test-support.ts';

let scene: Scene;

before(async () => {
  scene = await startScene();
  await makeTemplates(scene);
});
after(() => scene?.close());

test('when operation k of n fails nothing is saved, the draft stays, and the message is at line k', async () => {
  const dealId = await newDeal(scene, 'Faults');
  const { page } = await toReview(scene, dealId);
  await fillReview(page);
  const broken = { alias: '' };
  const aliases: string[] = [];
  await page.route('**/graphql', async (route) => {
    const body = route.request().postDataJSON() as {
      query: string;
      variables: Record<string, Record<string, Record<string, unknown>>>;
    };
    if (!body.query.includes('mutation')) return route.continue();
    if (aliases.length === 0) aliases.push(...Object.keys(body.variables));
    const input = Object.values(body.variables[broken.alias || aliases[0]!]!)[0]!;
    input['Key__c' in input ? 'Key__c' : 'Name'] = 'x'.repeat(300);
    return route.continue({ postData: JSON.stringify(body) });
  });
  const before = await draftOf(page, dealId);
  assert.ok(before);
  for (let k = 0; k === 0 || k < aliases.length; k += 1) {
    broken.alias = aliases[k] ?? '';
    await button(page, 'Create the pilot').click();
    const alias = aliases[k] ?? 'pilot';
    await page.locator(`[data-alias="${alias}"] [data-id="message"]`).waitFor();
    assert.equal(await page.locator('[data-id="message"]').count(), 1, alias);
    assert.match(
      String(await page.locator('[data-id="message"]').textContent()),
      /data value too large/,
      alias,
    );
    assert.equal((await rowsOf(scene, dealId)).count, 0, alias);
    assert.equal(await draftOf(page, dealId), before, alias);
  }
  assert.deepEqual(aliases, [
    'pilot',
    'criterion1',
    'criterion2',
    'term1',
    'term2',
    'commitment1',
    'commitment2',
    'key1',
  ]);
  await page.screenshot({ path: `${SCREENSHOTS}/wizard-refused.png` });
  assert.deepEqual(await axeViolations(page), []);
  await page.unroute('**/graphql');
  await button(page, 'Create the pilot').click();
  await page.locator('c-pilot-header').waitFor();
  assert.equal((await rowsOf(scene, dealId)).count, 8);
  await page.close();
});

test('the draft outlives going back, closing the dialog, a reload and a lost connection', async () => {
  const dealId = await newDeal(scene, 'Draft');
  const { page } = await toReview(scene, dealId);
  await fillReview(page);
  await button(page, 'Change').click();
  const target = page.locator('[data-alias="criterion1"][data-field="Target__c"] input');
  await target.fill('18');
  await page.keyboard.press('Tab');
  await button(page, 'Back').click();
  await button(page, 'Use this template').first().click();
  await button(page, 'Cancel').click();
  await page.reload();
  await button(page, 'Plan a pilot').click();
  await page.locator('[data-entry="users"]').waitFor();
  assert.equal(await page.locator('[data-entry="users"] input').inputValue(), '25');
  assert.ok(await page.getByText('at least 18 users').isVisible());
  await page.route('**/graphql', (route) => route.abort());
  await button(page, 'Create the pilot').click();
  await page.locator('[data-id="failure"]').getByText('connection').waitFor();
  assert.equal((await rowsOf(scene, dealId)).count, 0);
  await page.unroute('**/graphql');
  await button(page, 'Create the pilot').click();
  await page.locator('c-pilot-header').waitFor();
  const rows = await rowsOf(scene, dealId);
  assert.equal(rows.count, 8);
  await page.close();
});

test('a lost answer that was a success is not repeated', async () => {
  const dealId = await newDeal(scene, 'Lost answer');
  const { page } = await toReview(scene, dealId);
  await fillReview(page);
  await page.route('**/graphql', async (route) => {
    if (!String(route.request().postData()).includes('mutation')) return route.continue();
    await route.fetch();
    return route.abort();
  });
  await button(page, 'Create the pilot').click();
  await page.locator('[data-id="failure"]').waitFor();
  assert.equal((await rowsOf(scene, dealId)).count, 8);
  await button(page, 'Create the pilot').click();
  await page.locator('c-pilot-header').waitFor();
  assert.equal((await rowsOf(scene, dealId)).count, 8);
  await page.close();
});
