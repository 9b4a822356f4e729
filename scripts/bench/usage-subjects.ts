// What bench:sync compares, each run in a process of its own (`node usage-subjects.ts SUBJECT PILOTS FILE...`): it prints its
// CPU seconds, wall seconds, peak memory and what it counted, so that every subject proves that it did the work.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { FileSourceConfig } from '../sources/file-source-config.ts';
import { fileSource } from '../sources/file-source.ts';
import { MetricDefinition } from '../sources/metric-definition.ts';
import type { Measurement } from './run-subject.ts';
import { workspaceOf } from './usage-data.ts';

/** DuckDB's memory_limit for every subject; its process takes some 200 MB more. */
export const MEMORY_MB = 512;
// Columns of the generated data, typed as a person would write them down for DuckDB.
const TYPES =
  "{event_time: 'TIMESTAMPTZ', usage_key: 'VARCHAR', user_id: 'VARCHAR', department: 'VARCHAR', event: 'VARCHAR', minutes: 'DOUBLE'}";

type Counted = Pick<Measurement, 'events' | 'pilotDays'>;

const SUBJECTS = {
  /** The sync's usage stage, to the last fact of the last pilot. */
  stage: (paths: readonly string[], pilots: number) => stage(paths, pilots, null),
  /** The same with a cache in the folder that the environment names. */
  cached: (paths: readonly string[], pilots: number) =>
    stage(paths, pilots, process.env['PILOT_BENCH_CACHE']!),
  /** The least one can ask of DuckDB: events, users, features and minutes by pilot and day. */
  groupBy: (paths: readonly string[]) => query([daily(paths)]),
  /** The same, a file at a time; the counts agree where no day is in two files. */
  groupByFile: (paths: readonly string[]) => query(paths.map((path) => daily([path]))),
  /** Parsing all columns, nothing else. */
  parse: (paths: readonly string[]) =>
    query([
      `SELECT count(*)::DOUBLE AS "events", 0 AS "pilotDays", count(event_time), count(usage_key), count(user_id),
      count(department), count(event), count(minutes) FROM ${relation(paths)}`,
    ]),
} as const;
export type Subject = keyof typeof SUBJECTS;

function daily(paths: readonly string[]): string {
  return `SELECT sum(events)::DOUBLE AS "events", count(*)::DOUBLE AS "pilotDays", sum(users), sum(features), sum(total) FROM (
    SELECT usage_key, event_time::DATE AS "day", count(*) AS events, count(DISTINCT user_id) AS users,
      count(DISTINCT event) AS features, sum(minutes) AS total FROM ${relation(paths)} GROUP BY ALL)`;
}

function relation(paths: readonly string[]): string {
  const files = `[${paths.map((path) => `'${path}'`).join(', ')}]`;
  return paths[0]!.endsWith('.csv')
    ? `read_csv(${files}, header = true, columns = ${TYPES})`
    : `read_parquet(${files})`;
}

/** Runs the queries one after another and adds up what they counted. */
async function query(queries: readonly string[]): Promise<Counted> {
  const folder = mkdtempSync(join(tmpdir(), 'pilot-bench-'));
  const instance = await DuckDBInstance.create(':memory:', {
    memory_limit: `${MEMORY_MB}MB`,
    temp_directory: folder,
  });
  const counted = { events: 0, pilotDays: 0 };
  try {
    const connection = await instance.connect();
    await connection.run("SET TimeZone = 'UTC'");
    for (const sql of queries) {
      const [row] = (await connection.runAndReadAll(sql)).getRowObjectsJson();
      counted.events += Number(row!['events']);
      counted.pilotDays += Number(row!['pilotDays']);
    }
    connection.closeSync();
  } finally {
    instance.closeSync();
    rmSync(folder, { recursive: true, force: true });
  }
  return counted;
}

const METRICS = [
  { name: 'active_users', fn: 'distinct', column: 'user_id' },
  { name: 'used', fn: 'count', where: [{ column: 'event', op: '=', value: 'feature_7' }] },
].map((metric) => MetricDefinition.parse(metric));

async function stage(paths: readonly string[], pilots: number, cacheFolder: string | null): Promise<Counted> {
  const config = FileSourceConfig.parse({
    name: 'product',
    kind: 'files',
    paths,
    time_zone: 'UTC',
    columns: { user_id: 'user_id', department: 'department', event: 'event' },
    exclude: { events: ['heartbeat'], users: ['svc-*'] },
  });
  const source = fileSource(config, {
    secret: 'only generated people',
    rejectFolder: tmpdir(),
    cacheFolder,
    metrics: METRICS,
    memoryLimitMb: MEMORY_MB,
  });
  const zones = ['UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Tokyo'];
  const links = Array.from({ length: pilots }, (_, pilot) => ({
    pilotId: `p${pilot}`,
    source: 'product',
    key: workspaceOf(pilot),
    from: null,
    to: null,
    filter: null,
    timeZone: process.env['PILOT_BENCH_ZONES'] ? zones[pilot % zones.length]! : 'UTC',
  }));
  let events = 0;
  let pilotDays = 0;
  for await (const facts of source.read({ links, now: new Date('2026-11-22T00:00:00Z') })) {
    pilotDays += facts.days.length;
    for (const day of facts.days) events += day.events;
  }
  return { events, pilotDays };
}

if (import.meta.main) {
  const [subject, pilots, ...paths] = process.argv.slice(2);
  const startedMs = performance.now();
  const counted = await SUBJECTS[subject as Subject](paths, Number(pilots));
  const { user, system } = process.cpuUsage();
  const measurement: Measurement = {
    cpuSeconds: (user + system) / 1e6,
    wallSeconds: (performance.now() - startedMs) / 1000,
    peakMb: process.resourceUsage().maxRSS / 1024,
    ...counted,
  };
  process.stdout.write(`${JSON.stringify(measurement)}\n`);
}
