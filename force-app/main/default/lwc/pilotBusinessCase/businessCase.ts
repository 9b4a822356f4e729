// What a pilot's result is worth at the customer's scale. No imports: the page computes edits that are not saved yet
// with it, the command line the ends of the range. A saved figure is always the org's formula of the same name.

/** Per user and week, never of the whole group: 25 users who save 10 hours together save 0.4 each. */
export interface CaseAssumptions {
  readonly enterpriseUsers: number | null;
  readonly hoursPerUserWeek: number | null;
  readonly hourlyCost: number | null;
  readonly weeksPerYear: number | null;
}

/** Of the terms that are agreed or invoked. */
export interface CasePrice {
  readonly annual: number | null;
  readonly oneTime: number | null;
}

/** Null is not known, never zero. */
export interface CaseFigures {
  /** A year, all users together. */
  readonly hours: number | null;
  readonly value: number | null;
  /** (value − price of the first year) ÷ that price, in percent. */
  readonly returnPercent: number | null;
  readonly paybackMonths: number | null;
}

/** As Enterprise_Hours__c, Enterprise_Value__c, Return_On_Investment__c and Payback_Months__c, rounded as they are. */
export function caseFigures(assumptions: CaseAssumptions, price: CasePrice): CaseFigures {
  const { enterpriseUsers, hoursPerUserWeek, hourlyCost, weeksPerYear } = assumptions;
  if (enterpriseUsers === null || hoursPerUserWeek === null || weeksPerYear === null) return NOTHING;
  // In hundredths, which are whole numbers: 0.4 × 500 × 52 is 10400.000000000002 as it stands.
  const hours = (enterpriseUsers * Math.round(hoursPerUserWeek * 100) * weeksPerYear) / 100;
  if (hourlyCost === null) return { ...NOTHING, hours: atScale(hours, 0) };
  const value = atScale((Math.round(hours * 100) * Math.round(hourlyCost * 100)) / 10_000, 2);
  const firstYear = firstYearPrice(price);
  const isPriced = firstYear !== null && firstYear > 0;
  return {
    hours: atScale(hours, 0),
    value,
    returnPercent: isPriced ? atScale(((value - firstYear) * 100) / firstYear, 0) : null,
    paybackMonths: isPriced && value > 0 ? atScale((firstYear * 12) / value, 1) : null,
  };
}

const NOTHING: CaseFigures = { hours: null, value: null, returnPercent: null, paybackMonths: null };

/** Null without agreed terms. */
export function firstYearPrice({ annual, oneTime }: CasePrice): number | null {
  return annual === null && oneTime === null ? null : (annual ?? 0) + (oneTime ?? 0);
}

/** Half away from zero, as the org rounds. */
function atScale(value: number, scale: number): number {
  const factor = 10 ** scale;
  return (Math.sign(value) * Math.round(Math.abs(value) * factor)) / factor;
}

export interface CaseCriterion {
  readonly name: string;
  readonly kind: string | null;
  readonly isMustHave: boolean;
  readonly isAtMost: boolean;
  readonly metric: string | null;
  readonly window: string | null;
  readonly unit: string | null;
  readonly actual: number | null;
  readonly measuredOn: string | null;
}

/** Hours saved in a week as a criterion measures them; the range is of the mean of the weeks. */
export interface HoursMeasurement {
  readonly name: string;
  readonly actual: number;
  readonly measuredOn: string | null;
  readonly weeks: number;
  readonly low: number | null;
  readonly high: number | null;
}

const HOURS = /^(h|hrs?|hours?|horas?)\b/i;
const WEEKLY_WINDOWS = ['Last 7 days', 'Per week'];

/**
 * The business outcome that counts hours saved in a week: its unit begins with hours, more is better, and it is entered by
 * hand or measured by the week. Must-haves go first. Null when no criterion does, or it has no value yet.
 * `weeklyMetrics` are the texts of PilotUsage__c.Metrics__c.
 */
export function hoursMeasurement(
  criteria: readonly CaseCriterion[],
  weeklyMetrics: readonly (string | null)[],
): HoursMeasurement | null {
  const counts = criteria.filter(
    ({ kind, isAtMost, unit, metric, window }) =>
      kind === 'Business outcome' &&
      !isAtMost &&
      HOURS.test(unit ?? '') &&
      (metric === null || WEEKLY_WINDOWS.includes(window ?? '')),
  );
  const found = counts.find(({ isMustHave }) => isMustHave) ?? counts[0];
  if (!found || found.actual === null || found.actual <= 0) return null;
  const { name, actual, measuredOn, metric } = found;
  const values = metric === null ? [] : weeklyMetrics.flatMap((text) => metricIn(text, metric));
  return { name, actual, measuredOn, weeks: values.length, ...rangeOfMean(values) };
}

function metricIn(text: string | null, metric: string): number[] {
  try {
    const { version, metrics } = JSON.parse(text ?? '{}') as { version?: unknown; metrics?: unknown };
    const value = (metrics as Record<string, unknown> | undefined)?.[metric];
    return version === 1 && typeof value === 'number' && Number.isFinite(value) ? [value] : [];
  } catch {
    return [];
  }
}

// Two-sided 95 % quantiles of Student's t for 1 to 30 degrees of freedom, the normal one beyond.
// https://www.itl.nist.gov/div898/handbook/eda/section3/eda3672.htm
const T_95 = [
  12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145, 2.131,
  2.12, 2.11, 2.101, 2.093, 2.086, 2.08, 2.074, 2.069, 2.064, 2.06, 2.056, 2.052, 2.048, 2.045, 2.042,
];
const FEWEST_WEEKS = 3;

/** The 95 % interval of the mean; none from fewer than three weeks, which say nothing about how much weeks differ. */
export function rangeOfMean(values: readonly number[]): { low: number | null; high: number | null } {
  const count = values.length;
  if (count < FEWEST_WEEKS) return { low: null, high: null };
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (count - 1);
  const half = (T_95[count - 2] ?? 1.96) * Math.sqrt(variance / count);
  return { low: Math.max(0, mean - half), high: mean + half };
}

/** Does the measurement count the hours of all pilot users together, or of each? */
export type Sense = 'together' | 'each';

/** Hours per user and week, at the two decimals that the pilot's field keeps; null where nobody can divide. */
export function perUser(hours: number, sense: Sense, pilotUsers: number | null): number | null {
  if (sense === 'each') return atScale(hours, 2);
  return pilotUsers === null || pilotUsers <= 0 ? null : atScale(hours / pilotUsers, 2);
}

/** How the hours of the case follow from the measurement; null when they do not, and are somebody's own estimate. */
export function senseOf(
  measurement: HoursMeasurement,
  hoursPerUserWeek: number | null,
  pilotUsers: number | null,
): Sense | null {
  if (hoursPerUserWeek === null) return null;
  const senses = ['together', 'each'] as const;
  const { actual, low, high } = measurement;
  const isExact = (sense: Sense): boolean => perUser(actual, sense, pilotUsers) === hoursPerUserWeek;
  const isWithin = (sense: Sense): boolean => {
    const [from, to] = [low, high].map((end) => (end === null ? null : perUser(end, sense, pilotUsers)));
    return from != null && to != null && from <= hoursPerUserWeek && hoursPerUserWeek <= to;
  };
  return senses.find(isExact) ?? senses.find(isWithin) ?? null;
}

export interface CaseFacts {
  readonly assumptions: CaseAssumptions;
  readonly price: CasePrice;
  readonly pilotUsers: number | null;
  readonly measurement: HoursMeasurement | null;
  /** The org's own figures; null while edits are not saved. */
  readonly stored: CaseFigures | null;
}

export interface BusinessCase extends CaseFacts {
  /** Null when the hours are no measured ones. */
  readonly sense: Sense | null;
  readonly expected: CaseFigures;
  /** Ends of the range; null where the measurement has none. */
  readonly low: CaseFigures | null;
  readonly high: CaseFigures | null;
}

/** The case with its range, which is the measurement's alone: users, cost and weeks are taken as entered. */
export function businessCase(facts: CaseFacts): BusinessCase {
  const { assumptions, price, measurement, pilotUsers, stored } = facts;
  const hours = assumptions.hoursPerUserWeek;
  const sense = measurement && senseOf(measurement, hours, pilotUsers);
  const end = (bound: number | null | undefined, pick: (...values: number[]) => number) => {
    const each = sense === null || bound == null ? null : perUser(bound, sense, pilotUsers);
    // A last week outside the interval of the mean is in the range all the same: it is what the case counts on.
    if (each === null || hours === null) return null;
    return caseFigures({ ...assumptions, hoursPerUserWeek: pick(each, hours) }, price);
  };
  return {
    ...facts,
    sense,
    expected: stored ?? caseFigures(assumptions, price),
    low: end(measurement?.low, Math.min),
    high: end(measurement?.high, Math.max),
  };
}
