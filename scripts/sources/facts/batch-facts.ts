import type { DayFacts, UserFacts } from '../../domain/facts.ts';
import type { FileSourceConfig } from '../file-source-config.ts';
import type { Engine } from '../engine/engine.ts';
import { literal } from '../engine/sql.ts';
import { numberColumn, textColumn, type EventColumns } from './event-columns.ts';
import { ACCEPTED, dayInZone } from './event-table.ts';
import type { Batch, LinkPlan } from './link-plan.ts';

/** Puts the events of a batch's pilots into the table `used`: joined by exact key, inside window and filter. */
export async function selectBatch(
  engine: Engine,
  config: Pick<FileSourceConfig, 'grain'>,
  columns: EventColumns,
  plan: LinkPlan,
  batch: Batch,
): Promise<void> {
  const texts = columns.texts.map(textColumn);
  const extras = [...texts, ...columns.numbers.map(numberColumn)].map((column) => `, e.${column}`).join('');
  const filters = columns.texts.map((name) => `WHEN ${literal(name)} THEN e.${textColumn(name)}`).join(' ');
  const filtered = filters === '' ? 'false' : `CASE l.filter_column ${filters} END = l.filter_value`;
  // The row number is selected so that DISTINCT drops an event matched by two links, and never two equal events.
  await engine.run(`CREATE OR REPLACE TEMP TABLE used AS
    SELECT ${batch.mayRepeat ? 'DISTINCT' : ''} pilot_id, row, "day", moment, user_id, department, invited_by, n, active_users
      ${[...texts, ...columns.numbers.map(numberColumn)].map((column) => `, ${column}`).join('')}
    FROM (SELECT l.pilot_id, e.rowid AS row, ${dayInZone(config, plan.zones, 'l.zone_no')} AS "day",
        coalesce(e.t, e."day"::TIMESTAMPTZ) AS moment, l.from_day, l.to_day,
        e.user_id, e.department, e.invited_by, e.n, e.active_users${extras}
      FROM event e JOIN link l ON e."key" = l."key"
      WHERE ${ACCEPTED} AND l.batch = ${batch.number} AND (e.n > 0 OR e.active_users > 0)
        AND (l.filter_column IS NULL OR ${filtered}))
    WHERE (from_day IS NULL OR "day" >= from_day) AND (to_day IS NULL OR "day" <= to_day)`);
}

export async function dayFacts(
  engine: Engine,
  grain: FileSourceConfig['grain'],
): Promise<Map<string, DayFacts[]>> {
  const users = grain === 'account-day' ? 'coalesce(sum(active_users), 0)' : 'count(DISTINCT user_id)';
  const rows = await engine.rows(`
    WITH f AS (SELECT pilot_id, user_id, min("day") AS "day" FROM used WHERE user_id IS NOT NULL GROUP BY ALL),
    b AS (SELECT pilot_id, "day", count(*) AS users FROM f GROUP BY ALL),
    d AS (SELECT pilot_id, "day", sum(n) AS events, ${users} AS users, count(DISTINCT department) AS departments
      FROM used GROUP BY pilot_id, "day")
    SELECT d.pilot_id AS "pilotId", d."day"::VARCHAR AS "day", d.events::DOUBLE AS "events", d.users::DOUBLE AS "users",
      d.departments::DOUBLE AS "departments", coalesce(b.users, 0)::DOUBLE AS "newUsers"
    FROM d LEFT JOIN b USING (pilot_id, "day") ORDER BY d.pilot_id, d."day"`);
  const byPilot = new Map<string, DayFacts[]>();
  for (const row of rows)
    append(byPilot, String(row['pilotId']), {
      day: String(row['day']),
      events: Number(row['events']),
      activeUsers: Number(row['users']),
      newUsers: Number(row['newUsers']),
      activeDepartments: Number(row['departments']),
    });
  return byPilot;
}

/** Users by pilot, ordered by hash. The department is the latest known, the inviter the first named. */
export async function userFacts(
  engine: Engine,
  hash: (user: string) => string,
): Promise<Map<string, UserFacts[]>> {
  const rows = engine.stream(`
    SELECT pilot_id AS "pilotId", user_id AS "user", sum(n)::DOUBLE AS "events",
      list_sort(list(DISTINCT "day"::VARCHAR)) AS "days",
      arg_max(department, (moment, department)) FILTER (department IS NOT NULL) AS "department",
      arg_min(invited_by, (moment, invited_by)) FILTER (invited_by IS NOT NULL) AS "invitedBy"
    FROM used WHERE user_id IS NOT NULL GROUP BY pilot_id, user_id`);
  const byPilot = new Map<string, UserFacts[]>();
  for await (const chunk of rows)
    for (const row of chunk)
      append(byPilot, String(row['pilotId']), {
        user: hash(String(row['user'])),
        department: typeof row['department'] === 'string' ? row['department'] : null,
        events: Number(row['events']),
        activeDays: row['days'] as string[],
        invitedBy: typeof row['invitedBy'] === 'string' ? hash(row['invitedBy']) : null,
      });
  for (const users of byPilot.values()) users.sort((a, b) => (a.user < b.user ? -1 : 1));
  return byPilot;
}

function append<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
