import { identifier, literal } from '../engine/sql.ts';
import { SourceError } from '../source-error.ts';
import type { UsageConfig } from '../usage-config.ts';
import type { PostgresColumn } from './postgres-session.ts';

// https://github.com/postgres/postgres/blob/REL_15_STABLE/src/include/catalog/pg_type.dat
const TEXTS = new Set([25, 1043, 1042]);
export const NUMBERS = new Set([20, 21, 23, 700, 701, 1700]);
export const DATE = 1082;
export const TIMESTAMP = 1114;
export const TIMESTAMPTZ = 1184;

const NUMBER_TEXT = String.raw`^[+-]?([0-9]{1,200}\.?[0-9]{0,99}|\.[0-9]{1,99})([eE][+-]?[0-9]{1,2})?$`;
const ISO_DAY = String.raw`[0-9]{4}-[0-9]{2}-[0-9]{2}`;
const ISO_ZONE = String.raw` ?(Z|UTC|[+-][0-9]{2}(:?[0-9]{2})?)`;
const ISO_TIME = String.raw`${ISO_DAY}[T ][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,9})?`;
// Postgres 15 has no cast that answers NULL for a bad text, so only what can be cast reaches the cast:
// real days (leap years by their rule) from 1000 on, real times, zones up to 14 hours.
const LEAP = '([0-9]{2}(0[48]|[2468][048]|[13579][26])|([02468][048]|[13579][26])00)';
const REAL_DAY = `([1-9][0-9]{3}-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))|${LEAP}-02-29)`;
const REAL_TIME = String.raw`([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]{1,9})?`;
const REAL_ZONE = ' ?(Z|UTC|[+-](0[0-9]|1[0-4])(:?[0-5][0-9])?)';

/** SQL of the columns of one table, each read by its type: never by a cast that can fail on a value. */
export interface TypedColumns {
  isText(header: string): boolean;
  /** The value as text, blank as NULL. */
  text(header: string | undefined): string;
  isEmpty(header: string): string;
  number(header: string): Checked;
  count(header: string): Checked;
}

/** `value` is NULL where the text is missing or bad, `isBad` is true for the bad ones. */
export interface Checked {
  readonly value: string;
  readonly isBad: string;
}

export function typedColumns(columns: readonly PostgresColumn[]): TypedColumns {
  const types = new Map(columns.map(({ name, type }) => [name, type]));
  const text = (header: string | undefined): string => {
    if (header === undefined || !types.has(header)) return 'NULL::text';
    const column = identifier(header);
    if (!TEXTS.has(types.get(header)!)) return `${column}::text`;
    // A CASE, because postgres_fdw ships no NULLIF (deparse.c of Postgres 15, foreign_expr_walker).
    return `CASE WHEN btrim(${column}::text) <> '' THEN btrim(${column}::text) END`;
  };
  return {
    isText: (header) => TEXTS.has(types.get(header) ?? 0),
    text,
    isEmpty: (header) =>
      TEXTS.has(types.get(header) ?? 0)
        ? `(btrim(${identifier(header)}::text) <> '') IS NOT TRUE`
        : `${identifier(header)} IS NULL`,
    number(header) {
      const column = identifier(header);
      if (NUMBERS.has(types.get(header) ?? 0)) {
        const isBad = `${column}::float8 IN ('NaN', 'Infinity', '-Infinity')`;
        return { value: `CASE WHEN NOT ${isBad} THEN ${column}::float8 END`, isBad };
      }
      const isNumber = `${text(header)} ~ ${literal(NUMBER_TEXT)}`;
      return {
        value: `CASE WHEN ${isNumber} THEN (${text(header)})::float8 END`,
        isBad: `NOT (${isNumber})`,
      };
    },
    count(header) {
      const column = identifier(header);
      const isCount = NUMBERS.has(types.get(header) ?? 0)
        ? `${column} >= 0 AND ${column} < 1e15 AND ${column} = floor(${column})`
        : `${text(header)} ~ '^[0-9]{1,15}$'`;
      return { value: `CASE WHEN ${isCount} THEN ${column}::bigint END`, isBad: `(${isCount}) IS NOT TRUE` };
    },
  };
}

/** How the time column is read: its value, and what makes a row's time unusable, in order. */
export interface TimeReading {
  readonly value: string;
  readonly problems: readonly (readonly [when: string, reason: string])[];
}

/** Instant of an event, UTC. @throws SourceError where type and configuration do not fit. */
export function readInstant(config: UsageConfig, columns: readonly PostgresColumn[]): TimeReading {
  const header = config.columns.event_time;
  const column = identifier(header);
  const type = columns.find(({ name }) => name === header)?.type ?? 0;
  const zone = config.time_zone;
  const notReal: [string, string] = [
    't IS NULL OR NOT isfinite(t)',
    `${header} is not a time of the calendar`,
  ];
  const old: [string, string] = ["t < TIMESTAMPTZ '1970-01-02 00:00:00Z'", `${header} is before 1970`];
  if (config.time_format !== 'iso') {
    const seconds = `(${typedColumns(columns).number(header).value})${config.time_format === 'epoch_ms' ? ' / 1000' : ''}`;
    return {
      value: `CASE WHEN ${seconds} BETWEEN 86400 AND 4102444800 THEN to_timestamp(${seconds}) END`,
      problems: [['t IS NULL', `${header} is not a number of seconds or milliseconds since 1970`]],
    };
  }
  if (type === TIMESTAMPTZ) return { value: column, problems: [notReal, old] };
  if (type === TIMESTAMP || type === DATE) {
    if (zone === undefined) throw noZone(config);
    const local = `${column}::timestamp AT TIME ZONE ${literal(zone)}`;
    return { value: `CASE WHEN isfinite(${column}) THEN ${local} END`, problems: [notReal, old] };
  }
  if (NUMBERS.has(type)) throw wrongType(config, 'a number', 'Set time_format: epoch_s or epoch_ms.');
  return textInstant(config, typedColumns(columns).text(header), [notReal, old]);
}

function textInstant(
  { columns, time_zone: zone }: UsageConfig,
  text: string,
  problems: TimeReading['problems'],
): TimeReading {
  const real = `${REAL_DAY}([T ]${REAL_TIME}`;
  const inZone = `(${text})::timestamp AT TIME ZONE ${literal(zone ?? 'UTC')}`;
  const cases = [
    `WHEN ${text} ~ '^${real}${REAL_ZONE})$' THEN (${text})::timestamptz`,
    ...(zone === undefined ? [] : [`WHEN ${text} ~ '^${real})?$' THEN ${inZone}`]),
  ];
  const shapes: TimeReading['problems'] = [
    [
      `event_time !~ '^(${ISO_DAY}|${ISO_TIME}(${ISO_ZONE})?)$'`,
      `${columns.event_time} is not an ISO 8601 time with seconds`,
    ],
    ...(zone === undefined
      ? ([
          [
            `event_time !~ '^${ISO_TIME}${ISO_ZONE}$'`,
            `${columns.event_time} has no time zone and the source sets no time_zone`,
          ],
        ] as const)
      : []),
  ];
  return { value: `CASE ${cases.join(' ')} END`, problems: [...shapes, ...problems] };
}

/** Day of a daily row, in the source's own zone. */
export function readDay(config: UsageConfig, columns: readonly PostgresColumn[]): TimeReading {
  const header = config.columns.event_time;
  const column = identifier(header);
  const type = columns.find(({ name }) => name === header)?.type ?? 0;
  const notReal: [string, string] = ['"day" IS NULL', `${header} is not a day of the calendar`];
  const old: [string, string] = [`"day" < DATE '1970-01-02'`, `${header} is before 1970`];
  const zone = literal(config.time_zone ?? 'UTC');
  if (NUMBERS.has(type)) throw wrongType(config, 'a number', 'Daily rows need a date.');
  if (type === DATE || type === TIMESTAMP || type === TIMESTAMPTZ) {
    const local = type === TIMESTAMPTZ ? `(${column} AT TIME ZONE ${zone})` : column;
    return { value: `CASE WHEN isfinite(${column}) THEN ${local}::date END`, problems: [notReal, old] };
  }
  const text = typedColumns(columns).text(header);
  return {
    value: `CASE WHEN ${text} ~ '^${REAL_DAY}([T ].*)?$' THEN left(${text}, 10)::date END`,
    problems: [
      [`event_time !~ '^${ISO_DAY}([T ].*)?$'`, `${header} is not a day (YYYY-MM-DD)`],
      notReal,
      old,
    ],
  };
}

function noZone(config: UsageConfig): SourceError {
  return wrongType(config, 'a time without a zone', 'Set time_zone: to the zone these times are in.');
}

function wrongType({ name, columns }: UsageConfig, is: string, action: string): SourceError {
  return new SourceError('SOURCE_COLUMNS', `Source ${name}: column ${columns.event_time} is ${is}.`, [
    action,
  ]);
}
