import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { collect } from '../contract.ts';
import { makeTestFolder, TEST_SECRET } from '../test-folder.ts';
import { postgresSource } from './postgres-source.ts';
import { PostgresSourceConfig } from './postgres-source-config.ts';
import { startTestCluster, type TestCluster } from './test-cluster.ts';
import { openTable } from './test-tables.ts';
import { globPattern } from './typed-table.ts';

const folder = makeTestFolder();
let cluster: TestCluster;
before(async () => {
  cluster = await startTestCluster();
  await cluster.run(
    'CREATE TABLE few (event_time timestamptz, usage_key text, user_id text, department text)',
    `INSERT INTO few VALUES ('2026-03-09 09:00Z', 'a', 'anna', 'Sales')`,
    'CREATE TABLE nobody_s AS SELECT * FROM few',
    'CREATE TABLE empty (LIKE few)',
    `CREATE ROLE stranger LOGIN`,
    'CREATE SCHEMA "Load ""state"""',
    'CREATE TABLE "Load ""state"""."the loads" (until date)',
    `INSERT INTO "Load ""state"""."the loads" VALUES ('2026-03-08'), ('2026-03-12')`,
    'CREATE TABLE local_times (event_time timestamp, usage_key text, user_id text, department text)',
    'CREATE TABLE numbers (event_time bigint, usage_key text, user_id text, department text)',
    `INSERT INTO numbers SELECT 1773046800000 + i, 'a', 'user-' || i, NULL FROM generate_series(1, 3) i`,
    'CREATE TABLE days (day date, account text, active numeric, hits integer)',
    `INSERT INTO days VALUES ('2026-03-09', 'a', 4, 9), ('2026-03-10', 'a', 2, 3), ('infinity', 'a', 1, 1),
      ('2026-03-10', 'a', 1.5, 1), ('2026-03-10', 'a', 1, -1)`,
  );
});
after(async () => {
  await cluster.stop();
  folder.remove();
});

const options = { rejectFolder: folder.path };
const link = {
  pilotId: 'p1',
  source: 'usage',
  key: 'a',
  from: null,
  to: null,
  filter: null,
  timeZone: 'UTC',
};
const request = { links: [link], now: new Date('2026-03-20T12:00:00Z') };
type Changes = Parameters<typeof openTable>[2];
const read = (table: string, config: Changes = {}) =>
  collect(openTable(cluster, table, config, options), request);

describe('a source in PostgreSQL refuses as a whole', () => {
  const cases: readonly {
    readonly name: string;
    readonly table?: string;
    readonly config?: Changes;
    readonly code: string;
    readonly message: RegExp;
  }[] = [
    { name: 'a missing table', table: 'Few', code: 'SOURCE_NOT_FOUND', message: /public\.Few/ },
    {
      name: 'a missing database',
      config: { database: 'x' },
      code: 'SOURCE_NOT_FOUND',
      message: /"x" does not exist/,
    },
    {
      name: 'a missing column',
      config: { columns: { user_id: 'login' } },
      code: 'SOURCE_COLUMNS',
      message: /public\.few has no column login/,
    },
    { name: 'a missing row_id', config: { row_id: 'id' }, code: 'SOURCE_COLUMNS', message: /no column id/ },
    { name: 'an unknown user', config: { user: 'nobody' }, code: 'SOURCE_REFUSED', message: /nobody/ },
    {
      name: 'a table it may not read',
      config: { user: 'stranger' },
      code: 'SOURCE_REFUSED',
      message: /denied/,
    },
    {
      name: 'a server that is not there',
      config: { port: 1 },
      code: 'SOURCE_UNREACHABLE',
      message: /cannot be used/,
    },
    {
      name: 'a table without a row',
      table: 'empty',
      code: 'SOURCE_EMPTY',
      message: /public\.empty has no row/,
    },
    {
      name: 'local times without a zone',
      table: 'local_times',
      code: 'SOURCE_COLUMNS',
      message: /event_time is a time without a zone/,
    },
    { name: 'numbers as times', table: 'numbers', code: 'SOURCE_COLUMNS', message: /event_time is a number/ },
    {
      name: 'a setting that does not exist',
      config: { settings: { no_such_setting: 'on' } },
      code: 'SOURCE_ENGINE',
      message: /no_such_setting/,
    },
  ];
  for (const { name, table = 'few', config, code, message } of cases)
    it(name, async () => {
      await assert.rejects(read(table, config), (error: Error & { code: string; actions: string[] }) => {
        assert.equal(error.code, code, error.message);
        assert.match(error.message, message);
        assert.ok(error.actions.length > 0);
        return true;
      });
    });

  it('a password that is nowhere, and never says one', async () => {
    const config = PostgresSourceConfig.parse({
      name: 'usage',
      kind: 'postgres',
      host: cluster.host,
      database: 'postgres',
      user: 'pilot',
      table: 'few',
      ssl: 'disable',
      columns: { user_id: 'user_id' },
    });
    const source = postgresSource(config, { secret: TEST_SECRET, ...options }, { OTHER: 'top secret' });
    await assert.rejects(source.check(), { code: 'SOURCE_SECRET', message: /PGPASSWORD is not set/ });
  });

  it('a statement that takes too long', async () => {
    await cluster.run(`CREATE VIEW slow AS SELECT * FROM few WHERE pg_sleep(5) IS NOT NULL`);
    await assert.rejects(read('slow', { statement_timeout_minutes: 0.01 }), {
      code: 'SOURCE_TIMEOUT',
      message: /statement timeout/,
    });
  });
});

describe('a source in PostgreSQL', () => {
  it('stops in the middle of a query when told to, and leaves no session', async () => {
    await cluster.run(`CREATE VIEW stuck AS SELECT * FROM few WHERE pg_sleep(2) IS NOT NULL`);
    const stop = new AbortController();
    const reading = collect(openTable(cluster, 'stuck', {}, options), { ...request, signal: stop.signal });
    setTimeout(() => stop.abort(), 300);
    await assert.rejects(reading, { name: 'AbortError' });
    await sleep(2500);
    const left = await cluster.rows(
      `SELECT 1 FROM pg_stat_activity WHERE application_name = 'pilot-tracker'`,
    );
    assert.equal(left.length, 0);
  });

  it('cannot write, whatever a view does', async () => {
    await cluster.run(
      `CREATE FUNCTION writes() RETURNS int LANGUAGE sql AS 'INSERT INTO few SELECT * FROM few RETURNING 1'`,
      'CREATE VIEW sly AS SELECT * FROM few WHERE writes() = 1',
    );
    await assert.rejects(read('sly'), { code: 'SOURCE_ENGINE', message: /read-only transaction/ });
  });

  it('quotes what is configured: a schema with a quote, a table with a blank', async () => {
    const table = { schema: 'Load "state"', table: 'the loads', column: 'until' };
    const { summary } = await read('few', { loaded_through: table });
    assert.equal(summary.completeThrough, '2026-03-13T00:00:00.000Z');
    const evil = { ...table, column: 'until") FROM few; DROP TABLE few; --' };
    await assert.rejects(read('few', { loaded_through: evil }), {
      code: 'SOURCE_ENGINE',
      message: /does not exist/,
    });
    assert.equal((await cluster.rows('SELECT 1 FROM few')).length, 1);
  });

  it('reads milliseconds since 1970', async () => {
    const { facts } = await read('numbers', { time_format: 'epoch_ms' });
    assert.deepEqual(
      facts[0]?.days.map(({ day, events }) => [day, events]),
      [['2026-03-09', 3]],
    );
  });

  it('reads days of accounts and names the rows it cannot use', async () => {
    const { facts, summary } = await read('days', {
      grain: 'account-day',
      columns: { event_time: 'day', usage_key: 'account', active_users: 'active', events: 'hits' },
    });
    assert.deepEqual(
      facts[0]?.days.map(({ day, events, activeUsers }) => [day, events, activeUsers]),
      [
        ['2026-03-09', 9, 4],
        ['2026-03-10', 3, 2],
      ],
    );
    assert.equal(summary.rejected, 3);
    assert.deepEqual(summary.rejectedSample.map(({ file, reason }) => `${file}: ${reason}`).toSorted(), [
      'public.days: active is not a whole number of 0 or more (account a, day 2026-03-10)',
      'public.days: day is not a day of the calendar (account a, day infinity)',
      'public.days: hits is not a whole number of 0 or more (account a, day 2026-03-10)',
    ]);
  });

  it('takes globs as the file source does', () => {
    assert.equal(globPattern('svc-*'), '^svc-.*$');
    assert.equal(globPattern('a.b+?[xy]'), '^a\\.b\\+.[xy]$');
    assert.equal(globPattern('[!a]('), '^[^a]\\($');
  });
});
