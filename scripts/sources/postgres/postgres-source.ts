import type { SourceOptions } from '../source-options.ts';
import { readUsage } from '../read-usage.ts';
import type { UsageSource } from '../source.ts';
import { eventColumns } from '../facts/event-columns.ts';
import { checkColumns } from '../files/check-columns.ts';
import { openPostgresData } from './postgres-data.ts';
import { PostgresSession, type Environment } from './postgres-session.ts';
import type { PostgresSourceConfig } from './postgres-source-config.ts';
import { readSince } from './read-since.ts';

/** A usage source made of a table in PostgreSQL, or in an engine that speaks as it does. */
export function postgresSource(
  config: PostgresSourceConfig,
  options: SourceOptions,
  environment: Environment,
): UsageSource {
  const { secret, rejectFolder, metrics = [], memoryLimitMb = 1024 } = options;
  return {
    name: config.name,
    async check() {
      const session = await PostgresSession.open(config, environment, undefined);
      try {
        const table = await session.columns(config.schema, config.table);
        const names = table.map(({ name }) => name);
        checkColumns(`${config.schema}.${config.table}`, names, config, eventColumns(config, metrics, []));
      } finally {
        await session.close();
      }
    },
    read(request) {
      const own = request.links.filter(({ source }) => source === config.name);
      const since = readSince(own, request.now);
      return readUsage(config, request, { secret, rejectFolder, metrics, memoryLimitMb }, (how) =>
        openPostgresData(config, environment, how, since),
      );
    },
    async close() {},
  };
}
