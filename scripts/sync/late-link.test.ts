// A workspace that is linked late counts from the pilot's start, as if it had been linked on the first day.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startSyncOrg, usageCsv, type MadePilot, type SyncOrg } from '../testing/sync-org.ts';

let sync: SyncOrg;
let late: MadePilot;

before(async () => {
  sync = await startSyncOrg();
  await sync.makePilot('Early', 'early-eu');
  late = await sync.makePilot('Late', null);
});
after(() => sync.close());

const WEEKS = [
  ['2026-10-21', '2026-10-25'],
  ['2026-10-26', '2026-11-01'],
  ['2026-11-02', '2026-11-09'],
] as const;
const KEYS = ['early-eu', 'late-eu'];

/** One export a week, as they pile up in a folder; the last reaches into the fourth, which completes the third. */
const exported = async (weeks: number) =>
  Promise.all(
    WEEKS.slice(0, weeks).map(([from, to]) => sync.file(`week-${from}.csv`, usageCsv(KEYS, from, to))),
  );

const usageOf = async (pilotId: string) => {
  const weeks = (await sync.rows('PilotUsage__c')).filter((row) => row['Pilot__c'] === pilotId);
  return weeks
    .map((row) => [row['Week_Start__c'], row['Active_Users__c'], row['Events__c']])
    .toSorted((a, b) => (String(a[0]) < String(b[0]) ? -1 : 1));
};

test('a link made in week 3 fills weeks 1 and 2 at the next run', async () => {
  for (const [index, now] of ['2026-10-26T12:00:00Z', '2026-11-02T12:00:00Z'].entries())
    await sync.sync(await exported(index + 1), { now: new Date(now) });
  assert.deepEqual(await usageOf(late.pilotId), []);

  const key = { Pilot__c: late.pilotId, Source__c: 'product', Key__c: 'late-eu' };
  assert.equal((await sync.org.call('POST', '/sobjects/PilotUsageKey__c', key)).status, 201);
  await sync.sync(await exported(3), { now: new Date('2026-11-09T12:00:00Z') });
  assert.deepEqual(await usageOf(late.pilotId), [
    ['2026-10-19', 5, 45],
    ['2026-10-26', 5, 75],
    ['2026-11-02', 5, 75],
  ]);
  const pilots = await sync.rows('Pilot__c');
  const [early, filled] = ['Early pilot', 'Late pilot'].map((name) =>
    pilots.find((row) => row['Name'] === name)!,
  );
  for (const field of ['First_Value_On__c', 'Active_Users_28d__c', 'Usage_Series__c', 'Health__c', 'Risk__c'])
    assert.deepEqual(filled?.[field], early?.[field], field);
});
