// Reading the org in small pages, over HTTP: nothing lost or doubled while others write, and how many calls it takes.
import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import { z } from 'zod';
import { checkOrg } from '../sync/check-org.ts';
import { ADMIN, createUser, startTestOrg, type TestOrg } from '../testing/test-org.ts';
import type { SalesforceClient } from './client.ts';
import { connect } from './connect.ts';
import { readInRanges } from './read-in-ranges.ts';
import { readOrg, type OrgRows } from './read-org.ts';
import { soql } from './soql.ts';

const USER = 'sync@pilot.example';
const PILOTS = 130;
const WEEKS = 3;
const name = z.object({ Name: z.string() });

let org: TestOrg;
let pilots: string[];
let account: string;

/** Creates rows, or updates those that say their id. */
async function write(type: string, rows: readonly object[], username = ADMIN): Promise<string[]> {
  const ids: string[] = [];
  for (let at = 0; at < rows.length; at += 200) {
    const records = rows.slice(at, at + 200).map((row) => ({ attributes: { type }, ...row }));
    const method = 'id' in rows[0]! ? 'PATCH' : 'POST';
    const sent = { allOrNone: true, records };
    const { body } = await org.call(method, '/composite/sobjects', sent, username);
    const answers = body as { id: string; success: boolean }[];
    assert.ok(
      answers.every(({ success }) => success),
      JSON.stringify(answers[0]),
    );
    ids.push(...answers.map(({ id }) => id));
  }
  return ids;
}

async function createPilots(names: readonly string[]): Promise<string[]> {
  const deal = { AccountId: account, StageName: 'Prospecting', CloseDate: '2027-03-01' };
  const deals = await write(
    'Opportunity',
    names.map((Name) => ({ ...deal, Name })),
  );
  const ids = await write(
    'Pilot__c',
    names.map((Name, index) => ({
      Name,
      Opportunity__c: deals[index],
      Type__c: 'Pilot',
      Status__c: 'Active',
      Usage_Source__c: 'Linked',
      Start_Date__c: '2026-10-21',
      End_Date__c: '2026-12-16',
      Closed_Days__c: `closed days of ${Name}`,
    })),
  );
  const judged = ids.map((id, index) => ({ id, Signals__c: `signals of ${names[index]}` }));
  return await write('Pilot__c', judged, USER);
}

const week = (Pilot__c: string, index: number) => ({
  Pilot__c,
  Usage_Week_Key__c: `${Pilot__c}|${index}`,
  Week_Start__c: `2026-11-0${index + 1}`,
});

async function startOrg(pageSize: number, count: number): Promise<void> {
  org = await startTestOrg({ now: new Date('2026-11-18T12:00:00Z'), deploy: true, pageSize });
  const profile = 'Minimum Access - API Only Integrations';
  await createUser(org, { username: USER, profile, permissionSets: ['Pilot_Sync'] });
  account = (await write('Account', [{ Name: 'Acme' }]))[0]!;
  pilots = await createPilots(Array.from({ length: count }, (_, index) => `P${index}`));
}

async function clientOf(url: string): Promise<SalesforceClient> {
  const environment = { PILOT_ACCESS_TOKEN: await org.tokenFor(USER), PILOT_INSTANCE_URL: url };
  const { client, orgId } = await connect({ targetOrg: null, environment });
  await checkOrg(client, orgId, null);
  return client;
}

async function callsOf(client: SalesforceClient): Promise<{ rows: OrgRows; calls: number }> {
  const before = client.apiCalls;
  const rows = await readOrg(client, () => undefined);
  return { rows, calls: client.apiCalls - before };
}

function assertTexts({ pilots: rows }: OrgRows): void {
  for (const row of rows) {
    assert.equal(row.Signals__c, `signals of ${row.Name}`);
    assert.equal(row.Closed_Days__c, `closed days of ${row.Name}`);
  }
}

describe('pages of twenty rows', () => {
  let proxy: Server;
  let url: string;
  /** Runs once, before the first request whose text it accepts goes on to the org. */
  let meanwhile: { readonly at: RegExp; readonly work: () => Promise<unknown> } | null = null;

  before(async () => {
    proxy = createServer((request, response) => {
      void (async () => {
        const body = await text(request);
        const now = meanwhile;
        if (now?.at.test(decodeURIComponent((request.url ?? '') + body))) {
          meanwhile = null;
          await now.work();
        }
        const answer = await fetch(org.url + request.url, {
          method: request.method ?? 'GET',
          headers: {
            authorization: request.headers.authorization ?? '',
            'content-type': 'application/json',
          },
          ...(body === '' ? {} : { body }),
        });
        response.writeHead(answer.status, { 'content-type': 'application/json' });
        response.end(await answer.text());
      })();
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  });
  after(() => proxy.close());
  beforeEach(async () => {
    await startOrg(20, PILOTS);
    await write(
      'PilotUsage__c',
      pilots.flatMap((id) => Array.from({ length: WEEKS }, (_, index) => week(id, index))),
      USER,
    );
  });
  afterEach(async () => {
    meanwhile = null;
    await org.close();
  });

  test('every row is read once, and long chains of pages go side by side', async () => {
    const client = await clientOf(url);
    const { rows, calls } = await callsOf(client);
    assert.deepEqual(rows.pilots.map(({ Id }) => Id).toSorted(), pilots.toSorted());
    assertTexts(rows);
    const keys = rows.usageWeeks.map((row) => row.Usage_Week_Key__c);
    assert.equal(keys.length, PILOTS * WEEKS);
    assert.equal(new Set(keys).size, PILOTS * WEEKS);
    // One page after the other, the weeks alone would take twenty.
    assert.ok(calls <= 14, `${calls} calls`);
  });

  test('ids in another order than the org\u2019s cost calls and lose no row', async () => {
    const client = await clientOf(url);
    const row = z.object({ Pilot__c: z.string(), Usage_Week_Key__c: z.string() });
    const from = soql`SELECT Pilot__c, Usage_Week_Key__c FROM PilotUsage__c WHERE Events__c = null`;
    const read = async (ids: readonly string[]) => {
      const before = client.apiCalls;
      const query = { from, key: 'Pilot__c', row } as const;
      const rows = await readInRanges(client, query, Promise.resolve(ids), () => undefined);
      return { keys: rows.map((one) => one.Usage_Week_Key__c), calls: client.apiCalls - before };
    };
    const inOrder = await read(pilots);
    const shuffled = await read([pilots[6]!, ...pilots.toReversed()]);
    assert.equal(inOrder.keys.length, PILOTS * WEEKS);
    assert.deepEqual(shuffled.keys, inOrder.keys);
    assert.ok(shuffled.calls > 20 && inOrder.calls < 10, `${shuffled.calls} and ${inOrder.calls} calls`);
  });

  test('a query whose cursor the org forgot is run again, and no row is doubled', async () => {
    const client = await clientOf(url);
    let asked = 0;
    meanwhile = {
      at: /query\/01g/,
      work: async () => {
        // The org keeps a hundred cursors: these push out that of the query.
        for (asked = 0; asked < 101; asked += 1)
          await org.call('GET', '/query?q=SELECT+Name+FROM+Pilot__c', undefined, USER);
      },
    };
    const seen: number[] = [];
    const query = soql`SELECT Name FROM Pilot__c ORDER BY Id`;
    const rows = await client.query(query, name, (count) => seen.push(count));
    assert.equal(asked, 101, 'the cursor was pushed out');
    assert.deepEqual(
      rows.map(({ Name }) => Name).toSorted(),
      pilots.map((_, index) => `P${index}`).toSorted(),
    );
    assert.deepEqual(seen.slice(0, 2), [20, 20]);
  });

  test('an org that forgets every cursor is named, and worth another run', async () => {
    const client = await clientOf(url);
    const fault = { match: 'GET .*query/01g', status: 400, errorCode: 'INVALID_QUERY_LOCATOR', times: 100 };
    const headers = { 'content-type': 'application/json' };
    await fetch(`${org.url}/local-org/faults`, { method: 'POST', headers, body: JSON.stringify(fault) });
    const before = client.apiCalls;
    await assert.rejects(client.query(soql`SELECT Name FROM Pilot__c ORDER BY Id`, name), {
      code: 'CURSOR_EXPIRED',
      kind: 'transient',
      message: /^GET \/services\/.*: INVALID_QUERY_LOCATOR /,
      actions: [
        'Run again: the org forgot a query before all of its pages were read. Nothing read so far was used.',
      ],
    });
    assert.equal(client.apiCalls - before, 4);
  });

  test('a row written between two pages is found or left for the next run, and loses no other', async () => {
    const written: string[] = [];
    meanwhile = {
      at: /Pilot__c >= '/,
      work: async () => {
        const late = await createPilots(['late']);
        written.push(...late);
        const weeks = [...late, pilots[0]!, pilots.at(-1)!].map((id) => week(id, 8));
        await write('PilotUsage__c', weeks, USER);
      },
    };
    const { rows } = await callsOf(await clientOf(url));
    assert.equal(written.length, 1);
    assert.deepEqual(rows.pilots.map(({ Id }) => Id).toSorted(), pilots.toSorted());
    const keys = rows.usageWeeks.map((row) => row.Usage_Week_Key__c);
    assert.equal(new Set(keys).size, keys.length);
    const expected = pilots.flatMap((id) => Array.from({ length: WEEKS }, (_, index) => `${id}|${index}`));
    assert.deepEqual(new Set(expected).difference(new Set(keys)), new Set());
    assert.ok(keys.includes(`${pilots.at(-1)}|8`));
  });

  test('a pilot that is closed before its texts are read keeps them, a deleted one is left out', async () => {
    const [closed, deleted] = pilots.slice(-2) as [string, string];
    meanwhile = {
      at: /SELECT Signals__c, Id FROM Pilot__c/,
      work: async () => {
        const path = (id: string) => `/sobjects/Pilot__c/${id}`;
        const cells = {
          Status__c: 'Closed',
          Outcome__c: 'Cancelled',
          Outcome_Reason__c: 'Other',
          Decided_On__c: '2026-11-18',
        };
        assert.equal((await org.call('PATCH', path(closed), cells)).status, 204);
        assert.equal((await org.call('DELETE', path(deleted))).status, 204);
      },
    };
    const client = await clientOf(url);
    // They fill the first call, so that the texts are asked for in the next.
    const before = Array.from({ length: 4 }, () => client.query(soql`SELECT Name FROM Account`, name));
    const { rows } = await callsOf(client);
    await Promise.all(before);
    assert.equal(meanwhile, null, 'the org was changed');
    const left = pilots.filter((id) => id !== deleted);
    assert.deepEqual(rows.pilots.map(({ Id }) => Id).toSorted(), left.toSorted());
    assertTexts(rows);
    assert.ok(rows.pilots.some(({ Id }) => Id === closed));
  });
});

test('a deal with more activities than a page holds keeps all of them', async () => {
  await startOrg(20, 3);
  try {
    const [{ Opportunity__c: WhatId }] = (
      (await org.call('GET', `/query?q=SELECT+Opportunity__c+FROM+Pilot__c+ORDER+BY+Id`)).body as {
        records: [{ Opportunity__c: string }];
      }
    ).records;
    const day = (index: number) => new Date(Date.UTC(2026, 9, 1 + index)).toISOString();
    await write(
      'Event',
      Array.from({ length: 45 }, (_, index) => ({
        Subject: 'Meeting',
        WhatId,
        StartDateTime: day(index),
        DurationInMinutes: 30,
      })),
    );
    const { rows } = await callsOf(await clientOf(org.url));
    const own = rows.meetings!.find(({ opportunityId }) => opportunityId === WhatId)!;
    const days = own.events.map(({ StartDateTime }) => StartDateTime!.slice(0, 10));
    assert.deepEqual(
      days.toSorted(),
      Array.from({ length: 45 }, (_, index) => day(index).slice(0, 10)),
    );
    assert.equal(rows.meetings!.length, 3);
  } finally {
    await org.close();
  }
});

describe('pages as large as Salesforce gives', () => {
  const COUNT = 450;
  before(() => startOrg(2_000, COUNT));
  after(() => org.close());

  test('long texts do not make pages small: fourteen queries are three calls', async () => {
    const { rows, calls } = await callsOf(await clientOf(org.url));
    assert.equal(rows.pilots.length, COUNT);
    assertTexts(rows);
    assert.equal(calls, 3);
  });

  test('rows of 11,000 characters come in pages of 250, which costs one page more and no call', async () => {
    const wide = pilots.slice(0, 200).map((id) => ({ id, Closed_Days__c: 'x'.repeat(11_000) }));
    await write('Pilot__c', wide);
    const { rows, calls } = await callsOf(await clientOf(org.url));
    assert.equal(rows.pilots.filter((row) => row.Closed_Days__c?.length === 11_000).length, 200);
    assert.equal(rows.pilots.length, COUNT);
    assert.equal(calls, 3);
  });
});
