// An org with one stalled pilot, the page over it and a browser: what the browser tests share.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { launchBrowser } from '../testing/browser.ts';
import { createUser, startTestOrg, zipOf } from '../testing/test-org.ts';
import type { TestOrg } from '../testing/test-org.ts';
import type { BundleCompiler } from './load-compiled.ts';
import { startPreview } from './preview.ts';
import type { Preview } from './preview.ts';

export const NOW = new Date('2026-11-17T12:00:00Z');
export const SCREENSHOTS = 'build/screenshots';
export const SYNC = 'sync@acme.test';
export const REP = 'rep@acme.test';

export interface Scene {
  readonly org: TestOrg;
  readonly preview: Preview;
  readonly browser: Browser;
  readonly dealId: string;
  readonly pilotId: string;
  /** A deal without pilot. */
  readonly emptyDealId: string;
  /** A person of the account beside the sponsor. */
  readonly contactId: string;
  create(object: string, fields: object, username?: string): Promise<string>;
  update(object: string, id: string, fields: object, username?: string): Promise<void>;
  /** Rows as the administrator sees them. */
  query(soql: string): Promise<Record<string, unknown>[]>;
  /** Opens a page of the preview. */
  open(path: string, width?: number): Promise<Visit>;
  close(): Promise<void>;
}

export interface Visit {
  readonly page: Page;
  /** Paths of the calls to the org that the page made. */
  readonly calls: string[];
  /** What the page threw or logged as an error. */
  readonly faults: string[];
}

/** A user whose one permission set is what `change` makes of the rep's. */
export interface LimitedUser {
  readonly profile?: string;
  readonly change: (permissions: string) => string;
}

/** Starts everything; `close` ends it. Viewers: rep, manager, reader (no write access), stranger (no permission), `others`. */
export async function startScene(others: Readonly<Record<string, LimitedUser>> = {}): Promise<Scene> {
  const org = await startTestOrg({ now: NOW, deploy: true });
  try {
    await makeUsers(org);
    for (const [key, user] of Object.entries({ reader: READER, ...others }))
      await makeLimitedUser(org, key, user);
    const records = recordsOf(org);
    const ids = await makeRecords(records);
    const preview = await showOrg(org, Object.keys(others));
    const browser = await launchBrowser();
    // One for all pages: what the first one has read and compiled the others find in its cache.
    const context = await browser.newContext({ timezoneId: 'UTC', locale: 'en-US' });
    mkdirSync(SCREENSHOTS, { recursive: true });
    return {
      org,
      preview,
      browser,
      ...ids,
      ...records,
      open: (path, width = 1280) => openPage(context, preview.url + path, width),
      close: async () => {
        await browser.close();
        await preview.close();
        await org.close();
      },
    };
  } catch (error) {
    await org.close();
    throw error;
  }
}

async function makeUsers(org: TestOrg): Promise<void> {
  await createUser(org, { username: SYNC, permissionSets: ['Pilot_Sync'] });
  await createUser(org, { username: REP, permissionSets: ['Pilot_Rep'] });
  await createUser(org, { username: 'manager@acme.test', permissionSets: ['Pilot_Rep', 'Pilot_Manager'] });
  await createUser(org, { username: 'stranger@acme.test' });
}

async function makeLimitedUser(
  org: TestOrg,
  key: string,
  { change, ...profile }: LimitedUser,
): Promise<void> {
  const name = `Pilot_${key}`;
  const types = `<types><members>${name}</members><name>PermissionSet</name></types>`;
  const rep = readFileSync(
    'force-app/main/default/permissionsets/Pilot_Rep.permissionset-meta.xml',
    'utf8',
  ).replace(/<label>[^<]*</, `<label>Pilot ${key}<`);
  await org.deploy(
    zipOf({
      'package.xml': `<Package xmlns="http://soap.sforce.com/2006/04/metadata">${types}<version>67.0</version></Package>`,
      [`permissionsets/${name}.permissionset`]: change(rep),
    }),
  );
  await createUser(org, { username: `${key}@acme.test`, permissionSets: [name], ...profile });
}

/** What an admin makes for people who only look. */
const READER: LimitedUser = {
  change: (permissions) =>
    permissions.replaceAll(/<(allowCreate|allowEdit|allowDelete|editable)>true</g, '<$1>false<'),
};

/** `PILOT_PAGE_COMPILER` names a module whose `bundleCompiler` compiles the components, as test:clients does. */
async function chosenCompiler(): Promise<BundleCompiler | undefined> {
  const module = process.env['PILOT_PAGE_COMPILER'];
  if (module === undefined) return undefined;
  return ((await import(module)) as { bundleCompiler: BundleCompiler }).bundleCompiler;
}

async function showOrg(org: TestOrg, others: readonly string[]): Promise<Preview> {
  const viewer = (key: string, ...customPermissions: string[]) => {
    return { key, label: key, customPermissions, token: () => org.tokenFor(`${key}@acme.test`) };
  };
  return startPreview({
    orgUrl: org.url,
    viewers: [
      viewer('rep'),
      viewer('manager', 'Pilot_Amend_Signed_Criteria', 'Pilot_Exceed_Capacity'),
      viewer('reader'),
      viewer('stranger'),
      ...others.map((key) => viewer(key)),
    ],
    port: 0,
    clockOffsetMs: NOW.getTime() - Date.now(),
    timeZone: 'UTC',
    progress: (line) => console.log(line),
    compiler: await chosenCompiler(),
  });
}

type Records = Pick<Scene, 'create' | 'update' | 'query'>;

function recordsOf(org: TestOrg): Records {
  return {
    create: async (object, fields, username = REP) => {
      const { status, body } = await org.call('POST', `/sobjects/${object}`, fields, username);
      assert.equal(status, 201, `${object}: ${JSON.stringify(body)}`);
      return (body as { id: string }).id;
    },
    update: async (object, id, fields, username = REP) => {
      const { status, body } = await org.call('PATCH', `/sobjects/${object}/${id}`, fields, username);
      assert.equal(status, 204, `${object}: ${JSON.stringify(body)}`);
    },
    query: async (soql) => {
      const { status, body } = await org.call('GET', `/query?q=${encodeURIComponent(soql)}`);
      assert.equal(status, 200, JSON.stringify(body));
      return (body as { records: Record<string, unknown>[] }).records;
    },
  };
}

type Ids = Pick<Scene, 'dealId' | 'pilotId' | 'emptyDealId' | 'contactId'>;

async function makeRecords(records: Records): Promise<Ids> {
  const { create } = records;
  const AccountId = await create('Account', { Name: 'Acme' });
  const deal = (Name: string) =>
    create('Opportunity', { Name, AccountId, StageName: 'Negotiation/Review', CloseDate: '2026-12-20' });
  const person = (FirstName: string, LastName: string, Title: string) =>
    create('Contact', { FirstName, LastName, Title, AccountId });
  const dealId = await deal('Acme: SaaS adoption');
  const emptyDealId = await deal('Globex: renewal');
  const sponsor = await person('Dana', 'Ortiz', 'Chief Operating Officer');
  const contactId = await person('Priya', 'Shah', 'Head of customer care');
  const pilotId = await makePilot(records, dealId, sponsor, contactId);
  await makeAgreements(records, pilotId);
  await writeVerdict(records, pilotId);
  return { dealId, emptyDealId, contactId, pilotId };
}

function makePilot({ create }: Records, deal: string, sponsor: string, champion: string): Promise<string> {
  return create('Pilot__c', {
    Name: 'Acme: SaaS adoption',
    Opportunity__c: deal,
    Type__c: 'Pilot',
    Department__c: 'Sales Ops',
    Status__c: 'Active',
    Usage_Source__c: 'Linked',
    Start_Date__c: '2026-10-12',
    End_Date__c: '2026-12-04',
    Readout_Date__c: '2026-12-09',
    Decision_Date__c: '2026-12-18',
    Planned_Users__c: 25,
    Licensed_Users__c: 25,
    Customer_Sponsor__c: sponsor,
    Champion__c: champion,
  });
}

/** Criteria, terms, promises and the last check-in, as the rep entered them. */
async function makeAgreements({ create, update }: Records, pilotId: string): Promise<void> {
  const weekly = { Name: 'Weekly active users', Kind__c: 'Adoption', Metric__c: 'weekly_users' };
  const users = await create('SuccessCriterion__c', {
    ...weekly,
    Pilot__c: pilotId,
    Direction__c: 'At least',
    Unit__c: 'users',
    Baseline__c: 0,
    Target__c: 20,
  });
  await create('SuccessCriterion__c', {
    Pilot__c: pilotId,
    Name: 'Reply time',
    Kind__c: 'Business outcome',
    Must_Have__c: true,
    Direction__c: 'At most',
    Unit__c: 'h',
    Baseline__c: 4,
    Target__c: 1,
    Actual__c: 3.1,
  });
  const measured = { Actual__c: 11, Projected__c: 14, Measured_On__c: '2026-11-16', Pace__c: 'On pace' };
  await update('SuccessCriterion__c', users, measured, SYNC);
  const term = {
    Pilot__c: pilotId,
    Status__c: 'Agreed',
    Agreed_On__c: '2026-10-05',
    Price_Valid_To__c: '2027-01-03',
  };
  const yearly = { Name: 'Subscription', Kind__c: 'Subscription', Amount__c: 500000, Billing__c: 'Annual' };
  await create('ConversionTerm__c', { ...term, ...yearly, Trigger__c: 'None' });
  const once = {
    Name: 'Implementation',
    Kind__c: 'Implementation',
    Amount__c: 75000,
    Billing__c: 'One-time',
  };
  await create('ConversionTerm__c', { ...term, ...once, Trigger__c: 'Must-haves' });
  await create('PilotCommitment__c', {
    Pilot__c: pilotId,
    Name: 'SSO access',
    Party__c: 'Customer',
    Due_On__c: '2026-11-02',
  });
  await create('PilotCommitment__c', {
    Pilot__c: pilotId,
    Name: 'Second training',
    Party__c: 'Vendor',
    Due_On__c: '2026-11-24',
  });
  await create('PilotCheckIn__c', {
    Pilot__c: pilotId,
    Held_On__c: '2026-10-28',
    Sentiment__c: 'Neutral',
    Issues__c: 'SSO is not open yet.',
    Next_Week__c: 'First session with Finance.',
  });
}

/** What the sync would write for the stalled pilot of the header. */
async function writeVerdict({ update }: Records, pilotId: string): Promise<void> {
  const signal = (code: string, group: string, state: string, values: object) => {
    return { code, group, state, since: '2026-11-03', values, variant: null, owner: 'rep' };
  };
  const signals = [
    signal('NO_USAGE', 'usage', 'Stalled', { users: 25, last: '2026-10-19', champion: 'Priya Shah' }),
    signal('TERMS_NOT_READY', 'deal', 'At risk', { status: 'Proposed', ends: '2026-12-04', amount: 575000 }),
  ];
  const toTidy = [signal('NO_NEXT_STEP', 'tidy', 'Watch', { last: '2026-10-28' })];
  const entry = (day: string, health: string, ...codes: string[]) => ({ day, health, codes });
  const log = [
    entry('2026-11-03', 'Stalled', 'NO_USAGE', 'TERMS_NOT_READY'),
    entry('2026-10-26', 'Watch', 'NO_USAGE'),
    entry('2026-10-13', 'On track'),
  ];
  // Seven weeks from Mon 28 Sep; use until Mon 19 Oct, All Saints' Day on Mon 2 Nov.
  const days = Array.from({ length: 51 }, (_, index) => index);
  const users = days.map((day) => (day % 7 < 5 && day <= 21 ? Math.min(17, day + 2) : 0));
  const off = [[35, 'holiday']];
  const series = { version: 1, from: '2026-09-28', users, events: users.map((count) => count * 4), off };
  const verdict = {
    Health__c: 'Stalled',
    Stalled__c: true,
    Stalled_Since__c: '2026-11-03',
    To_Tidy__c: 1,
    Active_Users_7d__c: 0,
    Signals__c: JSON.stringify({ version: 1, signals, toTidy, note: null, adoptionTarget: 20 }),
    Health_Log__c: JSON.stringify({ version: 1, entries: log }),
    Usage_Series__c: JSON.stringify(series),
    Usage_Complete_To__c: '2026-11-17',
    Stale_After__c: '2026-11-19T12:00:00Z',
    Synced_At__c: '2026-11-17T06:10:00Z',
    Price_Lock_Ends__c: '2027-01-03',
  };
  await update('Pilot__c', pilotId, verdict, SYNC);
}

/** `Signals__c` of a pilot without a workspace, as the sync writes it when it found these likely. */
export function unlinkedWith(...keys: readonly string[]): string {
  const found = { source: 'product', people: 14, domain: 'acme.com', since: '2026-10-03', events: 212 };
  const numbered = keys.flatMap((key, index) =>
    Object.entries({ key, ...found }).map(([name, value]) => [
      `${name}${index === 0 ? '' : index + 1}`,
      value,
    ]),
  );
  const signal = { code: 'NOT_LINKED', group: 'data', state: 'Unknown', since: '2026-11-10' };
  const values = Object.fromEntries(numbered) as object;
  const signals = [{ ...signal, values, variant: 'candidate', owner: 'rep' }];
  return JSON.stringify({ version: 1, signals, toTidy: [], note: null });
}

async function openPage(context: BrowserContext, url: string, width: number): Promise<Visit> {
  const page = await context.newPage();
  await page.setViewportSize({ width, height: 900 });
  page.setDefaultTimeout(10_000);
  const calls: string[] = [];
  const faults: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('/services/')) calls.push(new URL(request.url()).pathname);
  });
  page.on('pageerror', (error) => faults.push(String(error.stack)));
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text());
  });
  await page.goto(url);
  return { page, calls, faults };
}
