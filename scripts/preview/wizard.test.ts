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
  await scene.create('PilotUsageKey__c', {
    Pilot__c: scene.pilotId,
    Source__c: 'product',
    Key__c: 'acme-eu',
  });
  const [account] = await scene.query("SELECT Id FROM Account WHERE Name = 'Acme'");
  await scene.update('Account', String(account!['Id']), { BillingCountry: 'Germany' }, ADMIN);
});
after(() => scene?.close());

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

/** Everything that the deal holds by now. */
async function rowsOf(dealId: string) {
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

const draftOf = (page: Page, dealId: string) =>
  page.evaluate<string | null>(`sessionStorage.getItem('pilotWizard:${dealId}')`);

async function newDeal(name: string): Promise<string> {
  const AccountId = (await scene.query("SELECT Id FROM Account WHERE Name = 'Acme'"))[0]!['Id'];
  return scene.create('Opportunity', {
    Name: name,
    AccountId,
    StageName: 'Negotiation/Review',
    CloseDate: '2026-12-20',
  });
}

async function answerAll(page: Page, answers: readonly string[]): Promise<void> {
  for (const [index, key] of ['budget', 'decisionMaker', 'driver', 'failure'].entries())
    await page.locator(`[data-question="${key}"]`).getByText(answers[index]!, { exact: true }).click();
}

const YES = ['Yes', 'Yes', 'Yes', 'Yes'];

async function toReview(dealId: string, lang = 'en', width = 1280) {
  const visit = await scene.open(`/opportunity/${dealId}?lang=${lang}`, width);
  const { page } = visit;
  await page.locator('c-pilot-steps [data-id="plan"]').click();
  await page.locator('[data-id="step"]').waitFor();
  await answerAll(page, lang === 'es' ? ['Sí', 'Sí', 'Sí', 'Sí'] : YES);
  await page.locator('[data-id="continue"]').click();
  await page.locator('[data-asked="template"]').first().click();
  await page.locator('[data-entry="users"]').waitFor();
  return visit;
}

async function pick(page: Page, name: string, option: string): Promise<void> {
  await page.locator(`[data-entry="${name}"]`).getByRole('combobox').click();
  await page.locator(`[data-entry="${name}"]`).getByRole('option', { name: option }).click();
}

async function fillReview(page: Page): Promise<void> {
  await pick(page, 'workspace', 'acme-eu (product)');
  await pick(page, 'sponsorId', 'Dana Ortiz, Chief Operating Officer');
  await page.locator('[data-entry="users"] input').fill('25');
  await page.locator('[data-entry="yearlyPrice"] input').fill('500000');
  await page.keyboard.press('Tab');
}

test('at human pace a rep plans a pilot in 60 seconds and 12 clicks, by one POST, and it equals the template', async () => {
  const dealId = await newDeal('Pace');
  const { page, faults } = await scene.open(`/opportunity/${dealId}`);
  const mutations: string[] = [];
  page.on('request', (request) => {
    const body = request.postData() ?? '';
    if (request.method() !== 'GET' && body.includes('mutation')) mutations.push(request.url());
  });
  await page.evaluate(
    `window.clicks = 0; addEventListener('mousedown', () => { window.clicks += 1; }, true)`,
  );
  const began = Date.now();
  const click = async (target: ReturnType<Page['locator']>) => {
    await page.waitForTimeout(500);
    await target.click();
  };
  await click(button(page, 'Plan a pilot'));
  for (const key of ['budget', 'decisionMaker', 'driver', 'failure'])
    await click(page.locator(`[data-question="${key}"]`).getByText('Yes', { exact: true }));
  await click(button(page, 'Continue'));
  await click(page.locator('[data-asked="template"]').first());
  for (const [name, option] of [
    ['workspace', 'acme-eu (product)'],
    ['sponsorId', 'Dana Ortiz, Chief Operating Officer'],
  ] as const) {
    await click(page.locator(`[data-entry="${name}"]`).getByRole('combobox'));
    await click(page.locator(`[data-entry="${name}"]`).getByRole('option', { name: option }));
  }
  await page.keyboard.press('Tab', { delay: 60 });
  await page.keyboard.type('25', { delay: 60 });
  await page.keyboard.press('Tab', { delay: 60 });
  await page.keyboard.type('500000', { delay: 60 });
  await click(button(page, 'Create the pilot'));
  await page.locator('c-pilot-header').waitFor();
  const clicks = await page.evaluate<number>('window.clicks');
  const seconds = (Date.now() - began) / 1000;
  console.log(`planned with ${clicks} clicks in ${seconds.toFixed(1)} s`);
  assert.ok(clicks <= 12, `${clicks} clicks`);
  assert.ok(seconds <= 60, `${seconds} s`);
  assert.equal(mutations.length, 1);
  assert.equal(await draftOf(page, dealId), null);
  assert.deepEqual(faults, []);
  await assertPlan(dealId);
  await page.close();
});

async function assertPlan(dealId: string): Promise<void> {
  const { pilots } = await rowsOf(dealId);
  assert.equal(pilots.length, 1);
  const [pilot] = pilots;
  const expected = {
    Name: 'Acme: SaaS adoption',
    Template_Name__c: 'SaaS adoption',
    Type__c: 'Pilot',
    Purpose__c: 'Prove a new use case',
    Status__c: 'Qualified',
    Qualification__c: 'Go',
    Usage_Source__c: 'Linked',
    Commitment_Level__c: 'Collaborative',
    Planned_Users__c: 25,
    Start_Date__c: '2026-11-23',
    End_Date__c: '2027-01-18',
    Readout_Date__c: '2027-01-21',
    Decision_Date__c: '2027-02-01',
    Next_Check_In__c: '2026-11-30',
    Holiday_Region__c: 'DE',
    Scope__c: 'SaaS adoption: 25 users for 8 weeks.',
    Criteria__c: 2,
    Must_Haves__c: 1,
    Terms__c: 2,
    Open_Commitments__c: 2,
  };
  const actual = Object.fromEntries(Object.keys(expected).map((field) => [field, pilot![field]]));
  assert.deepEqual(actual, expected);
  const plain = (rows: Record<string, unknown>[]) => rows.map(({ attributes: _, ...fields }) => fields);
  const where = `WHERE Pilot__c = '${String(pilot!['Id'])}'`;
  assert.deepEqual(
    plain(
      await scene.query(
        `SELECT Name, Kind__c, Must_Have__c, Direction__c, Target__c, Unit__c, Metric__c FROM SuccessCriterion__c ${where} ORDER BY Name DESC`,
      ),
    ),
    [
      {
        Name: 'Weekly active users',
        Kind__c: 'Adoption',
        Must_Have__c: false,
        Direction__c: 'At least',
        Target__c: 20,
        Unit__c: 'users',
        Metric__c: 'weekly_users',
      },
      {
        Name: 'Reply time',
        Kind__c: 'Business outcome',
        Must_Have__c: true,
        Direction__c: 'At most',
        Target__c: 1,
        Unit__c: 'h',
        Metric__c: null,
      },
    ],
  );
  assert.deepEqual(
    plain(
      await scene.query(
        `SELECT Name, Amount__c, Billing__c, Valid_Days_After_End__c, Status__c FROM ConversionTerm__c ${where} ORDER BY Name`,
      ),
    ),
    [
      {
        Name: 'Implementation',
        Amount__c: 75000,
        Billing__c: 'One-time',
        Valid_Days_After_End__c: 45,
        Status__c: 'Proposed',
      },
      {
        Name: 'Subscription',
        Amount__c: 500000,
        Billing__c: 'Annual',
        Valid_Days_After_End__c: 30,
        Status__c: 'Proposed',
      },
    ],
  );
  assert.deepEqual(
    plain(
      await scene.query(`SELECT Name, Party__c, Due_On__c FROM PilotCommitment__c ${where} ORDER BY Name`),
    ),
    [
      { Name: 'First session', Party__c: 'Vendor', Due_On__c: '2026-11-25' },
      { Name: 'SSO access', Party__c: 'Customer', Due_On__c: '2026-11-20' },
    ],
  );
  assert.deepEqual(
    plain(await scene.query(`SELECT Source__c, Key__c, Matched_By__c FROM PilotUsageKey__c ${where}`)),
    [{ Source__c: 'product', Key__c: 'acme-eu', Matched_By__c: 'By hand' }],
  );
}

test('asks for 4 taps, then a template, then 2 picks and 2 numbers, and for nothing else', async () => {
  const { page } = await scene.open(`/opportunity/${await newDeal('Budget')}`);
  const controls = page.locator(
    ['input', 'combobox', 'textarea', 'radio-group', 'checkbox-group']
      .map((one) => `lightning-${one}`)
      .join(),
  );
  const asked = async () => {
    const all = await controls.all();
    return Promise.all(
      all.map(async (control) => {
        const isConfirmed = (await control.getAttribute('data-confirmed')) !== null;
        return isConfirmed ? 'confirmed' : ((await control.getAttribute('data-asked')) ?? 'surplus');
      }),
    );
  };
  await button(page, 'Plan a pilot').click();
  await page.locator('[data-id="step"]').waitFor();
  assert.deepEqual(await asked(), ['tap', 'tap', 'tap', 'tap']);
  assert.equal(await button(page, 'Continue').isDisabled(), true);
  await answerAll(page, YES);
  await button(page, 'Continue').click();
  await page.locator('[data-asked="template"]').first().waitFor();
  assert.deepEqual(await asked(), []);
  await page.locator('[data-asked="template"]').first().click();
  await page.locator('[data-entry="users"]').waitFor();
  assert.deepEqual(await asked(), ['pick', 'pick', 'number', 'number', 'confirmed']);
  await page.close();
});

test('the keyboard alone plans a pilot', async () => {
  const dealId = await newDeal('Keys');
  const { page, faults } = await scene.open(`/opportunity/${dealId}`);
  const keys = page.keyboard;
  const focused = () =>
    page.evaluate<string>(`(() => { let at = document.activeElement; while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
      return (at?.labels?.[0]?.textContent || at?.getAttribute('aria-label') || at?.textContent || at?.tagName || '').replace('*', '').trim(); })()`);
  const tabTo = async (name: string) => {
    const passed: string[] = [];
    for (let step = 0; step < 25; step += 1) {
      await keys.press('Tab');
      passed.push(await focused());
      if (passed.at(-1) === name) return passed;
    }
    throw new Error(`${name} is not reached by Tab: ${passed.join(' | ')}`);
  };
  await button(page, 'Plan a pilot').focus();
  await keys.press('Enter');
  await page.locator('[data-id="step"]').waitFor();
  for (let question = 0; question < 4; question += 1) {
    await tabTo('Yes');
    await keys.press('Space');
  }
  assert.deepEqual(await tabTo('Continue'), ['Add a doubt', 'A pilot is not needed', 'Continue']);
  await keys.press('Enter');
  await page.locator('[data-asked="template"]').first().waitFor();
  assert.equal(await focused(), '2 of 3: Choose a template');
  assert.deepEqual(await tabTo('Use this template'), ['Use this template']);
  await keys.press('Enter');
  await page.locator('[data-entry="users"]').waitFor();
  assert.equal(await focused(), '3 of 3: Review and create');
  await tabTo('Workspace');
  await keys.press('Enter');
  await keys.press('ArrowDown');
  await keys.press('Enter');
  await tabTo("Customer's sponsor");
  await keys.press('Enter');
  await keys.press('ArrowDown');
  await keys.press('Enter');
  await tabTo('Users in the pilot');
  await keys.type('25');
  await tabTo('Yearly price after the pilot');
  await keys.type('500000');
  const rest = await tabTo('Create the pilot');
  assert.deepEqual(rest.slice(-4), ['Change', 'Cancel', 'Back', 'Create the pilot']);
  await keys.press('Enter');
  await page.locator('c-pilot-header').waitFor();
  assert.equal((await rowsOf(dealId)).pilots.length, 1);
  assert.deepEqual(faults, []);
  await page.close();
});

test('when operation k of n fails nothing is saved, the draft stays, and the message is at line k', async () => {
  const dealId = await newDeal('Faults');
  const { page } = await toReview(dealId);
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
    assert.equal((await rowsOf(dealId)).count, 0, alias);
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
  assert.equal((await rowsOf(dealId)).count, 8);
  await page.close();
});

test('the draft outlives going back, closing the dialog, a reload and a lost connection', async () => {
  const dealId = await newDeal('Draft');
  const { page } = await toReview(dealId);
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
  assert.equal((await rowsOf(dealId)).count, 0);
  await page.unroute('**/graphql');
  await button(page, 'Create the pilot').click();
  await page.locator('c-pilot-header').waitFor();
  const rows = await rowsOf(dealId);
  assert.equal(rows.count, 8);
  await page.close();
});

test('a lost answer that was a success is not repeated', async () => {
  const dealId = await newDeal('Lost answer');
  const { page } = await toReview(dealId);
  await fillReview(page);
  await page.route('**/graphql', async (route) => {
    if (!String(route.request().postData()).includes('mutation')) return route.continue();
    await route.fetch();
    return route.abort();
  });
  await button(page, 'Create the pilot').click();
  await page.locator('[data-id="failure"]').waitFor();
  assert.equal((await rowsOf(dealId)).count, 8);
  await button(page, 'Create the pilot').click();
  await page.locator('c-pilot-header').waitFor();
  assert.equal((await rowsOf(dealId)).count, 8);
  await page.close();
});

test('a no to the budget is declined in words, and recorded as a closed pilot', async () => {
  const dealId = await newDeal('Declined');
  const { page } = await scene.open(`/opportunity/${dealId}`);
  await button(page, 'Plan a pilot').click();
  await page.locator('[data-id="step"]').waitFor();
  await answerAll(page, ['No', 'Not yet', 'Yes', 'Yes']);
  assert.equal(
    await page.locator('[data-id="verdict"]').textContent(),
    'Decline: a pilot cannot change this.',
  );
  assert.equal(await page.locator('[data-id="wording"]').count(), 2);
  await page.screenshot({ path: `${SCREENSHOTS}/wizard-decline.png` });
  await button(page, 'Record as declined').click();
  await page.locator('c-pilot-header').waitFor();
  const { pilots } = await rowsOf(dealId);
  const { Status__c, Outcome__c, Outcome_Reason__c, Decided_On__c, Budget_Approved__c } = pilots[0]!;
  assert.deepEqual(
    { Status__c, Outcome__c, Outcome_Reason__c, Decided_On__c, Budget_Approved__c },
    {
      Status__c: 'Closed',
      Outcome__c: 'Declined',
      Outcome_Reason__c: 'No budget',
      Decided_On__c: '2026-11-17',
      Budget_Approved__c: false,
    },
  );
  await page.close();
});

for (const lang of ['en', 'es']) {
  for (const width of [1280, 768, 360]) {
    test(`the steps are readable and accessible at ${width} px in ${lang}`, async () => {
      const dealId = await newDeal(`Looks ${lang} ${width}`);
      const { page, faults } = await scene.open(`/opportunity/${dealId}?lang=${lang}`, width);
      // So tall that nothing is scrolled out of the dialog.
      await page.setViewportSize({ width, height: 3600 });
      const check = async (step: string) => {
        await page.screenshot({ path: `${SCREENSHOTS}/wizard-${step}-${lang}-${width}.png` });
        assert.deepEqual(await axeViolations(page), [], step);
        assert.deepEqual(await dialogFaults(page), [], step);
      };
      await page.locator('c-pilot-steps [data-id="plan"]').click();
      await page.locator('[data-id="step"]').waitFor();
      await answerAll(
        page,
        lang === 'es' ? ['Aún no', 'Sí', 'Aún no', 'Sí'] : ['Not yet', 'Yes', 'Not yet', 'Yes'],
      );
      await check('qualify');
      await page.locator('[data-id="continue"]').click();
      await page.locator('[data-asked="template"]').first().waitFor();
      await check('template');
      await page.locator('[data-asked="template"]').first().click();
      await page.locator('[data-entry="users"]').waitFor();
      await check('review');
      await page.locator('[data-id="change"]').click();
      await check('change');
      assert.deepEqual(faults, []);
      await page.close();
    });
  }
}

/** Geometry of the dialog alone: the page behind it is hidden. */
async function dialogFaults(page: Page): Promise<string[]> {
  await page.addStyleTag({ content: 'main, nav { visibility: hidden !important }' });
  return geometryFaults(page);
}
