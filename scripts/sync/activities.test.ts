// Which activities of the deal count as contact with the customer, end to end.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { readSignals } from '../domain/signals-json.ts';
import type { SyncReport } from './sync-report.ts';
import { manifest, startSyncOrg, usageCsv, type MadePilot, type SyncOrg } from '../testing/sync-org.ts';
import { zipOf } from '../testing/test-org.ts';

const PERMISSIONS = new URL(
  '../../force-app/main/default/permissionsets/Pilot_Sync.permissionset-meta.xml',
  import.meta.url,
);

let sync: SyncOrg;
let acme: MadePilot;
let usage: string;
let report: SyncReport;

before(async () => {
  sync = await startSyncOrg();
  acme = await sync.makePilot('Acme', 'acme-eu');
  usage = await sync.file('usage.csv', usageCsv(['acme-eu'], '2026-10-21', '2026-11-17'));
});
after(() => sync.close());

async function activity(object: 'Task' | 'Event', fields: Readonly<Record<string, unknown>>): Promise<void> {
  const all = { Subject: 'Acme', WhatId: acme.opportunityId, ...fields };
  const { status, body } = await sync.org.call('POST', `/sobjects/${object}`, all);
  assert.equal(status, 201, JSON.stringify(body));
}

/** What the run says about the next step: the day of the last contact, or that it says nothing. */
async function nextStep(): Promise<unknown> {
  report = await sync.sync([usage]);
  const row = (await sync.rows('Pilot__c')).find(({ Id }) => Id === acme.pilotId)!;
  const signal = readSignals(row['Signals__c'] as string)!.toTidy.find(({ code }) => code === 'NO_NEXT_STEP');
  return signal ? [signal.since, signal.values['last'] ?? null] : 'nothing';
}

const CLOSED = { Status: 'Completed', Priority: 'Normal' };
const OPEN = { Status: 'Not Started', Priority: 'Normal' };

test('an org whose activities are e-mails and to-dos shows no meeting: nothing is said', async () => {
  await activity('Task', { ...CLOSED, ActivityDate: '2026-11-16', TaskSubtype: 'Email', Type: 'Other' });
  await activity('Task', { ...CLOSED, ActivityDate: '2026-11-16' });
  assert.equal(await nextStep(), 'nothing');
});

test('a call that was held is the last contact; an open one of a past day was not held', async () => {
  await activity('Task', { ...CLOSED, ActivityDate: '2026-11-03', Type: 'Call' });
  await activity('Task', { ...OPEN, ActivityDate: '2026-11-10', Type: 'Meeting' });
  assert.deepEqual(await nextStep(), ['2026-11-11', '2026-11-03']);
});

test('a meeting in the calendar is a later contact', async () => {
  const times = { StartDateTime: '2026-11-05T09:00:00Z', EndDateTime: '2026-11-05T10:00:00Z' };
  await activity('Event', times);
  assert.deepEqual(await nextStep(), ['2026-11-13', '2026-11-05']);
});

test('an open call that lies ahead is the next step', async () => {
  await activity('Task', { ...OPEN, ActivityDate: '2026-11-20', Type: 'Call' });
  assert.equal(await nextStep(), 'nothing');
});

test('where tasks are hidden nothing is said of the next step, and the run says why, here and in the org', async () => {
  assert.equal(report.problems.length, 0);
  const hidden = readFileSync(PERMISSIONS, 'utf8').replace(
    /(<field>Task\.WhatId<\/field>\s*<readable>)true/,
    '$1false',
  );
  await sync.org.deploy(
    zipOf({
      'package.xml': manifest({ PermissionSet: ['Pilot_Sync'] }),
      'permissionsets/Pilot_Sync.permissionset': hidden,
    }),
  );
  assert.equal(await nextStep(), 'nothing');
  const [told, ...others] = report.problems;
  assert.deepEqual([told?.code, others], ['ACTIVITIES_HIDDEN', []]);
  assert.equal(report.exitCode, 0);
  const run = (await sync.rows('PilotSyncRun__c')).find(({ Id }) => Id === report.runId)!;
  assert.equal(
    run['Message__c'],
    'ACTIVITIES_HIDDEN: events or tasks are hidden from the integration user, so no meeting is known: NO_NEXT_STEP and SPONSOR_SILENT are off',
  );
});
