import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { HOLIDAY_MODULE, YEARS, renderHolidays, writtenFirstYear } from './write-holidays.ts';

const REMEDY = 'Run: node scripts/package/write-holidays.ts';

test('the holidays on the page are those of the installed calendars, in 40 KB at most', async () => {
  const written = readFileSync(HOLIDAY_MODULE, 'utf8');
  assert.equal(written, await renderHolidays(writtenFirstYear()), REMEDY);
  assert.ok(Buffer.byteLength(written) <= 40_000, `${Buffer.byteLength(written)} bytes`);
});

test('they reach a year ahead of today at least', () => {
  const lastYear = writtenFirstYear() + YEARS - 1;
  assert.ok(lastYear > new Date().getUTCFullYear(), `${HOLIDAY_MODULE} ends with ${lastYear}. ${REMEDY}`);
});
