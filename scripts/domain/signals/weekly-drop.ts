// From six complete weeks on: Fisher's exact test on user-weeks; on events where the source knows no users.
import { addDays, mondayOf } from '../day.ts';
import type { Day } from '../facts.ts';
import type { PilotView, UsageView } from '../pilot-view.ts';
import { conditionalBinomialLower, overDispersion } from '../statistics/conditional-binomial.ts';
import { fisherLower } from '../statistics/fisher-exact.ts';
import { silent, speaks } from './rule.ts';
import type { Fired, Finding } from './rule.ts';

const RECENT_WEEKS = 2;
export const NEEDED_WEEKS = 6;
/** A week with fewer business days (holidays, closed or incomplete days) is no fair comparison and is left out. */
const MIN_BUSINESS_DAYS = 3;

/** Mondays of the pilot's weeks whose Sunday the data cover, thin weeks left out; oldest first. */
export function completeWeeks({ calendar }: PilotView, usage: UsageView): Day[] {
  const weeks: Day[] = [];
  const first = mondayOf(addDays(usage.start, 6));
  for (let monday = first; addDays(monday, 6) <= usage.asOf; monday = addDays(monday, 7)) {
    if (calendar.count(monday, addDays(monday, 6)) >= MIN_BUSINESS_DAYS) weeks.push(monday);
  }
  return weeks;
}

interface Comparison {
  readonly recent: number;
  readonly before: number;
  readonly p: number;
  /** What a week's share is of; null for events. */
  readonly users: number | null;
}

export function weeklyDrop(view: PilotView, usage: UsageView, weeks: readonly Day[]): Finding {
  const compare = usage.grain === 'account-day' ? compareEvents : compareUsers;
  const now = compare(view, usage, weeks.slice(-NEEDED_WEEKS));
  const measured = {
    observed: { recent: round(now.recent), before: round(now.before), p: round(now.p), weeks: weeks.length },
    threshold: { dropPercent: view.policy.dropPercent, p: view.policy.dropPValue },
  };
  if (!isDrop(view, now)) return silent('noDrop', measured);
  // The verdict changes only with a new complete week: walk back while it was the same.
  let end = weeks.length;
  while (
    end > NEEDED_WEEKS &&
    isDrop(view, compare(view, usage, weeks.slice(end - 1 - NEEDED_WEEKS, end - 1)))
  )
    end -= 1;
  const since = view.calendar.after(addDays(weeks[end - 1]!, 6), 1);
  return since > view.today ? silent('tooEarly', measured) : speaks(firedBy(view, now, since), measured);
}

function isDrop({ policy }: PilotView, { recent, before, p }: Comparison): boolean {
  return before > 0 && recent <= before * (1 - policy.dropPercent / 100) && p < policy.dropPValue;
}

function firedBy({ pilot }: PilotView, { recent, before, users }: Comparison, since: Day): Fired {
  const champion = pilot.champion?.name ?? null;
  if (users === null)
    return {
      state: 'At risk',
      since,
      variant: 'events',
      values: { rate: round(recent), before: round(before), champion },
    };
  return {
    state: 'At risk',
    since,
    values: { active: Math.round(recent), before: Math.round(before), users, champion },
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
