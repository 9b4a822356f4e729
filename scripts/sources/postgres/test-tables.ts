import type { z } from 'zod';
import type { ContractEvent, ContractSubject } from '../contract.ts';
import { eventColumns } from '../facts/event-columns.ts';
import { zonesOf } from '../facts/usage-shape.ts';
import type { MetricDefinition } from '../metric-definition.ts';
import type { SourceOptions } from '../source-options.ts';
import type { UsageRequest, UsageSource } from '../source.ts';
import { TEST_SECRET } from '../test-folder.ts';
import { PostgresSession } from './postgres-session.ts';
import { postgresSource } from './postgres-source.ts';
import { PostgresSourceConfig } from './postgres-source-config.ts';
import { readSince } from './read-since.ts';
import { reduceTable } from './reduce-table.ts';
import type { TestCluster } from './test-cluster.ts';
import { typedTable } from './typed-table.ts';

type Input = z.input<typeof PostgresSourceConfig>;

function configOf(cluster: TestCluster, table: string, config: Partial<Input>): PostgresSourceConfig {
  return PostgresSourceConfig.parse({
    name: 'usage',
    kind: 'postgres',
    host: cluster.host,
    port: cluster.port,
    database: 'postgres',
    user: cluster.user,
    password_env: null,
    ssl: 'disable',
    table,
    columns: { user_id: 'user_id', department: 'department' },
    lag_hours: 0,
    ...config,
  });
}

/** Opens a source on a table of a test's cluster. */
export function openTable(
  cluster: TestCluster,
  table: string,
  config: Partial<Input> = {},
  options: Partial<SourceOptions> & { readonly rejectFolder: string },
): UsageSource {
  return postgresSource(configOf(cluster, table, config), { secret: TEST_SECRET, ...options }, {});
}

/** The plan of what a source of the table would ask, as text. */
export async function explainRead(
  cluster: TestCluster,
  table: string,
  config: Partial<Input>,
  asked: Pick<UsageRequest, 'links' | 'now'> & { readonly metrics?: readonly MetricDefinition[] },
): Promise<string> {
  const { links, now, metrics = [] } = asked;
  const parsed = configOf(cluster, table, config);
  const session = await PostgresSession.open(parsed, {}, undefined);
  try {
    const columns = eventColumns(parsed, metrics, links);
    const filters = [...new Set(links.flatMap(({ filter }) => filter?.column ?? []))];
    const shape = { config: parsed, metrics, filters, zones: zonesOf(parsed, links), windowed: [] };
    const input = { config: parsed, columns, now, stamps: [] };
    const since = readSince(links, now);
    const typed = typedTable(parsed, input, await session.columns('public', table), since);
    const lines = await session.rows(`EXPLAIN (VERBOSE, COSTS OFF) ${reduceTable(shape, typed, 0)}`);
    return lines.map(([line]) => String(line)).join('\n');
  } finally {
    await session.close();
  }
}

/** Puts the clauses' events into tables of text columns, one table for each. */
export function tableSubject(cluster: TestCluster, rejectFolder: string): ContractSubject {
  let count = 0;
  return {
    async open(events: readonly ContractEvent[]) {
      const table = `contract_${++count}`;
      await cluster.run(
        `CREATE TABLE ${table} (event_time text, usage_key text, user_id text, department text)`,
      );
      for (const { event_time, usage_key, user_id, department } of events)
        await cluster.rows(`INSERT INTO ${table} VALUES ($1, $2, $3, $4)`, [
          event_time,
          usage_key,
          user_id,
          department,
        ]);
      return openTable(cluster, table, {}, { rejectFolder });
    },
  };
}
