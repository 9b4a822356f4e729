import assert from 'node:assert/strict';
import { test } from 'node:test';
import { businessCase } from '../../force-app/main/default/lwc/pilotBusinessCase/businessCase.ts';
import type { CriterionResult, ReportFacts } from './read-report-facts.ts';
import { makeReport } from './report-sections.ts';

const NOBODY = {
  customerSponsor: null,
  customerLead: null,
  vendorSponsor: null,
  successManager: null,
} as const;
const TERM = {
  name: 'Subscription',
  amount: 1,
  billing: 'Annual',
  isDiscount: false,
  validTo: null,
  validDaysAfterEnd: 30,
};
const RESULT: CriterionResult = {
  name: 'A',
  isMustHave: true,
  isAtMost: false,
  baseline: null,
  target: 1,
  unit: null,
  actual: 1,
  measuredOn: null,
  isMet: true,
};
const MISSED = { ...RESULT, name: 'B', actual: 0, isMet: false };
const UNMEASURED = { ...RESULT, name: 'C', actual: null, isMet: false };
const OPTIONAL_MISSED = { ...MISSED, isMustHave: false };

function facts(given: Partial<ReportFacts>, terms = [TERM]): ReportFacts {
  const none = { enterpriseUsers: null, hoursPerUserWeek: null, hourlyCost: null, weeksPerYear: null };
  const price = { annual: null, oneTime: null };
  const agreement = {
    ...NOBODY,
    name: 'Acme',
    customer: 'Acme',
    vendor: null,
    type: 'Pilot',
    department: null,
    scope: null,
    users: 25,
    restriction: null,
    gatedFeatures: null,
    startDate: '2026-10-12',
    endDate: '2026-12-04',
    readoutDate: null,
    decisionDate: null,
    consequence: null,
    criteria: [],
    commitments: [],
    terms,
  };
  return {
    pilotId: 'p',
    currency: null,
    agreement,
    results: [RESULT],
    case: businessCase({ assumptions: none, price, pilotUsers: 25, measurement: null, stored: null }),
    access: { endsOn: '2026-11-30', weeklyUsers: 41, departments: 5, countedTo: '2026-11-16' },
    hasNoTelemetry: false,
    weeks: [],
    quotes: [],
    rolloutStartsOn: null,
    ...given,
  };
}

const readout = (given: ReportFacts, language: 'en' | 'es' = 'en'): string =>
  JSON.stringify(
    makeReport(given, { kind: 'readout', language, currency: 'USD', today: '2026-11-18' }).sections,
  );

for (const { name, results, terms, said } of [
  {
    name: 'all must-haves met',
    results: [RESULT, OPTIONAL_MISSED],
    terms: [TERM],
    said: 'go on under the agreed terms',
  },
  { name: 'all met and nothing agreed', results: [RESULT], terms: [], said: 'agree the terms and go on' },
  {
    name: 'one missed',
    results: [RESULT, MISSED],
    terms: [TERM],
    said: '1 of 2 must-have criteria are met. Not met: B.',
  },
  {
    name: 'one not measured',
    results: [RESULT, MISSED, UNMEASURED],
    terms: [TERM],
    said: 'Not measured yet: C.',
  },
  {
    name: 'no must-haves',
    results: [OPTIONAL_MISSED],
    terms: [TERM],
    said: '0 of 1 criteria are met. Not met: B.',
  },
  { name: 'no criteria', results: [], terms: [TERM], said: 'support no recommendation' },
])
  test(`the recommendation follows the must-haves: ${name}`, () =>
    assert.ok(readout(facts({ results }, terms)).includes(said), readout(facts({ results }, terms))));

test('what would be lost is said with the day of the count, in both languages', () => {
  const english = 'If access ends on Mon, November 30, 2026, 41 weekly users in 5 departments lose it.';
  assert.ok(readout(facts({})).includes(english));
  assert.ok(readout(facts({})).includes('Counted in the seven days to Mon, November 16, 2026.'));
  assert.match(readout(facts({}), 'es'), /lo pierden 41 usuarios semanales de 5 departamentos\./);
  const one = { endsOn: '2026-11-30', weeklyUsers: 1, departments: null, countedTo: '2026-11-16' };
  assert.match(readout(facts({ access: one })), /2026, 1 weekly user loses it\./);
  assert.match(readout(facts({ access: one }), 'es'), /lo pierde 1 usuario semanal\./);
});

for (const [name, change] of [
  ['the day is over', { endsOn: '2026-11-17' }],
  ['no day is set', { endsOn: null }],
  ['nobody knows who uses it', { weeklyUsers: null }],
  ['nobody uses it', { weeklyUsers: 0 }],
  ['nobody knows until when was counted', { countedTo: null }],
] as const)
  test(`nothing is said to be lost where ${name}`, () => {
    const { access } = facts({});
    assert.doesNotMatch(readout(facts({ access: { ...access, ...change } })), /lose it/);
  });

test('missing data is never no usage, and a week without a record between others is zero', () => {
  const { access } = facts({});
  assert.match(readout(facts({ access: { ...access, weeklyUsers: null } })), /Usage is not known\./);
  assert.match(readout(facts({ hasNoTelemetry: true })), /No usage data, by agreement\./);
  const weeks = [
    { start: '2026-11-02', users: 5 },
    { start: '2026-11-16', users: 3 },
  ];
  const { sections } = makeReport(facts({ weeks }), {
    kind: 'weekly',
    language: 'en',
    currency: 'USD',
    today: '2026-11-18',
  });
  assert.deepEqual(
    sections[0]!.chart!.bars.map(({ label, text }) => `${label}: ${text}`),
    ['Nov 2: 5', 'Nov 9: 0', 'Nov 16: 3 (to Nov 16)'],
  );
  const uncounted = facts({ weeks: [{ start: '2026-11-02', users: null }] });
  assert.doesNotMatch(readout(uncounted), /Nov 2/);
});
