// A GraphQL answer as the org gives it, for the tests of every component that reads one.
type Values = Readonly<Record<string, unknown>>;

const STALLED: Values = {
  Name: 'Acme: SaaS adoption',
  LastModifiedDate: '2026-11-17T06:10:00.123Z',
  Opportunity__r: { AccountId: '001000000000001AAA', Account: { Name: 'Acme' } },
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
  Readout_Date__c: '2026-12-09',
  Decision_Date__c: '2026-12-18',
  Customer_Sponsor__c: '003000000000001AAA',
  Customer_Sponsor__r: { Name: 'Dana Ortiz' },
  Planned_Users__c: 25,
  Licensed_Users__c: 25,
  Active_Users_7d__c: 0,
  Criteria__c: 4,
  Criteria_Met__c: 1,
  Must_Haves__c: 1,
  Must_Haves_Met__c: 0,
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
export const SIGNALS = {
  version: 1,
  signals: [NO_USAGE, TERMS],
  toTidy: [NO_NEXT_STEP, OVERDUE],
  note: null,
  adoptionTarget: 20,
};

/** A criterion of `Success_Criteria__r`; fields given as `undefined` are hidden from the reader. */
export function criterionNode(values: Values = {}): Values {
  return wrap({
    Id: 'a02000000000001AAA',
    Name: 'Weekly active users',
    LastModifiedDate: '2026-11-17T06:10:00.456Z',
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
  return answerFor({ updateable: true, fields: [{ createable: true }] }, ...nodes);
}

/** As `answerOf`, for a reader with these rights on pilots. */
export function answerFor(rights: Values, ...nodes: readonly Values[]): Values {
  const objectInfos = [{ ApiName: 'Pilot__c', ...rights }];
  return { uiapi: { objectInfos, query: { Pilot__c: { edges: nodes.map((node) => ({ node })) } } } };
}

/** `data` of the second wire: the long texts and lists of the stalled pilot with others where given. */
export function detailsAnswer(values: Values = {}, lists: Lists = {}): Values {
  const node = wrap({
    Id: 'a01000000000001AAA',
    Usage_Series__c: JSON.stringify(SERIES),
    Health_Log__c: JSON.stringify({ version: 1, entries: [STALLED_ENTRY] }),
    Closed_Days__c: null,
    Amendments__c: null,
    ...values,
  });
  const connection = (nodes: readonly Values[]) => ({ edges: nodes.map((one) => ({ node: wrap(one) })) });
  const children = { ...LISTS, ...lists };
  const connections = Object.entries(children).flatMap(([name, nodes]) =>
    nodes === null ? [] : [[name, connection(nodes)] as const],
  );
  const Contact = connection([
    { Id: '003000000000001AAA', Name: 'Dana Ortiz', Title: 'COO' },
    { Id: '003000000000002AAA', Name: 'Priya Shah', Title: null },
  ]);
  const pilot = { edges: [{ node: { ...node, ...Object.fromEntries(connections) } }] };
  return { uiapi: { query: { Pilot__c: pilot, Contact } } };
}

/** Null hides the list from the reader. */
export type Lists = Readonly<Record<string, readonly Values[] | null>>;

/** Two weeks from Mon 5 Oct; the start is on the second Monday, a holiday on the last Friday. */
export const SERIES = {
  version: 1,
  from: '2026-10-05',
  users: [2, 3, 4, 5, 6, 0, 0, 17, 16, 15, 14, 13, 0, 0],
  events: [8, 12, 16, 20, 24, 0, 0, 68, 64, 60, 56, 52, 0, 0],
  off: [[11, 'holiday']],
};

const STALLED_ENTRY = { day: '2026-11-03', health: 'Stalled', codes: ['NO_USAGE'] };

const LISTS: Lists = {
  Check_Ins__r: [
    {
      Id: 'a03000000000001AAA',
      Held_On__c: '2026-10-28',
      Sentiment__c: 'Neutral',
      Sponsor_Attended__c: true,
      Metrics__c: null,
      Issues__c: 'SSO is not open yet.',
      Next_Week__c: 'First session with Finance.',
    },
  ],
  Commitments__r: [
    {
      Id: 'a04000000000001AAA',
      LastModifiedDate: '2026-11-01T00:00:00.000Z',
      Name: 'SSO access',
      Party__c: 'Customer',
      Due_On__c: '2026-11-02',
      Done__c: false,
    },
  ],
  Conversion_Terms__r: [
    {
      Id: 'a05000000000001AAA',
      LastModifiedDate: '2026-11-01T00:00:00.000Z',
      Name: 'Subscription',
      Kind__c: 'Subscription',
      Amount__c: 500000,
      Billing__c: 'Annual',
      Status__c: 'Agreed',
      Trigger__c: 'Must-haves',
      Agreed_On__c: '2026-10-05',
      Price_Valid_To__c: '2027-01-03',
    },
  ],
  Usage_Keys__r: [],
};

function wrap({ Id, ...fields }: Values): Values {
  const visible = Object.entries(fields).filter(([, value]) => value !== undefined);
  const wrapped = visible.map(([name, value]) => [
    name,
    isParent(value) ? wrap(value) : { value, label: value },
  ]);
  return { ...(Id === undefined ? {} : { Id }), ...Object.fromEntries(wrapped) };
}

function isParent(value: unknown): value is Values {
  return typeof value === 'object' && value !== null;
}
