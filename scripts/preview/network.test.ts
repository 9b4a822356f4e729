// How a pilot spreads, in a browser: inside the panel and on the pilot's own page, for a rep, a reader and a stranger.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Locator } from 'playwright-core';
import { someNetwork, treeOf } from '../../force-app/main/default/lwc/pilotNetwork/__tests__/someNetwork.ts';
import { axeViolations, geometryFaults } from '../testing/page-checks.ts';
import { SCREENSHOTS, startScene, SYNC } from './stalled-pilot.test-support.ts';
import type { Scene, Visit } from './stalled-pilot.test-support.ts';

let scene: Scene;

before(async () => {
  scene = await startScene();
  await scene.update('Pilot__c', scene.pilotId, {
    Restriction__c: 'Features',
    Gated_Features__c: 'Export, single sign-on',
    Planned_Departments__c: 6,
  });
  await write();
});
after(() => scene?.close());

/** What the sync would write; the first champion is a person of the account. */
async function write(values: Parameters<typeof someNetwork>[0] = {}): Promise<void> {
  const [first, ...others] = someNetwork().champions;
  const champions = [{ ...first!, contactId: scene.contactId }, ...others];
  await scene.update(
    'Pilot__c',
    scene.pilotId,
    {
      Network__c: JSON.stringify(someNetwork({ champions, ...values })),
      Adoption_Stage__c: '3 More groups',
      Active_Departments__c: 5,
    },
    SYNC,
  );
}

async function openPilot(query: string, width?: number): Promise<Visit> {
  const visit = await scene.open(`/pilot/${scene.pilotId}?${query}`, width);
  await visit.page.locator('[data-id="stage"], [data-id="error"]').first().waitFor();
  return visit;
}

const shown = async (place: Locator): Promise<string[]> =>
  (await place.allInnerTexts()).map((text) => text.replaceAll(/\s+/g, ' ').trim());

test('the panel reads the network when it is opened, and names the champion whom the sync matched', async () => {
  const { page, calls, faults } = await scene.open(`/opportunity/${scene.dealId}?user=rep`);
  await page.locator('c-pilot-check-ins [data-id="check-in"]').first().waitFor();
  assert.equal(calls.length, 2, calls.join(' '));
  const panel = page.locator('c-pilot-panel');
  assert.match(await panel.locator('[data-id="facts"]').innerText(), /departments in use 5 \(planned 6\)/);
  await panel.locator('[data-id="network"]').click();
  await page.getByRole('link', { name: 'Priya Shah' }).waitFor();
  assert.equal(calls.length, 4, calls.join(' '));
  const numbers = await shown(page.locator('c-pilot-network [data-id="number"]'));
  assert.ok(
    numbers.some((line) => line.startsWith('Attempts at gated features: 31')),
    numbers.join(),
  );
  await page.screenshot({ path: `${SCREENSHOTS}/network-panel.png`, fullPage: true });
  assert.deepEqual(await axeViolations(page), []);
  assert.deepEqual(await geometryFaults(page), []);
  assert.deepEqual(faults, []);
  await page.close();
});

test('the agreement says which features keep the risk small, and no number of users', async () => {
  const { page } = await scene.open(`/opportunity/${scene.dealId}?user=rep`);
  await page.locator('[data-id="agree"]').click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('Features that stay closed until conversion: Export, single sign-on').waitFor();
  assert.equal(await dialog.getByText('25 users').count(), 0);
  await page.close();
});

test('the tree is one stop of the Tab key and moves, opens and closes with the arrows', async () => {
  const { page, faults } = await openPilot('user=rep');
  const items = page.locator('c-pilot-invitations [role="treeitem"]');
  assert.equal(await items.count(), 18);
  await page.locator('c-pilot-invitations [data-id="toggle"] button').focus();
  await page.keyboard.press('Tab');
  // A box that scrolls is a stop of its own in some browsers.
  if (!(await page.evaluate<string>(FOCUSED)).includes('brought in')) await page.keyboard.press('Tab');
  assert.match(await page.evaluate<string>(FOCUSED), / · Sales Ops · brought in 14, active$/);
  await page.keyboard.press('ArrowDown');
  assert.match(await page.evaluate<string>(FOCUSED), / · Marketing · brought in 6, active$/);
  await page.keyboard.press('ArrowLeft');
  assert.equal(await items.count(), 12);
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  assert.match(await page.evaluate<string>(FOCUSED), / · Customer care · brought in 3, not active lately$/);
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  assert.equal(await items.count(), 4);
  await page.keyboard.press('End');
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate<string>(FOCUSED), 'body');
  assert.deepEqual(faults, []);
  await page.close();
});

const FOCUSED = `(() => {
  let focused = document.activeElement;
  while (focused.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
  return focused.getAttribute('aria-label') ?? focused.localName;
})()`;

test('chart and tree have table twins that say the same', async () => {
  const { page } = await openPilot('user=reader');
  await page.locator('c-pilot-departments [data-id="chart"]').press('Home');
  const readOut = page.locator('c-pilot-departments [data-id="read-out"]');
  assert.equal(await readOut.innerText(), 'Week of 7 Sep: 3 active. Sales Ops 3');
  for (const part of ['departments', 'invitations'])
    await page.locator(`c-pilot-${part} [data-id="toggle"] button`).click();
  assert.equal(await page.locator('c-pilot-departments [data-id="row"]').count(), 5);
  assert.equal(await page.locator('c-pilot-invitations [data-id="row"]').count(), 18);
  await page.screenshot({ path: `${SCREENSHOTS}/network-tables.png`, fullPage: true });
  assert.deepEqual(await axeViolations(page), []);
  assert.deepEqual(await geometryFaults(page), []);
  await page.close();
});

test('somebody without permission reads which one is missing, and nothing else', async () => {
  const { page } = await openPilot('user=stranger');
  assert.match(await page.locator('[data-id="error"]').innerText(), /permission set Pilot Rep/);
  assert.equal(await page.locator('[data-id="stage"]').count(), 0);
  assert.deepEqual(await axeViolations(page), []);
  await page.close();
});

for (const user of ['rep', 'reader'])
  for (const lang of ['en', 'es'])
    for (const width of [1280, 768, 360])
      test(`nothing is cut off, overlaps or is inaccessible for a ${user} at ${width} px in ${lang}`, async () => {
        const { page, faults } = await openPilot(`user=${user}&lang=${lang}`, width);
        await page.getByRole('link', { name: 'Priya Shah' }).waitFor();
        await page.screenshot({
          path: `${SCREENSHOTS}/network-${user}-${lang}-${width}.png`,
          fullPage: true,
        });
        assert.deepEqual(await geometryFaults(page), []);
        assert.deepEqual(await axeViolations(page), []);
        assert.deepEqual(faults, []);
        await page.close();
      });

test('two hundred people are summarised at first, all can be reached, and markup in the data stays text', async () => {
  const name = '<img src=x onerror=alert(1)>';
  const [first, ...others] = someNetwork().departments;
  const parents = Array.from({ length: 200 }, (_, place) =>
    place === 0 ? null : Math.floor((place - 1) / 3),
  );
  await write({
    departments: [{ ...first!, name }, ...others],
    tree: { nodes: treeOf(parents), more: 340 },
  });
  const { page, faults } = await openPilot('user=rep', 768);
  const items = page.locator('c-pilot-invitations [role="treeitem"]');
  assert.equal(await items.count(), 4);
  await items.first().focus();
  // Down the first branch to somebody who brought in nobody.
  for (let step = 0; step < 9; step += 1) await page.keyboard.press('ArrowRight');
  assert.ok((await items.count()) > 12);
  assert.equal(await page.locator('c-pilot-network img').count(), 0);
  assert.equal(
    await page.locator('c-pilot-invitations [data-id="more"]').innerText(),
    'People brought in by others who are not listed: 340',
  );
  await page.screenshot({ path: `${SCREENSHOTS}/network-large.png`, fullPage: true });
  await page.locator('c-pilot-invitations [data-id="toggle"] button').click();
  assert.equal(await page.locator('c-pilot-invitations [data-id="row"]').count(), 200);
  assert.deepEqual(await axeViolations(page), []);
  assert.deepEqual(await geometryFaults(page), []);
  assert.deepEqual(faults, []);
  await page.close();
});
