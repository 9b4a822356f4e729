// Records that the org refuses: one issue each, counted, retried every run, resolved by the run that writes them.
import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { customObject, manifest, startSyncOrg, usageCsv, type SyncOrg } from '../testing/sync-org.ts';
import { zipOf } from '../testing/test-org.ts';

const KEYS = ['bad-1', 'bad-2', 'bad-3', 'good-1'];
let sync: SyncOrg;
let usage: string;
const pilots = new Map<string, string>();

before(async () => {
  sync = await startSyncOrg();
  for (const key of KEYS) pilots.set(key, (await sync.makePilot(key, key)).pilotId);
  usage = await sync.file('usage.csv', usageCsv(KEYS, '2026-10-19', '2026-11-18'));
  const rule = `<validationRules><fullName>Not_Bad</fullName><active>true</active>
    <errorConditionFormula>AND(ISCHANGED(Stale_After__c), BEGINS(Name, &quot;bad&quot;))</errorConditionFormula>
    <errorMessage>Bad pilots are not kept here.</errorMessage></validationRules>`;
  await sync.org.deploy(
    zipOf({
      'package.xml': manifest({ ValidationRule: ['Pilot__c.Not_Bad'] }),
      'objects/Pilot__c.object': customObject(rule),
    }),
  );
});
after(() => sync.close());

async function issues(): Promise<Map<string, Record<string, unknown>>> {
  const rows = await sync.rows('PilotSyncIssue__c');
  return new Map(rows.map((row) => [String(row.Record_Id__c), row]));
}

const of = async (key: string): Promise<Record<string, unknown>> =>
  (await issues()).get(pilots.get(key)!) ?? assert.fail(`no issue about ${key}`);

test('a rule refuses three of four pilots: three issues, each with the record, the pilot, code and attempt', async () => {
  const report = await sync.sync([usage]);
  assert.equal(report.exitCode, 1);
  assert.equal(report.byObject.Pilot__c!.failed, 3);
  assert.equal((await issues()).size, 3);
  for (const key of KEYS.slice(0, 3)) {
    const issue = await of(key);
    assert.equal(issue.Kind__c, 'Failed record');
    assert.equal(issue.Code__c, 'RULE_REFUSED');
    assert.equal(issue.Pilot__c, pilots.get(key));
    assert.equal(issue.Attempts__c, 1);
    assert.match(
      String(issue.Message__c),
      /bad-\d pilot: FIELD_CUSTOM_VALIDATION_EXCEPTION: Bad pilots are not kept here/,
    );
    assert.match(String(issue.Fix__c), /validation rule/);
  }
});

test('the next run resolves the one that the admin corrected and counts a second attempt for the others', async () => {
  await sync.org.call('PATCH', `/sobjects/Pilot__c/${pilots.get('bad-1')!}`, { Name: 'good after all' });
  const report = await sync.sync([usage]);
  assert.equal(report.exitCode, 1);
  assert.equal((await of('bad-1')).Resolved_On__c, '2026-11-18');
  for (const key of ['bad-2', 'bad-3']) {
    const issue = await of(key);
    assert.equal(issue.Attempts__c, 2);
    assert.equal(issue.Resolved_On__c, null);
  }
  assert.equal((await issues()).size, 3);
});

test('an acknowledged one does not turn the exit code red again; another one does', async () => {
  for (const key of ['bad-2', 'bad-3']) {
    const { Id } = await of(key);
    const acknowledged = { Acknowledged_On__c: '2026-11-18' };
    const { status } = await sync.org.call(
      'PATCH',
      `/sobjects/PilotSyncIssue__c/${String(Id)}`,
      acknowledged,
    );
    assert.equal(status, 204);
    assert.equal((await sync.sync([usage])).exitCode, key === 'bad-2' ? 1 : 0);
  }
  assert.equal((await of('bad-2')).Attempts__c, 4);
});

test('a run that could not read the source neither resolves nor counts', async () => {
  const before = await issues();
  const missing = `${usage}.not-yet`;
  assert.equal((await sync.sync([missing])).exitCode, 3);
  for (const [id, row] of before)
    if (row.Resolved_On__c === null) assert.deepEqual((await issues()).get(id), row);
});

test('rejected usage rows are one issue that counts them, names the first ones, and stays while the file is missing', async () => {
  const rejected = 'yesterday,good-1,a\nnever,good-1,b\n';
  const damaged = await sync.file('damaged.csv', usageCsv(KEYS, '2026-10-19', '2026-11-18') + rejected);
  const lines = usageCsv(KEYS, '2026-10-19', '2026-11-18').split('\n').length;
  await sync.sync([damaged]);
  const issue = async () =>
    (await sync.rows('PilotSyncIssue__c')).find((row) => row.Code__c === 'ROWS_REJECTED')!;
  const first = await issue();
  assert.match(String(first.Message__c), /^2 of \d+ rows could not be read\. First: /);
  for (const line of [lines, lines + 1])
    assert.ok(String(first.Message__c).includes(`damaged.csv:${line} event_time is not`));

  await rm(damaged);
  await sync.sync([damaged]);
  assert.deepEqual(await issue(), first);
  await sync.sync([usage]);
  assert.equal((await issue()).Resolved_On__c, '2026-11-18');
});
