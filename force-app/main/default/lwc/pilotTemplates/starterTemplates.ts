// The six templates a new org starts with, for `pilot install` and the setup page alike. They are records: an admin
// changes or removes them, and no upgrade brings them back. A criterion names a metric only where the shipped
// config/sync.yaml defines it, so that it is measured out of the box. No imports.

type Fields = Readonly<Record<string, string | number | boolean>>;

export interface StarterTemplate {
  readonly template: Fields & { readonly Name: string };
  readonly items: readonly Fields[];
}

const criterion = (
  Name: string,
  Kind__c: string,
  Target__c: number,
  Unit__c: string,
  more: Fields = {},
): Fields => ({
  Name,
  Item__c: 'Criterion',
  Kind__c,
  Direction__c: 'At least',
  Target__c,
  Unit__c,
  ...more,
});
const mustHave = { Must_Have__c: true };
const atMost = { Direction__c: 'At most' };
const peopleAWeek = { Metric__c: 'active_users', Window__c: 'Last 7 days' };
/** The wizard turns the share into people once their number is known: the metric counts people. */
const weekly = (share: number): Fields =>
  criterion('Active users a week', 'Adoption', share, '% of licensed users', { ...mustHave, ...peopleAWeek });

const commitment = (Name: string, Party__c: string, Kind__c: string, Due_Day__c: number): Fields => ({
  Name,
  Item__c: 'Commitment',
  Party__c,
  Kind__c,
  Due_Day__c,
});
const kickOff = [
  commitment('Users named and invited', 'Customer', 'People', 0),
  commitment('Access and single sign-on', 'Customer', 'Access', 2),
  commitment('Kick-off training', 'Vendor', 'Training', 3),
];
const sponsorMeeting = commitment('Sponsors of both sides meet', 'Customer', 'Sponsor', 14);

const subscription = (Days__c: number): Fields => ({
  Name: 'Enterprise subscription',
  Item__c: 'Term',
  Kind__c: 'Subscription',
  Billing__c: 'Annual',
  Months__c: 12,
  Days__c,
});
const implementation: Fields = {
  Name: 'Implementation',
  Item__c: 'Term',
  Kind__c: 'Implementation',
  Billing__c: 'One-time',
  Days__c: 30,
};

function starter(
  Name: string,
  [Type__c, Purpose__c, Weeks__c, Commitment_Level__c, Restriction__c]: readonly [
    string,
    string,
    number,
    string,
    string,
  ],
  Description__c: string,
  items: readonly Fields[],
): StarterTemplate {
  const template = {
    Name,
    Type__c,
    Purpose__c,
    Weeks__c,
    Commitment_Level__c,
    Restriction__c,
    Description__c,
  };
  return {
    template: { ...template, Active__c: true, Check_In_Days__c: Type__c === 'Trial' ? 14 : 7 },
    items: items.map((item, index) => ({ ...item, Sort__c: (index + 1) * 10 })),
  };
}

export const STARTER_TEMPLATES: readonly StarterTemplate[] = [
  starter(
    'SaaS adoption',
    ['Pilot', 'Prove a new use case', 8, 'Collaborative', 'Users'],
    'One department works with the product for real. Choose it when value shows in daily use.',
    [
      weekly(80),
      criterion('Hours saved per user and week', 'Business outcome', 0.4, 'hours', mustHave),
      criterion('Time to a first answer', 'Business outcome', 60, 'minutes', {
        ...atMost,
        Metric__c: 'reply_minutes',
        Window__c: 'Last 28 days',
      }),
      ...kickOff,
      sponsorMeeting,
      subscription(30),
      implementation,
    ],
  ),
  starter(
    'Technical POC',
    ['POC', 'Validate technology', 3, 'Collaborative', 'Features'],
    'Shows that a technical capability works in the customer’s environment. Yes or no, few people, no business case.',
    [
      criterion('Runs in the customer’s environment', 'Technical', 1, 'yes = 1', mustHave),
      criterion('Integrations connected', 'Technical', 2, 'integrations', mustHave),
      criterion('Response time at the agreed load', 'Technical', 500, 'ms', atMost),
      commitment('Test environment and data', 'Customer', 'Data', 0),
      commitment('Engineer available', 'Vendor', 'People', 0),
      subscription(60),
    ],
  ),
  starter(
    'Competitive replacement',
    ['Pilot', 'Displace an incumbent', 6, 'Collaborative', 'Users'],
    'Side by side with the product in use today. Measure the incumbent first: without a baseline nothing is better.',
    [
      weekly(80),
      criterion('Better than today on the agreed measure', 'Business outcome', 20, '% better', mustHave),
      criterion('Data taken over', 'Technical', 100, '% of records', mustHave),
      ...kickOff,
      commitment('Baseline of today’s product', 'Customer', 'Data', 3),
      sponsorMeeting,
      subscription(30),
      implementation,
    ],
  ),
  starter(
    'Paid pilot',
    ['Pilot', 'Reduce risk', 10, 'Funded', 'Users'],
    'The customer pays for the pilot; the fee counts towards the first year. For large deals with a careful buyer.',
    [
      weekly(75),
      criterion('Business outcome agreed with the sponsor', 'Business outcome', 1, 'yes = 1', mustHave),
      criterion('Users who would miss it', 'Adoption', 70, '% of users asked'),
      ...kickOff,
      sponsorMeeting,
      subscription(60),
      { ...implementation, Name: 'Rollout services', Kind__c: 'Services' },
    ],
  ),
  starter(
    'Network pilot',
    ['Pilot', 'Spread a network', 12, 'Collaborative', 'Features'],
    'Everybody may join, advanced features are gated. For products whose value grows with the people in it.',
    [
      criterion('Departments with active users', 'Adoption', 4, 'departments', mustHave),
      criterion('Active users a week', 'Adoption', 50, 'users', { ...mustHave, ...peopleAWeek }),
      criterion('Users who came by invitation', 'Adoption', 40, '% of users'),
      criterion('Meetings or mails replaced', 'Business outcome', 20, '% fewer'),
      ...kickOff.slice(1),
      sponsorMeeting,
      subscription(30),
    ],
  ),
  starter(
    'Self-service trial',
    ['Trial', 'Break into an account', 4, 'None', 'Both'],
    'People find out for themselves with little help. Ends by itself; a pilot may follow.',
    [
      criterion('Active users in the last week', 'Adoption', 5, 'users', { ...mustHave, ...peopleAWeek }),
      criterion('First result within days', 'Adoption', 3, 'days', atMost),
      commitment('Welcome call offered', 'Vendor', 'Training', 2),
      subscription(14),
    ],
  ),
];
