// The champion, else the most active user, else whoever brought in most of the others, has been away for longer than
// max(5 business days, twice the usual gap).
import type { Person } from '../evaluation.ts';
import type { UserFacts } from '../facts.ts';
import type { PilotView, UsageView } from '../pilot-view.ts';
import { invitationForest } from '../network/invitation-forest.ts';
import { absenceOf, MIN_ACTIVE_DAYS } from './absence.ts';
import { silent, speaks } from './rule.ts';
import type { Finding, Measured, Rule } from './rule.ts';

/** Somebody counts as the key inviter from so many people on, if they are this share of everybody too. */
const INVITER_REACH = 5;
const INVITER_SHARE = 0.2;

export const keyUserAway: Rule = { code: 'KEY_USER_AWAY', group: 'usage', owner: 'rep', judge };

function judge(view: PilotView): Finding {
  const { usage, pilot } = view;
  if (!usage) return silent(view.usageSilence ?? 'noData');
  if (usage.grain === 'account-day') return silent('needsUsers');
  const champion = asOne(usage.users.filter((user) => isSame(user, pilot.champion)));
  const top = usage.users.toSorted((a, b) => b.events - a.events || (a.user < b.user ? -1 : 1))[0];
  const others = top && !isSame(top, pilot.champion) ? [top] : [];
  const inviter = keyInviter(usage.users);
  const isNew = inviter && inviter.user !== top && !isSame(inviter.user, pilot.champion);
  const findings = [
    ...[...(champion ? [champion] : []), ...others].map((user) => judgeUser(view, usage, user)),
    ...(isNew ? [judgeUser(view, usage, inviter.user, inviter.reach)] : []),
  ];
  return findings.find((finding) => finding.fired) ?? findings[0] ?? silent('noUsers');
}

/** Who brought in most people, if they are many; ties to the first by id. */
function keyInviter(
  users: readonly UserFacts[],
): { readonly user: UserFacts; readonly reach: number } | null {
  if (users.every(({ invitedBy }) => invitedBy === null)) return null;
  const places = new Map(users.map(({ user }, place) => [user, place]));
  const inviters = Int32Array.from(users, ({ invitedBy }) => places.get(invitedBy ?? '') ?? -1);
  const { reach } = invitationForest(inviters, new Int32Array(users.length));
  const most = reach.reduce((a, b) => Math.max(a, b), 0);
  if (most < Math.max(INVITER_REACH, INVITER_SHARE * users.length)) return null;
  return { user: users[reach.indexOf(most)]!, reach: most };
}

/** `reach`: how many people the user brought in, of one who is watched for that. */
function judgeUser(view: PilotView, usage: UsageView, user: UserFacts, reach: number | null = null): Finding {
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
  const common = { champion: pilot.champion?.name ?? null, share, last, gap };
  if (reach !== null) {
    const values = { ...common, inviter: sponsor?.name ?? null, reach, users: usage.users.length };
    return speaks({ state: 'Watch', since, values, variant: 'inviter' }, measured);
  }
  const values = { ...common, person: sponsor?.name ?? null };
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
