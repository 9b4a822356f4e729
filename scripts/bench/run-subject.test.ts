import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { runSubject, trySubject } from './run-subject.ts';
import { DAYS, partitionedFiles } from './usage-data.ts';

const EVENTS = 1_000;
const PILOTS = 20;

let folder: string;
let days: string[];

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pilot-bench-'));
  days = await partitionedFiles(folder, { events: EVENTS, pilots: PILOTS });
});
after(() => rm(folder, { recursive: true }));

test('events in a file per day are all there, and no day is in two files', async () => {
  assert.equal(days.length, DAYS);
  const whole = await runSubject('groupBy', PILOTS, days);
  const byFile = await runSubject('groupByFile', PILOTS, days);
  assert.equal(whole.events, EVENTS);
  assert.equal(byFile.events, EVENTS);
  assert.equal(byFile.pilotDays, whole.pilotDays);
});

test('the stage counts what the query counts', async () => {
  const week = days.slice(0, 7);
  const query = await runSubject('groupBy', PILOTS, week);
  const stage = await runSubject('stage', PILOTS, week);
  assert.ok(query.events > 0);
  assert.equal(stage.events, query.events);
  assert.equal(stage.pilotDays, query.pilotDays);
});

test('a subject that gives up is told in its own words, and not measured', async () => {
  const end = await trySubject('groupBy', PILOTS, [join(folder, 'nowhere.parquet')]);
  assert.ok('failure' in end);
  assert.match(end.failure, /No files found .*nowhere\.parquet/);
  await assert.rejects(
    runSubject('groupBy', PILOTS, [join(folder, 'nowhere.parquet')]),
    /groupBy on .*No files found/,
  );
});
