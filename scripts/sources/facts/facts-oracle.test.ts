import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { after, it } from 'node:test';
import fc from 'fast-check';
import type { PilotFacts, UsageLink } from '../../domain/facts.ts';
import { collect } from '../contract.ts';
import { MetricDefinition } from '../metric-definition.ts';
import { makeTestFolder, TEST_SECRET } from '../test-folder.ts';

const folder = makeTestFolder();
after(folder.remove);

const NOW = new Date('2026-04-10T00:00:00Z');
const START = Date.parse('2026-03-01T00:00:00Z');

interface Row {
  readonly at: number;
  readonly key: string;
  readonly user: string;
  readonly department: string;
  readonly event: string;
  readonly minutes: number | null;
  readonly invitedBy: string;
}

const METRICS = [
  { name: 'saves', fn: 'count', where: [{ column: 'event', op: '=', value: 'save' }] },
  { name: 'people', fn: 'distinct', column: 'user_id' },
  { name: 'total', fn: 'sum', column: 'minutes' },
  { name: 'middle', fn: 'median', column: 'minutes', where: [{ column: 'minutes', op: '>', value: 2 }] },
  { name: 'high', fn: 'quantile', column: 'minutes', q: 0.9 },
  {
    name: 'share',
    fn: 'ratio',
    where: [{ column: 'event', op: 'in', value: ['save'] }],
    of: [{ column: 'department', op: 'is not blank' }],
  },
  { name: 'rate', fn: 'rate_per_user', where: [{ column: 'event', op: '!=', value: 'save' }] },
].map((metric) => MetricDefinition.parse(metric));

const row = fc.record({
  at: fc.integer({ min: 0, max: 35 * 48 }).map((halfHours) => START + halfHours * 1_800_000),
  key: fc.constantFrom('a', 'A', 'b', 'c'),
  user: fc.constantFrom('u1', 'u2', 'u3', 'u4'),
  department: fc.constantFrom('', 'Sales', 'Care'),
  event: fc.constantFrom('open', 'save'),
  minutes: fc.option(fc.integer({ min: 0, max: 9 }), { nil: null }),
  invitedBy: fc.constantFrom('', 'u1'),
});
const day = (min: number, max: number) =>
  fc.integer({ min, max }).map((days) => new Date(START + days * 86_400_000).toISOString().slice(0, 10));
const link = fc.record({
  pilotId: fc.constantFrom('p1', 'p2', 'p3'),
  key: fc.constantFrom('a', 'b', 'c', 'nowhere'),
  from: fc.option(day(0, 20), { nil: null, freq: 1 }),
  to: fc.option(day(15, 40), { nil: null, freq: 1 }),
  filter: fc.option(fc.constant({ column: 'department', value: 'Sales' }), { nil: null, freq: 1 }),
});
const ZONES: Record<string, string> = { p1: 'UTC', p2: 'America/New_York', p3: 'Asia/Tokyo' };

/** What the engine must say, row by row in plain code, from the definitions alone. */
function expected(rows: readonly Row[], links: readonly UsageLink[], pilotId: string) {
  const zone = ZONES[pilotId]!;
  const local = (at: number) => new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(at);
  const used = rows
    .map((one) => ({ ...one, day: local(one.at) }))
    .filter((one) =>
      links.some(
        ({ pilotId: id, key, from, to, filter }) =>
          id === pilotId &&
          key === one.key &&
          (from === null || from <= one.day) &&
          (to === null || to >= one.day) &&
          (filter === null || one.department === filter.value),
      ),
    )
    .sort((a, b) => a.at - b.at);
  const days = [...new Set(used.map((one) => one.day))].sort();
  const firstDays = new Map<string, string>();
  for (const one of used) if (!firstDays.has(one.user)) firstDays.set(one.user, one.day);
  return {
    used,
    days: days.map((today) => {
      const those = used.filter((one) => one.day === today);
      return {
        day: today,
        events: those.length,
        activeUsers: new Set(those.map(({ user }) => user)).size,
        newUsers: [...firstDays.values()].filter((first) => first === today).length,
        activeDepartments: new Set(those.flatMap(({ department }) => department || [])).size,
      };
    }),
    users: [...firstDays.keys()]
      .map((user) => ({
        user: hmac(user),
        events: used.filter((one) => one.user === user).length,
        activeDays: [...new Set(used.filter((one) => one.user === user).map((one) => one.day))].sort(),
        isInvited: used.some((one) => one.user === user && one.invitedBy !== ''),
      }))
      .sort((a, b) => (a.user < b.user ? -1 : 1)),
  };
}

const hmac = (user: string) => createHmac('sha256', TEST_SECRET).update(user).digest('hex').slice(0, 32);

function metricOracle(name: string, used: readonly Row[]): number | null {
  const numbers = used.flatMap(({ minutes }) => minutes ?? []).sort((a, b) => a - b);
  const quantile = (values: readonly number[], q: number) => {
    const place = (values.length - 1) * q;
    const below = values[Math.floor(place)];
    return below === undefined ? null : below + (values[Math.ceil(place)]! - below) * (place % 1);
  };
  const saves = used.filter(({ event }) => event === 'save').length;
  const people = new Set(used.map(({ user }) => user)).size;
  const known = used.filter(({ department }) => department !== '').length;
  switch (name) {
    case 'saves':
      return saves;
    case 'people':
      return people;
    case 'total':
      return numbers.length === 0 ? null : numbers.reduce((sum, value) => sum + value, 0);
    case 'middle':
      return quantile(
        numbers.filter((value) => value > 2),
        0.5,
      );
    case 'high':
      return quantile(numbers, 0.9);
    case 'share':
      return known === 0 ? null : saves / known;
    default:
      return people === 0 ? null : (used.length - saves) / people;
  }
}

// Lists of values are added up by another way through the engine than numbers, so both ways are drawn.
const NUMBERS = METRICS.filter(({ fn }) => fn !== 'median' && fn !== 'quantile');

function checkMetrics(
  facts: PilotFacts,
  metrics: readonly MetricDefinition[],
  used: readonly (Row & { day: string })[],
  first: string,
): void {
  const last = facts.completeThrough!;
  if (last < first) return assert.deepEqual(facts.metrics, []);
  const back = (days: number) =>
    new Date(Date.parse(last) - (days - 1) * 86_400_000).toISOString().slice(0, 10);
  for (const { name } of metrics)
    for (const [window, from] of [
      ['Whole pilot', first],
      ['Last 7 days', back(7)],
      ['Last 28 days', back(28)],
    ] as const) {
      const inside = used.filter((one) => one.day >= from && one.day >= first && one.day <= last);
      const found = facts.metrics.find((one) => one.metric === name && one.window === window);
      const wanted = metricOracle(name, inside);
      const isEqual = wanted === null ? found?.value === null : Math.abs(found!.value! - wanted) < 1e-9;
      assert.ok(isEqual, `${name}, ${window}: ${found?.value}, expected ${wanted}`);
    }
}

it('facts and metrics equal a row-by-row reckoning in plain code', async () => {
  let pilots = 0;
  let days = 0;
  const property = fc.asyncProperty(
    fc.array(row, { minLength: 1, maxLength: 60, size: 'max' }),
    fc.array(link, { minLength: 1, maxLength: 5 }),
    fc.constantFrom(METRICS, NUMBERS),
    async (rows, drawn, metrics) => {
      const links = drawn.map((one) => ({ ...one, source: 'usage', timeZone: ZONES[one.pilotId]! }));
      const lines = rows.map((one) =>
        [
          new Date(one.at).toISOString(),
          one.key,
          one.user,
          one.department,
          one.event,
          one.minutes ?? '',
          one.invitedBy,
        ].join(','),
      );
      const path = folder.write(
        'usage.csv',
        `event_time,usage_key,user_id,department,event,minutes,by\n${lines.join('\n')}`,
      );
      const columns = { user_id: 'user_id', department: 'department', event: 'event', invited_by: 'by' };
      const { facts } = await collect(folder.open([path], { columns }, { metrics }), {
        links,
        now: NOW,
      });
      const there = new Set<string>(rows.map(({ key }) => key));
      const ids = [
        ...new Set(links.filter(({ key }) => there.has(key)).map(({ pilotId }) => pilotId)),
      ].sort();
      assert.deepEqual(
        facts.map(({ pilotId }) => pilotId),
        ids,
      );
      for (const one of facts) {
        const oracle = expected(rows, links, one.pilotId);
        assert.deepEqual(one.days, oracle.days);
        assert.deepEqual(
          one.users.map(({ user, events, activeDays, invitedBy }) => ({
            user,
            events,
            activeDays,
            isInvited: invitedBy !== null,
          })),
          oracle.users,
        );
        if (oracle.days[0]) checkMetrics(one, metrics, oracle.used, oracle.days[0].day);
        pilots++;
        days += one.days.length;
      }
    },
  );
  await fc.assert(property, { numRuns: 40, seed: 7 });
  assert.ok(pilots > 40 && days > 300, `${pilots} pilots, ${days} days compared`);
});
