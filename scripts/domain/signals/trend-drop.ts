// Two complete weeks against the four before, or, in a young pilot, paired by user. Judged at the end of each week:
// Watch after the first bad one, At risk when the next confirms it and the last business days do not contradict.
// On real projects most single bad weeks are over a week later (`npm run bench:activity`).
import { addDays, mondayOf } from '../day.ts';
import type { Day } from '../facts.ts';
import type { PilotView, UsageView } from '../pilot-view.ts';
import { pairedTest } from './paired-drop.ts';
import { silent, speaks } from './rule.ts';
import type { Finding } from './rule.ts';
import { stretchTo } from './scarce-use.ts';
import type { TrendTest } from './trend-test.ts';
import { RECENT_DAYS, TREND_BUSINESS_DAYS } from './trend-window.ts';
import { weeklyTest } from './weekly-drop.ts';

/** A week with fewer business days (holidays, closed or incomplete days) is no fair comparison and is left out. */
const MIN_BUSINESS_DAYS = 3;
const CONFIRMING_WEEKS = 2;

export function trendDrop(view: PilotView, usage: UsageView): Finding {
  const { calendar, today } = view;
  const mondays = weeksOf(view, usage);
  const now = testOf(view, usage, mondays);
  if (!now) return tooEarly(view, usage);
  const bad = now.isDrop ? 1 + badWeeksBefore(view, usage, mondays) : 0;
  const measured = { observed: { ...now.observed, badWeeks: bad }, threshold: now.threshold };
  if (bad === 0) return silent('noDrop', measured);
  const since = calendar.after(addDays(mondays.at(-bad)!, 6), 1);
  if (since > today) return silent('tooEarly', measured);
  const state = bad >= CONFIRMING_WEEKS && isStillLow(view, usage, now) ? 'At risk' : 'Watch';
  return speaks({ state, since, values: now.values, variant: now.variant }, measured);
}

/** Mondays of the weeks whose Sunday the data cover, thin weeks left out; oldest first, the start's week included. */
function weeksOf({ calendar }: PilotView, usage: UsageView): Day[] {
  const weeks: Day[] = [];
  for (let monday = mondayOf(usage.start); addDays(monday, 6) <= usage.asOf; monday = addDays(monday, 7))
    if (calendar.count(monday, addDays(monday, 6)) >= MIN_BUSINESS_DAYS) weeks.push(monday);
  return weeks;
}

/** How many weeks just before the last one were bad too, as each stood at its own end. */
function badWeeksBefore(view: PilotView, usage: UsageView, mondays: readonly Day[]): number {
  let bad = 0;
  while (testOf(view, usage, mondays.slice(0, -1 - bad))?.isDrop) bad += 1;
  return bad;
}

/** The test as it stood at the end of the last of these weeks. */
function testOf(view: PilotView, usage: UsageView, mondays: readonly Day[]): TrendTest | null {
  const last = mondays.at(-1);
  if (last === undefined) return null;
  const complete = mondays.filter((monday) => monday >= usage.start);
  return weeklyTest(view, usage, complete) ?? pairedTest(view, usage, addDays(last, 6));
}

function tooEarly({ calendar }: PilotView, usage: UsageView): Finding {
  const early = {
    observed: { businessDays: calendar.count(usage.start, usage.asOf) },
    threshold: { businessDays: TREND_BUSINESS_DAYS },
  };
  return silent(usage.grain === 'account-day' ? 'needsUsers' : 'tooEarly', early);
}

/** Each week is judged on Monday; until the next one the last five business days may already be better. */
function isStillLow(view: PilotView, usage: UsageView, test: TrendTest): boolean {
  const { recent, usual } = stretchTo(view, usage, RECENT_DAYS, usage.asOf);
  return recent <= usual * (1 - test.dropPercent / 100);
}
