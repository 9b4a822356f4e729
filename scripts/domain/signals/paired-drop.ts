// Below six complete weeks each user is compared with himself: active days in the last 5 business days against
// the 10 to 15 before, the kick-off left out. Judged once a week.
import { addDays, mondayOf } from '../day.ts';
import type { Day } from '../facts.ts';
import type { PilotView, UsageView } from '../pilot-view.ts';
import { wilcoxonLower } from '../statistics/wilcoxon-signed-rank.ts';
import { silent, speaks } from './rule.ts';
import type { Finding } from './rule.ts';
import { BASELINE_MAX_DAYS, KICK_OFF_DAYS, RECENT_DAYS, TREND_BUSINESS_DAYS } from './trend-window.ts';

interface Comparison {
  readonly people: number;
  /** Active days per five business days, mean over the people. */
  readonly recent: number;
  readonly before: number;
  readonly p: number;
}

export function pairedDrop(view: PilotView, usage: UsageView): Finding {
  const { calendar, policy, pilot, today } = view;
  const has = calendar.count(usage.start, usage.asOf);
  const early = { observed: { businessDays: has }, threshold: { businessDays: TREND_BUSINESS_DAYS } };
  if (usage.grain === 'account-day') return silent('needsUsers', early);
  const ends = weekEnds(usage).filter((end) => calendar.count(usage.start, end) >= TREND_BUSINESS_DAYS);
  const [newest, ...older] = ends;
  const now = newest ? compare(view, usage, newest) : null;
  if (!newest || !now) return silent('tooEarly', early);
  const measured = {
    observed: { people: now.people, recent: round(now.recent), before: round(now.before), p: round(now.p) },
    threshold: { dropPercent: policy.pairedDropPercent, p: policy.dropPValue },
  };
  const isDrop = (one: Comparison | null): boolean =>
    one !== null &&
    one.before > 0 &&
    one.recent <= one.before * (1 - policy.pairedDropPercent / 100) &&
    one.p < policy.dropPValue;
  if (!isDrop(now)) return silent('noDrop', measured);
  let first = newest;
  for (const end of older) {
    if (!isDrop(compare(view, usage, end))) break;
    first = end;
  }
  const since = calendar.after(first, 1);
  if (since > today) return silent('tooEarly', measured);
  const values = {
    people: now.people,
    rate: tenth(now.recent),
    before: tenth(now.before),
    champion: pilot.champion?.name ?? null,
  };
  return speaks({ state: 'At risk', since, values, variant: 'short' }, measured);
}

/** Sundays that the data cover, newest first. */
function weekEnds(usage: UsageView): Day[] {
  const ends: Day[] = [];
  const lastSunday = addDays(mondayOf(addDays(usage.asOf, 1)), -1);
  for (let end = lastSunday; end >= usage.start; end = addDays(end, -7)) ends.push(end);
  return ends;
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
