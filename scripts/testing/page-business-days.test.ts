// The business days that the page counts are those of the sync, which asks the calendars themselves.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { businessDays } from '../../force-app/main/default/lwc/pilotReader/businessDays.ts';
import { HOLIDAYS } from '../../force-app/main/default/lwc/pilotReader/holidays.ts';
import { businessCalendar } from '../domain/business-calendar.ts';
import { addDays, daysBetween } from '../domain/day.ts';

const FIRST = `${HOLIDAYS.firstYear}-01-01`;
const LAST = `${HOLIDAYS.firstYear + HOLIDAYS.years - 1}-12-31`;
const country = fc.constantFrom(...Object.keys(HOLIDAYS.byCountry));
const knownDay = fc
  .integer({ min: 0, max: daysBetween(FIRST, LAST) - 60 })
  .map((offset) => addDays(FIRST, offset));
const syncDays = (region: string | null) => businessCalendar({ region, closedDays: [], incompleteDays: [] });

test('every weekday of every year is a business day on the page exactly where it is one for the sync', () => {
  let holidays = 0;
  fc.assert(
    fc.property(country, (region) => {
      const [page, sync] = [businessDays(region, HOLIDAYS), syncDays(region)];
      for (let day = FIRST; day <= LAST; day = addDays(day, 1)) {
        assert.equal(page.isBusinessDay(day), sync.isBusinessDay(day), `${region} ${day}`);
        if (sync.whyOff(day) === 'holiday') holidays += 1;
      }
    }),
    { numRuns: 40 },
  );
  assert.ok(holidays > 500, `only ${holidays} holidays were met`);
});

test('so many business days later is the same day for both, in a country and in a part of it', () => {
  const part = fc.constantFrom('', '-XX', '-?', ' ');
  let moved = 0;
  fc.assert(
    fc.property(country, part, knownDay, fc.nat(30), (region, suffix, day, count) => {
      const page = businessDays(region.toLowerCase() + suffix, HOLIDAYS);
      const expected = syncDays(region).after(day, count);
      assert.equal(page.after(day, count), expected, `${region}${suffix} ${day} + ${count}`);
      assert.equal(page.knows(day, expected), true);
      if (expected !== syncDays(null).after(day, count)) moved += 1;
    }),
    { numRuns: 300 },
  );
  assert.ok(moved > 50, `only ${moved} answers depended on a holiday`);
});

test('an unknown region, and a year outside the table, is Monday to Friday and known as such', () => {
  for (const region of [null, '', 'ZZ', 'Germany', '__proto__']) {
    const page = businessDays(region, HOLIDAYS);
    assert.equal(page.knows('2026-12-25'), false, String(region));
    assert.equal(page.after('2026-12-24', 1), '2026-12-25');
  }
  const german = businessDays('DE', HOLIDAYS);
  assert.equal(german.after('2026-12-24', 1), '2026-12-28');
  assert.equal(german.knows('2026-12-24', addDays(LAST, 1)), false);
  assert.equal(german.knows(addDays(FIRST, -1)), false);
  assert.equal(german.isBusinessDay('2031-12-25'), true);
});
