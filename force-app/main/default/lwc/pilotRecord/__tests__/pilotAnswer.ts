// A GraphQL answer as the org gives it, for the tests of every component that reads one.
type Values = Readonly<Record<string, unknown>>;

const STALLED: Values = {
  Name: 'Acme: SaaS adoption',
  Type__c: 'Pilot',
  Status__c: 'Active',
  Department__c: 'Sales Ops',
  Usage_Source__c: 'Linked',
  Is_Live__c: true,
  Health__c: 'Stalled',
  Health_Now__c: 'Stalled',
  Stalled_Since__c: '2026-11-03',
  To_Tidy__c: 2,
  Start_Date__c: '2026-10-12',
  End_Date__c: '2026-12-04',
  Decision_Date__c: '2026-12-18',
  Planned_Users__c: 25,
  Licensed_Users__c: 25,
  Active_Users_7d__c: 0,
  Criteria__c: 4,
  Criteria_Met__c: 1,
  Annual_Value__c: 500000,
  One_Time_Value__c: 75000,
  Price_Lock_Ends__c: '2027-01-03',
  Usage_Complete_To__c: '2026-11-17',
  Synced_At__c: '2026-11-17T06:10:00.000Z',
  Stale_After__c: '2026-11-19T12:00:00.000Z',
  Snoozed_Until__c: null,
  Criteria_Signed_On__c: null,
};

const NO_USAGE = {
  code: 'NO_USAGE',
  group: 'usage',
  state: 'Stalled',
  since: '2026-11-03',
  values: { users: 25, last: '2026-10-19', champion: 'Priya Shah' },
  variant: null,
  owner: 'rep',
};
const TERMS = {
  ...NO_USAGE,
  code: 'TERMS_NOT_READY',
  group: 'deal',
  state: 'At risk',
  values: { status: 'Proposed', ends: '2026-12-04', amount: 575000 },
};
const NO_NEXT_STEP = {
  ...NO_USAGE,
  code: 'NO_NEXT_STEP',
  group: 'tidy',
  state: 'Watch',
  values: { last: '2026-10-28' },
};
const OVERDUE = {
  ...NO_USAGE,
  code: 'COMMITMENT_OVERDUE',
  group: 'tidy',
  state: 'Watch',
  values: { what: 'SSO access', party: 'Acme', due: '2026-11-02', more: 0 },
};

/** `Signals__c` of the stalled pilot. */
export const SIGNALS = { version: 1, signals: [NO_USAGE, TERMS], toTidy: [NO_NEXT_STEP, OVERDUE] };

/** A criterion of `Success_Criteria__r`; fields given as `undefined` are hidden from the reader. */
export function criterionNode(values: Values = {}): Values {
  return wrap({
    Id: 'a02000000000001AAA',
    Name: 'Weekly active users',
    Kind__c: 'Adoption',
    Must_Have__c: false,
    Direction__c: 'At least',
    Unit__c: 'users',
    Baseline__c: 0,
    Target__c: 20,
    Actual__c: 11,
    Projected__c: 14,
    Measured_On__c: '2026-11-16',
    Met__c: false,
    Pace__c: 'Behind',
    ...values,
  });
}

/** A node of the stalled pilot of product.md with other values where given; `undefined` hides a field. */
export function pilotNode(values: Values = {}, criteria: readonly Values[] | null = []): Values {
  const node = wrap({ Id: 'a01000000000001AAA', ...STALLED, Signals__c: JSON.stringify(SIGNALS), ...values });
  return criteria === null
    ? node
    : { ...node, Success_Criteria__r: { edges: criteria.map((one) => ({ node: one })) } };
}

/** `data` of the wire for these pilots. */
export function answerOf(...nodes: readonly Values[]): Values {
  return { uiapi: { query: { Pilot__c: { edges: nodes.map((node) => ({ node })) } } } };
}

function wrap({ Id, ...fields }: Values): Values {
  const visible = Object.entries(fields).filter(([, value]) => value !== undefined);
  return { Id, ...Object.fromEntries(visible.map(([name, value]) => [name, { value, label: value }])) };
}
