// Is use as good as none? The last N business days against what is usual for this very pilot.
import type { Day } from '../facts.ts';
import type { PilotView, UsageView } from '../pilot-view.ts';
import { startOfLast, userDaysBetween, usualUserDays } from '../usual-use.ts';

/** User-days of a stretch of business days, and how many are usual in as many. */
export interface Stretch {
  readonly recent: number;
  readonly usual: number;
}

/** A stretch in which not even one user-day is usual says nothing by its emptiness. */
export const MIN_USUAL = 1;

export function stretchTo(
  { calendar }: PilotView,
  usage: UsageView,
  businessDays: number,
  day: Day,
): Stretch {
  return {
    recent: userDaysBetween(usage, startOfLast(calendar, businessDays, day), day),
    usual: usualUserDays(calendar, usage, day) * businessDays,
  };
}

/** At most the policy's small share of the usual; `minUsual` user-days must be usual, or little is no news. */
export function isScarce({ policy }: PilotView, { recent, usual }: Stretch, minUsual: number): boolean {
  return usual >= minUsual && recent <= (policy.scarceUsePercent / 100) * usual;
}
