// What the org's own past says of a target: what its pilots from the same template reached, and what most of them did.
// No DOM and nothing imported at run time.
import type { TemplateItem } from './pilotPlan';

/** Result of one criterion of a pilot that was decided. */
export interface PastResult {
  readonly template: string | null;
  readonly name: string | null;
  readonly kind: string | null;
  readonly metric: string | null;
  readonly window: string | null;
  readonly direction: string | null;
  readonly unit: string | null;
  readonly actual: number;
  readonly licensedUsers: number | null;
}

export interface TargetHint {
  /** How many pilots it stands on. */
  readonly pilots: number;
  /** The median of what they reached. */
  readonly usual: number;
  /** What at least three of four reached: a value that one of them really had. */
  readonly safe: number;
  /** How many did at least as well as `safe`. */
  readonly reached: number;
  /** Numbers are percent of the licensed users. */
  readonly isShare: boolean;
}

/** Fewer results than this are anecdotes. */
export const FEWEST_RESULTS = 5;
const SAFE_SHARE = 0.75;
const SHARE_OF_USERS = '% of licensed users';
const PEOPLE = ['users', 'people'];

/** Null with fewer than five results that can be compared, and for criteria that are only met or not. */
export function targetHint(
  template: string,
  item: TemplateItem,
  past: readonly PastResult[],
): TargetHint | null {
  const isShare = item.unit === SHARE_OF_USERS;
  const values = past
    .filter((one) => one.template === template && isSame(item, one))
    .flatMap((one) => (isShare ? shareOf(one) : one.unit === item.unit ? [one.actual] : []));
  const isYesOrNo = values.every((value) => value === 0 || value === 1);
  if (values.length < FEWEST_RESULTS || isYesOrNo) return null;
  const isAtMost = item.direction === 'At most';
  const best = [...values].sort((a, b) => (isAtMost ? a - b : b - a));
  const safe = best[Math.ceil(best.length * SAFE_SHARE) - 1]!;
  return {
    pilots: best.length,
    usual: rounded(medianOf(best)),
    safe: rounded(safe),
    reached: best.filter((value) => (isAtMost ? value <= safe : value >= safe)).length,
    isShare,
  };
}

/** The same measurement: by metric and window, or by name where one of both was entered by hand. */
function isSame(item: TemplateItem, past: PastResult): boolean {
  const isSameMetric =
    item.metric === null || past.metric === null
      ? item.name === past.name
      : item.metric === past.metric && item.window === past.window;
  return (
    isSameMetric &&
    item.kind === past.kind &&
    (item.direction ?? 'At least') === (past.direction ?? 'At least')
  );
}

/** A share as it was entered, or people as percent of those who had a licence. */
function shareOf({ unit, actual, licensedUsers }: PastResult): number[] {
  if (unit === SHARE_OF_USERS) return [actual];
  if (!PEOPLE.includes(unit ?? '') || licensedUsers === null || licensedUsers <= 0) return [];
  return [(actual / licensedUsers) * 100];
}

function medianOf(sorted: readonly number[]): number {
  const middle = sorted.length / 2;
  return (sorted[Math.ceil(middle) - 1]! + sorted[Math.floor(middle)]!) / 2;
}

function rounded(value: number): number {
  return Number(value.toPrecision(3));
}
