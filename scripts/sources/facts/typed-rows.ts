import type { UsageConfig } from '../usage-config.ts';
import type { Relation } from '../engine/relation.ts';
import { literal } from '../engine/sql.ts';
import { dayOf } from './calendar-day.ts';
import { numberColumn, textColumn, type EventColumns } from './event-columns.ts';

export interface TypedRowsInput {
  readonly config: UsageConfig;
  readonly columns: EventColumns;
  readonly now: Date;
  /** Ids of pilots and opportunities that a row may be stamped with; such a row belongs there, whatever its key. */
  readonly stamps: readonly string[];
}

/**
 * A query with one row per record of the relation, also for rejected and excluded ones: `problem` and `excluded` say
 * which, the rest is typed. Texts are read once, in the inner query, because a record has many tests on one text.
 */
export function typedRows(input: TypedRowsInput, relation: Relation): string {
  const { config, columns } = input;
  const mapped = (name: keyof UsageConfig['columns']) => columnText(relation, config.columns[name]);
  const texts = [
    `${keyExpression(input, relation)} AS "key"`,
    ...FIXED.map((name) => `${mapped(name)} AS ${name}`),
    `${mapped('events')} AS events_text`,
    `${mapped('active_users')} AS active_users_text`,
    ...columns.texts.map((name) => `${columnText(relation, columns.header(name))} AS ${textColumn(name)}`),
    ...columns.numbers.map(
      (name) => `${columnText(relation, columns.header(name))} AS ${numberColumn(name)}`,
    ),
  ];
  const broken = relation.problem === null ? [] : [`${relation.problem} AS broken`];
  const times = config.grain === 'event' ? `${timeExpression(config)} AS t` : `${DAY} AS "day"`;
  return `SELECT filename, ${problemExpression(input, relation)} AS problem, ${exclusionExpression(config)} AS excluded,
      ${config.grain === 'event' ? 't, NULL::DATE AS "day"' : 'NULL::TIMESTAMPTZ AS t, "day"'},
      "key", user_id, ${addressExpression(config)} AS address, department, invited_by, event_id,
      ${config.columns.events === undefined ? '1::BIGINT' : 'TRY_CAST(events_text AS BIGINT)'} AS n,
      TRY_CAST(active_users_text AS BIGINT) AS active_users
      ${columns.texts.map((name) => `, ${textColumn(name)}`).join('')}
      ${columns.numbers.map((name) => `, TRY_CAST(${numberColumn(name)} AS DOUBLE) AS ${numberColumn(name)}`).join('')}
    FROM (SELECT *, ${times} FROM (SELECT ${['filename', ...texts, ...broken].join(', ')} FROM ${relation.from}))`;
}

/** How the one reason ends that another clock does not give. */
export const FUTURE = 'is in the future';

const FIXED = [
  'event_time',
  'user_id',
  'user_email',
  'event',
  'department',
  'invited_by',
  'event_id',
] as const;

/** Records that have a problem, with their place among the records of the one file behind `relation`. */
export function locateProblems(input: TypedRowsInput, relation: Relation): string {
  return `SELECT ordinal, problem FROM (SELECT row_number() OVER () AS ordinal, problem
    FROM (${typedRows(input, relation)})) WHERE problem IS NOT NULL ORDER BY ordinal`;
}

/**
 * Blank is the same as missing. A column that the file lacks has been dealt with before (`checkColumns`). Plain ASCII
 * that neither begins nor ends with a blank is told without `trim`, which costs as much as half of the reduction.
 */
function columnText(relation: Relation, header: string | undefined): string {
  const isThere = header !== undefined && (relation.columns?.includes(header) ?? true);
  if (!isThere) return 'NULL::VARCHAR';
  const text = relation.value(header);
  const trimmed = `nullif(trim(${text}), '')`;
  // A JSON value is worth more than the blanks around it: reading it four times would cost more.
  if (relation.columns === null) return trimmed;
  const isPlain = `${text} >= '!' AND NOT suffix(${text}, ' ') AND strlen(${text}) = length(${text})`;
  return `CASE WHEN ${isPlain} THEN ${text} ELSE ${trimmed} END`;
}

/** The workspace, or the id the row is stamped with. An id has 15 or 18 characters, of which the first 15 tell. */
function keyExpression({ config, stamps }: TypedRowsInput, relation: Relation): string {
  const key = columnText(relation, config.columns.usage_key);
  if (config.columns.stamp === undefined || stamps.length === 0) return key;
  const stamp = `left(${columnText(relation, config.columns.stamp)}, 15)`;
  return `CASE WHEN ${stamp} IN (${stamps.map(literal).join(', ')}) THEN ${stamp} ELSE ${key} END`;
}

const ISO_DAY = '\\d{4}-\\d{2}-\\d{2}';
const ISO_TIME = `${ISO_DAY}[T ]\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?`;
const ISO_ZONE = ' ?(Z|UTC|[+-]\\d{2}(:?\\d{2})?)';

// TRY_CAST alone also takes 'infinity', 'epoch' and years before Christ, and reads a time without a zone
// in the session's zone; a typed TIMESTAMPTZ column turns bad text into NULL in silence. Hence the pattern first.
function problemExpression({ config, columns, now }: TypedRowsInput, relation: Relation): string {
  const { event_time: header, usage_key, user_id } = config.columns;
  const needsUser = config.grain !== 'account-day';
  const cases: [when: string, reason: string][] = [
    ...(relation.problem === null ? [] : [['broken', 'not a JSON object'] as [string, string]]),
    ['"key" IS NULL', `${usage_key} is empty`],
    ...(needsUser ? [['user_id IS NULL', `${user_id} is empty`] as [string, string]] : []),
    ['event_time IS NULL', `${header} is empty`],
    ...(config.grain === 'event' ? timeProblems(config, now) : dayProblems(config, now)),
    ...(['events', 'active_users'] as const).flatMap((name): [string, string][] => {
      const isBad = `coalesce(TRY_CAST(${name}_text AS BIGINT), -1) < 0`;
      const mapped = config.columns[name];
      return mapped === undefined ? [] : [[isBad, `${mapped} is not a whole number of 0 or more`]];
    }),
    ...columns.numbers.map((name): [string, string] => {
      const value = numberColumn(name);
      const isBad = `${value} IS NOT NULL AND NOT coalesce(isfinite(TRY_CAST(${value} AS DOUBLE)), false)`;
      return [isBad, `${columns.header(name)} is not a number`];
    }),
  ];
  return `CASE ${cases.map(([when, reason]) => `WHEN ${when} THEN ${literal(reason)}`).join(' ')} END`;
}

function dayProblems(config: UsageConfig, now: Date): [string, string][] {
  const header = config.columns.event_time;
  const today = dayOf(now, config.time_zone ?? 'UTC');
  return [
    [`NOT regexp_full_match(event_time, '${ISO_DAY}([T ].*)?')`, `${header} is not a day (YYYY-MM-DD)`],
    ['"day" IS NULL', `${header} is not a day of the calendar`],
    [`"day" < DATE '1970-01-02'`, `${header} is before 1970`],
    [`"day" > DATE ${literal(today)}`, `${header} ${FUTURE}`],
  ];
}

function timeProblems(config: UsageConfig, now: Date): [string, string][] {
  const header = config.columns.event_time;
  const isFuture: [string, string] = [`t > TIMESTAMPTZ ${literal(now.toISOString())}`, `${header} ${FUTURE}`];
  if (config.time_format !== 'iso')
    return [['t IS NULL', `${header} is not a number of seconds or milliseconds since 1970`], isFuture];
  const noZone: [string, string] = [
    `NOT (${COMMON_TIME}) AND NOT regexp_full_match(event_time, '${ISO_TIME}${ISO_ZONE}')`,
    `${header} has no time zone and the source sets no time_zone`,
  ];
  return [
    [
      `NOT (${COMMON_TIME}) AND NOT regexp_full_match(event_time, '${ISO_DAY}|${ISO_TIME}(${ISO_ZONE})?')`,
      `${header} is not an ISO 8601 time with seconds`,
    ],
    ...(config.time_zone === undefined ? [noZone] : []),
    ['t IS NULL', `${header} is not a time of the calendar`],
    ["t < TIMESTAMPTZ '1970-01-02 00:00:00Z'", `${header} is before 1970`],
    isFuture,
  ];
}

// The usual form, told without a regular expression; a minus before the year sorts before '0'.
const COMMON_TIME = "event_time LIKE '____-__-__T__:__:__Z' AND event_time >= '0'";
const DAY = 'TRY_CAST(left(event_time, 10) AS DATE)';

function timeExpression(config: UsageConfig): string {
  if (config.time_format === 'iso') return 'TRY_CAST(event_time AS TIMESTAMPTZ)';
  const seconds = `TRY_CAST(event_time AS DOUBLE)${config.time_format === 'epoch_ms' ? ' / 1000' : ''}`;
  // Seconds up to the year 2100: anything else is another unit or another column.
  return `CASE WHEN ${seconds} BETWEEN 86400 AND 4102444800 THEN to_timestamp(${seconds}) END`;
}

/** Who is it, where ids do not say it: of this only the domain and a keyed hash ever leave the engine. */
function addressExpression({ columns }: UsageConfig): string {
  if (columns.user_email === undefined) return 'NULL::VARCHAR';
  return "CASE WHEN user_email LIKE '_%@_%' THEN lower(user_email) END";
}

export function domainOf(address: string): string {
  return `CASE WHEN ${address} LIKE '_%@_%' THEN lower(split_part(${address}, '@', -1)) END`;
}

function exclusionExpression({ exclude, columns }: UsageConfig): string {
  const list = (values: readonly string[]) => values.map(literal).join(', ');
  const cases = [];
  if (exclude.user_domains.length > 0) {
    const domains = exclude.user_domains.map((domain) => domain.toLowerCase());
    const address = columns.user_email === undefined ? 'user_id' : 'user_email';
    cases.push(`WHEN ${domainOf(address)} IN (${list(domains)}) THEN 'user_domains'`);
  }
  if (exclude.users.length > 0) {
    const ids = columns.user_email === undefined ? ['user_id'] : ['user_id', 'user_email'];
    const matches = exclude.users.flatMap((glob) => ids.map((id) => `${id} GLOB ${literal(glob)}`));
    cases.push(`WHEN ${matches.join(' OR ')} THEN 'users'`);
  }
  if (exclude.events.length > 0) cases.push(`WHEN event IN (${list(exclude.events)}) THEN 'events'`);
  return cases.length === 0 ? 'NULL::VARCHAR' : `CASE ${cases.join(' ')} END`;
}
