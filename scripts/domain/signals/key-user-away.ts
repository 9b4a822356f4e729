// The champion, else the most active user, has been away for longer than max(5 business days, twice the usual gap).
import type { Person } from '../evaluation.ts';
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
  const champion = asOne(usage.users.filter((user) => isSame(user, pilot.champion)));
  const top = usage.users.toSorted((a, b) => b.events - a.events || (a.user < b.user ? -1 : 1))[0];
  const others = top && !isSame(top, pilot.champion) ? [top] : [];
  const findings = [...(champion ? [champion] : []), ...others].map((user) => judgeUser(view, usage, user));
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
  const sponsor = isSame(user, pilot.customerSponsor) ? pilot.customerSponsor : null;
  const values = {
    champion: pilot.champion?.name ?? null,
    person: sponsor?.name ?? null,
    share,
    last,
    gap,
  };
  const variant = isSame(user, pilot.champion) ? (pilot.champion?.pronoun ?? null) : 'top_user';
  return speaks({ state: 'Watch', since, values, variant }, measured);
}

/** Names are told only where the contact's address is the user's. */
function isSame(user: UserFacts, person: Person | null): boolean {
  return user.addressHash !== undefined && user.addressHash === person?.addressHash;
}

/** Somebody with an account in each of two workspaces is away only where neither is used. */
function asOne(users: readonly UserFacts[]): UserFacts | null {
  const [first] = users;
  if (!first) return null;
  return {
    ...first,
    events: users.reduce((sum, user) => sum + user.events, 0),
    activeDays: [...new Set(users.flatMap(({ activeDays }) => activeDays))].toSorted(),
  };
}
