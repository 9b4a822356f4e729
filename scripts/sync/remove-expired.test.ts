import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startSyncOrg, usageCsv, SYNC_USER, type SyncOrg } from '../testing/sync-org.ts';

let sync: SyncOrg;
before(async () => void (sync = await startSyncOrg()));
after(() => sync.close());

async function create(object: string, fields: object): Promise<string> {
  const { status, body } = await sync.org.call('POST', `/sobjects/${object}`, fields, SYNC_USER);
  assert.equal(status, 201, JSON.stringify(body));
  return (body as { id: string }).id;
}

async function close(pilotId: string, day: string): Promise<void> {
  const closed = {
    Status__c: 'Closed',
    Outcome__c: 'Not converted',
    Outcome_Reason__c: 'Value not shown',
    Decided_On__c: day,
  };
  const { status, body } = await sync.org.call('PATCH', `/sobjects/Pilot__c/${pilotId}`, closed);
  assert.equal(status, 204, JSON.stringify(body));
}

const ids = async (object: string) => new Set((await sync.rows(object)).map((row) => row['Id']));

test('what is older than the policy keeps it goes, what is younger, open or of a live pilot stays', async () => {
  const names = ['long-ago', 'lately', 'live'] as const;
  const pilots = await Promise.all(names.map((name) => sync.makePilot(name, name)));
  const weeks = await Promise.all(
    pilots.map(({ pilotId }, index) =>
      create('PilotUsage__c', {
        Pilot__c: pilotId,
        Usage_Week_Key__c: `week-${index}`,
        Week_Start__c: '2020-01-06',
      }),
    ),
  );
  await close(pilots[0]!.pilotId, '2020-06-01');
  await close(pilots[1]!.pilotId, '2026-11-17');
  const run = (day: string, outcome: string) =>
    create('PilotSyncRun__c', { Started_At__c: `${day}T05:00:00.000Z`, Outcome__c: outcome });
  const runs = [await run('2020-01-01', 'Succeeded'), await run('2026-11-17', 'Failed')];
  const issue = (key: string, day: string | null) =>
    create('PilotSyncIssue__c', {
      Issue_Key__c: key,
      Kind__c: 'Setup',
      Code__c: 'TEST',
      Resolved_On__c: day,
    });
  const issues = [await issue('a', '2020-01-01'), await issue('b', '2026-11-17'), await issue('c', null)];

  const dry = await sync.sync([await usage()], { isDryRun: true });
  assert.equal(dry.removed, null);
  assert.ok((await ids('PilotSyncRun__c')).has(runs[0]));

  const { removed } = await sync.sync([await usage()]);
  assert.deepEqual(removed, { usageWeeks: 1, runs: 1, issues: 1 });
  const left = await Promise.all(['PilotUsage__c', 'PilotSyncRun__c', 'PilotSyncIssue__c'].map(ids));
  const isLeft = (of: number, all: string[]) => all.map((id) => left[of]!.has(id));
  assert.deepEqual(isLeft(0, weeks), [false, true, true]);
  assert.deepEqual(isLeft(1, runs), [false, true]);
  assert.deepEqual(isLeft(2, issues), [false, true, true]);
});

async function usage(): Promise<string> {
  return await sync.file('usage.csv', usageCsv(['live'], '2026-10-19', '2026-11-18'));
}
