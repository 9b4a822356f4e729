import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import type { UsageLink } from '../../domain/facts.ts';
import { collect } from '../contract.ts';
import { MetricDefinition } from '../metric-definition.ts';
import { makeTestFolder } from '../test-folder.ts';
import { startTestCluster, type TestCluster } from './test-cluster.ts';
import { explainRead, openTable } from './test-tables.ts';

const folder = makeTestFolder();
let clusters: readonly TestCluster[] = [];
after(async () => {
  for (const cluster of clusters) await cluster.stop();
  folder.remove();
});

const NOW = new Date('2026-04-10T00:00:00Z');
const COLUMNS =
  'event_time timestamptz, usage_key text NOT NULL, user_id text, department text, event text, minutes float8';
const ROWS = `SELECT timestamptz '2026-03-01 00:00Z' + i * interval '9 minutes',
    'workspace-' || i % 23, 'user-' || i % 101, CASE i % 3 WHEN 0 THEN 'Sales' WHEN 1 THEN 'Care' END,
    CASE i % 4 WHEN 0 THEN 'save' WHEN 1 THEN 'heartbeat' ELSE 'open' END, (i % 40) / 2.0
  FROM generate_series(1, 6000) i`;

// Two clusters hold a half of the keys each; the first also has the database that sees both through postgres_fdw.
before(async () => {
  clusters = await Promise.all([startTestCluster(), startTestCluster()]);
  const [front] = clusters;
  await front!.run(
    'CREATE EXTENSION postgres_fdw',
    `CREATE TABLE whole (${COLUMNS})`,
    `INSERT INTO whole ${ROWS}`,
    `CREATE TABLE events (${COLUMNS}) PARTITION BY HASH (usage_key)`,
  );
  for (const [number, cluster] of clusters.entries()) {
    await cluster.run(`CREATE SCHEMA shard`, `CREATE TABLE shard.events (${COLUMNS})`);
    await front!.run(
      `CREATE SERVER shard_${number} FOREIGN DATA WRAPPER postgres_fdw
        OPTIONS (host '${cluster.host}', port '${cluster.port}', dbname 'postgres', async_capable 'true', use_remote_estimate 'true', batch_size '1000')`,
      `CREATE USER MAPPING FOR CURRENT_USER SERVER shard_${number} OPTIONS (user '${cluster.user}')`,
      `CREATE FOREIGN TABLE events_${number} PARTITION OF events FOR VALUES WITH (MODULUS 2, REMAINDER ${number})
        SERVER shard_${number} OPTIONS (schema_name 'shard', table_name 'events')`,
    );
  }
  await front!.run(
    'INSERT INTO events SELECT * FROM whole',
    'ANALYZE events_0',
    'ANALYZE events_1',
    'ANALYZE events',
  );
});

const METRICS = [
  { name: 'saves', fn: 'count', where: [{ column: 'event', op: '=', value: 'save' }] },
  { name: 'middle', fn: 'median', column: 'minutes' },
  { name: 'teams', fn: 'distinct', column: 'department' },
  { name: 'share', fn: 'ratio', where: [{ column: 'event', op: 'in', value: ['save'] }], of: [] },
].map((metric) => MetricDefinition.parse(metric));
const ZONES = ['UTC', 'America/New_York', 'Asia/Tokyo'];
const LINKS: readonly UsageLink[] = Array.from({ length: 20 }, (_, index) => ({
  pilotId: `p${index}`,
  source: 'usage',
  key: `workspace-${index}`,
  from: '2026-03-04',
  to: null,
  filter: index % 5 === 0 ? { column: 'department', value: 'Sales' } : null,
  timeZone: ZONES[index % 3]!,
}));
const CONFIG = {
  columns: { user_id: 'user_id', department: 'department', event: 'event' },
  exclude: { users: ['user-7*'], events: ['heartbeat'] },
};
const SETTINGS = { settings: { enable_partitionwise_aggregate: 'on' } };

it('the shards group their own rows and give the facts of one table', async () => {
  const options = { metrics: METRICS, rejectFolder: folder.path };
  const request = { links: LINKS, now: NOW };
  const wanted = await collect(openTable(clusters[0]!, 'whole', CONFIG, options), request);
  const found = await collect(
    openTable(clusters[0]!, 'events', { ...CONFIG, ...SETTINGS }, options),
    request,
  );
  assert.deepEqual(found.facts, wanted.facts);
  assert.deepEqual(found.summary, wanted.summary);
  assert.equal(found.facts.length, 20);
  const held = await Promise.all(
    clusters.map((cluster) => cluster.rows('SELECT count(*)::int AS n FROM shard.events')),
  );
  assert.ok(
    held.every(([row]) => Number(row!['n']) > 1000),
    JSON.stringify(held),
  );
});

const planOf = (more: object) =>
  explainRead(clusters[0]!, 'events', { ...CONFIG, ...more }, { links: LINKS, now: NOW, metrics: METRICS });

const aggregates = (plan: string) =>
  [...plan.matchAll(/Relations: Aggregate on \(public\.events_\d/g)].length;
const grouped = (plan: string) => [...plan.matchAll(/Remote SQL: SELECT .* GROUP BY /g)].length;

it('the plan has an aggregate on each shard, also for pilots in other zones', async () => {
  const plan = await planOf(SETTINGS);
  assert.equal(aggregates(plan), 2, plan);
  assert.equal(grouped(plan), 2, plan);
});

it('without enable_partitionwise_aggregate the rows travel, which the plan shows', async () => {
  const plan = await planOf({});
  assert.equal(aggregates(plan), 0, plan);
  assert.match(plan, /Foreign Scan on public\.events_0/);
});
