import { mondayOf } from '../domain/day.ts';
import type { Day, PilotFacts } from '../domain/facts.ts';
import { OWN_METRIC } from '../sources/metric-definition.ts';
import type { UsageWeek } from '../salesforce/columns.ts';

/**
 * A pilot's usage by week (Monday to Sunday, pilot's time zone), up to the data's last complete day, weeks without
 * any activity left out. People are counted once a week; null where the grain knows no people.
 */
export function usageWeeks(facts: PilotFacts): UsageWeek[] {
  const to = facts.completeThrough;
  if (to === null) return [];
  const weeks = Map.groupBy(
    facts.days.filter((day) => day.day <= to && day.events > 0),
    (day) => mondayOf(day.day),
  );
  const people = facts.grain === 'account-day' ? null : peopleByWeek(facts, to);
  return [...weeks]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([weekStart, days]) => {
      const week = people?.get(weekStart);
      return {
        pilotId: facts.pilotId,
        weekStart,
        activeUsers: people ? (week?.active ?? 0) : null,
        newUsers: people ? (week?.fresh ?? 0) : null,
        events: days.reduce((sum, day) => sum + day.events, 0),
        activeDepartments: people ? (week?.departments.size ?? 0) : null,
        metrics: metricsOf(facts, weekStart),
      };
    });
}

/**
 * Each metric's value of the pilot's own week that ended in this calendar week, as JSON; null where none did.
 * The pilot's weeks begin on the weekday it started on.
 */
function metricsOf(facts: PilotFacts, weekStart: Day): string | null {
  const values = facts.metrics.flatMap(({ metric, window, weekly }) => {
    const ended = weekly.find(({ weekEnd }) => mondayOf(weekEnd) === weekStart);
    return window === 'Last 7 days' && ended && !metric.startsWith(OWN_METRIC) ? [{ metric, ...ended }] : [];
  });
  const [first] = values;
  if (!first) return null;
  const metrics = Object.fromEntries(
    values.toSorted((a, b) => (a.metric < b.metric ? -1 : 1)).map(({ metric, value }) => [metric, value]),
  );
  return JSON.stringify({ version: 1, weekEnd: first.weekEnd, metrics });
}

interface People {
  active: number;
  fresh: number;
  readonly departments: Set<string>;
}

function peopleByWeek(facts: PilotFacts, to: Day): Map<Day, People> {
  const weeks = new Map<Day, People>();
  for (const user of facts.users) {
    const mondays = new Set(user.activeDays.filter((day) => day <= to).map(mondayOf));
    let isFirst = true;
    for (const monday of mondays) {
      const week = weeks.get(monday) ?? { active: 0, fresh: 0, departments: new Set<string>() };
      weeks.set(monday, week);
      week.active += 1;
      if (isFirst) week.fresh += 1;
      if (user.department) week.departments.add(user.department);
      isFirst = false;
    }
  }
  return weeks;
}
