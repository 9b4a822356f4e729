import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { businessCalendar } from './business-calendar.ts';
import { addDays } from './day.ts';
import { holidaysOf } from './holidays.ts';

const plain = { region: null, closedDays: [], incompleteDays: [] };

describe('business days', () => {
  test('are Mondays to Fridays, both ends counted', () => {
    const calendar = businessCalendar(plain);
    assert.equal(calendar.count('2026-10-12', '2026-10-18'), 5);
    assert.equal(calendar.count('2026-10-17', '2026-10-18'), 0);
    assert.equal(calendar.after('2026-10-19', 10), '2026-11-02');
    assert.equal(calendar.after('2026-10-16', 1), '2026-10-19');
    assert.equal(calendar.onOrBefore('2026-10-18'), '2026-10-16');
  });

  test('leave out holidays of the region, closed and incomplete days, each for its reason', () => {
    const calendar = businessCalendar({
      region: 'DE-BY',
      closedDays: [{ from: '2026-12-28', to: '2026-12-30' }],
      incompleteDays: ['2026-12-22'],
    });
    const why = (day: string) => calendar.whyOff(day);
    assert.deepEqual(['2026-12-21', '2026-12-22', '2026-12-25', '2026-12-26', '2026-12-29'].map(why), [
      null,
      'incomplete',
      'holiday',
      'weekend',
      'closed',
    ]);
    assert.equal(calendar.count('2026-12-21', '2026-12-31'), 4);
  });

  test('are counted alike day by day, whichever stretch is asked for first', () => {
    const span = fc.tuple(fc.integer({ min: -400, max: 400 }), fc.integer({ min: -3, max: 200 }));
    fc.assert(
      fc.property(fc.array(span, { minLength: 1, maxLength: 12 }), (spans) => {
        const calendar = businessCalendar({
          region: 'US',
          closedDays: [{ from: '2026-08-03', to: '2026-08-14' }],
          incompleteDays: ['2026-10-13'],
        });
        for (const [offset, length] of spans) {
          const from = addDays('2026-10-12', offset);
          const days = Array.from({ length: Math.max(0, length + 1) }, (_, index) => addDays(from, index));
          const expected = days.filter((day) => calendar.isBusinessDay(day)).length;
          assert.equal(calendar.count(from, addDays(from, length)), expected, `${from} + ${length}`);
        }
      }),
      { seed: 20261122, numRuns: 60 },
    );
  });

  test('a closure without end gives a far day, not an endless search', () => {
    const calendar = businessCalendar({ ...plain, closedDays: [{ from: '2026-01-01', to: '9999-12-31' }] });
    assert.ok(calendar.after('2026-10-12', 1) > '2030-01-01');
  });
});

describe('holidays', () => {
  // Official lists for 2026: opm.gov federal holidays; Bavarian Feiertagsgesetz (Corpus Christi is 4 June 2026).
  test('are those of the region, not of its neighbour', () => {
    assert.equal(holidaysOf('US').isHoliday('2026-11-26'), true);
    assert.equal(holidaysOf('US').isHoliday('2026-06-04'), false);
    assert.equal(holidaysOf('DE-BY').isHoliday('2026-06-04'), true);
    assert.equal(holidaysOf('DE-BE').isHoliday('2026-06-04'), false);
    assert.equal(holidaysOf('de-by').isHoliday('2026-06-04'), true);
  });

  test('of an unknown subdivision are the country’s, of an unknown country none, and it says so', () => {
    assert.equal(holidaysOf('DE-XX').isHoliday('2026-10-03'), true);
    assert.deepEqual([holidaysOf('ZZ').isKnown, holidaysOf('ZZ').isHoliday('2026-12-25')], [false, false]);
    assert.equal(holidaysOf(null).isKnown, false);
    assert.equal(holidaysOf('constructor').isKnown, false);
  });
});
