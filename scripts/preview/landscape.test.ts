// The account's page in a browser: its pilots together, for a rep, a reader and people who may see less.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { someNetwork } from '../../force-app/main/default/lwc/pilotNetwork/__tests__/someNetwork.ts';
import { axeViolations, geometryFaults } from '../testing/page-checks.ts';
import { SCREENSHOTS, startScene, SYNC } from './stalled-pilot.test-support.ts';
import type { Scene, Visit } from './stalled-pilot.test-support.ts';

let scene: Scene;
let accountId = '';

/** A reader who may not see how pilots end. */
const UNTOLD = {
  change: (permissions: string) =>
    permissions.replace(
      /<editable>\w+<\/editable>\s*<field>Pilot__c.Outcome__c<\/field>\s*<readable>true</,
      '<editable>false</editable><field>Pilot__c.Outcome__c</field><readable>false<',
    ),
};

before(async () => {
  scene = await startScene({ untold: UNTOLD });
  const [deal] = await scene.query(`SELECT AccountId FROM Opportunity WHERE Id = '${scene.dealId}'`);
  accountId = String(deal!['AccountId']);
  await makeAccount();
});
after(() => scene?.close());

async function makeDeal(Name: string, fields: object = {}): Promise<string> {
  const open = { AccountId: accountId, StageName: 'Prospecting', CloseDate: '2026-12-30' };
  return scene.create('Opportunity', { Name, ...open, ...fields });
}

async function makePilot(Department__c: string, fields: object): Promise<string> {
  const Opportunity__c = await makeDeal(`Acme: ${Department__c}`);
  const Name = `Acme: ${Department__c.toLowerCase()}`;
  return scene.create('Pilot__c', { Name, Opportunity__c, Type__c: 'Trial', Department__c, ...fields });
}

async function makeAccount(): Promise<void> {
  const running = { Status__c: 'Active', Start_Date__c: '2026-11-02', End_Date__c: '2026-12-04' };
  const over = { Status__c: 'Active', Start_Date__c: '2026-08-03', End_Date__c: '2026-09-11' };
  const finance = await makePilot('Finance', {
    ...running,
    Decision_Date__c: '2026-12-11',
    Planned_Users__c: 10,
    Rival_Tool__c: 'Spreadsheets',
  });
  const care = await makePilot('Customer care', over);
  await scene.create('ConversionTerm__c', {
    Pilot__c: care,
    Name: 'Subscription',
    Kind__c: 'Subscription',
    Amount__c: 120000,
    Billing__c: 'Annual',
    Status__c: 'Agreed',
    Agreed_On__c: '2026-08-03',
    Price_Valid_To__c: '2026-10-31',
  });
  const closed = { Status__c: 'Closed', Outcome_Reason__c: 'Criteria met', Decided_On__c: '2026-09-18' };
  await scene.update('Pilot__c', care, { ...closed, Outcome__c: 'Converted' });
  await makePilot('Legal', { Status__c: 'Draft' });
  const research = await makePilot('Research', over);
  await scene.update('Pilot__c', research, {
    ...closed,
    Outcome__c: 'No decision',
    Outcome_Reason__c: 'Lost sponsor',
  });
  await makeDeal('Acme: starter seats', {
    StageName: 'Closed Won',
    CloseDate: '2026-06-30',
    Amount: 18000,
  });
  const judged = { Signals__c: JSON.stringify({ version: 1, signals: [], toTidy: [], note: null }) };
  await scene.update(
    'Pilot__c',
    finance,
    { Health__c: 'On track', Active_Users_7d__c: 8, Stale_After__c: '2026-11-19T12:00:00Z', ...judged },
    SYNC,
  );
  const spread = { Network__c: JSON.stringify(someNetwork()), Adoption_Stage__c: '3 More groups' };
  await scene.update('Pilot__c', scene.pilotId, spread, SYNC);
}

async function open(query: string, width?: number): Promise<Visit> {
  const visit = await scene.open(`/account/${accountId}?${query}`, width);
  await visit.page.locator('[data-id="row"], [data-id="error"], [data-id="empty"]').first().waitFor();
  return visit;
}

const texts = async ({ page }: Visit, id: string): Promise<string[]> =>
  (await page.locator(`[data-id="${id}"]`).allInnerTexts()).map((text) => text.trim());

test('a rep sees with one request who pays, who is next and who uses the product without a pilot', async () => {
  const visit = await open('user=rep');
  const names = ['Customer care', 'Finance', 'Sales Ops', 'Legal', 'Marketing', 'HR', 'Research'];
  assert.deepEqual(await texts(visit, 'group'), names);
  assert.deepEqual(await texts(visit, 'standing'), [
    'Pays',
    'Pilot running',
    'Pilot running',
    'Being planned',
    'In use, no pilot',
    'In use, no pilot',
    'Ended',
  ]);
  assert.deepEqual(await texts(visit, 'summary'), ['Groups that pay: 1 of 7 · $120 K agreed a year']);
  assert.deepEqual(await texts(visit, 'next'), ['Next: Finance, On track, decision 11 Dec']);
  assert.deepEqual(await texts(visit, 'account-stage'), ['Adoption: 3 More groups']);
  assert.equal((await texts(visit, 'rival'))[0], 'Spreadsheets');
  assert.deepEqual(await texts(visit, 'deal'), ['Acme: starter seats']);
  assert.equal(visit.calls.length, 1, visit.calls.join(' '));
  assert.deepEqual(visit.faults, []);
  await visit.page.close();
});

test('every pilot leads to its deal with the keyboard alone, from the top to the bottom', async () => {
  const visit = await open('user=rep');
  const links = visit.page.locator('c-pilot-landscape a');
  assert.equal(await links.count(), 6);
  await links.first().focus();
  const order: string[] = [];
  for (let step = 0; step < 6; step += 1) {
    order.push(await visit.page.evaluate(FOCUSED));
    await visit.page.keyboard.press('Tab');
  }
  assert.deepEqual(order, await links.allInnerTexts());
  await links.nth(2).focus();
  await visit.page.keyboard.press('Enter');
  await visit.page.waitForURL(`**/opportunity/${scene.dealId}?user=rep`);
  await visit.page.getByRole('link', { name: 'The account’s page' }).click();
  await visit.page.waitForURL(`**/account/${accountId}?user=rep&lang=en`);
  await visit.page.close();
});

const FOCUSED = `(() => {
  let focused = document.activeElement;
  while (focused.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
  return focused.textContent.trim();
})()`;

test('who may not see how pilots end is never told that a group does not pay', async () => {
  const visit = await open('user=untold');
  assert.equal((await texts(visit, 'standing')).filter((text) => text === 'Closed').length, 2);
  assert.equal((await texts(visit, 'pays')).filter((text) => text === 'Not visible to you').length, 2);
  assert.deepEqual(visit.faults, []);
  await visit.page.close();
});

test('somebody without permission reads which one is missing, and nothing else', async () => {
  const visit = await open('user=stranger');
  assert.match((await texts(visit, 'error'))[0]!, /permission set Pilot Rep/);
  assert.equal(await visit.page.locator('[data-id="row"], [data-id="deal"]').count(), 0);
  assert.deepEqual(await axeViolations(visit.page), []);
  await visit.page.close();
});

test('an account without pilots says how to start one', async () => {
  const empty = await scene.create('Account', { Name: 'Initech' });
  const { page, faults } = await scene.open(`/account/${empty}?user=rep`);
  await page.getByText('This account has no pilot yet.').waitFor();
  assert.deepEqual(await axeViolations(page), []);
  assert.deepEqual(faults, []);
  await page.close();
});

for (const user of ['rep', 'reader'])
  for (const lang of ['en', 'es'])
    for (const width of [1280, 768, 360])
      test(`nothing is cut off, overlaps or is inaccessible for a ${user} at ${width} px in ${lang}`, async () => {
        const { page, faults } = await open(`user=${user}&lang=${lang}`, width);
        await page.screenshot({
          path: `${SCREENSHOTS}/landscape-${user}-${lang}-${width}.png`,
          fullPage: true,
        });
        assert.deepEqual(await geometryFaults(page), []);
        assert.deepEqual(await axeViolations(page), []);
        assert.deepEqual(faults, []);
        await page.close();
      });
