import type { UnlinkedKey } from '../../domain/facts.ts';
import type { UsageConfig } from '../usage-config.ts';
import type { Engine } from '../engine/engine.ts';
import { literal } from '../engine/sql.ts';
import { addDays, dayOf, lastWholeDay } from './calendar-day.ts';
import { ACCEPTED, sourceDay, userDomain, type Zones } from './usage-shape.ts';

/** Keys that no link names, with what a rep needs to recognise them. Of an address only the domain was ever kept. */
export async function unlinkedKeys(
  config: UsageConfig,
  engine: Engine,
  zones: Zones,
  through: Date | null,
  now: Date,
): Promise<UnlinkedKey[]> {
  const zone = config.time_zone ?? 'UTC';
  const last = through === null ? dayOf(now, zone) : lastWholeDay(through, zone);
  const isRecent = `"day" BETWEEN DATE ${literal(addDays(last, -6))} AND DATE ${literal(last)}`;
  const people = config.grain === 'account-day' ? 'coalesce(max(active_users), 0)' : 'any_value(people)';
  const rows = await engine.rows(`
    WITH m AS (SELECT "key", user_id, ${userDomain(config)} AS email_domain FROM member ANTI JOIN link USING ("key")),
    p AS (SELECT "key", count(DISTINCT user_id) AS people FROM m GROUP BY "key"),
    k AS (SELECT "key", coalesce(${people}, 0)::DOUBLE AS "users", sum(n)::DOUBLE AS "events",
        coalesce(sum(n) FILTER (${isRecent}), 0)::DOUBLE AS "eventsLastWeek",
        min("day")::VARCHAR AS "firstDay", max("day")::VARCHAR AS "lastDay"
      FROM (SELECT * EXCLUDE ("day"), ${sourceDay(zones)} AS "day" FROM key_day ANTI JOIN link USING ("key") WHERE ${ACCEPTED})
        LEFT JOIN p USING ("key") GROUP BY "key"),
    d AS (SELECT "key", email_domain, count(DISTINCT user_id) AS people FROM m WHERE email_domain IS NOT NULL GROUP BY ALL),
    top AS (SELECT * FROM d QUALIFY row_number() OVER (PARTITION BY "key" ORDER BY people DESC, email_domain) = 1)
    SELECT k.*, top.email_domain AS "domain", top.people::DOUBLE AS "people"
    FROM k LEFT JOIN top USING ("key") ORDER BY k."key"`);
  return rows.map((row) => ({
    source: config.name,
    key: String(row['key']),
    users: Number(row['users']),
    events: Number(row['events']),
    eventsLastWeek: Number(row['eventsLastWeek']),
    firstDay: String(row['firstDay']),
    lastDay: String(row['lastDay']),
    domain:
      typeof row['domain'] === 'string'
        ? { name: row['domain'], share: Number(row['people']) / Math.max(1, Number(row['users'])) }
        : null,
  }));
}
