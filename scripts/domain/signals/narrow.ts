// Use is narrow: fewer active departments than planned, or one user makes most of the events.
import { addDays } from '../day.ts';
import type { Day } from '../facts.ts';
import type { PilotView, UsageView } from '../pilot-view.ts';
import { silent, speaks } from './rule.ts';
import type { Finding, Rule } from './rule.ts';
import { sustainedSince } from './sustained-since.ts';

export const narrow: Rule = { code: 'NARROW', group: 'usage', owner: 'success manager', judge };

/** Fewer events are no distribution. */
const MIN_EVENTS = 20;
const WINDOW_DAYS = 28;

function judge(view: PilotView): Finding {
  const { usage, policy, pilot, calendar, today } = view;
  if (!usage) return silent(view.usageSilence ?? 'noData');
  if (usage.grain === 'account-day') return silent('needsUsers');
  const rampEnd = addDays(usage.start, policy.rampWeeks * 7 - 1);
  const active = departmentsOn(usage, usage.asOf);
  const share = topShare(view, usage);
  const measured = {
    observed: { sharePercent: share, activeDepartments: active?.size ?? null },
    threshold: {
      sharePercent: policy.oneUserSharePercent,
      plannedDepartments: pilot.plannedDepartments,
      rampEnds: rampEnd,
    },
  };
  if (usage.asOf < rampEnd) return silent('tooEarly', measured);
  const isFewOn = (day: Day): boolean =>
    (departmentsOn(usage, day)?.size ?? Infinity) < (pilot.plannedDepartments ?? 0);
  const firstFew = sustainedSince(usage.asOf, rampEnd, isFewOn);
  const isOneUser = share !== null && share > policy.oneUserSharePercent;
  if (!firstFew && !isOneUser) return silent('wide', measured);
  // Facts hold a user's events only in total: since when it is one person they cannot tell.
  const since = firstFew ? calendar.after(firstFew, 1) : (view.storedSince('NARROW') ?? today);
  if (since > today) return silent('tooEarly', measured);
  const values = {
    share,
    active: active?.size ?? null,
    planned: pilot.plannedDepartments,
    department: lapsedDepartment(usage, active),
  };
  const variant = firstFew && isOneUser ? null : firstFew ? 'departments' : 'user';
  return speaks({ state: 'Watch', since, values, variant }, measured);
}

/** Departments of users active in the four weeks up to a day; null where the source names none. */
function departmentsOn(usage: UsageView, day: Day): ReadonlySet<string> | null {
  if (usage.users.every((user) => !user.department)) return null;
  const from = addDays(day, 1 - WINDOW_DAYS);
  const active = usage.users.filter((user) => user.activeDays.some((one) => from <= one && one <= day));
  return new Set(active.flatMap((user) => user.department || []));
}

/** Largest share of the events that one user makes, in whole percent; null with one licence or too few events. */
function topShare({ pilot }: PilotView, usage: UsageView): number | null {
  const all = usage.users.reduce((sum, user) => sum + user.events, 0);
  if (all < MIN_EVENTS || (pilot.licensedUsers ?? pilot.plannedUsers) === 1) return null;
  return Math.round((100 * Math.max(...usage.users.map((user) => user.events))) / all);
}

/** A department that used it once and does no more: the first to bring in. */
function lapsedDepartment(usage: UsageView, active: ReadonlySet<string> | null): string | null {
  const lapsed = usage.users.flatMap((user) => user.department || []).filter((name) => !active?.has(name));
  return lapsed.toSorted()[0] ?? null;
}
