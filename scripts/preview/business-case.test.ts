import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { axeViolations, geometryFaults } from '../testing/page-checks.ts';
import { SCREENSHOTS, SYNC, startScene } from './stalled-pilot.test-support.ts';
import type { Scene } from './stalled-pilot.test-support.ts';

let scene: Scene;

before(async () => {
  scene = await startScene();
  const Pilot__c = scene.pilotId;
  const hours = await scene.create('SuccessCriterion__c', {
    Pilot__c,
    Name: '=Hours saved',
    Kind__c: 'Business outcome',
    Direction__c: 'At least',
    Unit__c: 'hours',
    Metric__c: 'hours_saved',
    Window__c: 'Last 7 days',
    Target__c: 8,
  });
  await scene.update('SuccessCriterion__c', hours, { Actual__c: 10, Measured_On__c: '2026-11-16' }, SYNC);
  for (const [index, saved] of [8, 9, 10, 11, 12].entries())
    await scene.create(
      'PilotUsage__c',
      {
        Pilot__c,
        Usage_Week_Key__c: `${Pilot__c}-${index}`,
        Week_Start__c: `2026-10-${String(5 + index * 5).padStart(2, '0')}`,
        Metrics__c: JSON.stringify({ version: 1, metrics: { hours_saved: saved } }),
      },
      SYNC,
    );
  await scene.update('Pilot__c', Pilot__c, { Access_Ends_On__c: '2026-11-30' });
  const usage = { Active_Users_7d__c: 41, Active_Departments__c: 5, Usage_Complete_To__c: '2026-11-16' };
  await scene.update('Pilot__c', Pilot__c, usage, SYNC);
});
after(() => scene?.close());

async function openDialog(lang: string, width: number, as = 'rep') {
  const visit = await scene.open(`/opportunity/${scene.dealId}?lang=${lang}&user=${as}`, width);
  await visit.page.setViewportSize({ width, height: 3000 });
  await visit.page.locator('c-pilot-steps [data-id="case"]').click();
  await visit.page.locator('c-pilot-paper').waitFor();
  return visit;
}

async function downloaded(page: Page, button: string): Promise<{ name: string; text: string }> {
  const loading = page.waitForEvent('download');
  await page.locator(`[data-id="${button}"]`).click();
  const download = await loading;
  return { name: download.suggestedFilename(), text: readFileSync(await download.path(), 'utf8') };
}

test('a rep turns the measured hours into a saved case, prints it and gives it to the customer', async () => {
  const { page, faults } = await openDialog('en', 1280);
  const paper = page.locator('c-pilot-paper');
  assert.match(await paper.innerText(), /Cannot be computed yet\. Missing: users after the rollout/);
  await page.locator('[data-entry="enterpriseUsers"] input').fill('500');
  await page.locator('[data-entry="hourlyCost"] input').fill('50');
  await page.locator('[data-entry="weeksPerYear"] input').fill('52');
  await page.getByText('Of each user', { exact: true }).click();
  await paper.getByText('$13,000,000 a year.').waitFor();
  await page.getByText('Of all 25 users together', { exact: true }).click();
  await paper.getByText('$520,000 a year.').waitFor();
  await page.locator('[data-id="save-case"]').click();
  await page.locator('[data-id="unsaved"]').waitFor({ state: 'detached' });
  const fields = 'Enterprise_Users__c, Hours_Saved_Per_User_Week__c, Enterprise_Value__c';
  const [row] = await scene.query(`SELECT ${fields} FROM Pilot__c WHERE Id = '${scene.pilotId}'`);
  assert.deepEqual(
    [row!['Enterprise_Users__c'], row!['Hours_Saved_Per_User_Week__c'], row!['Enterprise_Value__c']],
    [500, 0.4, 520_000],
  );
  await page.screenshot({ path: `${SCREENSHOTS}/business-case-en-1280.png` });
  const html = await downloaded(page, 'download');
  assert.equal(html.name, 'Business case Acme SaaS adoption.html');
  for (const part of ['$416,000', '$624,000', '41 weekly users in 5 departments lose it', '<svg'])
    assert.ok(html.text.includes(part), part);
  assert.doesNotMatch(html.text, /__c|Stalled|Negotiation|<a\b|<script|<td>\s*[=+\-@]|[a-zA-Z0-9]{15}AAA/);
  const csv = await downloaded(page, 'download-csv');
  assert.equal(csv.name, 'Business case Acme SaaS adoption.csv');
  const cells = csv.text.replace('\ufeff', '').split(/\r\n|,/);
  assert.deepEqual(
    cells.filter((cell) => /^"?\s*[=+\-@]/.test(cell)),
    [],
  );
  assert.match(csv.text, /Hours saved,"8,320","10,400","12,480"/);
  assert.deepEqual(faults, []);
  await page.close();
});

for (const { lang, width, as } of [
  { lang: 'es', width: 360, as: 'rep' },
  { lang: 'en', width: 768, as: 'reader' },
]) {
  test(`the case is readable and accessible to the ${as} at ${width} px in ${lang}`, async () => {
    const { page, faults } = await openDialog(lang, width, as);
    assert.equal(await page.locator('[data-entry="hourlyCost"]').count(), as === 'rep' ? 1 : 0);
    await page.screenshot({ path: `${SCREENSHOTS}/business-case-${lang}-${width}.png` });
    assert.deepEqual(await axeViolations(page), []);
    await page.addStyleTag({ content: 'main, nav { visibility: hidden !important }' });
    assert.deepEqual(await geometryFaults(page), []);
    assert.deepEqual(faults, []);
    await page.close();
  });
}
