import type { UsageLink } from '../../domain/facts.ts';
import type { Engine } from '../engine/engine.ts';
import { literal } from '../engine/sql.ts';
import type { UsageConfig } from '../usage-config.ts';
import type { MetricDefinition } from '../metric-definition.ts';
import { domainOf } from './typed-rows.ts';
import { textColumn } from './event-columns.ts';
import { metricParts } from './metric-partials.ts';
import { namedEvents } from './named-events.ts';

/** Rows that count: read, believable, ours not; and not the second copy of a key that lives in two zones. */
export const ACCEPTED = 'problem IS NULL AND excluded IS NULL AND is_main';

/** How the rows of a source become the table `usage`: one row per file, key, user and day. */
export interface UsageShape {
  readonly config: UsageConfig;
  readonly metrics: readonly MetricDefinition[];
  /** Columns that a link filters by. */
  readonly filters: readonly string[];
  readonly zones: Zones;
}

/** Zones in which instants become days; the first is the source's own. */
export interface Zones {
  readonly names: readonly string[];
  /** Zone numbers of each key that has another zone than the source, or several. */
  readonly ofKey: ReadonlyMap<string, readonly number[]>;
}

export function zonesOf(config: UsageConfig, links: readonly UsageLink[]): Zones {
  const own = config.time_zone ?? 'UTC';
  const names = [
    ...new Set([own, ...(config.grain === 'event' ? links.map(({ timeZone }) => timeZone) : [])]),
  ];
  const byKey = Map.groupBy(links, ({ key }) => key);
  const ofKey = new Map(
    [...byKey].map(([key, same]) => [
      key,
      [...new Set(same.map((link) => zoneNumber(names, link.timeZone)))],
    ]),
  );
  return { names, ofKey: names.length === 1 ? new Map() : ofKey };
}

/** Daily grains have one zone, the source's. */
export function zoneNumber(names: readonly string[], timeZone: string): number {
  return Math.max(0, names.indexOf(timeZone));
}

/** Whether rows of the table count as use of the product. */
export function isUsed({ grain }: UsageConfig): string {
  return grain === 'account-day' ? '(n > 0 OR active_users > 0)' : 'n > 0';
}

export const filterColumn = (name: string) => `"filter:${name.replaceAll('"', '""')}"`;
export const partColumn = (metric: number, part: number) => `m${metric}_${part}`;
export const eventColumn = (number: number) => `e${number}`;

/** Names whose events are counted by day, in the order of their columns. */
export function watchedEvents(metrics: readonly MetricDefinition[]): string[] {
  return [...new Set(metrics.flatMap(namedEvents))];
}

const INSERT_ROWS = 1000;

/** Makes the empty table, and the zones of the keys that are not on the source's own days. */
export async function createUsageTable(engine: Engine, shape: UsageShape, typed: string): Promise<void> {
  await engine.run('CREATE OR REPLACE TABLE key_zone ("key" VARCHAR, zone_no INTEGER, is_main BOOLEAN)');
  const rows = [...shape.zones.ofKey].flatMap(([key, zones]) =>
    zones.map((zone, index) => `(${literal(key)}, ${zone}, ${index === 0})`),
  );
  for (let at = 0; at < rows.length; at += INSERT_ROWS)
    await engine.run(`INSERT INTO key_zone VALUES ${rows.slice(at, at + INSERT_ROWS).join(', ')}`);
  await engine.run(`CREATE OR REPLACE TABLE usage AS ${reduced(shape, typed)} LIMIT 0`);
}

/** Reads typed rows into the table. This is where the whole of the data passes, once. */
export async function fillUsageTable(engine: Engine, shape: UsageShape, typed: string): Promise<void> {
  await engine.run(`INSERT INTO usage ${reduced(shape, typed)}`);
}

function reduced({ config, metrics, filters, zones }: UsageShape, typed: string): string {
  const isOneZone = zones.names.length === 1;
  const day = isOneZone
    ? localDay(config, zones.names, '0')
    : localDay(config, zones.names, 'coalesce(z.zone_no, 0)');
  const groups = [
    'hash(filename) AS file',
    // Which problem it is, the file that lists the rejected rows says; a text in every row would double the table.
    'CASE WHEN problem IS NOT NULL THEN true END AS problem',
    'excluded',
    'r."key" AS "key"',
    `${day} AS "day"`,
    'user_id',
    'department',
    ...(isOneZone
      ? []
      : [
          'coalesce(z.is_main, true) AS is_main',
          'coalesce(z.zone_no, 0) AS zone_no',
          `${localDay(config, zones.names, '0')} AS source_day`,
        ]),
    ...filters.map((name) => `${textColumn(name)} AS ${filterColumn(name)}`),
  ];
  const first =
    'min({t: coalesce(t, r."day"::TIMESTAMPTZ), inviter: invited_by}) FILTER (invited_by IS NOT NULL)';
  const aggregates = [
    // Grouping by what is the same in all rows costs as much as by what is not.
    ...(isOneZone ? ['true AS is_main', '0 AS zone_no'] : []),
    'count(*) AS "rows"',
    'sum(n)::BIGINT AS n',
    ...(config.grain === 'event' ? ['max(t) AS last_t'] : ['NULL::TIMESTAMPTZ AS last_t']),
    ...(config.grain === 'account-day' ? ['sum(active_users) AS active_users'] : []),
    ...(config.columns.user_email === undefined ? [] : ['max(address) AS address']),
    ...(config.columns.invited_by === undefined ? [] : [`${first} AS invitation`]),
    ...watchedEvents(metrics).map(
      (event, index) =>
        `(sum(n) FILTER (${textColumn('event')} = ${literal(event)}))::BIGINT AS ${eventColumn(index)}`,
    ),
    ...metrics.flatMap((metric, number) =>
      metricParts(metric).map(({ row }, part) => `${row} AS ${partColumn(number, part)}`),
    ),
  ];
  const from = isOneZone ? `(${typed}) r` : `(${typed}) r LEFT JOIN key_zone z ON z."key" = r."key"`;
  return `SELECT ${[...groups, ...aggregates].join(', ')} FROM ${from}
    GROUP BY ${groups.map((_, index) => index + 1).join(', ')}`;
}

/** SQL of the calendar day in one of a few zones, chosen by number; a zone per row would cost 500 times as much. */
function localDay(config: UsageConfig, zones: readonly string[], number: string): string {
  if (config.grain !== 'event') return 'r."day"';
  // Without ICU for UTC: a third of the time of the zoned form.
  const inZone = (zone: string) =>
    zone === 'UTC' ? 'make_timestamp(epoch_us(t))::DATE' : `(t AT TIME ZONE ${literal(zone)})::DATE`;
  if (number === '0') return inZone(zones[0]!);
  return `CASE ${number} ${zones.map((zone, index) => `WHEN ${index} THEN ${inZone(zone)}`).join(' ')} END`;
}

/** The day in the source's own zone. */
export function sourceDay(zones: Zones): string {
  return zones.names.length === 1 ? '"day"' : 'source_day';
}

/** Domain of a user's address in the table `usage`. */
export function userDomain(config: UsageConfig): string {
  return domainOf(config.columns.user_email === undefined ? 'user_id' : 'address');
}
