import type { DayFacts, MetricFacts } from '../../domain/facts.ts';
import { metricBounds, type MetricDefinition } from '../metric-definition.ts';
import type { PilotDay } from './batch-facts.ts';
import { dayName, dayNumber } from './calendar-day.ts';
import { measure } from './metric-partials.ts';
import { metricFacts, spanKey, type MetricPeriod, type Span } from './metric-spans.ts';
import type { DayCounts } from './pilot-people.ts';
import { usersBetween } from './users-between.ts';

/** Adds to a pilot's days what follows from its people: who was active, and who for the first time. */
export function dayFacts(days: readonly PilotDay[], people: DayCounts, isCounted: boolean): DayFacts[] {
  return days.map(({ day, events, countedUsers }) => {
    const place = day - people.first;
    return {
      day: dayName(day),
      events,
      activeUsers: isCounted ? countedUsers : (people.active[place] ?? 0),
      newUsers: people.fresh[place] ?? 0,
      activeDepartments: people.departments[place] ?? 0,
    };
  });
}

/** Every metric of one pilot, from the parts its days hold; the events are not read again. */
export function pilotMetrics(
  metrics: readonly MetricDefinition[],
  days: readonly PilotDay[],
  users: readonly Uint16Array[],
  period: MetricPeriod,
): MetricFacts[] {
  const numbers = Uint16Array.from(days, ({ day }) => day);
  const between = usersBetween(users);
  const activeUsers = remembered((span) => between(dayNumber(span.first), dayNumber(span.last)));
  return metrics.flatMap((metric, number) => {
    const parts = days.map((day) => day.metrics[number]!);
    const measured = remembered((span) => {
      const from = placeOf(numbers, dayNumber(span.first));
      return measure(metric, parts, from, placeOf(numbers, dayNumber(span.last) + 1), () =>
        activeUsers(span),
      );
    });
    const bounds = metricBounds(metric);
    return metricFacts(metric.name, period, measured).map((facts) => (bounds ? { ...facts, bounds } : facts));
  });
}

/** Windows share most of their spans: each is worked out once. */
function remembered<T>(work: (span: Span) => T): (span: Span) => T {
  const known = new Map<string, T>();
  return (span) => {
    const key = spanKey(span);
    const found = known.get(key);
    if (found !== undefined) return found;
    const result = work(span);
    known.set(key, result);
    return result;
  };
}

/** Index of the first day that is not before `day`. */
function placeOf(days: Uint16Array, day: number): number {
  let low = 0;
  let high = days.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (days[middle]! < day) low = middle + 1;
    else high = middle;
  }
  return low;
}
