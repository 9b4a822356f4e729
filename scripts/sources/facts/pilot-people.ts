import type { Day, UserFacts } from '../../domain/facts.ts';
import { dayName } from './calendar-day.ts';

/** One user of one pilot in one department, as the engine adds it up; people are hashes. Moments are microseconds since 1970. */
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

/** Unites a pilot's rows by user, in whose order they come. The department is the latest known, the inviter the first named. */
export function uniteUsers(rows: readonly PersonRow[]): PilotPeople {
  const users: UserFacts[] = [];
  const activeDays: Uint16Array[] = [];
  for (let at = 0; at < rows.length;) {
    const from = at;
    let row = rows[at]!;
    while (++at < rows.length && rows[at]!.user === row.user) row = united(row, rows[at]!);
    if (row.user === null) continue;
    activeDays.push(row.days);
    users.push({
      user: row.user,
      ...(row.address === null ? {} : { addressHash: row.address }),
      department: row.department,
      ...(at - from === 1 ? {} : formerOf(rows.slice(from, at), row.department)),
      events: row.events,
      activeDays: namesOf(row.days),
      invitedBy: row.inviter,
    });
  }
  return { users, activeDays, counts: countDays(rows, activeDays) };
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

const SLICE_CHARS = 4;
const HALF_CHARS = 8;
const ROW_CHARS = SLICE_CHARS + 2 * HALF_CHARS;
const BITS = 32;

/** Days since 1970, ascending, out of a text of slices in any order: the slice's number and its 64 bits, in hexadecimal. */
export function daysIn(text: string): Uint16Array {
  const days: number[] = [];
  for (let at = 0; at < text.length; at += ROW_CHARS) {
    const first = 2 * BITS * parseInt(text.slice(at, at + SLICE_CHARS), 16);
    const high = at + SLICE_CHARS;
    const low = high + HALF_CHARS;
    addBits(days, first, parseInt(text.slice(low, low + HALF_CHARS), 16));
    addBits(days, first + BITS, parseInt(text.slice(high, low), 16));
  }
  return ascending(Uint16Array.from(days));
}

function addBits(days: number[], first: number, bits: number): void {
  for (let rest = bits; rest !== 0; rest &= rest - 1) days.push(first + 31 - Math.clz32(rest & -rest));
}

/** Mostly they are in order, and then nothing is copied. */
function ascending(days: Uint16Array): Uint16Array {
  let isAscending = true;
  for (let at = 1; at < days.length; at++) if (days[at - 1]! >= days[at]!) isAscending = false;
  if (isAscending) return days;
  days.sort();
  let length = 0;
  for (let at = 0; at < days.length; at++)
    if (length === 0 || days[at] !== days[length - 1]) days[length++] = days[at]!;
  return days.subarray(0, length);
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
