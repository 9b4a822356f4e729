import type { DayFacts, MetricFacts } from '../../domain/facts.ts';
import { metricBounds, type MetricDefinition } from '../metric-definition.ts';
import type { PilotDays } from './batch-facts.ts';
import { dayName } from './calendar-day.ts';
import { measure, metricParts } from './metric-partials.ts';
import { metricFacts, type MetricPeriod, type Span } from './metric-spans.ts';
import type { DayCounts } from './pilot-people.ts';
import { usersBetween } from './users-between.ts';

/** Adds to a pilot's days what follows from its people: who was active, and who for the first time. */
export function dayFacts(own: PilotDays, people: DayCounts, isCounted: boolean): DayFacts[] {
  return own.days.map((day, index) => {
    const place = day - people.first;
    return {
      day: dayName(day),
      events: own.events[index]!,
      activeUsers: isCounted ? own.countedUsers[index]! : (people.active[place] ?? 0),
      newUsers: people.fresh[place] ?? 0,
      activeDepartments: people.departments[place] ?? 0,
    };
  });
}

/** Every metric of one pilot, from the parts its days hold; the events are not read again. */
export function pilotMetrics(
  metrics: readonly MetricDefinition[],
  { days, parts }: PilotDays,
  users: readonly Uint16Array[],
  period: MetricPeriod,
): MetricFacts[] {
  const between = usersBetween(users);
  const activeUsers = remembered(({ first, last }) => between(first, last));
  let part = 0;
  return metrics.flatMap((metric) => {
    // A pilot whose events all lie outside its links has no days, and so no parts.
    const own = metricParts(metric).map(() => parts[part++] ?? []);
    const measured = remembered((span) =>
      measure(metric, own, placeOf(days, span.first), placeOf(days, span.last + 1), () => activeUsers(span)),
    );
    const bounds = metricBounds(metric);
    return metricFacts(metric.name, period, measured).map((facts) => (bounds ? { ...facts, bounds } : facts));
  });
}

// More than there are days in a Uint16.
const KEY = 65_536;

/** Windows share most of their spans: each is worked out once. */
function remembered<T>(work: (span: Span) => T): (span: Span) => T {
  const known = new Map<number, T>();
  return (span) => {
    const key = span.first * KEY + span.last;
    const found = known.get(key);
    if (found !== undefined) return found;
    const result = work(span);
    known.set(key, result);
    return result;
  };
}

/** Index of the first day that is not before `day`. */
function placeOf(days: readonly number[], day: number): number {
  let low = 0;
  let high = days.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (days[middle]! < day) low = middle + 1;
    else high = middle;
  }
  return low;
}
