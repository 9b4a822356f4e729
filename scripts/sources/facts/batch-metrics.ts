import type { Day, DayFacts, MetricFacts, UserFacts } from '../../domain/facts.ts';
import { metricBounds, type MetricDefinition } from '../metric-definition.ts';
import type { PilotDay } from './batch-facts.ts';
import { measure } from './metric-partials.ts';
import { metricFacts, spanKey, type MetricPeriod, type Span } from './metric-spans.ts';

/** Adds to a pilot's days what follows from its people: who was active, and who for the first time. */
export function dayFacts(
  days: readonly PilotDay[],
  users: readonly UserFacts[],
  isCounted: boolean,
): DayFacts[] {
  const active = new Map<Day, number>();
  const fresh = new Map<Day, number>();
  for (const { activeDays } of users) {
    for (const day of activeDays) active.set(day, (active.get(day) ?? 0) + 1);
    fresh.set(activeDays[0]!, (fresh.get(activeDays[0]!) ?? 0) + 1);
  }
  return days.map(({ day, events, activeDepartments, countedUsers }) => ({
    day,
    events,
    activeUsers: isCounted ? countedUsers : (active.get(day) ?? 0),
    newUsers: fresh.get(day) ?? 0,
    activeDepartments,
  }));
}

/** Every metric of one pilot, from the parts its days hold; the events are not read again. */
export function pilotMetrics(
  metrics: readonly MetricDefinition[],
  days: readonly PilotDay[],
  users: readonly UserFacts[],
  period: MetricPeriod,
): MetricFacts[] {
  const names = days.map(({ day }) => day);
  const activeUsers = remembered((span) => usersIn(users, span));
  return metrics.flatMap((metric, number) => {
    const parts = days.map((day) => day.metrics[number]!);
    const measured = remembered((span) =>
      measure(metric, parts.slice(placeOf(names, span.first), placeAfter(names, span.last)), () =>
        activeUsers(span),
      ),
    );
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

function usersIn(users: readonly UserFacts[], { first, last }: Span): number {
  let count = 0;
  for (const { activeDays } of users) {
    const day = activeDays[placeOf(activeDays, first)];
    if (day !== undefined && day <= last) count++;
  }
  return count;
}

/** Index of the first day that is not before `day`. */
function placeOf(days: readonly Day[], day: Day): number {
  let low = 0;
  let high = days.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (days[middle]! < day) low = middle + 1;
    else high = middle;
  }
  return low;
}

function placeAfter(days: readonly Day[], day: Day): number {
  const place = placeOf(days, day);
  return days[place] === day ? place + 1 : place;
}
