// Below six complete weeks each user is compared with himself: active days in the last 5 business days against
// the 10 to 15 before, the kick-off left out. Judged once a week.
import { addDays } from '../day.ts';
import type { Day } from '../facts.ts';
import type { PilotView, UsageView } from '../pilot-view.ts';
import { wilcoxonLower } from '../statistics/wilcoxon-signed-rank.ts';
import type { TrendTest } from './trend-test.ts';
import { BASELINE_MAX_DAYS, KICK_OFF_DAYS, RECENT_DAYS, TREND_BUSINESS_DAYS } from './trend-window.ts';

interface Comparison {
  readonly people: number;
  /** Active days per five business days, mean over the people. */
  readonly recent: number;
  readonly before: number;
  readonly p: number;
}

/** The test as it stood at the end of the day `end`; null with too few business days, or without people. */
export function pairedTest(view: PilotView, usage: UsageView, end: Day): TrendTest | null {
  if (usage.grain === 'account-day' || view.calendar.count(usage.start, end) < TREND_BUSINESS_DAYS)
    return null;
  const found = compare(view, usage, end);
  if (!found) return null;
  const { people, recent, before, p } = found;
  const { pairedDropPercent: dropPercent, dropPValue } = view.policy;
  return {
    isDrop: before > 0 && recent <= before * (1 - dropPercent / 100) && p < dropPValue,
    dropPercent,
    observed: { people, recent: round(recent), before: round(before), p: round(p) },
    threshold: { dropPercent, p: dropPValue },
    variant: 'short',
    values: {
      people,
      rate: tenth(recent),
      before: tenth(before),
      champion: view.pilot.champion?.name ?? null,
    },
  };
}

function compare({ calendar }: PilotView, usage: UsageView, end: Day): Comparison | null {
  const days: Day[] = [];
  for (let day = usage.start; day <= end; day = addDays(day, 1))
    if (calendar.isBusinessDay(day)) days.push(day);
  const recent = new Set(days.slice(-RECENT_DAYS));
  const before = new Set(days.slice(KICK_OFF_DAYS, -RECENT_DAYS).slice(-BASELINE_MAX_DAYS));
  if (before.size === 0) return null;
  const rates = usage.users.flatMap((user) => {
    const inRecent = user.activeDays.filter((day) => recent.has(day)).length;
    const inBefore = user.activeDays.filter((day) => before.has(day)).length;
    const weekly = { recent: (inRecent / recent.size) * 5, before: (inBefore / before.size) * 5 };
    return inRecent + inBefore > 0 ? [weekly] : [];
  });
  if (rates.length === 0) return null;
  const meanOf = (field: 'recent' | 'before'): number =>
    rates.reduce((sum, rate) => sum + rate[field], 0) / rates.length;
  const p = wilcoxonLower(rates.map((rate) => rate.recent - rate.before));
  return { people: rates.length, recent: meanOf('recent'), before: meanOf('before'), p };
}

function round(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}
