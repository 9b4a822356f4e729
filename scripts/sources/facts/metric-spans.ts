import type { Day, MetricFacts } from '../../domain/facts.ts';
import { dayName, dayNumber } from './calendar-day.ts';

/** Days since 1970-01-01, both included, over which a metric is evaluated once, however many windows need it. */
export interface Span {
  readonly first: number;
  readonly last: number;
}

export interface Measured {
  readonly value: number | null;
  readonly count: number;
}

const TRAILING = { 'Last 7 days': 7, 'Last 28 days': 28 } as const;

/**
 * The pilot's days that are over and complete, with the ends of its complete weeks. Weeks are counted from the
 * pilot's first day, so that each has seven days of the pilot in it.
 */
export interface MetricPeriod extends Span {
  readonly weekEnds: readonly { readonly number: number; readonly day: Day }[];
}

export function metricPeriod(firstDay: Day, lastDay: Day): MetricPeriod | null {
  if (lastDay < firstDay) return null;
  const [first, last] = [dayNumber(firstDay), dayNumber(lastDay)];
  const weekEnds = [];
  for (let number = first + 6; number <= last; number += 7) weekEnds.push({ number, day: dayName(number) });
  return { first, last, weekEnds };
}

/**
 * Puts one metric's spans together for the four windows of a criterion. `Per week` is the mean over the complete
 * weeks so far; `weekly` holds each window's value as it stood at the end of every complete week.
 */
export function metricFacts(
  metric: string,
  period: MetricPeriod,
  measure: (span: Span) => Measured,
): MetricFacts[] {
  const rolling = (window: MetricFacts['window'], spanAt: (end: number) => Span): MetricFacts => ({
    metric,
    window,
    ...measure(spanAt(period.last)),
    weekly: period.weekEnds.map(({ number, day }) => ({
      weekEnd: day,
      value: measure(spanAt(number)).value,
    })),
  });
  const weeks = period.weekEnds.map(({ number }) => measure(trailing(period, number, 7)));
  const means = runningMeans(weeks);
  const weekly = period.weekEnds.map(({ day }, index) => ({ weekEnd: day, value: means[index]! }));
  return [
    rolling('Whole pilot', (end) => whole(period, end)),
    ...Object.entries(TRAILING).map(([window, days]) =>
      rolling(window as keyof typeof TRAILING, (end) => trailing(period, end, days)),
    ),
    {
      metric,
      window: 'Per week',
      value: means.at(-1) ?? null,
      count: weeks.reduce((sum, { count }) => sum + count, 0),
      weekly,
    },
  ];
}

/** The mean of the known values so far, week by week. */
function runningMeans(weeks: readonly Measured[]): (number | null)[] {
  let sum = 0;
  let count = 0;
  return weeks.map(({ value }) => {
    if (value !== null) {
      sum += value;
      count++;
    }
    return count === 0 ? null : sum / count;
  });
}

function whole(period: Span, last: number): Span {
  return { first: period.first, last };
}

function trailing(period: Span, last: number, days: number): Span {
  return { first: Math.max(period.first, last + 1 - days), last };
}
