// Use has fallen: a test says so for whole weeks, the last business days hold next to nothing of the usual, or those
// who made nearly all of it are away.
import type { Day } from '../facts.ts';
import type { PilotView, UsageView } from '../pilot-view.ts';
import { peopleGone } from './people-gone.ts';
import { rhythmDays } from './rhythm.ts';
import { silent, speaks } from './rule.ts';
import type { Finding, Measured, Rule } from './rule.ts';
import { isScarce, MIN_USUAL, stretchTo } from './scarce-use.ts';
import { sustainedSince } from './sustained-since.ts';
import { trendDrop } from './trend-drop.ts';
import { RECENT_DAYS, trendStart } from './trend-window.ts';

export const usageDrop: Rule = { code: 'USAGE_DROP', group: 'usage', owner: 'success manager', judge };

function judge(view: PilotView): Finding {
  const { usage, pilot } = view;
  if (!usage) return silent(view.usageSilence ?? 'noData');
  // Work that comes once a month is absent from most weeks: weeks compare nothing there.
  if (pilot.rhythm === 'Month-end') return silent('monthlyRhythm');
  const trend = trendDrop(view, usage);
  const fading = faded(view, usage, trend);
  if (fading || trend.fired?.state === 'At risk') return fading ?? trend;
  return peopleGone(view, usage, trend) ?? trend;
}

/** Five business days (a pilot used weekly: twice its rhythm) with next to nothing of what is usual in as many. */
function faded(view: PilotView, usage: UsageView, trend: Finding): Finding | null {
  const { calendar, policy, pilot, today } = view;
  const days = Math.max(RECENT_DAYS, rhythmDays(pilot) > 1 ? policy.rhythmFactor * rhythmDays(pilot) : 0);
  const isFaded = (day: Day): boolean => isScarce(view, stretchTo(view, usage, days, day), MIN_USUAL);
  const first = sustainedSince(usage.asOf, trendStart(view, usage), isFaded);
  const since = first && calendar.after(first, 1);
  if (!since || since > today) return null;
  const { recent, usual } = stretchTo(view, usage, days, usage.asOf);
  const measured: Measured = {
    observed: { ...trend.observed, recentUserDays: recent, usualUserDays: Math.round(usual * 10) / 10 },
    threshold: { ...trend.threshold, businessDays: days, scarcePercent: policy.scarceUsePercent },
  };
  const values = {
    recent,
    usual: Math.round(usual),
    days,
    users: usage.licensed ?? (usage.users.length || null),
    last: usage.days.at(-1)!.day,
    champion: pilot.champion?.name ?? null,
  };
  const variant = recent > 0 ? 'faded' : values.users === null ? 'silent_uncounted' : 'silent';
  return speaks({ state: 'At risk', since, values, variant }, measured);
}
