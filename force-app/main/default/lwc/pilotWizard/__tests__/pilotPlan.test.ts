import { countryCode } from '../countryCode';
import { createAll } from 'c/pilotSave';
import { isScopeNarrow, nextMonday, planPilot } from '../pilotPlan';
import type { PlanAnswers, PlanContext, Template, TemplateItem } from '../pilotPlan';
import { requiredFields } from '../requiredFields';

const item = (changes: Partial<TemplateItem>): TemplateItem => ({
  name: 'x',
  item: 'Criterion',
  kind: null,
  isMustHave: false,
  direction: null,
  target: null,
  unit: null,
  metric: null,
  window: null,
  party: null,
  dueDay: null,
  amount: null,
  billing: null,
  months: null,
  days: null,
  ...changes,
});
const TEMPLATE: Template = {
  id: 't',
  name: 'SaaS adoption',
  description: null,
  type: 'Pilot',
  typeLabel: 'Pilot',
  purpose: null,
  weeks: 8,
  commitmentLevel: null,
  restriction: null,
  checkInDays: null,
  items: [
    item({ name: 'Weekly users', target: 20 }),
    item({ item: 'Commitment', name: 'SSO', party: 'Customer', dueDay: -3 }),
  ],
};
const ANSWERS: PlanAnswers = {
  startDate: '2026-11-23',
  workspace: 'later',
  sponsorId: '003',
  users: 25,
  yearlyPrice: 5e5,
};
const CONTEXT: PlanContext = {
  dealId: '006',
  ownerId: '005',
  userId: '005B',
  suggestions: [{ source: 'product', key: 'likely', line: 'likely · 14 people at acme.com' }],
  accountName: 'Acme',
  region: 'DE',
  qualification: {},
  isGo: true,
  say: (label) => label,
};

describe('planPilot', () => {
  const [pilot, criterion, term, commitment, ...rest] = planPilot(TEMPLATE, ANSWERS, CONTEXT);

  it('derives name, dates, price lock and due days', () => {
    expect(pilot!.fields).toMatchObject({
      Name: 'Acme: SaaS adoption',
      End_Date__c: '2027-01-18',
      Readout_Date__c: '2027-01-21',
      Decision_Date__c: '2027-02-01',
      Next_Check_In__c: '2026-11-30',
      Usage_Source__c: 'Linked',
    });
    expect(criterion).toMatchObject({ alias: 'criterion1', fields: { Target__c: 20, Pilot__c: '@{pilot}' } });
    // The template has no subscription: the price the rep typed still needs its term.
    expect(term!.fields).toMatchObject({ Amount__c: 5e5, Billing__c: 'Annual', Valid_Days_After_End__c: 30 });
    expect(commitment!.fields).toMatchObject({ Due_On__c: '2026-11-20', Party__c: 'Customer' });
    expect(rest).toEqual([]);
  });

  it('agrees a measured share of the licensed users as so many of them, and leaves one entered by hand', () => {
    const share = { name: 'Active', target: 75, unit: '% of licensed users', window: 'Last 7 days' };
    const items = [item({ ...share, metric: 'active_users' }), item(share)];
    const [, measured, byHand] = planPilot({ ...TEMPLATE, items }, ANSWERS, CONTEXT);
    expect(measured!.fields).toMatchObject({ Target__c: 19, Unit__c: 'users', Window__c: 'Last 7 days' });
    expect(byHand!.fields).toMatchObject({ Target__c: 75, Unit__c: '% of licensed users' });
  });

  it('lets an edited end move readout and decision, and an edited readout stay', () => {
    const edits = { pilot: { End_Date__c: '2027-02-05', Readout_Date__c: '2027-02-06' } };
    expect(planPilot(TEMPLATE, ANSWERS, CONTEXT, edits)[0]!.fields).toMatchObject({
      Readout_Date__c: '2027-02-06',
      Decision_Date__c: '2027-02-19',
    });
  });

  it('leaves out the public holidays of the region, and of the one entered in its place', () => {
    const answers = { ...ANSWERS, startDate: '2026-10-26' };
    const datesIn = (region: string | null): unknown[] => {
      const { fields } = planPilot(TEMPLATE, answers, CONTEXT, { pilot: { Holiday_Region__c: region } })[0]!;
      return [fields['End_Date__c'], fields['Readout_Date__c'], fields['Decision_Date__c']];
    };
    expect(datesIn('DE')).toEqual(['2026-12-21', '2026-12-24', '2027-01-06']);
    expect(datesIn(null)).toEqual(['2026-12-21', '2026-12-24', '2027-01-04']);
    expect(planPilot(TEMPLATE, answers, CONTEXT)[0]!.fields['Decision_Date__c']).toBe('2027-01-06');
  });

  it('calls a pick that the sync had suggested a match by domain, confirmed by who picked it', () => {
    const linkOf = (key: string) =>
      planPilot(TEMPLATE, { ...ANSWERS, workspace: { source: 'product', key } }, CONTEXT).at(-1)!.fields;
    expect(linkOf('likely')).toMatchObject({ Matched_By__c: 'Domain', Confirmed_By__c: '005B' });
    expect(linkOf('other')).toEqual({
      Pilot__c: '@{pilot}',
      Source__c: 'product',
      Key__c: 'other',
      Matched_By__c: 'By hand',
    });
  });

  it('has no key without a workspace, and says so where usage is left out by agreement', () => {
    const none = planPilot(TEMPLATE, { ...ANSWERS, workspace: 'none' }, CONTEXT);
    expect(none[0]!.fields['Usage_Source__c']).toBe('None by agreement');
    const linked = planPilot(
      TEMPLATE,
      { ...ANSWERS, workspace: { source: 'product', key: 'acme-eu' } },
      CONTEXT,
    );
    expect(linked.at(-1)).toMatchObject({ object: 'PilotUsageKey__c', fields: { Key__c: 'acme-eu' } });
  });

  it('keeps values out of the mutation text, and blank fields out of the variables', () => {
    const { text, variables } = createAll('StartPilot', [
      { alias: 'pilot', object: 'Pilot__c', fields: { Name: '"}) { evil }', Type__c: null } },
    ]);
    expect(text).toContain('allOrNone: true');
    expect(text).not.toContain('evil');
    expect(variables).toEqual({ pilot: { Pilot__c: { Name: '"}) { evil }' } } });
  });
});

it('finds the next Monday', () => {
  expect(nextMonday('2026-11-23')).toBe('2026-11-30');
  expect(nextMonday('2026-11-22')).toBe('2026-11-23');
});

it('knows a broad scope by type', () => {
  expect(isScopeNarrow(TEMPLATE, 50)).toBe(true);
  expect(isScopeNarrow(TEMPLATE, 51)).toBe(false);
  expect(isScopeNarrow({ ...TEMPLATE, type: 'POC', weeks: 9 }, 5)).toBe(false);
});

it.each([
  ['Germany', 'DE'],
  ['alemania', 'DE'],
  ['España', 'ES'],
  ['US', 'US'],
  ['United Kingdom', 'GB'],
  ['Atlantis', null],
  [null, null],
])('finds the region of %s', (country, code) => expect(countryCode(country, 'en-US')).toBe(code));

it('renders what the org requires beyond the plan, and nothing else', () => {
  const field = (apiName: string, dataType: string, required = true) => ({
    apiName,
    dataType,
    required,
    createable: true,
    label: apiName,
  });
  const info = {
    fields: {
      Name: field('Name', 'String'),
      Region__c: field('Region__c', 'Picklist'),
      Note__c: field('Note__c', 'String', false),
      Partner__c: field('Partner__c', 'Reference'),
    },
  };
  const picklists = { picklistFieldValues: { Region__c: { values: [{ label: 'EMEA', value: 'E' }] } } };
  expect(requiredFields(info, picklists, { Name: 'x' })).toMatchObject([
    { name: 'Region__c', kind: 'choice', options: [{ label: 'EMEA', value: 'E' }] },
    { name: 'Partner__c', kind: 'elsewhere' },
  ]);
});
