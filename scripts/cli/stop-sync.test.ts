// A sync that is asked to end, as `systemctl stop`, `docker stop` and Kubernetes do.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { after, before, test } from 'node:test';
import { spawnPilot } from '../testing/spawn-pilot.ts';
import { startSyncOrg, usageCsv, type SyncOrg } from '../testing/sync-org.ts';

const CONTENT = ['Pilot__c', 'SuccessCriterion__c', 'PilotUsage__c', 'Opportunity'];
const orgs: SyncOrg[] = [];

/** An org with two pilots and usage; ids and times differ between two of them, contents do not. */
async function makeOrg(): Promise<{ sync: SyncOrg; config: string }> {
  const sync = await startSyncOrg();
  orgs.push(sync);
  for (const name of ['acme', 'globe']) await sync.makePilot(name, name);
  const usage = await sync.file('usage.csv', usageCsv(['acme', 'globe'], '2026-10-19', '2026-11-18'));
  return { sync, config: await sync.file('sync.yaml', sync.yaml([usage])) };
}

async function content(sync: SyncOrg): Promise<string[]> {
  const rows = await Promise.all(CONTENT.map((object) => sync.rows(object)));
  const isStamp = (name: string) => /Date$|stamp$|^attributes$|^Id$|^Name$|ById$|Synced_At__c/.test(name);
  return rows
    .flat()
    .map((row) => JSON.stringify(Object.fromEntries(Object.entries(row).filter(([name]) => !isStamp(name)))));
}

let expected: string[];
before(async () => {
  const { sync, config } = await makeOrg();
  const args = ['sync', '--config', config, '--now', '2026-11-18'];
  assert.equal((await spawnPilot(sync.folder, args, await sync.environment()).ended).code, 0);
  expected = await content(sync);
});
after(async () => {
  for (const sync of orgs) await sync.close();
});

for (const { where, match, after: reads } of [
  { where: 'a write that the org answers late', match: 'PATCH .*composite/sobjects', after: 0 },
  // The first are the describes.
  { where: 'queries that the org answers late', match: 'POST .*composite$', after: 1 },
])
  test(`SIGTERM during ${where} ends the run within five seconds, and the next one ends like a run that nothing stopped`, async () => {
    const { sync, config } = await makeOrg();
    await fetch(`${sync.org.url}/local-org/faults`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ kind: 'slow', match, after: reads, milliseconds: 8_000, times: 1 }),
    });
    const args = ['sync', '--config', config, '--now', '2026-11-18'];
    const { child, ended } = spawnPilot(sync.folder, args, await sync.environment());
    for (let waits = 0; ; waits += 1) {
      const { faults } = (await (await fetch(`${sync.org.url}/local-org/faults`)).json()) as {
        faults: { met: number }[];
      };
      if (faults.some(({ met }) => met > 0)) break;
      assert.ok(waits < 600, 'the run never met the slow answer');
      await sleep(50);
    }
    const askedMs = performance.now();
    child.kill('SIGTERM');
    if (child.exitCode === null) await once(child, 'exit');
    assert.ok(performance.now() - askedMs < 5_000, `${performance.now() - askedMs} ms`);
    const { code, stderr } = await ended;
    assert.equal(code, 3);
    assert.match(stderr, /STOPPED: The run was asked to end \(SIGTERM\)/);
    const [run] = await sync.rows('PilotSyncRun__c');
    assert.equal(run!['Outcome__c'], 'Failed');
    assert.match(String(run!['Message__c']), /^STOPPED: /);
    assert.equal(run!['Lease_Key__c'], null, 'the next run need not wait for the lease to end');

    const again = await spawnPilot(sync.folder, args, await sync.environment()).ended;
    assert.equal(again.code, 0, again.stderr);
    assert.deepEqual(await content(sync), expected);
  });
