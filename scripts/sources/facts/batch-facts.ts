import type { Engine } from '../engine/engine.ts';
import { literal } from '../engine/sql.ts';
import { hashBlocks, hashedText } from '../user-hash.ts';
import type { Batch, LinkPlan } from './link-plan.ts';
import type { MetricColumn } from './metric-partials.ts';
import { daysIn, uniteUsers, type PersonRow, type PilotPeople } from './pilot-people.ts';
import { filterColumn, type UsageShape } from './usage-shape.ts';
import { dayParts } from './usage-tables.ts';

/** A pilot's usage as the engine adds it up, a place per day; what needs the people is added from `PilotPeople`. */
export interface PilotDays {
  /** Days since 1970-01-01, ascending. */
  readonly days: readonly number[];
  readonly events: readonly number[];
  /** Of the account-day grain only. */
  readonly countedUsers: readonly number[];
  /** Per part of the metrics, in the order of the definitions, its values by day. */
  readonly parts: readonly MetricColumn[];
}

/** Rows of `table` joined with the links of the chosen batches: by exact key, inside window and filter. */
function used(shape: UsageShape, table: 'key_day' | 'member', batches: readonly Batch[]): string {
  const { filters, zones } = shape;
  const cases = filters.map((name) => `WHEN ${literal(name)} THEN u.${filterColumn(name)}`).join(' ');
  const filtered = cases === '' ? 'false' : `CASE l.filter_column ${cases} END = l.filter_value`;
  const inZone = zones.names.length === 1 ? 'true' : 'u.zone_no = l.zone_no';
  const day = table === 'key_day' ? 'u."day"' : 'u.cut';
  const once = batches.some(({ mayRepeat }) => mayRepeat)
    ? 'QUALIFY row_number() OVER (PARTITION BY l.batch, l.pilot_no, u.rowid) = 1'
    : '';
  return `(SELECT l.batch, l.pilot_no, u.* FROM ${table} u JOIN link l ON u."key" = l."key" AND ${inZone}
    WHERE ${table === 'key_day' ? 'problem IS NULL AND excluded IS NULL AND is_used' : 'true'}
      AND l.batch BETWEEN ${batches[0]!.number} AND ${batches.at(-1)!.number}
      AND (l.filter_column IS NULL OR ${filtered})
      AND (l.from_day IS NULL OR ${day} >= l.from_day) AND (l.to_day IS NULL OR ${day} <= l.to_day) ${once})`;
}

/** Days by pilot number. */
export async function pilotDays(
  engine: Engine,
  shape: UsageShape,
  batch: Batch,
): Promise<Map<number, PilotDays>> {
  const parts = dayParts(shape);
  const isCounted = shape.config.grain === 'account-day';
  const byPilot = new Map<number, Writable>();
  const chunks = engine.columns(`
    SELECT pilot_no, ("day" - DATE '1970-01-01')::INTEGER, sum(n)::DOUBLE
      ${parts.map(({ sql, name }) => `, ${sql} AS ${name}`).join('')}
      ${isCounted ? ', coalesce(sum(active_users), 0)::DOUBLE' : ''}
    FROM ${used(shape, 'key_day', [batch])} GROUP BY pilot_no, "day" ORDER BY pilot_no, "day"`);
  for await (const [pilots = [], days = [], events = [], ...values] of chunks)
    for (let row = 0; row < pilots.length; row++) {
      const pilot = Number(pilots[row]);
      let own = byPilot.get(pilot);
      if (!own) byPilot.set(pilot, (own = emptyDays(parts.length)));
      own.days.push(Number(days[row]));
      own.events.push(Number(events[row]));
      for (let part = 0; part < parts.length; part++) own.parts[part]!.push(values[part]![row]);
      if (isCounted) own.countedUsers.push(Number(values[parts.length]![row]));
    }
  return byPilot;
}

interface Writable {
  readonly days: number[];
  readonly events: number[];
  readonly countedUsers: number[];
  readonly parts: unknown[][];
}

function emptyDays(parts: number): Writable {
  return { days: [], events: [], countedUsers: [], parts: Array.from({ length: parts }, () => []) };
}

// User-days that one statement gathers, which bounds the memory of texts that DuckDB cannot spill.
const PEOPLE_ROWS = 2_000_000;

/**
 * Makes the table `person`: a row per pilot, user and department, with the days packed into a text. Here a person's
 * id and address end: what goes on are their hashes, which the engine makes in a tenth of the time it takes here.
 */
export async function createPeople(
  engine: Engine,
  shape: UsageShape,
  { batches }: LinkPlan,
  secret: string,
): Promise<void> {
  for (const [index, group] of together(batches).entries()) {
    const into = index === 0 ? 'CREATE OR REPLACE TABLE person AS' : 'INSERT INTO person';
    await engine.run(`${into} ${people(shape, group)}`, hashBlocks(secret));
  }
}

/** Neighbouring batches that one statement may gather; those whose rows must be told apart go alone. */
function together(batches: readonly Batch[]): Batch[][] {
  const groups: Batch[][] = [];
  let rows = 0;
  for (const batch of batches) {
    const last = groups.at(-1);
    const fits = rows + batch.rows <= PEOPLE_ROWS && !batch.mayRepeat && last?.at(-1)?.mayRepeat === false;
    rows = fits ? rows + batch.rows : batch.rows;
    if (fits && last) last.push(batch);
    else groups.push([batch]);
  }
  return groups;
}

function people(shape: UsageShape, batches: readonly Batch[]): string {
  const { columns } = shape.config;
  const isInvited = columns.invited_by !== undefined;
  const address =
    columns.user_email === undefined
      ? `CASE WHEN contains(user_id, '@') THEN lower(user_id) END`
      : 'max(address)';
  // Days travel as hexadecimal bits of one text: a list of dates takes ten times as long.
  return `SELECT * REPLACE (${hashedText('user_id')} AS user_id, ${hashedText('address')} AS address
        ${isInvited ? `, ${hashedText('inviter')} AS inviter` : ''})
    FROM (SELECT batch, pilot_no, user_id, department, sum(n)::DOUBLE AS n, epoch_us(max(moment))::DOUBLE AS moment,
        string_agg(format('{:04x}{:016x}', slice, mask), '') AS days, ${address} AS address
        ${isInvited ? ', epoch_us(min(invitation).t)::DOUBLE AS invited_at, min(invitation).inviter AS inviter' : ''}
      FROM ${used(shape, 'member', batches)} GROUP BY batch, pilot_no, user_id, department)`;
}

/** People by pilot, in the order of the pilots' numbers; who has none is left out. One pilot at a time is in memory. */
export async function* pilotPeople(
  engine: Engine,
  { config }: UsageShape,
  batch: Batch,
): AsyncGenerator<readonly [pilot: number, people: PilotPeople]> {
  const isInvited = config.columns.invited_by !== undefined;
  const texts = ['days', 'user_id', 'address', isInvited ? 'inviter' : `''`, 'department'];
  // One text for all of a row's: each further one costs the client as much as ten numbers, and each NULL too.
  const text = texts.map((name) => `coalesce(${name}, '')`).join(` || '${SEPARATOR}' || `);
  const chunks = engine.columns(`SELECT pilot_no, n, moment, ${text}
      ${isInvited ? ', coalesce(invited_at, 0)' : ''}
    FROM person WHERE batch = ${batch.number} ORDER BY pilot_no, user_id, department`);
  let pilot = -1;
  let rows: PersonRow[] = [];
  for await (const [pilots, events, moments, people, invitedAt] of chunks)
    for (let row = 0; row < pilots!.length; row++) {
      const number = Number(pilots![row]);
      if (number !== pilot) {
        if (rows.length > 0) yield [pilot, uniteUsers(rows)];
        pilot = number;
        rows = [];
      }
      rows.push({
        ...textsIn(people![row] as string),
        events: Number(events![row]),
        moment: Number(moments![row]),
        invitedAt: Number(invitedAt?.[row] ?? 0),
      });
    }
  if (rows.length > 0) yield [pilot, uniteUsers(rows)];
}

// In no hash and no days; the department, which may hold it, comes last.
const SEPARATOR = ';';

function textsIn(text: string): Pick<PersonRow, 'days' | 'user' | 'address' | 'inviter' | 'department'> {
  const user = text.indexOf(SEPARATOR) + 1;
  const address = text.indexOf(SEPARATOR, user) + 1;
  const inviter = text.indexOf(SEPARATOR, address) + 1;
  const department = text.indexOf(SEPARATOR, inviter) + 1;
  const known = (from: number, to: number) => (from < to ? text.slice(from, to) : null);
  return {
    days: daysIn(text.slice(0, user - 1)),
    user: known(user, address - 1),
    address: known(address, inviter - 1),
    inviter: known(inviter, department - 1),
    department: known(department, text.length),
  };
}
