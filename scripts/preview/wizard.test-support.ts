// What the tests of the planning dialog share: templates, deals, and a rep's way to its review.
import type { Page } from 'playwright-core';
import { ADMIN } from '../testing/test-org.ts';
import type { Scene, Visit } from './stalled-pilot.test-support.ts';

/** Two templates, a workspace that an earlier pilot of the account used, and the account's country. */
export async function makeTemplates(scene: Scene): Promise<void> {
  await makeTemplate(scene, 'SaaS adoption');
  await makeTemplate(scene, 'Security review');
  await scene.create('PilotUsageKey__c', {
    Pilot__c: scene.pilotId,
    Source__c: 'product',
    Key__c: 'acme-eu',
  });
  const [account] = await scene.query("SELECT Id FROM Account WHERE Name = 'Acme'");
  await scene.update('Account', String(account!['Id']), { BillingCountry: 'Germany' }, ADMIN);
}

// Criterion, terms and commitments as a manager would keep them in a template.
const ITEMS = [
  {
    Name: 'Weekly active users',
    Item__c: 'Criterion',
    Kind__c: 'Adoption',
    Target__c: 20,
    Unit__c: 'users',
    Metric__c: 'weekly_users',
  },
  {
    Name: 'Reply time',
    Item__c: 'Criterion',
    Kind__c: 'Business outcome',
    Must_Have__c: true,
    Direction__c: 'At most',
    Target__c: 1,
    Unit__c: 'h',
  },
  { Name: 'Subscription', Item__c: 'Term', Kind__c: 'Subscription', Billing__c: 'Annual', Months__c: 12 },
  {
    Name: 'Implementation',
    Item__c: 'Term',
    Kind__c: 'Implementation',
    Amount__c: 75000,
    Billing__c: 'One-time',
    Days__c: 45,
  },
  { Name: 'SSO access', Item__c: 'Commitment', Kind__c: 'Access', Party__c: 'Customer', Due_Day__c: -3 },
  { Name: 'First session', Item__c: 'Commitment', Kind__c: 'Training', Party__c: 'Vendor', Due_Day__c: 2 },
];

async function makeTemplate(scene: Scene, name: string): Promise<void> {
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

export const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

/** Everything that the deal holds by now. */
export async function rowsOf(scene: Scene, dealId: string) {
  const pilots = await scene.query(
    `SELECT FIELDS(ALL) FROM Pilot__c WHERE Opportunity__c = '${dealId}' LIMIT 200`,
  );
  const details = ['SuccessCriterion__c', 'ConversionTerm__c', 'PilotCommitment__c', 'PilotUsageKey__c'];
  const rows = await Promise.all(
    details.map((object) =>
      scene.query(`SELECT Id FROM ${object} WHERE Pilot__r.Opportunity__c = '${dealId}'`),
    ),
  );
  return { pilots, count: pilots.length + rows.flat().length };
}

export const draftOf = (page: Page, dealId: string) =>
  page.evaluate<string | null>(`sessionStorage.getItem('pilotWizard:${dealId}')`);

export async function newDeal(scene: Scene, name: string): Promise<string> {
  const AccountId = (await scene.query("SELECT Id FROM Account WHERE Name = 'Acme'"))[0]!['Id'];
  return scene.create('Opportunity', {
    Name: name,
    AccountId,
    StageName: 'Negotiation/Review',
    CloseDate: '2026-12-20',
  });
}

export async function answerAll(page: Page, answers: readonly string[]): Promise<void> {
  for (const [index, key] of ['budget', 'decisionMaker', 'driver', 'failure'].entries())
    await page.locator(`[data-question="${key}"]`).getByText(answers[index]!, { exact: true }).click();
}

export const YES = ['Yes', 'Yes', 'Yes', 'Yes'];

export async function toReview(scene: Scene, dealId: string, query = ''): Promise<Visit> {
  const visit = await scene.open(`/opportunity/${dealId}${query}`);
  const { page } = visit;
  await page.locator('c-pilot-steps [data-id="plan"]').click();
  await page.locator('[data-id="step"]').waitFor();
  await answerAll(page, YES);
  await page.locator('[data-id="continue"]').click();
  await page.locator('[data-asked="template"]').first().click();
  await page.locator('[data-entry="users"]').waitFor();
  return visit;
}

export async function pick(page: Page, name: string, option: string): Promise<void> {
  await page.locator(`[data-entry="${name}"]`).getByRole('combobox').click();
  await page.locator(`[data-entry="${name}"]`).getByRole('option', { name: option }).click();
}

export async function fillReview(page: Page, workspace = 'acme-eu (product)'): Promise<void> {
  await pick(page, 'workspace', workspace);
  await pick(page, 'sponsorId', 'Dana Ortiz, Chief Operating Officer');
  await page.locator('[data-entry="users"] input').fill('25');
  await page.locator('[data-entry="yearlyPrice"] input').fill('500000');
  await page.keyboard.press('Tab');
}
