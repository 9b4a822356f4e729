// The champion, else the most active user, has been away for longer than max(5 business days, twice the usual gap).
import type { UserFacts } from '../facts.ts';
import type { PilotView, UsageView } from '../pilot-view.ts';
import { absenceOf, MIN_ACTIVE_DAYS } from './absence.ts';
import { silent, speaks } from './rule.ts';
import type { Finding, Measured, Rule } from './rule.ts';

export const keyUserAway: Rule = { code: 'KEY_USER_AWAY', group: 'usage', owner: 'rep', judge };

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

function judgeUser(view: PilotView, usage: UsageView, user: UserFacts): Finding {
  const { calendar, pilot, today } = view;
  const { last, gap, awayDays, limit, isAway } = absenceOf(view, user, usage.asOf)!;
  if (gap === null)
    return silent('tooFewDays', {
      observed: { activeDays: user.activeDays.length },
      threshold: { activeDays: MIN_ACTIVE_DAYS },
    });
  const since = calendar.after(last, limit + 2);
  const measured: Measured = {
    observed: { awayBusinessDays: awayDays, usualGap: gap, lastActiveOn: last },
    threshold: { awayBusinessDays: limit },
  };
  if (!isAway || since > today) return silent('recentUsage', measured);
  const all = usage.users.reduce((sum, one) => sum + one.events, 0);
  const share = Math.round((100 * user.events) / all);
  const isChampion = user.user === pilot.championUser;
  const values = { champion: pilot.champion?.name ?? null, person: null, share, last, gap };
  return speaks(
    { state: 'Watch', since, values, variant: isChampion ? (pilot.champion?.pronoun ?? null) : 'top_user' },
    measured,
  );
}
