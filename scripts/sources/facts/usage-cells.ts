import { literal } from '../engine/sql.ts';
import type { UsageConfig } from '../usage-config.ts';
import { textColumn } from './event-columns.ts';
import { filterColumn, isUsed, type UsageShape } from './usage-shape.ts';

// Days of a user that one row holds as bits: a whole number, which engines add up faster than lists.
const SLICE_DAYS = 64;

/** Typed rows with everything that they are grouped by: the day in the key's zone, its slice and bit. */
export function cellsOfEvents(shape: UsageShape, typed: string): string {
  const { config, filters, zones } = shape;
  const isOneZone = zones.names.length === 1;
  const day = localDay(config, zones.names, isOneZone ? '0' : 'coalesce(z.zone_no, 0)');
  const columns = [
    'r.* EXCLUDE (filename, problem, "day", t, event_id)',
    'hash(filename) AS file',
    // Which problem it is, the file that lists the rejected rows says; a text in every row would double the table.
    'CASE WHEN problem IS NOT NULL THEN true END AS problem',
    `${day} AS "day"`,
    'coalesce(t, r."day"::TIMESTAMPTZ) AS moment',
    `coalesce(${isUsed(config)}, false) AS is_used`,
    ...(isOneZone
      ? []
      : [
          'coalesce(z.is_main, true) AS is_main',
          'coalesce(z.zone_no, 0) AS zone_no',
          `${localDay(config, zones.names, '0')} AS source_day`,
        ]),
    ...filters.map((name) => `${textColumn(name)} AS ${filterColumn(name)}`),
  ];
  const from = isOneZone ? `(${typed}) r` : `(${typed}) r LEFT JOIN key_zone z ON z."key" = r."key"`;
  return withSlice(shape, `SELECT ${columns.join(', ')} FROM ${from}`);
}

/** The same of rows that are reduced already, one per key, user and day. */
export function cellsOfUserDays(shape: UsageShape, from: string): string {
  const moment = `coalesce(moment, "day"::TIMESTAMPTZ) AS moment`;
  return withSlice(
    shape,
    `SELECT * REPLACE (${moment}), coalesce(${isUsed(shape.config)}, false) AS is_used FROM ${from}`,
  );
}

function withSlice({ windowed }: UsageShape, rows: string): string {
  const number = `("day" - DATE '1970-01-01')::INTEGER`;
  // Days that cannot be, such as an infinite one, are not reckoned with.
  const known = (sql: string) => `CASE WHEN problem IS NULL THEN ${sql} END`;
  return `SELECT *, ${known(`${number} // ${SLICE_DAYS}`)} AS slice,
      ${known(`1::UBIGINT << (${number} % ${SLICE_DAYS})::UBIGINT`)} AS bit
      ${windowed.length === 0 ? '' : ', CASE WHEN "key" IN (FROM windowed) THEN "day" END AS cut'}
    FROM (${rows})`;
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
