import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { axeViolations, geometryFaults } from '../testing/page-checks.ts';
import { SCREENSHOTS, startScene } from './stalled-pilot.test-support.ts';
import type { Scene } from './stalled-pilot.test-support.ts';

let scene: Scene;

before(async () => {
  scene = await startScene();
  await scene.create('PilotCommitment__c', {
    Pilot__c: scene.pilotId,
    Name: '=HYPERLINK("https://evil.example") <img src=x onerror=alert(1)>',
    Party__c: 'Customer',
    Due_On__c: '2026-11-30',
  });
});
after(() => scene?.close());

async function openDialog(lang: string, width: number) {
  const visit = await scene.open(`/opportunity/${scene.dealId}?lang=${lang}`, width);
  await visit.page.setViewportSize({ width, height: 3000 });
  await visit.page.locator('c-pilot-steps [data-id="agree"]').click();
  await visit.page.locator('[data-id="paper"]').waitFor();
  return visit;
}

test('the paper holds every criterion, price and commitment, in the language of the customer, and nothing of ours', async () => {
  const { page, faults } = await openDialog('en', 1280);
  await page.getByText('Español', { exact: true }).click();
  const loading = page.waitForEvent('download');
  await page.locator('[data-id="download"]').click();
  const download = await loading;
  assert.equal(download.suggestedFilename(), 'Acuerdo de piloto Acme SaaS adoption.html');
  const html = readFileSync(await download.path(), 'utf8');
  const paper = await scene.browser.newPage();
  await paper.setContent(html);
  const text = await paper.locator('body').innerText();
  for (const part of [
    'Weekly active users',
    'Reply time (imprescindible)',
    'como máximo 1 h',
    'Subscription',
    'SSO access',
    'Second training',
    'Dana Ortiz (patrocinador)',
    '(7,6 semanas)',
    '25 usuarios',
  ])
    assert.ok(text.includes(part), `${part} is missing in:\n${text}`);
  assert.match(text, /500\.000\sUS\$ al año/);
  assert.doesNotMatch(text, /__c|Stalled|No usage|Negotiation|[a-zA-Z0-9]{15}AAA/);
  assert.equal(await paper.locator('img, script, a').count(), 0);
  const cells = await paper.locator('td').allTextContents();
  assert.deepEqual(
    cells.filter((cell) => /^\s*[=+\-@]/.test(cell)),
    [],
  );
  assert.ok(cells.some((cell) => cell.startsWith(`'=HYPERLINK`)));
  assert.deepEqual(await axeViolations(paper), []);
  await paper.screenshot({ path: `${SCREENSHOTS}/agreement-paper-es.png`, fullPage: true });
  const pdf = await paper.pdf({ format: 'A4' });
  assert.equal(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length, 1, 'one page');
  await paper.close();
  assert.deepEqual(faults, []);
  await page.close();
});

test('printing prints the paper, not the page', async () => {
  const { page } = await scene.open(`/opportunity/${scene.dealId}`);
  await page.addInitScript(
    'window.print = () => { top.printed = document.title + " " + document.querySelectorAll("td").length; }',
  );
  await page.reload();
  await page.locator('c-pilot-steps [data-id="agree"]').click();
  await page.locator('[data-id="print"]').click();
  assert.match(String(await page.evaluate('window.printed')), /^Pilot agreement: Acme: SaaS adoption \d+$/);
  await page.close();
});

for (const lang of ['en', 'es']) {
  for (const width of [1280, 768, 360]) {
    test(`the agreement is readable and accessible at ${width} px in ${lang}`, async () => {
      const { page, faults } = await openDialog(lang, width);
      await page.screenshot({ path: `${SCREENSHOTS}/agreement-${lang}-${width}.png` });
      assert.deepEqual(await axeViolations(page), []);
      await page.addStyleTag({ content: 'main, nav { visibility: hidden !important }' });
      assert.deepEqual(await geometryFaults(page), []);
      assert.deepEqual(faults, []);
      await page.close();
    });
  }
}
