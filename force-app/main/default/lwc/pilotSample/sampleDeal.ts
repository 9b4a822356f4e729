// The sample of the setup page: one made-up customer with a deal and a pilot three weeks in. No imports at run time.
import type { FieldValues, Operation } from 'c/pilotSave';
import { SAMPLE_MARK, SAMPLE_NOTE } from './sampleMark';

const DAY_MS = 86_400_000;
const details = (alias: string, object: string, rows: readonly FieldValues[]): Operation[] =>
  rows.map((fields, index) => ({
    alias: `${alias}${index + 1}`,
    object,
    fields: { Pilot__c: '@{pilot}', ...fields },
  }));

/** Every record of the sample; `today` is `YYYY-MM-DD`. No field that the sync writes. */
export function sampleOperations(today: string): Operation[] {
  const day = (offset: number): string =>
    new Date(Date.parse(today) + offset * DAY_MS).toISOString().slice(0, 10);
  return [...customer(day), pilot(day), ...agreements(day)];
}

type DayOf = (offset: number) => string;

function customer(day: DayOf): Operation[] {
  const person = (alias: string, FirstName: string, LastName: string, Title: string): Operation => ({
    alias,
    object: 'Contact',
    fields: { FirstName, LastName, Title, AccountId: '@{account}', Description: SAMPLE_NOTE },
  });
  const account = {
    Name: 'Sample: Acme Robotics',
    AccountNumber: SAMPLE_MARK,
    Website: 'https://www.acme.example',
    Description: SAMPLE_NOTE,
  };
  const deal = {
    Name: 'Sample: Acme, workspace for service teams',
    AccountId: '@{account}',
    StageName: 'Proposal/Price Quote',
    CloseDate: day(75),
    Amount: 575_000,
    Description: SAMPLE_NOTE,
  };
  return [
    { alias: 'account', object: 'Account', fields: account },
    person('sponsor', 'Dana', 'Ortiz', 'Chief Operating Officer'),
    person('champion', 'Priya', 'Shah', 'Head of customer care'),
    { alias: 'deal', object: 'Opportunity', fields: deal },
  ];
}

function pilot(day: DayOf): Operation {
  const fields = {
    Name: 'Sample: service desk pilot',
    Opportunity__c: '@{deal}',
    Template_Name__c: 'SaaS adoption',
    Type__c: 'Pilot',
    Purpose__c: 'Prove a new use case',
    Status__c: 'Active',
    Usage_Source__c: 'Linked',
    Department__c: 'Customer care',
    Restriction__c: 'Users',
    Commitment_Level__c: 'Collaborative',
    Planned_Users__c: 20,
    Licensed_Users__c: 20,
    Start_Date__c: day(-21),
    End_Date__c: day(35),
    Readout_Date__c: day(38),
    Decision_Date__c: day(49),
    Next_Check_In__c: day(2),
    Customer_Sponsor__c: '@{sponsor}',
    Champion__c: '@{champion}',
  };
  return { alias: 'pilot', object: 'Pilot__c', fields };
}

function agreements(day: DayOf): Operation[] {
  const measured = { Must_Have__c: true, Direction__c: 'At least', Window__c: 'Last 7 days' };
  return [
    ...details('criterion', 'SuccessCriterion__c', [
      {
        ...measured,
        Name: 'Active users a week',
        Kind__c: 'Adoption',
        Metric__c: 'active_users',
        Target__c: 16,
        Unit__c: 'users',
      },
      {
        Name: 'Hours saved per user and week',
        Kind__c: 'Business outcome',
        Must_Have__c: true,
        Direction__c: 'At least',
        Target__c: 0.4,
        Actual__c: 0.3,
        Unit__c: 'hours',
      },
    ]),
    ...details('term', 'ConversionTerm__c', [
      { Name: 'Enterprise subscription', Kind__c: 'Subscription', Amount__c: 500_000, Billing__c: 'Annual' },
      { Name: 'Implementation', Kind__c: 'Implementation', Amount__c: 75_000, Billing__c: 'One-time' },
    ]).map((one) => ({ ...one, fields: { ...one.fields, Status__c: 'Proposed', Trigger__c: 'Must-haves' } })),
    ...details('commitment', 'PilotCommitment__c', [
      {
        Name: 'Users named and invited',
        Party__c: 'Customer',
        Kind__c: 'People',
        Due_On__c: day(-21),
        Done__c: true,
        Done_On__c: day(-21),
      },
      { Name: 'Sponsors of both sides meet', Party__c: 'Customer', Kind__c: 'Sponsor', Due_On__c: day(-2) },
    ]),
    ...details('checkIn', 'PilotCheckIn__c', [
      {
        Held_On__c: day(-7),
        Sentiment__c: 'Positive',
        Sponsor_Attended__c: true,
        Issues__c: 'Single sign-on is not open yet.',
        Next_Week__c: 'First session with Sales Ops.',
      },
    ]),
  ];
}
