// Windows of the paired drop test, in business days (their false alarms and detection: `npm run simulate`).
import { addDays } from '../day.ts';
import type { Day } from '../facts.ts';
import type { PilotView, UsageView } from '../pilot-view.ts';

/** Kick-off days left out: their spike would make every healthy pilot look falling. */
export const KICK_OFF_DAYS = 5;
export const RECENT_DAYS = 5;
const BASELINE_MIN_DAYS = 10;
export const BASELINE_MAX_DAYS = 15;

/** From this business day on a trend can be tested. */
export const TREND_BUSINESS_DAYS = KICK_OFF_DAYS + BASELINE_MIN_DAYS + RECENT_DAYS;

/** The day with which enough business days are over. */
export function trendStart({ calendar }: PilotView, usage: UsageView): Day {
  return calendar.after(addDays(usage.start, -1), TREND_BUSINESS_DAYS);
}
