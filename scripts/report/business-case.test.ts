import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  businessCase,
  caseFigures,
  hoursMeasurement,
  perUser,
  rangeOfMean,
  senseOf,
} from '../../force-app/main/default/lwc/pilotBusinessCase/businessCase.ts';
import type {
  CaseAssumptions,
  CaseCriterion,
} from '../../force-app/main/default/lwc/pilotBusinessCase/businessCase.ts';
import { startTestOrg } from '../testing/test-org.ts';
import type { TestOrg } from '../testing/test-org.ts';

const WORKED = { enterpriseUsers: 500, hourlyCost: 50, weeksPerYear: 52 };
const PRICE = { annual: 500_000, oneTime: 75_000 };
const HOURS: CaseCriterion = {
  name: 'Hours saved',
  kind: 'Business outcome',
  isMustHave: true,
  isAtMost: false,
  metric: 'hours_saved',
  window: 'Last 7 days',
  unit: 'hours a week',
  actual: 10,
  measuredOn: '2026-11-16',
};
const week = (hours: unknown): string => JSON.stringify({ version: 1, metrics: { hours_saved: hours } });

test('25 users who save 10 hours together are worth $520,000 at 500 users, 10 hours each $13.0 M', () => {
  const together = { ...WORKED, hoursPerUserWeek: perUser(10, 'together', 25) };
  assert.equal(together.hoursPerUserWeek, 0.4);
  assert.deepEqual(caseFigures(together, PRICE), {
    hours: 10_400,
    value: 520_000,
    returnPercent: -10,
    paybackMonths: 13.3,
  });
  const each = { ...WORKED, hoursPerUserWeek: perUser(10, 'each', 25) };
  const { hours, value } = caseFigures(each, PRICE);
  assert.deepEqual({ hours, value }, { hours: 260_000, value: 13_000_000 });
});

test('a case with something missing has no figures rather than zeros', () => {
  const whole = { ...WORKED, hoursPerUserWeek: 0.4 };
  for (const name of Object.keys(whole))
    assert.equal(caseFigures({ ...whole, [name]: null }, PRICE).value, null, name);
  const unpriced = caseFigures(whole, { annual: null, oneTime: null });
  assert.deepEqual(unpriced, { hours: 10_400, value: 520_000, returnPercent: null, paybackMonths: null });
});

test('the measurement is an hours criterion of the business outcome, must-haves first, and nothing else', () => {
  const other = { ...HOURS, name: 'Reply time', isAtMost: true, unit: 'h' };
  const soft = { ...HOURS, name: 'Less', isMustHave: false };
  assert.equal(hoursMeasurement([other, soft, HOURS], [])?.name, 'Hours saved');
  for (const not of [
    { kind: 'Adoption' },
    { unit: 'honest opinions' },
    { unit: null },
    { actual: null },
    { actual: 0 },
    { window: 'Whole pilot' },
    { isAtMost: true },
  ])
    assert.equal(hoursMeasurement([{ ...HOURS, ...not }], []), null, JSON.stringify(not));
  assert.equal(hoursMeasurement([{ ...HOURS, metric: null, window: null }], [])?.actual, 10);
});

test('the range is the 95 % interval of the mean of the weeks: 5 weeks of 8 to 12 hours give 10 ± 1.96', () => {
  // s = √2.5, t(4) = 2.776: 2.776 × √(2.5 / 5) = 1.963
  const { low, high } = rangeOfMean([8, 9, 10, 11, 12]);
  assert.ok(Math.abs(low! - 8.037) < 0.001 && Math.abs(high! - 11.963) < 0.001, `${low} ${high}`);
  assert.deepEqual(rangeOfMean([10, 11]), { low: null, high: null });
  assert.equal(rangeOfMean([0, 0, 9]).low, 0);
});

test('weeks that cannot be read or were not measured count as no weeks', () => {
  const texts = [
    week(9),
    null,
    '{',
    'null',
    week('9'),
    '{"version":2,"metrics":{"hours_saved":1}}',
    week(11),
  ];
  assert.equal(hoursMeasurement([HOURS], texts)?.weeks, 2);
});

test('low and high carry the range of the measurement to the enterprise, around the saved figure', () => {
  const measurement = hoursMeasurement([HOURS], [8, 9, 10, 11, 12].map(week));
  const assumptions = { ...WORKED, hoursPerUserWeek: 0.4 };
  const one = businessCase({ assumptions, price: PRICE, pilotUsers: 25, measurement, stored: null });
  assert.equal(one.sense, 'together');
  // 8.037 ÷ 25 = 0.32 and 11.963 ÷ 25 = 0.48 hours each
  assert.deepEqual([one.low?.value, one.expected.value, one.high?.value], [416_000, 520_000, 624_000]);
  assert.ok(one.low!.paybackMonths! > one.high!.paybackMonths!);
});

test('an estimate that the measurement does not bear out has no range', () => {
  const measurement = hoursMeasurement([HOURS], [8, 9, 10, 11, 12].map(week));
  const assumptions = { ...WORKED, hoursPerUserWeek: 3 };
  const one = businessCase({ assumptions, price: PRICE, pilotUsers: 25, measurement, stored: null });
  assert.deepEqual([one.sense, one.low, one.high], [null, null, null]);
  assert.equal(senseOf(measurement!, 10, 25), 'each');
  assert.equal(senseOf(measurement!, 0.4, null), null);
});

test('the range always holds the expected figure', () => {
  const hours = fc.array(fc.double({ min: 0.01, max: 160, noNaN: true }), { minLength: 3, maxLength: 40 });
  fc.assert(
    fc.property(hours, fc.integer({ min: 1, max: 99 }), fc.boolean(), (values, users, isTogether) => {
      const measurement = hoursMeasurement([{ ...HOURS, actual: values.at(-1)! }], values.map(week));
      const hoursPerUserWeek = perUser(values.at(-1)!, isTogether ? 'together' : 'each', users);
      const assumptions = { ...WORKED, hoursPerUserWeek };
      const one = businessCase({ assumptions, price: PRICE, pilotUsers: users, measurement, stored: null });
      assert.ok(one.low!.value! <= one.expected.value! && one.expected.value! <= one.high!.value!);
    }),
  );
});

const blankable = <T>(value: fc.Arbitrary<T>) => fc.option(value, { freq: 9 });
const anyCase = fc.record({
  enterpriseUsers: blankable(fc.integer({ min: 0, max: 200_000 })),
  hoursPerUserWeek: blankable(fc.integer({ min: 0, max: 4_000 }).map((cents) => cents / 100)),
  hourlyCost: blankable(fc.integer({ min: 0, max: 30_000 }).map((cents) => cents / 100)),
  weeksPerYear: blankable(fc.integer({ min: 1, max: 53 })),
  annual: blankable(fc.integer({ min: 0, max: 90_000_000 }).map((cents) => cents / 100)),
  oneTime: blankable(fc.integer({ min: 0, max: 9_000_000 }).map((cents) => cents / 100)),
});

async function insert(org: TestOrg, type: string, rows: readonly object[]): Promise<string[]> {
  const ids: string[] = [];
  for (let start = 0; start < rows.length; start += 200) {
    const records = rows.slice(start, start + 200).map((row) => ({ attributes: { type }, ...row }));
    const { body } = await org.call('POST', '/composite/sobjects', { allOrNone: true, records });
    const saved = body as { id: string; success: boolean }[];
    assert.ok(
      saved.every(({ success }) => success),
      JSON.stringify(body).slice(0, 300),
    );
    ids.push(...saved.map(({ id }) => id));
  }
  return ids;
}

test('1,000 random cases have the figures of the formulas in the org', async (t) => {
  const org = await startTestOrg({ deploy: true });
  t.after(() => org.close());
  const cases = fc.sample(anyCase, { numRuns: 1_000, seed: 20_261_122 });
  const [Opportunity__c] = await insert(org, 'Opportunity', [
    { Name: 'Deal', StageName: 'Prospecting', CloseDate: '2027-01-31' },
  ]);
  const pilots = await insert(
    org,
    'Pilot__c',
    cases.map((one, index) => ({
      Name: String(index),
      Opportunity__c,
      Enterprise_Users__c: one.enterpriseUsers,
      Hours_Saved_Per_User_Week__c: one.hoursPerUserWeek,
      Loaded_Hourly_Cost__c: one.hourlyCost,
      Weeks_Per_Year__c: one.weeksPerYear,
    })),
  );
  const agreed = (index: number, Kind__c: string, Billing__c: string, Amount__c: number | null) =>
    Amount__c === null
      ? []
      : [
          {
            Pilot__c: pilots[index],
            Name: Kind__c,
            Kind__c,
            Billing__c,
            Amount__c,
            Status__c: 'Agreed',
            Agreed_On__c: '2026-10-01',
          },
        ];
  await insert(
    org,
    'ConversionTerm__c',
    cases.flatMap(({ annual, oneTime }, index) => [
      ...agreed(index, 'Subscription', 'Annual', annual),
      ...agreed(index, 'Implementation', 'One-time', oneTime),
    ]),
  );
  const names =
    'Name, Enterprise_Hours__c, Enterprise_Value__c, Return_On_Investment__c, Payback_Months__c, Annual_Value__c, One_Time_Value__c';
  const { body } = await org.call(
    'GET',
    `/query?q=${encodeURIComponent(`SELECT ${names} FROM Pilot__c LIMIT 2000`)}`,
  );
  const { records } = body as { records: Record<string, number | null>[] };
  const stored = new Map(records.map((record) => [Number(record['Name']), record]));
  for (const [index, one] of cases.entries()) {
    const record = stored.get(index)!;
    const assumptions: CaseAssumptions = one;
    assert.deepEqual(
      caseFigures(assumptions, { annual: record['Annual_Value__c']!, oneTime: record['One_Time_Value__c']! }),
      {
        hours: record['Enterprise_Hours__c'],
        value: record['Enterprise_Value__c'],
        returnPercent: record['Return_On_Investment__c'],
        paybackMonths: record['Payback_Months__c'],
      },
      JSON.stringify({ one, record }),
    );
  }
  assert.ok(records.some((record) => record['Return_On_Investment__c'] !== null));
});
