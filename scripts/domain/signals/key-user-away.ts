// The champion, else the most active user, has been away for longer than max(5 business days, twice the usual gap).
import { addDays } from '../day.ts';
import type { UserFacts } from '../facts.ts';
import type { PilotView, UsageView } from '../pilot-view.ts';
import { silent, speaks } from './rule.ts';
import type { Finding, Measured, Rule } from './rule.ts';

export const keyUserAway: Rule = { code: 'KEY_USER_AWAY', group: 'usage', owner: 'rep', judge };

/** With fewer days of use nobody has a usual gap. */
const MIN_ACTIVE_DAYS = 3;

function judge(view: PilotView): Finding {
  const { usage, pilot } = view;
  if (!usage) return silent(view.usageSilence ?? 'noData');
  if (usage.grain === 'account-day') return silent('needsUsers');
  const champion = usage.users.find((user) => user.user === pilot.championUser);
  const top = usage.users.toSorted((a, b) => b.events - a.events || (a.user < b.user ? -1 : 1))[0];
  const findings = [champion, top === champion ? undefined : top].flatMap((user) =>
    user ? [judgeUser(view, usage, user)] : [],
  );
  return findings.find((finding) => finding.fired) ?? findings[0] ?? silent('noUsers');
}

function judgeUser(
  { calendar, policy, pilot, today }: PilotView,
  usage: UsageView,
  user: UserFacts,
): Finding {
  const last = user.activeDays.at(-1)!;
  const gap = usualGap(user, (from, to) => calendar.count(addDays(from, 1), to));
  if (gap === null)
    return silent('tooFewDays', {
      observed: { activeDays: user.activeDays.length },
      threshold: { activeDays: MIN_ACTIVE_DAYS },
    });
  const limit = Math.floor(Math.max(policy.keyUserAwayDays, policy.keyUserGapFactor * gap));
  const awayDays = calendar.count(addDays(last, 1), usage.asOf);
  const since = calendar.after(last, limit + 2);
  const measured: Measured = {
    observed: { awayBusinessDays: awayDays, usualGap: gap, lastActiveOn: last },
    threshold: { awayBusinessDays: limit },
  };
  if (awayDays <= limit || since > today) return silent('recentUsage', measured);
  const all = usage.users.reduce((sum, one) => sum + one.events, 0);
  const share = Math.round((100 * user.events) / all);
  const isChampion = user.user === pilot.championUser;
  const values = { champion: pilot.champion?.name ?? null, person: null, share, last, gap };
  return speaks(
    { state: 'Watch', since, values, variant: isChampion ? (pilot.champion?.pronoun ?? null) : 'top_user' },
    measured,
  );
}

/** Median of the business days from one day of use to the next, at least 1. */
function usualGap(user: UserFacts, between: (from: string, to: string) => number): number | null {
  if (user.activeDays.length < MIN_ACTIVE_DAYS) return null;
  const gaps = user.activeDays.slice(1).map((day, index) => between(user.activeDays[index]!, day));
  const sorted = gaps.toSorted((a, b) => a - b);
  return Math.max(1, sorted[Math.floor(sorted.length / 2)]!);
}
