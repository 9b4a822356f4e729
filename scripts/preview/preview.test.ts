import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { axeViolations, geometryFaults } from '../testing/page-checks.ts';
import { REP, SCREENSHOTS, startScene, SYNC } from './stalled-pilot.test-support.ts';
import type { Scene } from './stalled-pilot.test-support.ts';

let scene: Scene;

before(async () => {
  scene = await startScene();
});
after(() => scene?.close());

test('the rep sees the stalled pilot: since when, why, what next, and the criteria', async () => {
  const { page, calls, faults } = await scene.open(`/opportunity/${scene.dealId}`);
  await page.getByText('Stalled since 3 Nov').first().waitFor();
  const panel = page.locator('c-pilot-panel');
  for (const line of [
    'Pilot · Sales Ops · day 37 of 54',
    'Usage to Tue 17 Nov · synced 06:10',
    'None of 25 users active since Mon 19 Oct.',
    '+1 more · 1 to tidy',
    'Next: ask Priya Shah (champion) what changed.',
    'Active a week 0 of 25 (target 20) · Criteria 0 of 2 met, 1 on pace · Decision 18 Dec · $575 K agreed to 3 Jan',
    'at most 1 h',
    '3.1 h',
  ]) {
    assert.equal(await panel.getByText(line, { exact: true }).count(), 1, line);
  }
  assert.deepEqual(await panel.locator('[data-id="name"]').allTextContents(), [
    'Reply time',
    'Weekly active users',
  ]);
  assert.equal(calls.length, 2, calls.join(' '));
  assert.deepEqual(faults, []);
  await page.close();
});

for (const lang of ['en', 'es']) {
  for (const width of [1280, 768, 360]) {
    test(`nothing is cut off, overlaps or is inaccessible at ${width} px in ${lang}`, async () => {
      const { page, faults } = await scene.open(`/opportunity/${scene.dealId}?lang=${lang}`, width);
      await page.locator('[data-id="headline"]').waitFor();
      await page.screenshot({ path: `${SCREENSHOTS}/opportunity-${lang}-${width}.png`, fullPage: true });
      assert.deepEqual(await geometryFaults(page), []);
      assert.deepEqual(await axeViolations(page), []);
      assert.deepEqual(faults, []);
      await page.close();
    });
  }
}

for (const width of [1280, 768, 360]) {
  test(`columns of terms, commitments and criteria line up between rows at ${width} px`, async () => {
    const { page } = await scene.open(`/opportunity/${scene.dealId}`, width);
    await page.locator('[data-id="commitment"]').first().waitFor();
    for (const row of [
      '[data-id="term"] > :not(lightning-button)',
      '[data-id="commitment"] > p',
      '.criterion dd',
    ]) {
      const cells = await page.locator(row).all();
      const lefts = await Promise.all(cells.map(async (cell) => Math.round((await cell.boundingBox())!.x)));
      const columns = lefts.length / 2;
      assert.ok(columns >= 2 && Number.isInteger(columns), `${row}: ${lefts.length} cells in two rows`);
      assert.deepEqual(lefts.slice(0, columns), lefts.slice(columns), row);
    }
    await page.close();
  });
}

test('the geometry check sees a text that lies on another and one that leaves the window', async () => {
  const { page } = await scene.open(`/opportunity/${scene.dealId}`);
  await page.locator('[data-id="headline"]').waitFor();
  // On the headline itself, wherever the page has it.
  const { x, y } = (await page.locator('[data-id="headline"]').boundingBox())!;
  await page.evaluate(`document.body.insertAdjacentHTML('beforeend',
    '<p style="position:absolute;top:${y}px;left:${x}px;margin:0">Seeded</p><p style="position:absolute;left:100rem">Outside</p>')`);
  const faults = await geometryFaults(page);
  assert.ok(
    faults.some((fault) => fault.includes('"Seeded"')),
    faults.join('\n'),
  );
  assert.ok(
    faults.some((fault) => fault.startsWith('outside the window: Outside')),
    faults.join('\n'),
  );
  await page.close();
});

test('a user without permission is told whom to ask, and sees no pilot', async () => {
  const { page } = await scene.open(`/opportunity/${scene.dealId}?user=stranger`);
  await page.getByText('Ask your Salesforce admin for the permission set Pilot Rep.').waitFor();
  assert.equal(await page.locator('[data-id="headline"]').count(), 0);
  assert.deepEqual(await axeViolations(page), []);
  await page.close();
});

test('a deal without pilot says how to start one', async () => {
  const { page } = await scene.open(`/opportunity/${scene.emptyDealId}`);
  await page.getByText('No pilot on this deal yet').waitFor();
  assert.deepEqual(await axeViolations(page), []);
  await page.close();
});

test('what the sync wrote meanwhile shows once the tab is visible again', async () => {
  const { page } = await scene.open(`/opportunity/${scene.dealId}`);
  await page.getByText('Stalled since 3 Nov').first().waitFor();
  await scene.update('Pilot__c', scene.pilotId, { Active_Users_7d__c: 3 }, SYNC);
  await page.evaluate("document.dispatchEvent(new Event('visibilitychange'))");
  await page.getByText('Active a week 3 of 25', { exact: false }).waitFor();
  await page.close();
});

test('the list leads to the page', async () => {
  const { page } = await scene.open('/');
  assert.deepEqual(await axeViolations(page), []);
  await page.getByRole('link', { name: 'Acme: SaaS adoption' }).click();
  await page.getByText('Stalled since 3 Nov').first().waitFor();
  await page.close();
});

test('another site gets no answer, and the login never reaches the page', async () => {
  const { page } = await scene.open(`/opportunity/${scene.dealId}`);
  assert.ok(!(await page.content()).includes(await scene.org.tokenFor(REP)));
  const api = `${scene.preview.url}/as/rep/services/data/v67.0/query?q=SELECT+Id+FROM+Opportunity`;
  assert.equal((await fetch(api)).status, 200);
  const strange = await fetch(api, { headers: { origin: 'https://evil.example' } });
  assert.equal(strange.status, 403);
  assert.equal((await fetch(`${scene.preview.url}/as/admin/services/data/v67.0/limits`)).status, 404);
  await page.close();
});
