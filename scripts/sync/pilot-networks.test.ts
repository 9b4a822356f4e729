// How a pilot spreads, end to end: from a file with invitations to Network__c and Adoption_Stage__c, and back out again.
import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { tmpdir } from 'node:os';
import { after, before, describe, test } from 'node:test';
import { parseNetwork, type Network } from '../../force-app/main/default/lwc/pilotSpread/pilotSpread.ts';
import { DEFAULT_RETRY } from '../salesforce/retry.ts';
import { userHash } from '../sources/user-hash.ts';
import { NOW, startSyncOrg, type MadePilot, type SyncOrg } from '../testing/sync-org.ts';
import { forget } from './forget.ts';
import { parseConfig } from './read-config.ts';

const SECRET = 'only made-up people in these tests';
const hash = userHash(SECRET);
const COLUMNS =
  '{ user_id: user_id, user_email: user_email, event: event, department: department, invited_by: invited_by }';
const NETWORK = 'network: { invitation_events: [invite_sent], gated_events: [sso_tried, export_tried] }\n';
const DEPARTMENTS = ['Sales', 'Marketing', 'Finance'];
/** Two words, so that no hash, date or number of ours can hold one by chance. */
const id = (person: number): string => `customer-person-${String(person).padStart(2, '0')}`;
const address = (person: number): string => `Person.${person}@Acme-Customer.example`;

let sync: SyncOrg;
let acme: MadePilot;
let folder: string;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pilot-network-'));
  sync = await startSyncOrg({ file: join(folder, 'org.db') });
  acme = await sync.makePilot('Acme', 'acme-eu', {
    Start_Date__c: '2026-09-21',
    Restriction__c: 'Features',
    Planned_Users__c: 40,
  });
});
after(async () => {
  await sync.close();
  await rm(folder, { recursive: true });
});

/** Nine people in three departments from week to week; each third one is invited by the one three before. */
function events(to = '2026-11-15', leftOut = -1): string {
  const lines = ['event_time,usage_key,user_id,user_email,event,department,invited_by'];
  for (let at = Date.parse('2026-09-21'); at <= Date.parse(to); at += 86_400_000) {
    const day = new Date(at).toISOString().slice(0, 10);
    if ([0, 6].includes(new Date(at).getUTCDay())) continue;
    for (let person = 0; person < 9; person += 1) {
      if (person === leftOut || at < Date.parse('2026-09-21') + person * 2 * 86_400_000) continue;
      const inviter = person < 3 ? '' : id(person - 3 === leftOut ? 0 : Math.floor(person / 3) - 1);
      const row = (hour: number, event: string) =>
        `${day}T0${hour}:00:00Z,acme-eu,${id(person)},${address(person)},${event},${DEPARTMENTS[person % 3]},${inviter}`;
      lines.push(row(7, 'doc_saved'));
      if (person === 1 && day > '2026-11-01') lines.push(row(8, 'sso_tried'));
      if (person === 0) lines.push(row(9, 'invite_sent'));
    }
  }
  return `${lines.join('\n')}\n`;
}

async function synced(content: string, more = NETWORK, completeThrough = '2026-11-16T00:00:00Z') {
  const path = await sync.file('usage.csv', content);
  const marker = await sync.file('marker', `${completeThrough}\n`);
  const yaml = sync
    .yaml([path], more)
    .replace('{ user_id: user_id }', `${COLUMNS}\n    complete_through: ${JSON.stringify(marker)}`);
  return { report: await sync.sync([], { yaml }), yaml };
}

async function pilot(): Promise<Record<string, unknown>> {
  return (await sync.rows('Pilot__c')).find((row) => row['Id'] === acme.pilotId)!;
}

async function network(): Promise<Network> {
  const found = parseNetwork((await pilot())['Network__c'] as string);
  assert.ok(found);
  return found;
}

describe('a pilot that spreads', () => {
  test('has its departments, invitations, champions and attempts at gated features in the org', async () => {
    await synced(events());
    const found = await network();
    assert.deepEqual(
      found.departments.map(({ name, users, lasts }) => [name, users, lasts]),
      [
        ['Sales', 3, true],
        ['Marketing', 3, true],
        ['Finance', 3, true],
      ],
    );
    assert.deepEqual(
      { ...found.invitations, sent: (found.invitations?.sent ?? 0) > 30 },
      { sent: true, accepted: 6, sharePercent: 67, inviters: 2, betweenDepartments: 4 },
    );
    assert.deepEqual(
      found.champions.map(({ person, reach, contactId }) => [person, reach, contactId]),
      [
        // As strong as the other; but marketing carries what it uses to other groups.
        [hash(id(1)), [3, 0, 0], null],
        [hash(id(0)), [3, 0, 0], null],
      ],
    );
    assert.deepEqual(found.gated, { attempts: 10, lately: 10, users: 1 });
    assert.equal(found.tree.nodes.length, 8);
    assert.equal(found.people.sustained, 9);
    const weeks = await sync.rows('PilotUsage__c');
    assert.ok(weeks.length > 0 && !JSON.stringify(weeks).includes('network:'));
    // Nobody has tried an export, which is no trouble of the source.
    assert.ok(!JSON.stringify(await sync.rows('PilotSyncIssue__c')).includes('export_tried'));
  });

  test('is at stage 1 until something of the account is paid for', async () => {
    assert.equal((await pilot())['Adoption_Stage__c'], '1 Scattered use');
    const deal = (await sync.org.call('GET', `/sobjects/Opportunity/${acme.opportunityId}`)).body as {
      AccountId: string;
    };
    const won = {
      Name: 'Acme: first team',
      AccountId: deal.AccountId,
      StageName: 'Closed Won',
      CloseDate: '2026-10-01',
    };
    assert.equal((await sync.org.call('POST', '/sobjects/Opportunity', won)).status, 201);
    await synced(events());
    const { stage } = await network();
    assert.equal((await pilot())['Adoption_Stage__c'], '3 More groups');
    assert.deepEqual([stage.nextMove, stage.notYet], ['ASK_IT', null]);
  });

  test('is written again when people did something, and not when only the day moved on', async () => {
    const before = await pilot();
    const again = await synced(events());
    assert.equal(again.report.totals.updated, 0);
    await synced(events(), NETWORK, '2026-11-17T00:00:00Z');
    const now = await pilot();
    assert.notEqual(now['Usage_Complete_To__c'], before['Usage_Complete_To__c']);
    assert.equal(now['Network__c'], before['Network__c']);
    await synced(events('2026-11-20'), NETWORK, '2026-11-18T00:00:00Z');
    assert.equal((await network()).asOf, '2026-11-17');
  });

  test('leaves no id and no address of its people anywhere in the org', async () => {
    const files = (await readdir(folder)).filter((name) => name.startsWith('org.db'));
    const dump = (await Promise.all(files.map((name) => readFile(join(folder, name), 'latin1')))).join('\n');
    assert.ok(dump.includes(hash(id(0))), 'the dump holds what the sync wrote');
    assert.ok(dump.includes('Acme: first team'));
    for (let person = 0; person < 9; person += 1)
      for (const raw of [id(person), address(person), address(person).toLowerCase()])
        assert.ok(!dump.includes(raw), `${raw} is in the org`);
  });

  test('names a champion’s contact only when the configuration asks for it', async () => {
    const deal = (await sync.org.call('GET', `/sobjects/Opportunity/${acme.opportunityId}`)).body as {
      AccountId: string;
    };
    const contact = { LastName: 'Shah', Email: address(1).toUpperCase(), AccountId: deal.AccountId };
    const { body } = await sync.org.call('POST', '/sobjects/Contact', contact);
    await synced(events());
    assert.ok((await network()).champions.every(({ contactId }) => contactId === null));
    await synced(events(), NETWORK.replace(' }', ', match_contacts: true }'));
    assert.deepEqual(
      (await network()).champions.map(({ contactId }) => contactId),
      [(body as { id: string }).id, null],
    );
  });

  test('forgets a person, and is written anew without them', async () => {
    const { yaml } = await synced(events());
    const forgotten = await forget({
      who: { user: id(4) },
      secret: SECRET,
      isDryRun: false,
      now: NOW,
      config: parseConfig(yaml, 'sync.yaml'),
      login: {
        targetOrg: null,
        environment: await sync.environment(),
        retry: { ...DEFAULT_RETRY, sleep: async () => undefined },
      },
      progress: { stage: () => undefined, update: () => undefined, note: () => undefined },
      lockFolder: sync.folder,
    });
    assert.deepEqual(
      forgotten.networks.map((one) => one.id),
      [acme.pilotId],
    );
    assert.equal((await pilot())['Network__c'], null);
    await synced(events('2026-11-15', 4));
    assert.ok(!String((await pilot())['Network__c']).includes(hash(id(4))));
    assert.equal((await network()).people.users, 8);
  });

  test('tells nothing of data that cannot be believed', async () => {
    await sync.makePilot('Twin', 'acme-eu', { Start_Date__c: '2026-09-21' });
    await synced(events());
    const { Network__c: text, Adoption_Stage__c: stage } = await pilot();
    assert.deepEqual([text, stage], [null, null]);
  });
});
