import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { after, before, beforeEach, test } from 'node:test';
import { zipOf } from '../testing/test-org.ts';
import {
  customObject,
  manifest,
  startSyncOrg,
  usageCsv,
  NOW,
  type MadePilot,
  type SyncOrg,
} from '../testing/sync-org.ts';

const WRITTEN = ['Pilot__c', 'SuccessCriterion__c', 'PilotUsage__c', 'Opportunity', 'PilotSyncIssue__c'];

let sync: SyncOrg;
let acme: MadePilot;
let globe: MadePilot;
let usage: string;

before(async () => {
  sync = await startSyncOrg();
  acme = await sync.makePilot('Acme', 'acme-eu');
  globe = await sync.makePilot('Globe', 'globe-eu');
  usage = await sync.file('usage.csv', usageCsv(['acme-eu', 'globe-eu'], '2026-10-19', '2026-11-18'));
});
after(() => sync.close());
beforeEach(async () => {
  await fetch(`${sync.org.url}/local-org/faults`, { method: 'DELETE' });
});

async function state(): Promise<unknown> {
  return Object.fromEntries(
    await Promise.all(WRITTEN.map(async (object) => [object, await sync.rows(object)] as const)),
  );
}

test('a dry run writes nothing, not even a run record, and says what a run would write', async () => {
  const untouched = await state();
  const dry = await sync.sync([usage], { isDryRun: true });
  assert.deepEqual(await state(), untouched);
  assert.deepEqual(await sync.rows('PilotSyncRun__c'), []);
  assert.equal(dry.runId, null);
  assert.equal(dry.totals.failed, 0);
  assert.ok(dry.totals.created >= 10 && dry.totals.updated >= 4, JSON.stringify(dry.totals));

  const real = await sync.sync([usage]);
  assert.deepEqual(real.totals, dry.totals);
  assert.deepEqual(real.byObject, dry.byObject);
});

test('writes verdict, weekly usage and the lead pilot, and keeps a record of the run', async () => {
  const report = await sync.sync([usage]);
  const pilot = (await sync.rows('Pilot__c')).find((row) => row.Id === acme.pilotId)!;
  assert.equal(pilot.Health__c, 'On track');
  assert.equal(pilot.Active_Users_7d__c, 5);
  assert.equal(pilot.Health_Now__c, 'On track');
  assert.equal(pilot.Usage_Complete_To__c, '2026-11-17');
  const weeks = (await sync.rows('PilotUsage__c')).filter((row) => row.Pilot__c === acme.pilotId);
  assert.deepEqual(weeks.map((row) => [row.Week_Start__c, row.Active_Users__c, row.Events__c])[0], [
    '2026-10-19',
    5,
    75,
  ]);
  const deal = (await sync.rows('Opportunity')).find((row) => row.Id === acme.opportunityId)!;
  assert.equal(deal.Lead_Pilot__c, acme.pilotId);
  assert.equal(deal.Pilot_Health__c, 'On track');
  const run = (await sync.rows('PilotSyncRun__c')).find((row) => row.Id === report.runId)!;
  assert.equal(run.Outcome__c, 'Succeeded');
  assert.equal(run.Lease_Key__c, null);
  assert.equal(run.Pilots_Read__c, 2);
  assert.deepEqual([run.Capacity_Per_Manager__c, run.Capacity_Mode__c], [5, 'Warn']);
  assert.ok(Number(run.API_Calls__c) >= report.apiCalls);
});

test('a second run writes nothing but its own run record, also hours later on the same day', async () => {
  await sync.sync([usage]);
  const before_ = await state();
  for (const now of [NOW, new Date('2026-11-18T15:30:00Z')]) {
    const again = await sync.sync([usage], { now });
    const { unchanged, ...written } = again.totals;
    assert.deepEqual(written, { created: 0, updated: 0, skipped: 0, failed: 0 });
    assert.ok(unchanged > 10);
    // LastModifiedDate and SystemModstamp are among the fields compared.
    assert.deepEqual(await state(), before_);
  }
});

test('the org ends the same whether nights were missed or not', async () => {
  const silent = await sync.file('silent.csv', usageCsv(['acme-eu', 'globe-eu'], '2026-10-19', '2026-10-30'));
  const other = await sync.file('other.csv', usageCsv(['globe-eu'], '2026-11-02', '2026-11-18'));
  const skipped = await sync.sync([silent, other]);
  const stalled = skipped.pilots.find((pilot) => pilot.id === acme.pilotId)!;
  assert.equal(stalled.health, 'Stalled');
  assert.equal(stalled.isNewlyStalled, true);
  assert.match(
    stalled.reason,
    /^Stalled since 16 Nov: none of 5 users active since Mon 2 Nov|^Stalled since 1\d Nov: none of 5 users active since /,
  );
  const back = await sync.sync([usage]);
  assert.equal(back.pilots.find((pilot) => pilot.id === acme.pilotId)!.isCleared, true);
});

const BROKEN: readonly { name: string; make: () => Promise<string>; code: string; exitCode: number }[] = [
  { name: 'a missing file', make: async () => '/nowhere/usage.csv', code: 'SOURCE_NOT_FOUND', exitCode: 3 },
  { name: 'an empty file', make: () => sync.file('empty.csv', ''), code: 'SOURCE_EMPTY', exitCode: 3 },
  {
    name: 'a truncated gzip file',
    make: () => {
      const whole = gzipSync(usageCsv(['acme-eu'], '2026-10-19', '2026-11-18'));
      return sync.file('cut.csv.gz', whole.subarray(0, whole.length - 40));
    },
    code: 'SOURCE_DAMAGED',
    exitCode: 3,
  },
  {
    name: 'a header without a needed column',
    make: () => sync.file('columns.csv', 'time,usage_key,user_id\n2026-11-18T09:00:00Z,acme-eu,a\n'),
    code: 'SOURCE_COLUMNS',
    exitCode: 2,
  },
  {
    name: 'a file in which every date is bad',
    make: () =>
      sync.file('dates.csv', 'event_time,usage_key,user_id\nyesterday,acme-eu,a\n31.12.2026,acme-eu,b\n'),
    code: 'SOURCE_ALL_REJECTED',
    exitCode: 2,
  },
];

for (const { name, make, code, exitCode } of BROKEN) {
  test(`${name} leaves every pilot as it was, is named, and ends in exit code ${exitCode}`, async () => {
    await sync.sync([usage]);
    const untouched = await sync.rows('Pilot__c');
    const report = await sync.sync([await make()]);
    assert.equal(report.exitCode, exitCode);
    assert.deepEqual(
      report.problems.map((problem) => problem.code),
      [code],
    );
    assert.ok(report.problems[0]!.actions.length > 0);
    assert.deepEqual(await sync.rows('Pilot__c'), untouched);
    assert.equal(report.totals.skipped, 2);
    assert.deepEqual(
      report.left.map(({ outcome }) => outcome.kind === 'skipped' && outcome.code),
      ['SOURCE_NOT_READ', 'SOURCE_NOT_READ'],
    );
    const issue = (await sync.rows('PilotSyncIssue__c')).find((row) => row.Code__c === code)!;
    assert.equal(issue.Kind__c, 'Source');
    assert.equal(issue.Resolved_On__c, null);
  });
}

test('an issue is resolved by the first run without it', async () => {
  await sync.sync(['/nowhere/usage.csv']);
  await sync.sync([usage]);
  const issue = (await sync.rows('PilotSyncIssue__c')).find((row) => row.Code__c === 'SOURCE_NOT_FOUND')!;
  assert.equal(issue.Resolved_On__c, '2026-11-18');
});

test('single bad rows are rejected, counted and named with their line; the others count', async () => {
  const text = usageCsv(['acme-eu', 'globe-eu'], '2026-10-19', '2026-11-18').split('\n');
  text.splice(5, 0, 'yesterday,acme-eu,x');
  const report = await sync.sync([await sync.file('one-bad.csv', text.join('\n'))]);
  assert.equal(report.exitCode, 0);
  assert.equal(report.sources[0]!.rejected, 1);
  assert.equal(report.sources[0]!.rejectedSample[0]!.line, 6);
  const issue = (await sync.rows('PilotSyncIssue__c')).find((row) => row.Code__c === 'ROWS_REJECTED')!;
  assert.equal(issue.Line__c, 6);
});

test('a key that the source never saw is named; the pilot is not called idle if nobody of the source is there', async () => {
  const elsewhere = await sync.file('elsewhere.csv', usageCsv(['someone-else'], '2026-10-19', '2026-11-18'));
  const report = await sync.sync([elsewhere]);
  assert.deepEqual(
    report.pilots.map((pilot) => pilot.health),
    ['Unknown', 'Unknown'],
  );
  const codes = (await sync.rows('PilotSyncIssue__c'))
    .filter((row) => row.Resolved_On__c === null)
    .map((row) => row.Code__c);
  assert.deepEqual(codes.filter((code) => code === 'KEY_NOT_SEEN').length, 2);
  assert.deepEqual(
    report.sources[0]!.unlinked.map((key) => key.key),
    ['someone-else'],
  );
});

test('old data makes pilots Unknown, never idle', async () => {
  const old = await sync.file('old.csv', usageCsv(['acme-eu', 'globe-eu'], '2026-10-19', '2026-10-30'));
  const report = await sync.sync([old]);
  for (const pilot of report.pilots) assert.match(pilot.reason, /^Unknown since .* usage data ends /);
});

test('a pilot whose own record cannot be read is failed: named, counted, exit code 1; the others are written', async () => {
  await sync.sync([usage]);
  await sync.org.call('PATCH', `/sobjects/Pilot__c/${globe.pilotId}`, { Closed_Days__c: 'not json' });
  const report = await sync.sync([usage]);
  assert.equal(report.exitCode, 1);
  assert.equal(report.outcome, 'Partial');
  assert.deepEqual(
    report.left.map(({ key, outcome }) => [key, outcome.kind, outcome.kind === 'failed' && outcome.code]),
    [[globe.pilotId, 'failed', 'DAMAGED_JSON']],
  );
  const run = (await sync.rows('PilotSyncRun__c')).find((row) => row.Id === report.runId)!;
  assert.deepEqual([run.Outcome__c, run.Failed__c], ['Partial', 1]);
  await sync.org.call('PATCH', `/sobjects/Pilot__c/${globe.pilotId}`, { Closed_Days__c: null });
});

test('a row that a rule of the org refuses is failed and stays an issue until it passes; the other rows are written', async () => {
  await sync.sync([usage]);
  await sync.org.deploy(refusalZip("AND(ISCHANGED(Health__c), Name = 'Globe pilot')", true));
  const old = await sync.file('old.csv', usageCsv(['acme-eu', 'globe-eu'], '2026-10-19', '2026-10-30'));
  const report = await sync.sync([old]);
  assert.equal(report.exitCode, 1);
  assert.deepEqual(
    report.left.map(({ object, key, outcome }) => [object, key, outcome.kind === 'failed' && outcome.code]),
    [['Pilot__c', globe.pilotId, 'RULE_REFUSED']],
  );
  const health = new Map((await sync.rows('Pilot__c')).map((row) => [row.Id, row.Health__c]));
  assert.deepEqual([health.get(acme.pilotId), health.get(globe.pilotId)], ['Unknown', 'On track']);
  const issue = async () =>
    (await sync.rows('PilotSyncIssue__c')).find((row) => row.Code__c === 'RULE_REFUSED')!;
  assert.deepEqual(
    [(await issue()).Kind__c, (await issue()).Record_Id__c, (await issue()).Resolved_On__c],
    ['Failed record', globe.pilotId, null],
  );
  await sync.org.deploy(refusalZip('FALSE', false));
  assert.equal((await sync.sync([old])).exitCode, 0);
  assert.equal((await issue()).Resolved_On__c, '2026-11-18');
});

async function fault(spec: Readonly<Record<string, unknown>>): Promise<void> {
  await fetch(`${sync.org.url}/local-org/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(spec),
  });
}

test('a busy org is asked again, and every row is reported once', async () => {
  await sync.sync([
    await sync.file('old.csv', usageCsv(['acme-eu', 'globe-eu'], '2026-10-19', '2026-10-30')),
  ]);
  await fault({
    match: 'PATCH .*composite/sobjects',
    status: 503,
    errorCode: 'SERVER_UNAVAILABLE',
    times: 2,
  });
  const report = await sync.sync([usage]);
  assert.equal(report.exitCode, 0);
  assert.equal(report.byObject.Pilot__c!.updated, 2);
});

test('an org that refuses in the middle ends the run as failed; nothing is reported, the next run goes on', async () => {
  await sync.sync([
    await sync.file('old.csv', usageCsv(['acme-eu', 'globe-eu'], '2026-10-19', '2026-10-30')),
  ]);
  await fault({
    match: 'PATCH .*composite/sobjects/PilotUsage__c',
    status: 403,
    errorCode: 'REQUEST_LIMIT_EXCEEDED',
  });
  await assert.rejects(sync.sync([usage]), { code: 'API_LIMIT', kind: 'transient' });
  const last = (await sync.rows('PilotSyncRun__c')).at(-1)!;
  assert.deepEqual([last.Outcome__c, last.Lease_Key__c], ['Failed', null]);
  assert.match(String(last.Message__c), /^API_LIMIT: /);
  const next = await sync.sync([usage]);
  assert.equal(next.exitCode, 0);
  assert.equal((await sync.sync([usage])).totals.updated, 0);
});

test('usage that falls for too many pilots at once flags none of them until somebody accepts it', async () => {
  const names = ['p1', 'p2', 'p3', 'p4'];
  for (const name of names) await sync.makePilot(name, name);
  const all = ['acme-eu', 'globe-eu', ...names];
  await sync.sync([await sync.file('all.csv', usageCsv(all, '2026-10-19', '2026-11-18'))]);
  const half = [
    usageCsv(['acme-eu'], '2026-10-19', '2026-11-18'),
    usageCsv(all.slice(1), '2026-10-19', '2026-10-28').split('\n').slice(1).join('\n'),
  ];
  const fallen = await sync.file('fallen.csv', half.join(''));
  const braked = await sync.sync([fallen]);
  assert.equal(braked.exitCode, 1);
  assert.deepEqual(
    braked.problems.map(({ code, message }) => [code, message.slice(0, 35)]),
    [['MASS_CHANGE', 'usage fell for 5 of 6 pilots at onc']],
  );
  assert.deepEqual(braked.pilots.map((pilot) => pilot.health).toSorted(), [
    'On track',
    'Unknown',
    'Unknown',
    'Unknown',
    'Unknown',
    'Unknown',
  ]);
  assert.equal((await sync.sync([fallen])).exitCode, 1, 'still braked the next night');
  const accepted = await sync.sync([fallen], { acceptMassChange: true });
  assert.equal(accepted.exitCode, 0);
  assert.equal(accepted.pilots.filter((pilot) => pilot.health === 'Stalled').length, 5);
});

function refusalZip(formula: string, isActive: boolean): Uint8Array {
  const rule = `<fullName>Refuse_In_Test</fullName><active>${isActive}</active>
    <errorConditionFormula>${formula}</errorConditionFormula><errorMessage>Not this one.</errorMessage>`;
  return zipOf({
    'package.xml': manifest({ ValidationRule: ['Pilot__c.Refuse_In_Test'] }),
    'objects/Pilot__c.object': customObject(`<validationRules>${rule}</validationRules>`),
  });
}
