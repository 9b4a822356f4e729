// How a pilot spreads: people and departments over time, and who came through whom. Pure: facts in, numbers out.
import type {
  NetworkDepartment,
  NetworkInvitations,
  NetworkPeople,
} from '../../../force-app/main/default/lwc/pilotSpread/pilotSpread.ts';
import type { BusinessCalendar } from '../business-calendar.ts';
import { addDays, daysBetween } from '../day.ts';
import type { Day, PilotFacts, UserFacts } from '../facts.ts';
import { invitationForest, type InvitationForest } from './invitation-forest.ts';
import { lastingGroups, weekEnds, type WeekEnd } from './lasting-groups.ts';
import { peopleGrid, type PeopleGrid } from './people-grid.ts';

/** Growth is told over so many complete weeks. */
const GROWTH_WEEKS = 4;
const NOBODY = -1;
const NEVER = 2 ** 31 - 1;

export interface Spread {
  readonly grid: PeopleGrid;
  /** People in the order of `grid`, then inviters who are not among them. */
  readonly ids: readonly string[];
  readonly users: readonly UserFacts[];
  readonly forest: InvitationForest;
  readonly newWeekly: Uint32Array;
  readonly invitedWeekly: Uint32Array;
  readonly people: NetworkPeople;
  /** `sent` is not known from the people; null where nobody names an inviter. */
  readonly invitations: Omit<NetworkInvitations, 'sent'> | null;
  /** By first day, then name. */
  readonly departments: readonly (NetworkDepartment & { readonly place: number })[];
  readonly weekEnds: readonly WeekEnd[];
}

/** The spread up to the data's last complete day; null where the data know no people, or nobody yet. */
export function spreadOf(facts: PilotFacts, start: Day | null, calendar: BusinessCalendar): Spread | null {
  const asOf = facts.completeThrough;
  if (asOf === null || facts.grain === 'account-day') return null;
  const users = facts.users.filter(({ activeDays }) => activeDays.length > 0 && activeDays[0]! <= asOf);
  if (users.length === 0) return null;
  const grid = peopleGrid(users, asOf, calendar);
  const { ids, inviters } = invitersOf(users);
  const firstDays = new Int32Array(ids.length).fill(NEVER);
  firstDays.set(grid.first);
  const forest = invitationForest(inviters, firstDays);
  const weekly = weeklyOf(grid, forest);
  const lasting = lastingGroups(grid);
  return {
    grid,
    ids,
    users,
    forest,
    newWeekly: weekly.fresh,
    invitedWeekly: weekly.invited,
    people: peopleOf(grid, forest, weekly.fresh, start),
    invitations: invitationsOf(grid, forest, users),
    departments: departmentsOf(grid, lasting),
    weekEnds: weekEnds(grid, lasting, weekly.fresh, weekly.between),
  };
}

/** Places of the inviters; one who never used it gets a place after all who did. */
function invitersOf(users: readonly UserFacts[]): { ids: string[]; inviters: Int32Array } {
  const ids = users.map(({ user }) => user);
  const places = new Map(ids.map((id, place) => [id, place]));
  for (const { invitedBy } of users)
    if (invitedBy !== null && !places.has(invitedBy)) {
      places.set(invitedBy, ids.length);
      ids.push(invitedBy);
    }
  const inviters = new Int32Array(ids.length).fill(NOBODY);
  users.forEach(({ invitedBy }, place) => {
    if (invitedBy !== null) inviters[place] = places.get(invitedBy)!;
  });
  return { ids, inviters };
}

interface Weekly {
  readonly fresh: Uint32Array;
  readonly invited: Uint32Array;
  /** Invited from another department than the person's own, as the two are known now. */
  readonly between: Uint32Array;
}

function weeklyOf(grid: PeopleGrid, { inviters }: InvitationForest): Weekly {
  const counts = (): Uint32Array => new Uint32Array(grid.mondays.length);
  const weekly = { fresh: counts(), invited: counts(), between: counts() };
  grid.firstWeek.forEach((week, person) => {
    if (week === NOBODY) return;
    weekly.fresh[week]!++;
    if (inviters[person] === NOBODY) return;
    weekly.invited[week]!++;
    if (isBetween(grid, inviters, person)) weekly.between[week]!++;
  });
  return weekly;
}

function isBetween({ departmentOf }: PeopleGrid, inviters: Int32Array, person: number): boolean {
  const [from = NOBODY, to = NOBODY] = [departmentOf[inviters[person]!], departmentOf[person]];
  return from !== NOBODY && to !== NOBODY && from !== to;
}

function peopleOf(
  grid: PeopleGrid,
  { inviters }: InvitationForest,
  fresh: Uint32Array,
  start: Day | null,
): NetworkPeople {
  const users = grid.first.length;
  const began = start === null ? null : daysBetween(grid.origin, start);
  const carried: number[] = [];
  grid.first.forEach((day, person) => {
    const inviter = inviters[person]!;
    if (inviter !== NOBODY && inviter < users) carried.push(Math.max(0, day - grid.first[inviter]!));
  });
  return {
    users,
    active: grid.recent.reduce((sum, one) => sum + one, 0),
    sustained: grid.sustained,
    growthPercent: growthOf(fresh),
    firstUseDays: began === null ? null : medianOf(grid.first.map((day) => Math.max(0, day - began))),
    invitedFirstUseDays: carried.length === 0 ? null : medianOf(Int32Array.from(carried)),
  };
}

/** Compound growth of everybody seen, percent a week to one decimal. */
function growthOf(fresh: Uint32Array): number | null {
  if (fresh.length <= GROWTH_WEEKS) return null;
  const sum = (counts: Uint32Array): number => counts.reduce((total, count) => total + count, 0);
  const [before, now] = [sum(fresh.subarray(0, -GROWTH_WEEKS)), sum(fresh)];
  return before === 0 ? null : Math.round(1000 * ((now / before) ** (1 / GROWTH_WEEKS) - 1)) / 10;
}

function medianOf(values: Int32Array): number {
  const sorted = values.toSorted();
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

function invitationsOf(
  grid: PeopleGrid,
  { inviters, one }: InvitationForest,
  users: readonly UserFacts[],
): Spread['invitations'] {
  if (users.every(({ invitedBy }) => invitedBy === null)) return null;
  let [accepted, between] = [0, 0];
  for (let person = 0; person < users.length; person++) {
    if (inviters[person] === NOBODY) continue;
    accepted += 1;
    between += Number(isBetween(grid, inviters, person));
  }
  return {
    accepted,
    sharePercent: Math.round((100 * accepted) / users.length),
    inviters: one.reduce((sum, count) => sum + Number(count > 0), 0),
    betweenDepartments: grid.departments.length === 0 ? null : between,
  };
}

function departmentsOf(
  { departments, origin, counting }: PeopleGrid,
  lasting: readonly (readonly boolean[])[],
): Spread['departments'] {
  return departments
    .map(({ name, first, users, active, weekly, sustained }, place) => ({
      name,
      firstOn: addDays(origin, first),
      users,
      active,
      sustained: sustained[counting.length - 1] ?? 0,
      lasts: lasting[place]!.at(-1) ?? false,
      weekly: [...weekly],
      place,
    }))
    .toSorted((a, b) =>
      a.firstOn === b.firstOn ? (a.name < b.name ? -1 : 1) : a.firstOn < b.firstOn ? -1 : 1,
    );
}
