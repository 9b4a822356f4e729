import type { Day, UserFacts } from '../../domain/facts.ts';
import { dayName } from './calendar-day.ts';

/** One user of one pilot in one department, as the engine adds it up. Moments are microseconds since 1970. */
export interface PersonRow {
  readonly user: string | null;
  readonly department: string | null;
  readonly events: number;
  readonly moment: number;
  /** Active days since 1970, ascending, no repeats. */
  readonly days: Uint16Array;
  readonly invitedAt: number;
  readonly inviter: string | null;
  readonly address: string | null;
}

export interface PilotPeople {
  /** By hash. */
  readonly users: readonly UserFacts[];
  /** The active days of each of `users` as numbers, ascending. */
  readonly activeDays: readonly Uint16Array[];
  readonly counts: DayCounts;
}

/** How many people and departments were active on the days from `first` on. */
export interface DayCounts {
  readonly first: number;
  readonly active: Uint32Array;
  /** People on the first of their days. */
  readonly fresh: Uint32Array;
  readonly departments: Uint32Array;
}

/** Unites a pilot's rows by user. The department is the latest known, the inviter the first named. */
export function uniteUsers(rows: readonly PersonRow[], hash: (user: string) => string): PilotPeople {
  const people = new Map<string, PersonRow>();
  const moved = new Map<string, PersonRow[]>();
  for (const row of rows)
    if (row.user !== null) {
      const known = people.get(row.user);
      people.set(row.user, known ? united(known, row) : row);
      if (known) moved.set(row.user, [...(moved.get(row.user) ?? [known]), row]);
    }
  const hashed = [...people].map(([user, row]) => {
    const { days } = row;
    const facts: UserFacts = {
      ...hashes(user, row.address, hash),
      department: row.department,
      ...formerOf(moved.get(user) ?? [], row.department),
      events: row.events,
      activeDays: namesOf(days),
      invitedBy: row.inviter === null ? null : hash(row.inviter),
    };
    return { facts, days };
  });
  hashed.sort((a, b) => (a.facts.user < b.facts.user ? -1 : 1));
  const days = hashed.map((one) => one.days);
  return { users: hashed.map(({ facts }) => facts), activeDays: days, counts: countDays(rows, days) };
}

function united(a: PersonRow, b: PersonRow): PersonRow {
  const knows = later(a, b);
  const invited = b.inviter !== null && (a.inviter === null || invitedBefore(b, a)) ? b : a;
  return {
    ...a,
    department: knows.department,
    moment: knows.moment,
    events: a.events + b.events,
    days: ascending(Uint16Array.of(...a.days, ...b.days)),
    invitedAt: invited.invitedAt,
    inviter: invited.inviter,
    address: (b.address ?? '') > (a.address ?? '') ? b.address : a.address,
  };
}

function formerOf(rows: readonly PersonRow[], latest: string | null): Pick<UserFacts, 'formerDepartments'> {
  const former = rows.flatMap(({ department, days }) =>
    department === null || department === latest ? [] : [{ department, activeDays: namesOf(days) }],
  );
  former.sort((a, b) => (a.department < b.department ? -1 : 1));
  return former.length === 0 ? {} : { formerDepartments: former };
}

/** The row that tells the department: the later one, among equals the one with the greater name. */
function later(a: PersonRow, b: PersonRow): PersonRow {
  if (a.department === null || b.department === null) return a.department === null ? b : a;
  if (a.moment !== b.moment) return a.moment > b.moment ? a : b;
  return a.department > b.department ? a : b;
}

function invitedBefore(a: PersonRow, b: PersonRow): boolean {
  return a.invitedAt < b.invitedAt || (a.invitedAt === b.invitedAt && a.inviter! < b.inviter!);
}

/** An id that is an address tells it itself; mostly it is in lower case, and one hash serves both. */
function hashes(
  id: string,
  address: string | null,
  hash: (user: string) => string,
): Pick<UserFacts, 'user' | 'addressHash'> {
  const known = address ?? (id.includes('@') ? id.toLowerCase() : null);
  const user = hash(id);
  return known === null ? { user } : { user, addressHash: known === id ? user : hash(known) };
}

/** Days out of a text with a character per day, in any order and with repeats; its code is the day's number plus one. */
export function daysIn(text: string): Uint16Array {
  const days = new Uint16Array(text.length);
  for (let at = 0; at < text.length; at++) days[at] = text.charCodeAt(at) - 1;
  return ascending(days);
}

function ascending(days: Uint16Array): Uint16Array {
  inOrder(days);
  let length = 0;
  for (let at = 0; at < days.length; at++)
    if (length === 0 || days[at] !== days[length - 1]) days[length++] = days[at]!;
  return days.subarray(0, length);
}

// Most people have a handful of days, for which the runtime's own sort takes several times as long.
const FEW_DAYS = 40;

function inOrder(days: Uint16Array): void {
  if (days.length > FEW_DAYS) {
    days.sort();
    return;
  }
  for (let at = 1; at < days.length; at++) {
    const day = days[at]!;
    let place = at;
    for (; place > 0 && days[place - 1]! > day; place--) days[place] = days[place - 1]!;
    days[place] = day;
  }
}

function namesOf(days: Uint16Array): Day[] {
  const names = new Array<Day>(days.length);
  for (let at = 0; at < days.length; at++) names[at] = dayName(days[at]!);
  return names;
}

function countDays(rows: readonly PersonRow[], users: readonly Uint16Array[]): DayCounts {
  let first = Infinity;
  let last = -Infinity;
  for (const { days } of rows) {
    first = Math.min(first, days[0]!);
    last = Math.max(last, days[days.length - 1]!);
  }
  const length = rows.length === 0 ? 0 : last - first + 1;
  const counts = { first, active: new Uint32Array(length), fresh: new Uint32Array(length) };
  for (const days of users) {
    for (let at = 0; at < days.length; at++) counts.active[days[at]! - first]!++;
    counts.fresh[days[0]! - first]!++;
  }
  return { ...counts, departments: countDepartments(rows, first, length) };
}

function countDepartments(rows: readonly PersonRow[], first: number, length: number): Uint32Array {
  const counts = new Uint32Array(length);
  const seen = new Map<string, Uint8Array>();
  for (const { department, days } of rows) {
    if (department === null) continue;
    let flags = seen.get(department);
    if (!flags) seen.set(department, (flags = new Uint8Array(length)));
    for (let at = 0; at < days.length; at++) {
      const place = days[at]! - first;
      if (flags[place] === 0) {
        flags[place] = 1;
        counts[place]!++;
      }
    }
  }
  return counts;
}
