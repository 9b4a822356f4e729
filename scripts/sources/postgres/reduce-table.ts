import { literal } from '../engine/sql.ts';
import { textColumn } from '../facts/event-columns.ts';
import { metricParts } from '../facts/metric-partials.ts';
import {
  eventColumn,
  filterColumn,
  partColumn,
  watchedEvents,
  type UsageShape,
} from '../facts/usage-shape.ts';

// extract() of a timestamptz, exact to the microsecond.
const MOMENT = '(extract(epoch FROM t) * 1000000)::float8';
const DAY_MOMENT = `(extract(epoch FROM "day"::timestamp) * 1000000)::float8`;

export const INVITED_AT = 'invited_at';
export const INVITER = 'inviters';

/**
 * The grouping of typed rows to one row per key, user and day inside the database, in the columns that `foldUserDays` takes.
 * A key that lives in n zones is read in n levels: the first gives its main rows, each further one a second copy.
 */
export function reduceTable(shape: UsageShape, typed: string, level: number): string {
  const { config, metrics, filters, zones } = shape;
  const isOneZone = zones.names.length === 1;
  const groups = [
    // By the raw key too: only with the partition's own column may shards group without each other.
    ['raw_key', 'raw_key'],
    ['CASE WHEN problem IS NOT NULL THEN true END', 'problem'],
    ['excluded', 'excluded'],
    ['"key"', '"key"'],
    ...(isOneZone ? [] : [[zoneNumbers(shape, level), 'zone_no']]),
    [localDay(shape, level), '"day"'],
    ...(isOneZone ? [] : [[inZone(shape, zones.names[0]!), 'source_day']]),
    ['user_id', 'user_id'],
    ...(config.columns.department === undefined ? [] : [['department', 'department']]),
    ...filters.map((name) => [textColumn(name), filterColumn(name)]),
  ] as const;
  const isEvent = config.grain === 'event';
  const aggregates = [
    'count(*) AS "rows"',
    'sum(n) AS n',
    ...(isEvent ? ['max(t) AS moment'] : []),
    ...(config.grain === 'account-day' ? ['sum(active_users) AS active_users'] : []),
    ...(config.columns.user_email === undefined ? [] : ['max(address) AS address']),
    ...(config.columns.invited_by === undefined ? [] : invitation(isEvent)),
    ...watchedEvents(metrics).map(
      (event, index) =>
        `sum(n) FILTER (WHERE ${textColumn('event')} = ${literal(event)}) AS ${eventColumn(index)}`,
    ),
    ...metrics.flatMap((metric, number) =>
      metricParts(metric, isEvent ? MOMENT : DAY_MOMENT).map(
        ({ row }, part) => `${row} AS ${partColumn(number, part)}`,
      ),
    ),
  ];
  const listed = groups.map(([sql, name]) => `${sql} AS ${name}`);
  return `SELECT ${[...listed, ...aggregates].join(', ')} FROM (${typed}) r${levelFilter(shape, level)}
    GROUP BY ${groups.map((_, index) => index + 1).join(', ')}`;
}

/** How many levels it takes: the largest number of zones that one key has. */
export function levelsOf({ zones }: UsageShape): number {
  return Math.max(1, ...[...zones.ofKey.values()].map(({ length }) => length));
}

function invitation(isEvent: boolean): string[] {
  const moment = isEvent ? 't' : '"day"';
  const isKnown = 'FILTER (WHERE invited_by IS NOT NULL)';
  return [
    `min(${moment}) ${isKnown} AS ${INVITED_AT}`,
    `array_agg(invited_by ORDER BY ${moment}, invited_by) ${isKnown} AS ${INVITER}`,
  ];
}

function keysByZone({ zones }: UsageShape, level: number): Map<number, string[]> {
  const keys = new Map<number, string[]>();
  for (const [key, numbers] of zones.ofKey) {
    const number = numbers[level];
    if (number === undefined || (level === 0 && number === 0)) continue;
    keys.set(number, [...(keys.get(number) ?? []), key]);
  }
  return keys;
}

const listOf = (keys: readonly string[]) => keys.map(literal).join(', ');

function levelFilter(shape: UsageShape, level: number): string {
  if (level === 0) return '';
  const keys = [...keysByZone(shape, level).values()].flat();
  return ` WHERE "key" IN (${listOf(keys)})`;
}

function zoneNumbers(shape: UsageShape, level: number): string {
  const cases = [...keysByZone(shape, level)].map(
    ([number, keys]) => `WHEN "key" IN (${listOf(keys)}) THEN ${number}`,
  );
  return cases.length === 0 ? '0' : `CASE ${cases.join(' ')} ELSE 0 END`;
}

function localDay(shape: UsageShape, level: number): string {
  const { names } = shape.zones;
  const cases = [...keysByZone(shape, level)].map(
    ([number, keys]) => `WHEN "key" IN (${listOf(keys)}) THEN ${inZone(shape, names[number]!)}`,
  );
  const own = inZone(shape, names[0]!);
  return cases.length === 0 ? own : `CASE ${cases.join(' ')} ELSE ${own} END`;
}

/**
 * The calendar day of an instant. postgres_fdw ships no text constant as an argument, because of its collation, so UTC
 * is written as an interval, and another zone as a value that might be the key's (deparse.c of Postgres 15,
 * foreign_expr_walker: a CASE takes the collation of its columns).
 */
function inZone({ config }: UsageShape, zone: string): string {
  if (config.grain !== 'event') return '"day"';
  if (zone === 'UTC') return "(t AT TIME ZONE INTERVAL '0')::date";
  return `(t AT TIME ZONE (CASE WHEN t IS NULL THEN "key" ELSE ${literal(zone)} END))::date`;
}
