import type { Day, DayFacts, UserFacts } from '../../domain/facts.ts';
import type { Engine } from '../engine/engine.ts';
import { literal } from '../engine/sql.ts';
import type { UsageConfig } from '../usage-config.ts';
import type { MetricDefinition } from '../metric-definition.ts';
import { addDays } from './calendar-day.ts';
import type { Batch } from './link-plan.ts';
import { metricParts, type MetricDay } from './metric-partials.ts';
import { ACCEPTED, filterColumn, partColumn, type UsageShape } from './usage-table.ts';

/**
 * Makes the usage of a batch's pilots the view `used`: joined by exact key, inside window and filter. A view, because
 * reading through the join twice costs less than writing its result down.
 */
export async function selectBatch(engine: Engine, shape: UsageShape, batch: Batch): Promise<void> {
  const { config, filters, zones } = shape;
  const cases = filters.map((name) => `WHEN ${literal(name)} THEN u.${filterColumn(name)}`).join(' ');
  const filtered = cases === '' ? 'false' : `CASE l.filter_column ${cases} END = l.filter_value`;
  const isActive = config.grain === 'account-day' ? '(u.n > 0 OR u.active_users > 0)' : 'u.n > 0';
  const inZone = zones.names.length === 1 ? 'true' : 'u.zone_no = l.zone_no';
  const once = batch.mayRepeat ? 'QUALIFY row_number() OVER (PARTITION BY l.pilot_no, u.rowid) = 1' : '';
  await engine.run(`CREATE OR REPLACE TEMP VIEW used AS
    SELECT l.pilot_no, u.* FROM usage u JOIN link l ON u."key" = l."key" AND ${inZone}
    WHERE ${ACCEPTED.replace('is_main', 'true')} AND l.batch = ${batch.number} AND ${isActive}
      AND (l.filter_column IS NULL OR ${filtered})
      AND (l.from_day IS NULL OR u."day" >= l.from_day) AND (l.to_day IS NULL OR u."day" <= l.to_day) ${once}`);
}

/** A pilot's usage as the engine adds it up; what needs the people is added from `UserFacts`. */
export interface PilotDay extends Omit<DayFacts, 'activeUsers' | 'newUsers'> {
  /** Of the account-day grain only. */
  readonly countedUsers: number;
  /** Per metric, in the order of the definitions. */
  readonly metrics: readonly MetricDay[];
}

/** Days by pilot number, ascending. */
export async function pilotDays(
  engine: Engine,
  grain: UsageConfig['grain'],
  metrics: readonly MetricDefinition[],
): Promise<Map<number, PilotDay[]>> {
  const parts = metrics.map((metric, number) =>
    metricParts(metric).map(({ day }, part) => day(partColumn(number, part))),
  );
  const measured = parts.flatMap((ofMetric, number) =>
    ofMetric.map((sql, part) => `, ${sql} AS ${partColumn(number, part)}`),
  );
  const byPilot = new Map<number, PilotDay[]>();
  const rows = engine.stream(`
    SELECT pilot_no AS "pilot", "day"::VARCHAR AS "day", sum(n)::DOUBLE AS "events",
      count(DISTINCT department)::DOUBLE AS "departments",
      ${grain === 'account-day' ? 'coalesce(sum(active_users), 0)::DOUBLE' : '0'} AS "users" ${measured.join('')}
    FROM used GROUP BY pilot_no, used."day"`);
  for await (const chunk of rows)
    for (const row of chunk)
      append(byPilot, Number(row['pilot']), {
        day: String(row['day']),
        events: Number(row['events']),
        activeDepartments: Number(row['departments']),
        countedUsers: Number(row['users']),
        metrics: parts.map((ofMetric, number) => ofMetric.map((_, part) => row[partColumn(number, part)])),
      });
  for (const days of byPilot.values()) days.sort((a, b) => (a.day < b.day ? -1 : 1));
  return byPilot;
}

// Days travel as characters of one text, whose codes count from here: a list of dates takes ten times as long.
const EPOCH: Day = '1970-01-01';
/** Users by pilot number, ordered by hash. The department is the latest known, the inviter the first named. */
export async function userFacts(
  engine: Engine,
  config: UsageConfig,
  hash: (user: string) => string,
): Promise<Map<number, UserFacts[]>> {
  const invitation = config.columns.invited_by === undefined ? 'NULL' : 'min(invitation).inviter';
  const moment = `coalesce(last_t, "day"::TIMESTAMPTZ)`;
  const rows = engine.stream(`
    SELECT pilot_no AS "pilot", user_id AS "user", sum(n)::DOUBLE AS "events",
      string_agg(chr(("day" - DATE '${EPOCH}')::INTEGER + 1), '') AS "days",
      ${config.columns.department === undefined ? 'NULL' : `max({t: ${moment}, department: department}) FILTER (department IS NOT NULL).department`} AS "department",
      ${invitation} AS "invitedBy", ${config.columns.user_email === undefined ? 'NULL' : 'max(address)'} AS "address"
    FROM used WHERE user_id IS NOT NULL GROUP BY pilot_no, user_id`);
  const byPilot = new Map<number, UserFacts[]>();
  for await (const chunk of rows)
    for (const row of chunk)
      append(byPilot, Number(row['pilot']), {
        ...hashed(String(row['user']), row['address'], hash),
        department: typeof row['department'] === 'string' ? row['department'] : null,
        events: Number(row['events']),
        activeDays: activeDays(String(row['days'])),
        invitedBy: typeof row['invitedBy'] === 'string' ? hash(row['invitedBy']) : null,
      });
  for (const users of byPilot.values()) users.sort((a, b) => (a.user < b.user ? -1 : 1));
  return byPilot;
}

/** An id that is an address tells it itself; mostly it is in lower case, and one hash serves both. */
function hashed(
  id: string,
  address: unknown,
  hash: (user: string) => string,
): Pick<UserFacts, 'user' | 'addressHash'> {
  const known = typeof address === 'string' ? address : id.includes('@') ? id.toLowerCase() : null;
  const user = hash(id);
  return known === null ? { user } : { user, addressHash: known === id ? user : hash(known) };
}

function activeDays(text: string): Day[] {
  const codes = new Uint16Array(text.length);
  for (let at = 0; at < text.length; at++) codes[at] = text.charCodeAt(at);
  codes.sort();
  const days: Day[] = [];
  let before = -1;
  for (const code of codes) {
    if (code !== before) days.push(addDays(EPOCH, code - 1));
    before = code;
  }
  return days;
}

function append<T>(map: Map<number, T[]>, key: number, value: T): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
