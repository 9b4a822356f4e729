// From six complete weeks on: Fisher's exact test on user-weeks; on events where the source knows no users.
import { addDays } from '../day.ts';
import type { Day } from '../facts.ts';
import type { PilotView, UsageView } from '../pilot-view.ts';
import { conditionalBinomialLower, overDispersion } from '../statistics/conditional-binomial.ts';
import { fisherLower } from '../statistics/fisher-exact.ts';
import type { TrendTest } from './trend-test.ts';

const RECENT_WEEKS = 2;
const NEEDED_WEEKS = 6;

interface Comparison {
  readonly recent: number;
  readonly before: number;
  readonly p: number;
  /** What a week's share is of; null for events. */
  readonly users: number | null;
}

/** The test as it stood at the end of the week; null below six complete weeks. `weeks` are Mondays, oldest first. */
export function weeklyTest(view: PilotView, usage: UsageView, weeks: readonly Day[]): TrendTest | null {
  if (weeks.length < NEEDED_WEEKS) return null;
  const compare = usage.grain === 'account-day' ? compareEvents : compareUsers;
  const { recent, before, p, users } = compare(view, usage, weeks.slice(-NEEDED_WEEKS));
  const { dropPercent, dropPValue } = view.policy;
  const champion = view.pilot.champion?.name ?? null;
  return {
    isDrop: before > 0 && recent <= before * (1 - dropPercent / 100) && p < dropPValue,
    dropPercent,
    observed: { recent: round(recent), before: round(before), p: round(p), weeks: weeks.length },
    threshold: { dropPercent, p: dropPValue },
    variant: users === null ? 'events' : null,
    values:
      users === null
        ? { rate: round(recent), before: round(before), champion }
        : { active: Math.round(recent), before: Math.round(before), users, champion },
  };
}

/** Active user-weeks out of all user-weeks; `recent` and `before` are mean active users a week. */
function compareUsers(_view: PilotView, usage: UsageView, weeks: readonly Day[]): Comparison {
  const seenIn = (monday: Day) =>
    usage.users.filter((user) => user.activeDays.some((day) => monday <= day && day <= addDays(monday, 6)));
  const seen = new Set(weeks.flatMap((monday) => seenIn(monday).map((user) => user.user))).size;
  const users = Math.max(usage.licensed ?? 0, seen);
  const active = weeks.map((monday) => seenIn(monday).length);
  const [before, recent] = [active.slice(0, -RECENT_WEEKS), active.slice(-RECENT_WEEKS)];
  const share = (counts: readonly number[]) => ({ hits: sum(counts), of: users * counts.length });
  return {
    recent: sum(recent) / recent.length,
    before: sum(before) / before.length,
    p: fisherLower(share(recent), share(before)),
    users,
  };
}

/** Events on business days; `recent` and `before` are events a business day. */
function compareEvents({ calendar }: PilotView, usage: UsageView, weeks: readonly Day[]): Comparison {
  const events = new Map(usage.days.map((day) => [day.day, day.events]));
  const countsOf = (mondays: readonly Day[]) =>
    mondays
      .flatMap((monday) => Array.from({ length: 7 }, (_, index) => addDays(monday, index)))
      .filter((day) => calendar.isBusinessDay(day))
      .map((day) => ({ events: events.get(day) ?? 0, exposure: 1 }));
  const [before, recent] = [countsOf(weeks.slice(0, -RECENT_WEEKS)), countsOf(weeks.slice(-RECENT_WEEKS))];
  const total = (counts: typeof recent) => ({
    events: sum(counts.map((count) => count.events)),
    exposure: counts.length,
  });
  const p = conditionalBinomialLower(total(recent), total(before), overDispersion([recent, before]));
  return {
    recent: total(recent).events / recent.length,
    before: total(before).events / before.length,
    p,
    users: null,
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function round(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
