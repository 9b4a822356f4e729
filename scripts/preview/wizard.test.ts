import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { axeViolations, geometryFaults } from '../testing/page-checks.ts';
import { ADMIN } from '../testing/test-org.ts';
import { SCREENSHOTS, startScene } from './stalled-pilot.test-support.ts';
import type { Scene } from './stalled-pilot.test-support.ts';

let scene: Scene;

before(async () => {
  scene = await startScene();
  await makeTemplate('SaaS adoption');
  await makeTemplate('Security review');
});
after(() => scene?.close());

// Criterion, terms and commitments as a manager would keep them in a template.
const ITEMS = [
  { Name: 'Weekly active users', Item__c: 'Criterion', Kind__c: 'Adoption', Target__c: 20, Unit__c: 'users', Metric__c: 'weekly_users' },
  { Name: 'Reply time', Item__c: 'Criterion', Kind__c: 'Business outcome', Must_Have__c: true, Direction__c: 'At most', Target__c: 1, Unit__c: 'h' },
  { Name: 'Subscription', Item__c: 'Term', Kind__c: 'Subscription', Billing__c: 'Annual', Months__c: 12 },
  { Name: 'Implementation', Item__c: 'Term', Kind__c: 'Implementation', Amount__c: 75000, Billing__c: 'One-time', Days__c: 45 },
  { Name: 'SSO access', Item__c: 'Commitment', Kind__c: 'Access', Party__c: 'Customer', Due_Day__c: -3 },
  { Name: 'First session', Item__c: 'Commitment', Kind__c: 'Training', Party__c: 'Vendor', Due_Day__c: 2 },
];

async function makeTemplate(name: string): Promise<void> {
  const id = await scene.create(
    'PilotTemplate__c',
    {
      Name: name,
      Type__c: 'Pilot',
      Purpose__c: 'Prove a new use case',
      Weeks__c: 8,
      Commitment_Level__c: 'Collaborative',
      Restriction__c: 'Users',
      Check_In_Days__c: 7,
      Description__c: 'For teams that try the product in production.',
    },
    ADMIN,
  );
  for (const [index, item] of ITEMS.entries())
    await scene.create('PilotTemplateItem__c', { Template__c: id, Sort__c: index, ...item }, ADMIN);
}

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

test('looks', async () => {
  const { page, faults, calls } = await scene.open(`/opportunity/${scene.emptyDealId}`);
 
  await button(page, 'Plan a pilot').click();
  await page.getByText('1 of 3').waitFor();
  await page.screenshot({ path: `${SCREENSHOTS}/wizard-1.png` });
  for (const group of await page.getByRole('group').all()) console.log(await group.textContent());
  for (const key of ['budget','decisionMaker','driver','failure']) await page.locator(`[data-question="${key}"]`).getByText('Yes', { exact: true }).click();
  await page.screenshot({ path: `${SCREENSHOTS}/wizard-1b.png` });
  console.log(await geometryFaults(page), await axeViolations(page), faults, calls);
  await button(page, 'Continue').click();
  await page.getByText('2 of 3').waitFor();
  await page.screenshot({ path: `${SCREENSHOTS}/wizard-2.png` });
  await button(page, 'Use this template').first().click();
  await page.getByText('3 of 3').waitFor();
  await page.screenshot({ path: `${SCREENSHOTS}/wizard-3.png` });
  console.log(await axeViolations(page), faults);
});
