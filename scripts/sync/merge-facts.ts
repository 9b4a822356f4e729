import type { Day, DayFacts, PilotFacts, UserFacts } from '../domain/facts.ts';

/**
 * Facts of one pilot from several sources as one. People with the same id are one person; the data is complete as
 * far as the source that is furthest behind. A metric measured by more than one source has no value: neither
 * medians nor ratios can be added up.
 */
export function mergeFacts(parts: readonly [PilotFacts, ...PilotFacts[]]): PilotFacts {
  const [first, ...rest] = parts;
  return rest.reduce(mergeTwo, first);
}

function mergeTwo(a: PilotFacts, b: PilotFacts): PilotFacts {
  const users = mergeUsers(a.users, b.users);
  const grain = a.grain === b.grain ? a.grain : 'account-day';
  return {
    pilotId: a.pilotId,
    grain,
    days: mergeDays(a.days, b.days, users),
    users: grain === 'account-day' ? [] : users,
    completeThrough: earliest(a.completeThrough, b.completeThrough),
    completeThroughInstant: earliest(a.completeThroughInstant, b.completeThroughInstant),
    incompleteDays: [...new Set([...a.incompleteDays, ...b.incompleteDays])].toSorted(),
    metrics: [...a.metrics, ...b.metrics].filter((metric, _index, all) => {
      return (
        all.filter((other) => other.metric === metric.metric && other.window === metric.window).length === 1
      );
    }),
  };
}

/** Unknown beats every date: one source that never said how far it reaches leaves the whole unknown. */
function earliest(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return null;
  return a < b ? a : b;
}

function mergeUsers(a: readonly UserFacts[], b: readonly UserFacts[]): UserFacts[] {
  const users = new Map(a.map((user) => [user.user, user]));
  for (const user of b) {
    const known = users.get(user.user);
    users.set(user.user, known ? unite(known, user) : user);
  }
  return [...users.values()].toSorted((one, other) => (one.user < other.user ? -1 : 1));
}

function unite(a: UserFacts, b: UserFacts): UserFacts {
  return {
    ...(a.addressHash === undefined ? b : a),
    department: a.department ?? b.department,
    ...formerOf(a, b),
    events: a.events + b.events,
    activeDays: [...new Set([...a.activeDays, ...b.activeDays])].toSorted(),
    invitedBy: a.invitedBy ?? b.invitedBy,
  };
}

/** Where two sources name different departments, the first source's counts as the one of now. */
function formerOf(a: UserFacts, b: UserFacts): Pick<UserFacts, 'formerDepartments'> {
  const stayed = a.department !== null && b.department !== null && a.department !== b.department;
  const other = stayed ? [{ department: b.department, activeDays: b.activeDays }] : [];
  const former = [...(a.formerDepartments ?? []), ...(b.formerDepartments ?? []), ...other];
  return former.length === 0 ? {} : { formerDepartments: former };
}

function mergeDays(a: readonly DayFacts[], b: readonly DayFacts[], users: readonly UserFacts[]): DayFacts[] {
  const events = new Map<Day, number>();
  for (const day of [...a, ...b]) events.set(day.day, (events.get(day.day) ?? 0) + day.events);
  const people = new Map<Day, { active: number; fresh: number; departments: Set<string> }>();
  for (const user of users) {
    user.activeDays.forEach((day, index) => {
      const seen = people.get(day) ?? { active: 0, fresh: 0, departments: new Set() };
      people.set(day, seen);
      seen.active += 1;
      if (index === 0) seen.fresh += 1;
      if (user.department) seen.departments.add(user.department);
    });
  }
  return [...events]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([day, count]) => {
      const seen = people.get(day);
      return {
        day,
        events: count,
        activeUsers: seen?.active ?? 0,
        newUsers: seen?.fresh ?? 0,
        activeDepartments: seen?.departments.size ?? 0,
      };
    });
}
