// From a file to the spread: what the engine makes of several inviters, of people who move, and of large numbers.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { businessCalendar } from '../domain/business-calendar.ts';
import { spreadOf, type Spread } from '../domain/network/spread.ts';
import { collect } from '../sources/contract.ts';
import { makeTestFolder } from '../sources/test-folder.ts';

const folder = makeTestFolder();
after(folder.remove);

const CALENDAR = businessCalendar({ region: null, closedDays: [], incompleteDays: [] });
const LINK = {
  pilotId: 'p1',
  source: 'usage',
  key: 'a',
  from: null,
  to: null,
  filter: null,
  timeZone: 'UTC',
};
const COLUMNS = { user_id: 'user_id', department: 'department', invited_by: 'invited_by' };

/** Rows are `time,user,department,inviter`, all of one workspace. */
async function spreadFrom(rows: readonly string[]): Promise<Spread> {
  const lines = rows.map((row) => row.replace(',', ',a,'));
  const path = folder.write(
    'usage.csv',
    `event_time,usage_key,user_id,department,invited_by\n${lines.join('\n')}\n`,
  );
  const source = folder.open([path], { columns: COLUMNS });
  try {
    const { facts } = await collect(source, { links: [LINK], now: new Date('2026-03-20T12:00:00Z') });
    return spreadOf(facts[0]!, '2026-03-02', CALENDAR)!;
  } finally {
    await source.close();
  }
}

test('of several inviters the first named counts, and days in a former department stay there', async () => {
  const { departments, invitations, forest } = await spreadFrom([
    '2026-03-02T08:00:00Z,anna,Sales,',
    '2026-03-02T08:00:00Z,ben,Sales,',
    '2026-03-10T08:00:00Z,cleo,HR,anna',
    '2026-03-03T08:00:00Z,cleo,Sales,ben',
    '2026-03-19T08:00:00Z,cleo,HR,anna',
  ]);
  assert.equal(invitations?.accepted, 1);
  assert.equal(Math.max(...forest.reach), 1);
  assert.deepEqual(
    departments.map(({ name, users, weekly }) => [name, users, weekly]),
    [
      ['Sales', 2, [3, 0]],
      ['HR', 1, [0, 1]],
    ],
  );
});

test('everybody of one half invites everybody of the other: each came through the first who did', async () => {
  const half = 300;
  const rows = Array.from({ length: half }, (_, at) => `2026-03-02T08:00:00Z,old-${at},Sales,`);
  for (let old = 0; old < half; old += 1)
    for (let fresh = 0; fresh < half; fresh += 1)
      rows.push(
        `2026-03-03T0${8 + Number(old !== fresh)}:00:00.${String(old).padStart(3, '0')}Z,new-${fresh},HR,old-${old}`,
      );
  // The day after, which makes the others complete.
  rows.push('2026-03-04T08:00:00Z,old-0,Sales,');
  const before = process.memoryUsage().rss;
  const started = performance.now();
  const { forest, invitations, ids } = await spreadFrom(rows);
  const ms = Math.round(performance.now() - started);
  const mb = Math.round((process.memoryUsage().rss - before) / 1_048_576);
  console.log(`  ${rows.length} rows of ${ids.length} people: ${ms} ms, ${mb} MB more`);
  assert.equal(invitations?.accepted, half);
  assert.ok(
    forest.one.every((reach) => reach <= 1),
    'each named another one first',
  );
  assert.ok(ms < 60_000 && mb < 1_500);
});
