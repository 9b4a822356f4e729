import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { UsageLink } from '../../domain/facts.ts';
import { collect } from '../contract.ts';
import { addDays } from '../facts/calendar-day.ts';
import { makeTestFolder } from '../test-folder.ts';
import { readSince } from './read-since.ts';
import { startTestCluster, type TestCluster } from './test-cluster.ts';
import { explainRead, openTable } from './test-tables.ts';

const NOW = new Date('2026-03-31T12:00:00Z');
const link = (from: string | null, more: Partial<UsageLink> = {}): UsageLink => ({
  pilotId: 'p1',
  source: 'usage',
  key: 'a',
  from,
  to: null,
  filter: null,
  timeZone: 'UTC',
  ...more,
});

describe('a read begins', () => {
  for (const { name, links, since } of [
    { name: 'nine weeks and a month back without links', links: [], since: '2025-12-28' },
    { name: 'there too when every window is younger', links: [link('2026-03-20')], since: '2025-12-28' },
    {
      name: 'a month before the oldest window',
      links: [link('2026-03-20'), link('2025-11-30')],
      since: '2025-10-31',
    },
    { name: 'at the beginning when a window is open', links: [link('2025-11-30'), link(null)], since: null },
  ])
    it(name, () => assert.equal(readSince(links, NOW), since));
});

describe('five years of a table', () => {
  const folder = makeTestFolder();
  const options = { rejectFolder: folder.path };
  const request = { links: [link('2026-03-09', { to: '2026-03-20' })], now: NOW };
  const COLUMNS = 'event_time timestamptz, usage_key text, user_id text, department text';
  /** So many events a day, of two workspaces, and one row without a time. */
  const rows = (perDay: number) => `SELECT timestamptz '2021-04-01 00:00Z' + i * interval '1 day' / ${perDay},
      CASE i % 2 WHEN 0 THEN 'a' ELSE 'old' END, 'user-' || i % 7, NULL FROM generate_series(0, ${perDay} * 1825) i
    UNION ALL SELECT NULL, 'a', 'nobody', NULL`;
  let cluster: TestCluster;
  before(async () => {
    cluster = await startTestCluster();
    await cluster.run(
      `CREATE TABLE indexed (${COLUMNS})`,
      `INSERT INTO indexed ${rows(50)}`,
      'CREATE INDEX ON indexed (event_time)',
      `CREATE TABLE monthly (${COLUMNS}) PARTITION BY RANGE (event_time)`,
      'CREATE TABLE monthly_rest PARTITION OF monthly DEFAULT',
    );
    for (let month = 0; month < 61; month++) {
      const first = (at: number) => new Date(Date.UTC(2021, 3 + at, 1)).toISOString().slice(0, 10);
      const name = `monthly_${first(month).slice(0, 7).replace('-', '_')}`;
      await cluster.run(
        `CREATE TABLE ${name} PARTITION OF monthly FOR VALUES FROM ('${first(month)} 00:00Z') TO ('${first(month + 1)} 00:00Z')`,
      );
    }
    await cluster.run(`INSERT INTO monthly ${rows(4)}`, 'ANALYZE indexed', 'ANALYZE monthly');
  });
  after(async () => {
    await cluster.stop();
    folder.remove();
  });

  it('are not read where an index is on the time', async () => {
    const plan = await explainRead(cluster, 'indexed', {}, request);
    assert.match(plan, /Index Cond: \(.*event_time >= '2025-12-28/);
    assert.doesNotMatch(plan, /Seq Scan on public\.indexed/);
    const open = await explainRead(cluster, 'indexed', {}, { ...request, links: [link(null)] });
    assert.match(open, /Seq Scan on public\.indexed/);
  });

  it('are not read where the table is partitioned by time', async () => {
    const partitions = (plan: string) =>
      [...plan.matchAll(/Scan on public\.(monthly_\w+)/g)].map(([, name]) => name);
    const plan = partitions(await explainRead(cluster, 'monthly', {}, request));
    assert.deepEqual(plan.toSorted(), [
      'monthly_2025_12',
      'monthly_2026_01',
      'monthly_2026_02',
      'monthly_2026_03',
      'monthly_2026_04',
      'monthly_rest',
    ]);
    const open = await explainRead(cluster, 'monthly', {}, { ...request, links: [link(null)] });
    assert.equal(partitions(open).length, 62);
  });

  for (const table of ['indexed', 'monthly'])
    it(`give the facts of a full read: ${table}`, async () => {
      const read = (links: readonly UsageLink[]) =>
        collect(openTable(cluster, table, {}, options), { ...request, links });
      const found = await read(request.links);
      // A second link without a beginning makes the source read everything.
      const whole = await read([...request.links, link(null, { pilotId: 'p2', key: 'old' })]);
      assert.deepEqual(found.facts, [whole.facts[0]]);
      assert.equal(found.facts[0]?.days.length, 12);
      assert.equal(found.summary.completeThrough, whole.summary.completeThrough);
      assert.equal(found.summary.rejected, 1);
      assert.match(found.summary.rejectedSample[0]!.reason, /event_time is empty/);
      assert.ok(whole.summary.read > 10 * found.summary.read, `${whole.summary.read} ${found.summary.read}`);
      assert.equal(found.summary.unlinked[0]?.firstDay, '2025-12-28');
    });

  it('keep the first moment of a window in every zone, whatever the column’s type', async () => {
    for (const timeZone of ['Pacific/Kiritimati', 'Etc/GMT+12'])
      for (const [type, config] of [
        ['timestamptz', {}],
        ['timestamp', { time_zone: 'Etc/GMT+12' }],
        ['timestamp', { time_zone: 'Pacific/Kiritimati' }],
        ['bigint', { time_format: 'epoch_s' }],
      ] as const) {
        const from = '2025-06-01';
        const zone = 'time_zone' in config ? config.time_zone : 'UTC';
        const moment = `(timestamp '${from} 00:00' AT TIME ZONE '${timeZone}')`;
        const value = {
          timestamptz: moment,
          timestamp: `${moment} AT TIME ZONE '${zone}'`,
          bigint: `extract(epoch FROM ${moment})`,
        }[type];
        await cluster.run(
          'DROP TABLE IF EXISTS edge',
          `CREATE TABLE edge AS SELECT (${value})::${type} AS event_time, 'a' AS usage_key, 'u' AS user_id, 'd' AS department`,
        );
        const links = [link(from, { timeZone })];
        const { facts } = await collect(openTable(cluster, 'edge', config, options), { links, now: NOW });
        assert.deepEqual(
          facts[0]?.days.map(({ day }) => day),
          [from],
          `${type} ${timeZone} ${zone}`,
        );
      }
  });

  it('without a row in the part that is read are an empty source, never no usage', async () => {
    await cluster.run(
      `CREATE TABLE ended AS SELECT * FROM indexed WHERE event_time < '${addDays('2025-12-28', -1)}'`,
    );
    await assert.rejects(collect(openTable(cluster, 'ended', {}, options), request), {
      code: 'SOURCE_EMPTY',
      message: 'public.ended has no row since 2025-12-28, where the read begins.',
    });
  });
});
