import type { FileSourceConfig } from '../file-source-config.ts';
import type { Relation } from '../engine/relation.ts';
import { literal } from '../engine/sql.ts';
import { dayOf } from './calendar-day.ts';
import { numberColumn, textColumn, type EventColumns } from './event-columns.ts';

/** Rows that count: read, believable, and not ours. */
export const ACCEPTED = 'problem IS NULL AND excluded IS NULL';

export interface EventTableInput {
  readonly config: FileSourceConfig;
  readonly columns: EventColumns;
  readonly now: Date;
  /** Ids of pilots and opportunities that a row may be stamped with; such a row belongs there, whatever its key. */
  readonly stamps: readonly string[];
}

/** One row per record of the source, also for the rejected and excluded ones, so that the account closes. */
export function createEventTable({ columns }: EventTableInput): string {
  const extras = [
    ...columns.texts.map((name) => `, ${textColumn(name)} VARCHAR`),
    ...columns.numbers.map((name) => `, ${numberColumn(name)} DOUBLE`),
  ];
  return `CREATE TABLE event (filename VARCHAR, problem VARCHAR, excluded VARCHAR, t TIMESTAMPTZ, "day" DATE,
    "key" VARCHAR, user_id VARCHAR, email_domain VARCHAR, department VARCHAR, invited_by VARCHAR,
    event_id VARCHAR, n BIGINT, active_users BIGINT${extras.join('')})`;
}

export function fillEventTable(input: EventTableInput, relation: Relation): string {
  return `INSERT INTO event SELECT ${eventExpressions(input, relation).join(', ')} FROM ${relation.from}`;
}

/** Records that have a problem, with their place among the records of the one file behind `relation`. */
export function locateProblems(input: EventTableInput, relation: Relation): string {
  const problem = problemExpression(input, relation);
  return `SELECT ordinal, problem FROM (SELECT row_number() OVER () AS ordinal, ${problem} AS problem
    FROM ${relation.from}) WHERE problem IS NOT NULL ORDER BY ordinal`;
}

// A repeated event counts once: the earliest, and among equals the first read.
export const EXCLUDE_REPEATED = [
  `CREATE TEMP TABLE repeated AS SELECT event_id FROM event
    WHERE ${ACCEPTED} AND event_id IS NOT NULL GROUP BY event_id HAVING count(*) > 1`,
  `UPDATE event SET excluded = 'repeated event_id' WHERE rowid IN (
    SELECT row FROM (SELECT e.rowid AS row, row_number() OVER (PARTITION BY e.event_id
      ORDER BY coalesce(e.t, e."day"::TIMESTAMPTZ), e."key", e.user_id, e.rowid) AS place
      FROM event e SEMI JOIN repeated USING (event_id) WHERE ${ACCEPTED}) WHERE place > 1)`,
];

function eventExpressions(input: EventTableInput, relation: Relation): string[] {
  const { config, columns } = input;
  const mapped = (name: keyof FileSourceConfig['columns']) => columnText(relation, config.columns[name]);
  const isEvent = config.grain === 'event';
  return [
    'filename',
    problemExpression(input, relation),
    exclusionExpression(input, relation),
    isEvent ? timeExpression(input, relation) : 'NULL',
    isEvent ? 'NULL' : dayExpression(input, relation),
    keyExpression(input, relation),
    mapped('user_id'),
    domainExpression(input, relation),
    mapped('department'),
    mapped('invited_by'),
    mapped('event_id'),
    config.columns.events === undefined ? '1' : `TRY_CAST(${mapped('events')} AS BIGINT)`,
    `TRY_CAST(${mapped('active_users')} AS BIGINT)`,
    ...columns.texts.map((name) => columnText(relation, columns.header(name))),
    ...columns.numbers.map((name) => `TRY_CAST(${columnText(relation, columns.header(name))} AS DOUBLE)`),
  ];
}

/** Blank is the same as missing. A column that the file lacks has been dealt with before (`checkColumns`). */
function columnText(relation: Relation, header: string | undefined): string {
  const isThere = header !== undefined && (relation.columns?.includes(header) ?? true);
  return isThere ? `nullif(trim(${relation.value(header)}), '')` : 'NULL::VARCHAR';
}

/** The workspace, or the id the row is stamped with. An id has 15 or 18 characters, of which the first 15 tell. */
function keyExpression({ config, stamps }: EventTableInput, relation: Relation): string {
  const key = columnText(relation, config.columns.usage_key);
  if (config.columns.stamp === undefined || stamps.length === 0) return key;
  const stamp = `left(${columnText(relation, config.columns.stamp)}, 15)`;
  return `CASE WHEN ${stamp} IN (${stamps.map(literal).join(', ')}) THEN ${stamp} ELSE ${key} END`;
}

const ISO_DAY = '\\d{4}-\\d{2}-\\d{2}';
const ISO_TIME = `${ISO_DAY}[T ]\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?`;
const ISO_ZONE = ' ?(Z|UTC|[+-]\\d{2}(:?\\d{2})?)';

function problemExpression(input: EventTableInput, relation: Relation): string {
  const { config, columns } = input;
  const text = (header: string | undefined) => columnText(relation, header);
  const cases: [string, string][] =
    relation.problem === null ? [] : [[relation.problem, 'not a JSON object']];
  const must = (name: 'user_id' | 'event_time') =>
    cases.push([`${text(config.columns[name])} IS NULL`, `${config.columns[name]} is empty`]);
  cases.push([`${keyExpression(input, relation)} IS NULL`, `${config.columns.usage_key} is empty`]);
  if (config.grain !== 'account-day') must('user_id');
  must('event_time');
  cases.push(...timeProblems(input, relation));
  for (const name of ['events', 'active_users'] as const) {
    const header = config.columns[name];
    if (header === undefined) continue;
    cases.push([
      `coalesce(TRY_CAST(${text(header)} AS BIGINT), -1) < 0`,
      `${header} is not a whole number of 0 or more`,
    ]);
  }
  for (const name of columns.numbers) {
    const value = text(columns.header(name));
    const isBad = `${value} IS NOT NULL AND NOT coalesce(isfinite(TRY_CAST(${value} AS DOUBLE)), false)`;
    cases.push([isBad, `${columns.header(name)} is not a number`]);
  }
  return `CASE ${cases.map(([when, reason]) => `WHEN ${when} THEN ${literal(reason)}`).join(' ')} END`;
}

// TRY_CAST alone also takes 'infinity', 'epoch' and years before Christ, and reads a time without a zone
// in the session's zone; a typed TIMESTAMPTZ column turns bad text into NULL in silence. Hence the pattern first.
function timeProblems(input: EventTableInput, relation: Relation): [string, string][] {
  const { config, now } = input;
  const header = config.columns.event_time;
  const value = columnText(relation, header);
  const future = `${header} is in the future`;
  if (config.grain !== 'event') {
    const today = dayOf(now, config.time_zone ?? 'UTC');
    return [
      [`NOT regexp_full_match(${value}, '${ISO_DAY}([T ].*)?')`, `${header} is not a day (YYYY-MM-DD)`],
      [`${dayExpression(input, relation)} IS NULL`, `${header} is not a day of the calendar`],
      [`${dayExpression(input, relation)} > DATE ${literal(today)}`, future],
    ];
  }
  const time = timeExpression(input, relation);
  const isFuture: [string, string] = [`${time} > TIMESTAMPTZ ${literal(now.toISOString())}`, future];
  if (config.time_format !== 'iso')
    return [[`${time} IS NULL`, `${header} is not a number of seconds or milliseconds since 1970`], isFuture];
  const noZone: [string, string] = [
    `NOT regexp_full_match(${value}, '${ISO_TIME}${ISO_ZONE}')`,
    `${header} has no time zone and the source sets no time_zone`,
  ];
  return [
    [
      `NOT regexp_full_match(${value}, '${ISO_DAY}|${ISO_TIME}(${ISO_ZONE})?')`,
      `${header} is not an ISO 8601 time with seconds`,
    ],
    ...(config.time_zone === undefined ? [noZone] : []),
    [`${time} IS NULL`, `${header} is not a time of the calendar`],
    isFuture,
  ];
}

function timeExpression({ config }: EventTableInput, relation: Relation): string {
  const value = columnText(relation, config.columns.event_time);
  if (config.time_format === 'iso') return `TRY_CAST(${value} AS TIMESTAMPTZ)`;
  const seconds = `TRY_CAST(${value} AS DOUBLE)${config.time_format === 'epoch_ms' ? ' / 1000' : ''}`;
  // Seconds up to the year 2100: anything else is another unit or another column.
  return `CASE WHEN ${seconds} BETWEEN 0 AND 4102444800 THEN to_timestamp(${seconds}) END`;
}

function dayExpression({ config }: EventTableInput, relation: Relation): string {
  return `TRY_CAST(left(${columnText(relation, config.columns.event_time)}, 10) AS DATE)`;
}

function domainExpression({ config }: EventTableInput, relation: Relation): string {
  const address = columnText(relation, config.columns.user_email ?? config.columns.user_id);
  return `CASE WHEN ${address} LIKE '_%@_%' THEN lower(split_part(${address}, '@', -1)) END`;
}

function exclusionExpression(input: EventTableInput, relation: Relation): string {
  const { exclude, columns } = input.config;
  const list = (values: readonly string[]) => values.map(literal).join(', ');
  const cases = [];
  if (exclude.user_domains.length > 0) {
    const domains = exclude.user_domains.map((domain) => domain.toLowerCase());
    cases.push(`WHEN ${domainExpression(input, relation)} IN (${list(domains)}) THEN 'user_domains'`);
  }
  if (exclude.users.length > 0) {
    const user = columnText(relation, columns.user_id);
    const email = columnText(relation, columns.user_email);
    const matches = exclude.users.flatMap((glob) =>
      [user, email].map((text) => `${text} GLOB ${literal(glob)}`),
    );
    cases.push(`WHEN ${matches.join(' OR ')} THEN 'users'`);
  }
  if (exclude.events.length > 0)
    cases.push(`WHEN ${columnText(relation, columns.event)} IN (${list(exclude.events)}) THEN 'events'`);
  return cases.length === 0 ? 'NULL' : `CASE ${cases.join(' ')} END`;
}

/** SQL of the calendar day in one of a few zones, chosen by `zone_no`; a zone per row would cost 500 times as much. */
export function dayInZone(
  config: Pick<FileSourceConfig, 'grain'>,
  zones: readonly string[],
  zoneNumber: string,
): string {
  if (config.grain !== 'event') return 'e."day"';
  const cases = zones.map((zone, number) => `WHEN ${number} THEN (e.t AT TIME ZONE ${literal(zone)})::DATE`);
  return `CASE ${zoneNumber} ${cases.join(' ')} END`;
}
