import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  NETWORK_MAX_BYTES,
  parseNetwork,
  TREE_MAX_NODES,
  type Network,
} from '../../../force-app/main/default/lwc/pilotSpread/pilotSpread.ts';
import { businessCalendar } from '../business-calendar.ts';
import { championsOf, isConnector } from './champions.ts';
import { networkOf, writeNetwork, type NetworkParts } from './network-json.ts';
import { hashed, inWeeks, peopleFacts, START, sunday, type Person } from './people.test-support.ts';
import { spreadOf, type Spread } from './spread.ts';

const CALENDAR = businessCalendar({ region: null, closedDays: [], incompleteDays: [] });
const PARTS: NetworkParts = {
  stage: { now: 1, since: START, reasons: [], nextMove: 'OFFER_FIRST_GROUP', notYet: null },
  sent: null,
  gated: null,
  contacts: new Map(),
};

function spreading(people: readonly Person[], week = 5): Spread {
  return spreadOf(peopleFacts(people, sunday(week)), START, CALENDAR)!;
}

/** People by the place of their inviter (-1: came alone; beyond the list: somebody who never came). */
function invited(inviters: readonly number[], days = inWeeks(0, 5)): Person[] {
  return inviters.map((inviter, at) => ({
    id: hashed(at),
    days,
    ...(inviter < 0 ? {} : { invitedBy: hashed(inviter) }),
  }));
}

const someInviters = fc
  .integer({ min: 1, max: 400 })
  .chain((size) => fc.array(fc.integer({ min: -1, max: size }), { minLength: size, maxLength: size }));

test('the tree lists at most 200 people, parents first, and counts everybody else exactly once', () => {
  const cases = { full: 0, summarised: 0 };
  fc.assert(
    fc.property(someInviters, (inviters) => {
      const { tree } = networkOf(spreading(invited(inviters)), PARTS);
      const linked = new Set(
        inviters.flatMap((inviter, at) => (inviter < 0 || inviter === at ? [] : [inviter, at])),
      );
      const counted = tree.nodes.reduce((sum, { more }) => sum + more, tree.more + tree.nodes.length);
      cases[counted > tree.nodes.length ? 'summarised' : 'full'] += 1;
      assert.equal(counted, linked.size);
      assert.ok(tree.nodes.length === Math.min(TREE_MAX_NODES, linked.size));
      assert.equal(new Set(tree.nodes.map(({ person }) => person)).size, tree.nodes.length);
      tree.nodes.forEach(({ parent, more }, at) => {
        assert.ok(parent === null || parent < at);
        assert.ok(more >= 0);
      });
    }),
    { numRuns: 150 },
  );
  assert.ok(cases.full > 10 && cases.summarised > 10, JSON.stringify(cases));
});

test('what is written is read back, and damaged or foreign text is nothing', () => {
  const spread = spreading(
    invited([-1, 0, 0, 1, 9]).map((one, at) => ({ ...one, department: at % 2 ? 'HR' : 'Sales' })),
  );
  const { text } = writeNetwork(spread, PARTS);
  const network = parseNetwork(text)!;
  assert.deepEqual(network, networkOf(spread, PARTS));
  for (const damaged of [
    null,
    undefined,
    '',
    '{',
    '[]',
    '{"version":2}',
    text.replace('"version":1', '"version":2'),
    text.replace('"users":5', '"users":"5"'),
    text.replace(hashed(0), 'anna@acme.example'),
    JSON.stringify({ ...network, weeks: network.weeks.slice(1) }),
    JSON.stringify({
      ...network,
      tree: { ...network.tree, nodes: [{ ...network.tree.nodes[0], parent: 7 }] },
    }),
  ])
    assert.equal(parseNetwork(damaged), null, String(damaged).slice(0, 60));
});

test('stays under the byte budget with the longest names there are, by listing fewer people', () => {
  const people = invited(Array.from({ length: 3000 }, (_, at) => Math.floor(at / 3) - 1)).map((one, at) => ({
    ...one,
    department: `${'部門𝄞'.repeat(60)}${at % 40}`,
    days: inWeeks(...Array.from({ length: 40 }, (_, week) => week)),
  }));
  const { text } = writeNetwork(spreading(people, 40), PARTS);
  const network = parseNetwork(text) as Network;
  console.log(`  ${Buffer.byteLength(text)} bytes, ${network.tree.nodes.length} people listed`);
  assert.ok(Buffer.byteLength(text) < NETWORK_MAX_BYTES);
  assert.equal(network.weeks.length, 26);
  assert.equal(network.departments.length + network.moreDepartments, 40);
});

test('the digest stays while only the day moves on, and changes with what people do', () => {
  const people = invited([-1, 0, 0]);
  const digest = (to: string, list = people) =>
    writeNetwork(spreadOf(peopleFacts(list, to), START, CALENDAR)!, PARTS).digest;
  assert.equal(digest(sunday(5)), digest('2026-10-15'));
  assert.notEqual(digest(sunday(5)), digest(sunday(6)));
  assert.notEqual(digest(sunday(5)), digest(sunday(5), invited([-1, 0, 0, 1])));
  assert.match(digest(sunday(5)), /^[0-9a-f]{32}$/);
});

test('champions are those whose people stayed, then by reach, then by role; strangers are none', () => {
  const list: Person[] = [
    { id: hashed(1), days: inWeeks(0, 5), department: 'Finance', address: 'of-1' },
    { id: hashed(2), days: inWeeks(0, 5), department: 'Human Resources', address: 'of-2' },
    { id: hashed(3), days: inWeeks(0), department: 'Marketing' },
    ...[1, 1, 2, 2, 3, 3, 3].map((inviter, at) => ({
      id: hashed(10 + at),
      days: inWeeks(0, ...(inviter === 3 ? [] : [5])),
      invitedBy: hashed(inviter),
    })),
    { id: hashed(20), days: inWeeks(0), invitedBy: hashed(10) },
    { id: hashed(21), days: inWeeks(0), invitedBy: hashed(20) },
    { id: hashed(22), days: inWeeks(5), invitedBy: hashed(99) },
  ];
  // In the sixth week the first was more than 28 days ago.
  const champions = championsOf(spreading(list));
  assert.deepEqual(
    champions.map(({ person, reach, isConnector: connects, downstreamPercent }) => [
      person,
      reach,
      connects,
      downstreamPercent,
    ]),
    [
      [hashed(1), [2, 1, 1], false, 29],
      [hashed(2), [2, 0, 0], true, 29],
      [hashed(3), [3, 0, 0], true, 0],
      [hashed(10), [1, 1, 0], false, 0],
      [hashed(20), [1, 0, 0], false, 0],
    ],
  );
  const contacts = new Map([['of-2', '003000000000002AAA']]);
  const network = networkOf(spreading(list), { ...PARTS, contacts });
  assert.deepEqual(
    network.champions.map(({ contactId }) => contactId),
    [null, '003000000000002AAA', null, null, null],
  );
  assert.ok(!('addressHash' in network.champions[0]!));
});

test('departments that carry information between groups are known by name', () => {
  for (const name of [
    'Marketing',
    'R&D / Product',
    'HR',
    'IT',
    'IT help desk',
    'Recursos Humanos',
    'Comunicación',
  ])
    assert.ok(isConnector(name), name);
  for (const name of ['Sales', 'Items', 'Finance', 'Production', '', null])
    assert.ok(!isConnector(name), String(name));
});

const SIZES: Readonly<Record<string, () => readonly number[]>> = {
  'a million people in one component': () =>
    Array.from({ length: 1_000_000 }, (_, at) => Math.floor(at / 3) - 1),
  'a chain of ten thousand': () => Array.from({ length: 10_000 }, (_, at) => at - 1),
  'a hundred thousand invited by one': () => Array.from({ length: 100_000 }, (_, at) => (at === 0 ? -1 : 0)),
};

for (const [name, make] of Object.entries(SIZES))
  test(`spread, champions, tree and text are done in time and space with ${name}`, () => {
    const people = invited(make(), inWeeks(0).slice(0, 2));
    const facts = peopleFacts(people, sunday(5));
    const before = process.memoryUsage().rss;
    const started = performance.now();
    const { text } = writeNetwork(spreadOf(facts, START, CALENDAR)!, PARTS);
    const ms = Math.round(performance.now() - started);
    const mb = Math.round((process.memoryUsage().rss - before) / 1_048_576);
    console.log(`  ${name}: ${ms} ms, ${mb} MB more`);
    assert.equal(parseNetwork(text)!.people.users, people.length);
    assert.ok(ms < 60_000, `${ms} ms`);
    assert.ok(mb < 1_500, `${mb} MB`);
  });
