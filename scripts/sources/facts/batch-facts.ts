import type { Engine } from '../engine/engine.ts';
import { literal } from '../engine/sql.ts';
import { dayParts, partsTable } from './key-days.ts';
import type { Batch, LinkPlan } from './link-plan.ts';
import type { MetricColumn } from './metric-partials.ts';
import { daysIn, uniteUsers, type PersonRow, type PilotPeople } from './pilot-people.ts';
import { ACCEPTED, filterColumn, isUsed, type UsageShape } from './usage-table.ts';

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
function used(shape: UsageShape, table: 'usage' | 'key_day', batches: readonly Batch[]): string {
  const { config, filters, zones } = shape;
  const cases = filters.map((name) => `WHEN ${literal(name)} THEN u.${filterColumn(name)}`).join(' ');
  const filtered = cases === '' ? 'false' : `CASE l.filter_column ${cases} END = l.filter_value`;
  const inZone = zones.names.length === 1 ? 'true' : 'u.zone_no = l.zone_no';
  const once = batches.some(({ mayRepeat }) => mayRepeat)
    ? 'QUALIFY row_number() OVER (PARTITION BY l.batch, l.pilot_no, u.rowid) = 1'
    : '';
  return `(SELECT l.batch, l.pilot_no, u.* FROM ${table} u JOIN link l ON u."key" = l."key" AND ${inZone}
    WHERE ${ACCEPTED.replace('is_main', 'true')} AND ${table === 'usage' ? isUsed(config) : 'is_used'}
      AND l.batch BETWEEN ${batches[0]!.number} AND ${batches.at(-1)!.number}
      AND (l.filter_column IS NULL OR ${filtered})
      AND (l.from_day IS NULL OR u."day" >= l.from_day) AND (l.to_day IS NULL OR u."day" <= l.to_day) ${once})`;
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
    FROM ${used(shape, partsTable(shape), [batch])} GROUP BY pilot_no, "day" ORDER BY pilot_no, "day"`);
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

// Rows of `usage` that one statement gathers, which bounds the memory of texts that DuckDB cannot spill.
const PEOPLE_ROWS = 8_000_000;

/** Makes the table `person`: a row per pilot, user and department, with the days packed into a text. */
export async function createPeople(engine: Engine, shape: UsageShape, { batches }: LinkPlan): Promise<void> {
  for (const [index, group] of together(batches).entries()) {
    const into = index === 0 ? 'CREATE OR REPLACE TABLE person AS' : 'INSERT INTO person';
    await engine.run(`${into} ${people(shape, group)}`);
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
  const invitation = columns.invited_by === undefined ? null : 'min(invitation)';
  // Days travel as characters of one text, whose codes count from 1970: a list of dates takes ten times as long.
  return `SELECT batch, pilot_no, user_id, department, sum(n)::DOUBLE AS n,
      epoch_us(max(coalesce(last_t, "day"::TIMESTAMPTZ)))::DOUBLE AS moment,
      string_agg(chr(("day" - DATE '1970-01-01')::INTEGER + 1), '') AS days,
      ${invitation ? `epoch_us(${invitation}.t)::DOUBLE` : 'NULL::DOUBLE'} AS invited_at,
      ${invitation ? `${invitation}.inviter` : 'NULL::VARCHAR'} AS inviter,
      ${columns.user_email === undefined ? 'NULL::VARCHAR' : 'max(address)'} AS address
    FROM ${used(shape, 'usage', batches)} GROUP BY batch, pilot_no, user_id, department`;
}

/** People by pilot number. */
export async function pilotPeople(
  engine: Engine,
  { config }: UsageShape,
  batch: Batch,
  hash: (user: string) => string,
): Promise<Map<number, PilotPeople>> {
  const byPilot = new Map<number, PersonRow[]>();
  const isInvited = config.columns.invited_by !== undefined;
  const hasAddress = config.columns.user_email !== undefined;
  // Blank for missing, which no text here is: each NULL costs the client as much as ten values.
  const texts = [
    'user_id',
    'department',
    ...(hasAddress ? ['address'] : []),
    ...(isInvited ? ['inviter'] : []),
  ];
  const chunks =
    engine.columns(`SELECT pilot_no, n, moment, days, ${texts.map((name) => `coalesce(${name}, '')`).join(', ')}
      ${isInvited ? ', invited_at' : ''}
    FROM person WHERE batch = ${batch.number}`);
  const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : null);
  for await (const [
    pilots = [],
    events = [],
    moments = [],
    days = [],
    users = [],
    departments = [],
    ...rest
  ] of chunks) {
    const addresses = hasAddress ? rest[0] : undefined;
    const [inviters, invitedAt] = isInvited ? rest.slice(-2) : [];
    for (let row = 0; row < pilots.length; row++)
      append(byPilot, Number(pilots[row]), {
        user: text(users[row]),
        department: text(departments[row]),
        events: Number(events[row]),
        moment: Number(moments[row]),
        days: daysIn(String(days[row])),
        invitedAt: Number(invitedAt?.[row] ?? 0),
        inviter: text(inviters?.[row]),
        address: text(addresses?.[row]),
      });
  }
  return new Map([...byPilot].map(([pilot, rows]) => [pilot, uniteUsers(rows, hash)]));
}

function append<T>(map: Map<number, T[]>, key: number, value: T): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
