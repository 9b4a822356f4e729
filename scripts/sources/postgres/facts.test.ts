import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { ReadSummary, UsageLink } from '../../domain/facts.ts';
import { collect } from '../contract.ts';
import { MetricDefinition } from '../metric-definition.ts';
import { makeTestFolder } from '../test-folder.ts';
import { startTestCluster, type TestCluster } from './test-cluster.ts';
import { openTable } from './test-tables.ts';

const folder = makeTestFolder();
let cluster: TestCluster;
before(async () => {
  cluster = await startTestCluster();
});
after(async () => {
  await cluster.stop();
  folder.remove();
});

const NOW = new Date('2026-04-10T00:00:00Z');
const METRICS = [
  { name: 'saves', fn: 'count', where: [{ column: 'event', op: '=', value: 'save' }] },
  { name: 'people', fn: 'distinct', column: 'user_id' },
  {
    name: 'places',
    fn: 'distinct',
    column: 'department',
    where: [{ column: 'event', op: 'in', value: ['save', 'open'] }],
  },
  { name: 'total', fn: 'sum', column: 'minutes' },
  { name: 'mean', fn: 'mean', column: 'minutes' },
  { name: 'middle', fn: 'median', column: 'minutes', where: [{ column: 'minutes', op: '>', value: 2 }] },
  { name: 'high', fn: 'quantile', column: 'minutes', q: 0.9 },
  {
    name: 'share',
    fn: 'ratio',
    where: [{ column: 'event', op: '=', value: 'save' }],
    of: [{ column: 'department', op: 'is not blank' }],
  },
  { name: 'rate', fn: 'rate_per_user', where: [{ column: 'event', op: '!=', value: 'save' }] },
  { name: 'earliest', fn: 'first', column: 'minutes' },
  { name: 'latest', fn: 'last', column: 'minutes' },
].map((metric) => MetricDefinition.parse(metric));

const HEADER = ['at', 'key', 'who', 'mail', 'team', 'what', 'minutes', 'inviter', 'id', 'deal'] as const;
type Row = readonly string[];

const LINKS: readonly UsageLink[] = (
  [
    ['p1', 'acme', 'UTC', {}],
    ['p1', 'acme "EU"', 'UTC', { from: '2026-03-05' }],
    ['p2', 'acme', 'America/New_York', { to: '2026-03-30' }],
    ['p3', 'Acme', 'Asia/Tokyo', { filter: { column: 'department', value: 'Sales' } }],
    ['p4', '006000000000001', 'UTC', { by: 'stamp' }],
    ['p5', 'nowhere', 'UTC', {}],
  ] as const
).map(([pilotId, key, timeZone, more]) => ({
  pilotId,
  key,
  timeZone,
  source: 'usage',
  from: null,
  to: null,
  filter: null,
  ...more,
}));

const CONFIG = {
  columns: {
    event_time: 'at',
    usage_key: 'key',
    user_id: 'who',
    user_email: 'mail',
    department: 'team',
    event: 'what',
    invited_by: 'inviter',
    event_id: 'id',
    stamp: 'deal',
  },
  exclude: { user_domains: ['own.example'], users: ['svc-*', '[tT]est+?'], events: ['heartbeat'] },
};

/** Rows of every kind, good and bad, the same every time. */
function makeRows(count: number): Row[] {
  let state = 42;
  const pick = <T>(from: readonly T[]): T => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return from[Math.floor((state / 2_147_483_648) * from.length)]!;
  };
  const days = Array.from({ length: 38 }, (_, day) =>
    new Date(Date.UTC(2026, 2, 1 + day)).toISOString().slice(0, 10),
  );
  const hours = ['00:00:00Z', '03:30:00Z', '12:15:30.25Z', '22:59:59+05:30', '23:30:00-02'];
  return Array.from({ length: count }, (_, row) => {
    const who = pick(['anna', "o'neil", 'zoë', 'svc-1', 'test+x', 'ben', 'carl', 'dora']);
    return [
      `${pick(days)}${pick(['T', ' '])}${pick(hours)}`,
      pick(['acme', 'acme', 'Acme', ' acme "EU" ', 'stray']),
      who,
      pick([`${who}@acme.example`, `${who}@own.example`, '', `${who}@Gmail.COM`]),
      pick(['Sales', 'Care', '', ' ']),
      pick(['save', 'open', 'heartbeat', '']),
      pick(['', '1', '2.5', '3', '7', '-4', ' 5 ']),
      pick(['', 'anna']),
      pick([String(row), String(row), String(row % 50), '']),
      pick(['', '', '', '006000000000001AAA', 'other']),
    ];
  });
}

const BAD: readonly Partial<Record<(typeof HEADER)[number], string>>[] = [
  { at: '2026-02-30T10:00:00Z' },
  { at: '2025-02-29T10:00:00Z' },
  { at: '2026-03-09T25:00:00Z' },
  { at: 'infinity' },
  { at: 'yesterday' },
  { at: '1969-07-20T20:17:00Z' },
  { at: '2026-05-01T00:00:00Z' },
  { at: '2026-03-09T10:00:00' },
  { at: '' },
  { key: '  ' },
  { who: '' },
  { minutes: 'ten' },
  { minutes: 'NaN' },
  { minutes: '1e999' },
  { key: '', who: '' },
];

const bad = (): Row[] => {
  const good: Row = ['2026-03-09T10:00:00Z', 'acme', 'anna', '', 'Sales', 'save', '1', '', '', ''];
  return BAD.map((change) => HEADER.map((name, index) => change[name] ?? good[index]!));
};

async function fill(table: string, rows: readonly Row[], types: Partial<Record<string, string>> = {}) {
  const columns = HEADER.map((name) => `"${name}" ${types[name] ?? 'text'}`);
  await cluster.run(`CREATE TABLE ${table} (${columns.join(', ')})`);
  const values = HEADER.map((name, index) => {
    const given = `NULLIF(x.c${index}, '')`;
    return types[name] === undefined ? `x.c${index}` : `${given}::${types[name]}`;
  });
  const arrays = HEADER.map((_, index) => `$${index + 1}::text[]`);
  const names = HEADER.map((_, index) => `c${index}`);
  await cluster.rows(
    `INSERT INTO ${table} SELECT ${values.join(', ')} FROM unnest(${arrays.join(', ')}) AS x(${names.join(', ')})`,
    HEADER.map((_, index) => rows.map((row) => row[index]!)),
  );
}

function csv(rows: readonly Row[]): string {
  const quote = (text: string) => `"${text.replaceAll('"', '""')}"`;
  return folder.write('usage.csv', [HEADER, ...rows].map((row) => row.map(quote).join(',')).join('\n'));
}

/** What two sources on the same rows must agree on; where a rejected row stands they say each in their own way. */
function comparable({ rejectedSample, rejectFile, ...summary }: ReadSummary) {
  const reasons = rejectedSample.map(({ reason }) => reason.replace(/ \(.*\)$/, '')).toSorted();
  return { ...summary, reasons, hasRejectFile: rejectFile !== null };
}

describe('a table in PostgreSQL gives the facts of the same rows in a file', () => {
  const request = { links: LINKS, now: NOW };
  const open = (table: string, config: object) =>
    openTable(cluster, table, { ...CONFIG, ...config }, { metrics: METRICS, rejectFolder: folder.path });

  it('with text columns, good and bad rows, exclusions, repeats, stamps, filters, windows and zones', async () => {
    const rows = [...makeRows(3000), ...bad()];
    await fill('events', rows);
    const wanted = await collect(folder.open([csv(rows)], CONFIG, { metrics: METRICS }), request);
    const found = await collect(open('events', {}), request);
    assert.deepEqual(found.facts, wanted.facts);
    assert.deepEqual(comparable(found.summary), comparable(wanted.summary));
    assert.equal(wanted.facts.length, 4);
    assert.equal(wanted.summary.rejected, BAD.length);
    assert.deepEqual(Object.keys(wanted.summary.excluded).sort(), [
      'events',
      'repeated event_id',
      'user_domains',
      'users',
    ]);
  });

  it('with typed columns', async () => {
    const rows = makeRows(2000);
    await fill('typed', rows, { at: 'timestamptz', minutes: 'numeric(9,2)', id: 'integer' });
    const wanted = await collect(folder.open([csv(rows)], CONFIG, { metrics: METRICS }), request);
    const found = await collect(open('typed', {}), request);
    assert.deepEqual(found.facts, wanted.facts);
    assert.deepEqual(comparable(found.summary), comparable(wanted.summary));
  });
});
