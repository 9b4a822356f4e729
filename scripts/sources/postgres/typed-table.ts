import type { Day } from '../../domain/facts.ts';
import { identifier, literal } from '../engine/sql.ts';
import { dayOf } from '../facts/calendar-day.ts';
import { numberColumn, textColumn } from '../facts/event-columns.ts';
import type { TypedRowsInput } from '../facts/typed-rows.ts';
import type { PostgresColumn } from './postgres-session.ts';
import type { PostgresSourceConfig } from './postgres-source-config.ts';
import { sinceCondition } from './read-since.ts';
import { readDay, readInstant, typedColumns, type TypedColumns } from './typed-columns.ts';

const FIXED = ['user_id', 'user_email', 'event', 'department', 'invited_by', 'event_id'] as const;

/**
 * A query with one row per row of the table, in the columns that `typedRows` gives for files: `problem` and `excluded`
 * say which do not count and why, the rest is typed. Kept to what postgres_fdw ships to the shards, wherever possible.
 */
export function typedTable(
  config: PostgresSourceConfig,
  input: TypedRowsInput,
  columns: readonly PostgresColumn[],
  since: Day | null,
): string {
  const read = typedColumns(columns);
  const time = config.grain === 'event' ? readInstant(config, columns) : readDay(config, columns);
  const { header } = input.columns;
  const inner = [
    `${identifier(config.columns.usage_key)} AS raw_key`,
    `${keyOf(config, input, read)} AS "key"`,
    `${read.text(config.columns.event_time)} AS event_time`,
    `${read.isEmpty(config.columns.event_time)} AS no_time`,
    ...FIXED.map((name) => `${read.text(config.columns[name])} AS ${name}`),
    ...(config.grain === 'event'
      ? [`${time.value} AS t`, 'NULL::date AS "day"']
      : ['NULL::timestamptz AS t', `${time.value} AS "day"`]),
    ...input.columns.texts.map((name) => `${read.text(header(name))} AS ${textColumn(name)}`),
    ...input.columns.numbers.map((name) => `${read.number(header(name)).value} AS ${numberColumn(name)}`),
    `${config.columns.events === undefined ? '1::bigint' : read.count(config.columns.events).value} AS n`,
    `${config.columns.active_users === undefined ? 'NULL::bigint' : read.count(config.columns.active_users).value} AS active_users`,
    `${badNumber(config, input, read)} AS bad_number`,
    `${config.row_id === undefined ? 'NULL::text' : read.text(config.row_id)} AS row_id`,
  ];
  // Postgres merges nested queries and then works an expression out again wherever it is used, which costs dear where a
  // time is parsed. With OFFSET it does not; nor could shards group then, as they cannot with such columns anyway.
  const fence =
    read.isText(config.columns.event_time) || config.columns.event_id !== undefined ? ' OFFSET 0' : '';
  const isRepeatable = config.columns.event_id !== undefined;
  const typed = `SELECT *, ${problemOf(config, time.problems, input.now)} AS problem,
      ${exclusionOf(config)} AS ${isRepeatable ? 'excluded_before' : 'excluded'}, ${addressIn(config)} AS address
    FROM (SELECT ${inner.join(', ')} FROM ${rowsOf(config, columns, since)}${fence}) raw`;
  return isRepeatable ? countedOnce(typed) : typed;
}

export function tableOf({ schema, table }: Pick<PostgresSourceConfig, 'schema' | 'table'>): string {
  return `${identifier(schema)}.${identifier(table)}`;
}

/** The rows that are read: the table from a day on. */
export function rowsOf(
  config: PostgresSourceConfig,
  columns: readonly PostgresColumn[],
  since: Day | null,
): string {
  const condition = sinceCondition(config, columns, since, identifier(config.columns.event_time));
  return condition === null ? tableOf(config) : `${tableOf(config)} WHERE ${condition}`;
}

/** A repeated event counts once, the earliest; to see that, the rows must stand side by side. */
function countedOnce(typed: string): string {
  const counts = 'problem IS NULL AND excluded_before IS NULL AND event_id IS NOT NULL';
  const place = `row_number() OVER (PARTITION BY event_id, ${counts}
    ORDER BY t, "day", "key" COLLATE "C", user_id COLLATE "C")`;
  return `SELECT *, CASE WHEN ${counts} AND place > 1 THEN 'repeated event_id' ELSE excluded_before END AS excluded
    FROM (SELECT *, ${place} AS place FROM (${typed}) every) placed`;
}

function keyOf(config: PostgresSourceConfig, { stamps }: TypedRowsInput, read: TypedColumns): string {
  const key = read.text(config.columns.usage_key);
  if (config.columns.stamp === undefined || stamps.length === 0) return key;
  const stamp = `left(${read.text(config.columns.stamp)}, 15)`;
  return `CASE WHEN ${stamp} IN (${stamps.map(literal).join(', ')}) THEN ${stamp} ELSE ${key} END`;
}

function badNumber(config: PostgresSourceConfig, { columns }: TypedRowsInput, read: TypedColumns): string {
  const cases = [
    ...(['events', 'active_users'] as const).flatMap((name) => {
      const header = config.columns[name];
      return header === undefined
        ? []
        : [[read.count(header).isBad, `${header} is not a whole number of 0 or more`] as const];
    }),
    ...columns.numbers.map((name) => {
      const header = columns.header(name);
      return [read.number(header).isBad, `${header} is not a number`] as const;
    }),
  ];
  return choose(cases);
}

function problemOf(
  config: PostgresSourceConfig,
  ofTime: readonly (readonly [string, string])[],
  now: Date,
): string {
  const { usage_key, user_id, event_time } = config.columns;
  const isFuture =
    config.grain === 'event'
      ? `t > TIMESTAMPTZ ${literal(now.toISOString())}`
      : `"day" > DATE ${literal(dayOf(now, config.time_zone ?? 'UTC'))}`;
  const known = choose([
    ['"key" IS NULL', `${usage_key} is empty`],
    ...(config.grain === 'account-day' ? [] : [['user_id IS NULL', `${user_id} is empty`] as const]),
    ['no_time', `${event_time} is empty`],
    ...ofTime,
    [isFuture, `${event_time} is in the future`],
  ]);
  return `${known.slice(0, -' END'.length)} ELSE bad_number END`;
}

function choose(cases: readonly (readonly [when: string, reason: string])[]): string {
  if (cases.length === 0) return 'NULL::text';
  return `CASE ${cases.map(([when, reason]) => `WHEN ${when} THEN ${literal(reason)}`).join(' ')} END`;
}

function addressOf({ columns }: PostgresSourceConfig): string {
  return columns.user_email === undefined ? 'user_id' : 'user_email';
}

/** The address beside the id; like ids it goes no further than the engine. */
function addressIn({ columns }: PostgresSourceConfig): string {
  if (columns.user_email === undefined) return 'NULL::text';
  return "CASE WHEN user_email LIKE '_%@_%' THEN lower(user_email) END";
}

function domainIn(address: string): string {
  return `CASE WHEN ${address} LIKE '_%@_%' THEN lower(substring(${address} from '[^@]*$')) END`;
}

function exclusionOf(config: PostgresSourceConfig): string {
  const { exclude, columns } = config;
  const list = (values: readonly string[]) => values.map(literal).join(', ');
  const ids = columns.user_email === undefined ? ['user_id'] : ['user_id', 'user_email'];
  const cases: [string, string][] = [];
  if (exclude.user_domains.length > 0) {
    const domains = exclude.user_domains.map((domain) => domain.toLowerCase());
    cases.push([`${domainIn(addressOf(config))} IN (${list(domains)})`, 'user_domains']);
  }
  if (exclude.users.length > 0) {
    const tests = exclude.users.flatMap((glob) => ids.map((id) => `${id} ~ ${literal(globPattern(glob))}`));
    cases.push([tests.join(' OR '), 'users']);
  }
  if (exclude.events.length > 0) cases.push([`event IN (${list(exclude.events)})`, 'events']);
  return choose(cases);
}

/** `*`, `?` and `[a-z]` of a glob as a regular expression; everything else stands for itself. */
export function globPattern(glob: string): string {
  const parts = glob.match(/\[[^\]]+\]|[^]/gu) ?? [];
  const pattern = parts.map((part) => {
    if (part === '*') return '.*';
    if (part === '?') return '.';
    if (/^\[.+\]$/u.test(part)) return part.replace(/^\[!/, '[^').replaceAll('\\', '\\\\');
    return part.replace(/[\\^$.|+()[\]{}]/, '\\$&');
  });
  return `^${pattern.join('')}$`;
}
