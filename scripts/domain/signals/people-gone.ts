// The people who made nearly all of the use are away, each for longer than is usual for that person; what little goes
// on is others'. Of the real projects that only this finds 3 of 7 died, of those silent for five business days 18 of
// 45 (`npm run bench:activity`).
import { later } from '../day.ts';
import type { Day } from '../facts.ts';
import type { PilotView, UsageView } from '../pilot-view.ts';
import { isAwayOn } from './absence.ts';
import { speaks } from './rule.ts';
import type { Finding } from './rule.ts';
import { MIN_USUAL, stretchTo } from './scarce-use.ts';
import { sustainedSince } from './sustained-since.ts';
import { RECENT_DAYS, trendStart } from './trend-window.ts';

interface Gone {
  readonly people: number;
  readonly seen: number;
  /** Share of all user-days that those away made, in percent. */
  readonly percent: number;
  /** The last day on which any of them was seen. */
  readonly last: Day | null;
}

/** At risk when those still there made at most the policy's small share of all user-days; null otherwise. */
export function peopleGone(view: PilotView, usage: UsageView, trend: Finding): Finding | null {
  // A threshold of 100 % or more must not find people gone where nobody is.
  const least = Math.max(1, 100 - view.policy.scarceUsePercent);
  const isGone = (day: Day): boolean =>
    stretchTo(view, usage, RECENT_DAYS, day).usual >= MIN_USUAL && goneBy(view, usage, day).percent >= least;
  const first = sustainedSince(usage.asOf, trendStart(view, usage), isGone);
  const since = first && view.calendar.after(first, 1);
  if (!since || since > view.today) return null;
  const { people, seen, percent, last } = goneBy(view, usage, usage.asOf);
  const values = {
    people,
    seen,
    share: Math.floor(percent),
    last,
    champion: view.pilot.champion?.name ?? null,
  };
  const measured = {
    observed: { ...trend.observed, peopleAway: people, peopleSeen: seen, sharePercent: Math.floor(percent) },
    threshold: { ...trend.threshold, awaySharePercent: least },
  };
  return speaks({ state: 'At risk', since, values, variant: 'gone' }, measured);
}

function goneBy(view: PilotView, usage: UsageView, day: Day): Gone {
  const seen = usage.users
    .map((user) => ({ user, days: user.activeDays.filter((one) => one <= day) }))
    .filter(({ days }) => days.length > 0);
  const away = seen.filter(({ user }) => isAwayOn(view, user, day));
  const userDays = (people: typeof seen): number => people.reduce((sum, { days }) => sum + days.length, 0);
  return {
    people: away.length,
    seen: seen.length,
    percent: seen.length === 0 ? 0 : (100 * userDays(away)) / userDays(seen),
    last: away.length === 0 ? null : away.map(({ days }) => days.at(-1)!).reduce(later),
  };
}
