// Somebody who may look and not write: sees all of it, is offered nothing that would be refused, and is told why.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Locator } from 'playwright-core';
import { axeViolations, geometryFaults } from '../testing/page-checks.ts';
import { SCREENSHOTS, startScene } from './stalled-pilot.test-support.ts';
import type { Scene } from './stalled-pilot.test-support.ts';

let scene: Scene;

before(async () => {
  scene = await startScene();
});
after(() => scene?.close());

const buttonsOf = async (panel: Locator): Promise<string[]> =>
  (await panel.getByRole('button').allInnerTexts()).map((text) => text.trim());

for (const lang of ['en', 'es']) {
  for (const width of [1280, 360]) {
    test(`a reader sees every part and no button that writes, at ${width} px in ${lang}`, async () => {
      const path = `/opportunity/${scene.dealId}?user=reader&lang=${lang}`;
      const { page, calls, faults } = await scene.open(path, width);
      await page.locator('c-pilot-check-ins [data-id="check-in"]').first().waitFor();
      const panel = page.locator('c-pilot-panel');
      for (const part of ['header', 'timeline', 'signals', 'usage', 'criteria', 'terms', 'commitments'])
        assert.notEqual((await panel.locator(`c-pilot-${part}`).innerText()).trim(), '', part);
      const reading = {
        en: ['How the health changed', 'Show as table', 'Agreement', 'Business case'],
        es: ['Cómo ha cambiado la salud', 'Ver como tabla', 'Acuerdo', 'Caso de negocio'],
      };
      assert.deepEqual(await buttonsOf(panel), reading[lang as 'en' | 'es']);
      const why = { en: 'You may read this pilot but not change it.', es: 'Puedes leer este piloto pero no' };
      assert.ok(
        (await panel.locator('[data-id="read-only"]').innerText()).startsWith(why[lang as 'en' | 'es']),
      );
      await page.screenshot({ path: `${SCREENSHOTS}/reader-${lang}-${width}.png`, fullPage: true });
      assert.deepEqual(await axeViolations(page), []);
      assert.deepEqual(await geometryFaults(page), []);
      assert.equal(calls.length, 2, calls.join(' '));
      assert.deepEqual(faults, []);
      await page.close();
    });
  }
}

test('what is left to a reader works: history, table and the agreement', async () => {
  const { page, faults } = await scene.open(`/opportunity/${scene.dealId}?user=reader`);
  await page.locator('[data-id="history"]').click();
  await page.locator('[data-id="change"]').first().waitFor();
  await page.locator('[data-id="toggle"]').click();
  assert.equal(await page.locator('c-pilot-usage [data-id="row"]').count(), 51);
  await page.locator('[data-id="agree"]').click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('Weekly active users').first().waitFor();
  assert.deepEqual(await axeViolations(page), []);
  assert.deepEqual(faults, []);
  await page.close();
});

test('on a deal without pilot a reader is told whom to ask, and is not offered to plan one', async () => {
  const { page } = await scene.open(`/opportunity/${scene.emptyDealId}?user=reader`);
  await page.getByText('You may read pilots but not start one.', { exact: false }).waitFor();
  assert.deepEqual(await buttonsOf(page.locator('c-pilot-panel')), []);
  assert.deepEqual(await axeViolations(page), []);
  await page.close();
});

test('the rights are the org’s: a rep on the same page is offered to write', async () => {
  const { page } = await scene.open(`/opportunity/${scene.dealId}`);
  await page.locator('c-pilot-check-ins [data-id="check-in"]').first().waitFor();
  const buttons = await buttonsOf(page.locator('c-pilot-panel'));
  for (const name of ['Log check-in', 'Customer closed…', 'Snooze…', 'Done', 'New pilot'])
    assert.ok(buttons.includes(name), `${name} of ${buttons.join(', ')}`);
  assert.equal(await page.locator('[data-id="read-only"]').count(), 0);
  await page.close();
});
