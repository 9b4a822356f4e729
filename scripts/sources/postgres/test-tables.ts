import type { z } from 'zod';
import type { ContractEvent, ContractSubject } from '../contract.ts';
import type { SourceOptions } from '../source-options.ts';
import type { UsageSource } from '../source.ts';
import { TEST_SECRET } from '../test-folder.ts';
import { postgresSource } from './postgres-source.ts';
import { PostgresSourceConfig } from './postgres-source-config.ts';
import type { TestCluster } from './test-cluster.ts';

type Input = z.input<typeof PostgresSourceConfig>;

/** Opens a source on a table of a test's cluster. */
export function openTable(
  cluster: TestCluster,
  table: string,
  config: Partial<Input> = {},
  options: Partial<SourceOptions> & { readonly rejectFolder: string },
): UsageSource {
  const parsed = PostgresSourceConfig.parse({
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
  return postgresSource(parsed, { secret: TEST_SECRET, ...options }, {});
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
