// What there is to say about a pilot for which no signal speaks, and that a flag is snoozed.
import { addDays } from './day.ts';
import type { Note, Signal, UsageSummary } from './evaluation.ts';
import type { PilotView } from './pilot-view.ts';
import { TREND_BUSINESS_DAYS } from './signals/trend-window.ts';

/** The note of a verdict; null where the signals say it all. */
export function noteOf(
  view: PilotView,
  signals: readonly Signal[],
  usage: UsageSummary,
  isSnoozed: boolean,
): Note | null {
  if (isSnoozed) return { key: 'snoozed', values: { until: view.pilot.snoozedUntil } };
  if (signals.length > 0) return null;
  if (!view.usage) return { key: view.usageSilence ?? 'quiet', values: {} };
  if (usage.activeUsers7d === null) return { key: 'quiet', values: {} };
  const { start, asOf, licensed } = view.usage;
  const has = view.calendar.count(start, asOf);
  const values = { active: usage.activeUsers7d, users: licensed };
  const suffix = licensed === null ? 'Uncounted' : '';
  if (has >= TREND_BUSINESS_DAYS || view.policy.off.has('USAGE_DROP') || view.pilot.rhythm === 'Month-end')
    return { key: `active${suffix}`, values };
  const lastNeeded = view.calendar.after(addDays(start, -1), TREND_BUSINESS_DAYS);
  const starts = view.calendar.after(lastNeeded, 1);
  return { key: `tooEarly${suffix}`, values: { ...values, starts, needs: TREND_BUSINESS_DAYS, has } };
}
