import type { Engine } from '../engine/engine.ts';
import { metricParts } from './metric-partials.ts';
import {
  eventColumn,
  filterColumn,
  isUsed,
  partColumn,
  watchedEvents,
  type UsageShape,
} from './usage-table.ts';

/**
 * Adds `usage` up to the small table `key_day`, a row per file, key and day, from which everything is read that does
 * not need people. Metrics that keep lists of values stay in `usage`, where a batch of pilots at a time reads them.
 */
export async function createKeyDays(engine: Engine, shape: UsageShape): Promise<void> {
  const { config, metrics, filters, zones } = shape;
  const isOneZone = zones.names.length === 1;
  const groups = [
    'file',
    'problem',
    'excluded',
    '"key"',
    '"day"',
    ...(isOneZone ? [] : ['is_main', 'zone_no', 'source_day']),
    `${isUsed(config)} AS is_used`,
    ...filters.map(filterColumn),
  ];
  const aggregates = [
    ...(isOneZone ? ['true AS is_main', '0 AS zone_no'] : []),
    'count(*) AS user_days',
    'sum("rows")::BIGINT AS "rows"',
    'sum(n)::BIGINT AS n',
    'max(last_t) AS last_t',
    ...(config.grain === 'account-day' ? ['sum(active_users) AS active_users'] : []),
    ...watchedEvents(metrics).map((_, index) => `sum(${eventColumn(index)}) AS ${eventColumn(index)}`),
    ...(hasLists(shape) ? [] : dayParts(shape).map(({ sql, name }) => `${sql} AS ${name}`)),
  ];
  await engine.run(`CREATE OR REPLACE TABLE key_day AS SELECT ${[...groups, ...aggregates].join(', ')}
    FROM usage GROUP BY ${groups.map((_, index) => index + 1).join(', ')}`);
}

/** The table that holds the parts of metrics by day. */
export function partsTable(shape: UsageShape): 'usage' | 'key_day' {
  return hasLists(shape) ? 'usage' : 'key_day';
}

/** The parts of all metrics, added up over a day; adding up such sums again gives the same. */
export function dayParts({ metrics }: UsageShape): { readonly sql: string; readonly name: string }[] {
  return metrics.flatMap((metric, number) =>
    metricParts(metric).map(({ day }, part) => {
      const name = partColumn(number, part);
      return { sql: day(name), name };
    }),
  );
}

function hasLists({ metrics }: UsageShape): boolean {
  return metrics.some((metric) => metricParts(metric).some(({ isList }) => isList));
}
