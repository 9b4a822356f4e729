// What is learned from closed pilots: the numbers, and when there are none to give.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  FEWEST,
  learn,
  type EndedPilot,
  type Learning,
  type Pattern,
} from '../../force-app/main/default/lwc/pilotLearning/learning.ts';

const PILOT: EndedPilot = {
  outcome: 'Converted',
  converted: 1,
  isStructured: true,
  type: 'Pilot',
  template: 'SaaS adoption',
  purpose: 'Prove a new use case',
  commitment: 'Funded',
  extensions: 0,
  amendments: 0,
  daysToFirstValue: 1,
  departments: 3,
  signal: '',
};
const LOST = { outcome: 'Not converted', converted: 0 } as const;

const some = (count: number, more: Partial<EndedPilot> = {}): EndedPilot[] =>
  Array.from({ length: count }, () => ({ ...PILOT, ...more }));
const groupsOf = ({ patterns }: Learning, id: Pattern) => patterns.find((one) => one.id === id)!.groups;
const countsOf = (learning: Learning, id: Pattern) =>
  groupsOf(learning, id).map(({ key, hits, of }) => [key, hits, of]);

test('seven pilots give counts and no rate, the eighth gives a rate with its interval', () => {
  const seven = learn([...some(3), ...some(4, LOST)]);
  assert.deepEqual(seven.all, { hits: 3, of: 7, rate: null });
  assert.ok(seven.patterns.every(({ groups }) => groups.every(({ rate }) => rate === null)));
  const { hits, of, rate } = learn([...some(3), ...some(5, LOST)]).all;
  assert.deepEqual([hits, of, rate!.share], [3, 8, 0.375]);
  // Wilson for 3 of 8, worked out by hand: (0.375 + 3.8415/16 ± 1.96 √(0.375·0.625/8 + 3.8415/256)) / (1 + 3.8415/8).
  assert.deepEqual([rate!.low.toFixed(3), rate!.high.toFixed(3)], ['0.137', '0.694']);
});

test('a small group beside large ones has no rate', () => {
  const learning = learn([...some(9, { type: 'POC' }), ...some(7, { type: 'Trial' })]);
  assert.deepEqual(
    groupsOf(learning, 'type').map(({ key, rate }) => [key, rate === null]),
    [
      ['POC', false],
      ['Trial', true],
    ],
  );
});

test('what was declined, not needed or cancelled is in no rate and is named', () => {
  const none = { converted: null };
  const learning = learn([
    ...some(8),
    ...some(2, { outcome: 'Declined', ...none }),
    ...some(1, { outcome: 'Not needed', ...none }),
  ]);
  assert.deepEqual([learning.all.hits, learning.all.of], [8, 8]);
  assert.deepEqual(learning.leftOut, [
    { outcome: 'Declined', count: 2 },
    { outcome: 'Not needed', count: 1 },
  ]);
  assert.deepEqual(countsOf(learning, 'type'), [['Pilot', 8, 8]]);
});

const STEPS: readonly (readonly [Pattern, Partial<EndedPilot>, string | null])[] = [
  ['structured', { isStructured: false }, 'no'],
  ['structured', { isStructured: null }, null],
  ['extensions', { extensions: 1 }, '1'],
  ['extensions', { extensions: 5 }, '2+'],
  ['amendments', { amendments: 2 }, '2+'],
  ['amendments', { amendments: null }, null],
  ['firstValue', { daysToFirstValue: 0 }, 'week 1'],
  ['firstValue', { daysToFirstValue: -3 }, 'week 1'],
  ['firstValue', { daysToFirstValue: 6 }, 'week 1'],
  ['firstValue', { daysToFirstValue: 7 }, 'week 2'],
  ['firstValue', { daysToFirstValue: 14 }, 'later'],
  // Nobody measured it: neither late nor never.
  ['firstValue', { daysToFirstValue: null }, null],
  ['departments', { departments: 0 }, '0'],
  ['departments', { departments: 1 }, '1'],
  ['departments', { departments: 3 }, '2-3'],
  ['departments', { departments: 4 }, '4+'],
  ['departments', { departments: null }, null],
];
for (const [pattern, fields, key] of STEPS)
  test(`${JSON.stringify(fields)} counts as ${key ?? 'not known'}`, () => {
    assert.deepEqual(countsOf(learn(some(1, fields)), pattern), [[key, 1, 1]]);
  });

test('steps stand in their order, values by size, and what is not known last', () => {
  const learning = learn([
    ...some(3, { extensions: 4, type: null }),
    ...some(1, { extensions: 0, type: 'POC' }),
    ...some(2, { extensions: 1, type: 'Trial' }),
  ]);
  assert.deepEqual(
    groupsOf(learning, 'extensions').map(({ key }) => key),
    ['0', '1', '2+'],
  );
  assert.deepEqual(
    groupsOf(learning, 'type').map(({ key }) => key),
    ['Trial', 'POC', null],
  );
});

test('signals of lost pilots are a share of the lost, not of all', () => {
  const learning = learn([
    ...some(20, { signal: 'NO_USAGE' }),
    ...some(6, { ...LOST, signal: 'NO_USAGE' }),
    ...some(1, { ...LOST, signal: '' }),
    ...some(2, { ...LOST, signal: null }),
  ]);
  assert.deepEqual(
    learning.losses.map(({ key, hits, of }) => [key, hits, of]),
    [
      ['NO_USAGE', 6, 9],
      [null, 2, 9],
      ['', 1, 9],
    ],
  );
  assert.equal(learning.losses[0]!.rate!.share, 6 / 9);
});

const oneOf = <T>(...values: T[]) => fc.constantFrom(...values);
const pilots = fc.array(
  fc.record({
    outcome: oneOf('Converted', 'No decision', 'Declined', null),
    converted: oneOf(0, 1, null),
    isStructured: oneOf(true, false, null),
    type: oneOf('POC', 'Pilot', 'Trial', null),
    template: oneOf('a', 'b', null),
    purpose: oneOf('a', null),
    commitment: oneOf('None', 'Funded'),
    extensions: oneOf(0, 1, 2, 7),
    amendments: oneOf(0, 1, 2, null),
    daysToFirstValue: fc.option(fc.integer({ min: -5, max: 60 })),
    departments: fc.option(fc.nat(9)),
    signal: oneOf('NO_USAGE', 'OVERRUN', '', null),
  }),
  { maxLength: 80, size: 'max' },
);

test('every pilot is counted once in each pattern, and a rate stands on at least eight', () => {
  let [rates, none] = [0, 0];
  fc.assert(
    fc.property(pilots, (given) => {
      const { all, leftOut, patterns, losses } = learn(given);
      assert.equal(
        all.of + leftOut.reduce((sum, { count }) => sum + count, 0),
        given.length,
        'decided and left out together',
      );
      for (const { groups } of patterns) {
        assert.equal(
          groups.reduce((sum, { of }) => sum + of, 0),
          all.of,
        );
        assert.equal(
          groups.reduce((sum, { hits }) => sum + hits, 0),
          all.hits,
        );
      }
      assert.equal(
        losses.reduce((sum, { hits }) => sum + hits, 0),
        all.of - all.hits,
      );
      for (const { hits, of, rate } of [all, ...patterns.flatMap(({ groups }) => groups), ...losses]) {
        assert.equal(rate === null, of < FEWEST);
        if (rate === null) none += 1;
        else {
          rates += 1;
          const slack = 1e-12;
          assert.ok(rate.low >= 0 && rate.low - slack <= hits / of);
          assert.ok(rate.high <= 1 && rate.high + slack >= hits / of);
        }
      }
    }),
  );
  assert.ok(rates > 100 && none > 100, `${rates} with a rate, ${none} without`);
});
