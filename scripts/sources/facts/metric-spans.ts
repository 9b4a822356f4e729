import type { Day, MetricFacts } from '../../domain/facts.ts';
import { addDays } from './calendar-day.ts';

/** Days, both included, over which a metric is evaluated once, however many windows need it. */
export interface Span {
  readonly first: Day;
  readonly last: Day;
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
  readonly weekEnds: readonly Day[];
}

export function metricPeriod(first: Day, last: Day): MetricPeriod | null {
  if (last < first) return null;
  const weekEnds = [];
  for (let day = addDays(first, 6); day <= last; day = addDays(day, 7)) weekEnds.push(day);
  return { first, last, weekEnds };
}

export function spanKey({ first, last }: Span): string {
  return `${first}/${last}`;
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
  const rolling = (window: MetricFacts['window'], spanAt: (end: Day) => Span): MetricFacts => ({
    metric,
    window,
    ...measure(spanAt(period.last)),
    weekly: period.weekEnds.map((weekEnd) => ({ weekEnd, value: measure(spanAt(weekEnd)).value })),
  });
  const weeks = period.weekEnds.map((weekEnd) => ({ weekEnd, ...measure(trailing(period, weekEnd, 7)) }));
  const weekly = weeks.map(({ weekEnd }, index) => ({ weekEnd, value: mean(weeks.slice(0, index + 1)) }));
  return [
    rolling('Whole pilot', (end) => whole(period, end)),
    ...Object.entries(TRAILING).map(([window, days]) =>
      rolling(window as keyof typeof TRAILING, (end) => trailing(period, end, days)),
    ),
    {
      metric,
      window: 'Per week',
      value: mean(weeks),
      count: weeks.reduce((sum, { count }) => sum + count, 0),
      weekly,
    },
  ];
}

function mean(weeks: readonly Measured[]): number | null {
  const values = weeks.map(({ value }) => value).filter((value) => value !== null);
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}

function whole(period: Span, last: Day): Span {
  return { first: period.first, last };
}

function trailing(period: Span, last: Day, days: number): Span {
  const first = addDays(last, 1 - days);
  return { first: first < period.first ? period.first : first, last };
}
