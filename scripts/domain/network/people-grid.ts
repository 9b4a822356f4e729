// One pass over a pilot's people: who was active in which week and department. Typed arrays, since a pilot may have a
// million people.
import type { BusinessCalendar } from '../business-calendar.ts';
import { addDays, daysBetween, mondayOf } from '../day.ts';
import type { Day, UserFacts } from '../facts.ts';

/** Active in so many of the last `SUSTAINED_OF` complete weeks counts as sustained use. */
export const SUSTAINED_WEEKS = 3;
export const SUSTAINED_OF = 4;
export const RECENT_DAYS = 28;
/** A week with fewer business days (holidays, closed, incomplete) says nothing about who keeps using it. */
const MIN_BUSINESS_DAYS = 3;
const NOWHERE = -1;

export interface PeopleGrid {
  readonly asOf: Day;
  /** Mondays of all complete weeks since the first use, oldest first. */
  readonly mondays: readonly Day[];
  /** Places in `mondays` of the weeks that say who keeps using it. */
  readonly counting: readonly number[];
  /** Per person, in the order of the facts: first and last day of use as days since `origin`. */
  readonly origin: Day;
  readonly first: Int32Array;
  readonly last: Int32Array;
  /** 1 where a person was active in the last 28 days. */
  readonly recent: Uint8Array;
  /** Place in `departments`, -1 where none is known. */
  readonly departmentOf: Int32Array;
  readonly activeWeekly: Uint32Array;
  /** Place of the first week of use; -1 within the week that is not complete yet. */
  readonly firstWeek: Int32Array;
  /** Active in three of the last four counting weeks; null before there are four. */
  readonly sustained: number | null;
  readonly departments: readonly DepartmentGrid[];
}

export interface DepartmentGrid {
  readonly name: string;
  /** Days since `origin`. */
  first: number;
  users: number;
  active: number;
  readonly weekly: Uint32Array;
  /** By counting week: people with sustained use by its end; 0 before there are four. */
  readonly sustained: Uint32Array;
}

/** The people who used it by `asOf`; others must be left out before. */
export function peopleGrid(users: readonly UserFacts[], asOf: Day, calendar: BusinessCalendar): PeopleGrid {
  const origin = users.reduce(
    (least, { activeDays }) => (activeDays[0]! < least ? activeDays[0]! : least),
    asOf,
  );
  const mondays = completeWeeks(origin, asOf);
  const counting = mondays.flatMap((monday, place) =>
    calendar.count(monday, addDays(monday, 6)) >= MIN_BUSINESS_DAYS ? [place] : [],
  );
  const grid = emptyGrid(users.length, { asOf, origin, mondays, counting });
  const departments = new Map<string, number>();
  const list: DepartmentGrid[] = [];
  const placeOf = (name: string | null): number => {
    if (!name) return NOWHERE;
    const known = departments.get(name);
    if (known !== undefined) return known;
    departments.set(name, list.length);
    list.push({
      name,
      first: Infinity,
      users: 0,
      active: 0,
      weekly: new Uint32Array(mondays.length),
      sustained: new Uint32Array(counting.length),
    });
    return list.length - 1;
  };
  const walk = walker(grid, list, placeOf);
  let sustained = 0;
  for (let person = 0; person < users.length; person++) sustained += walk(users[person]!, person);
  return { ...grid, departments: list, sustained: counting.length < SUSTAINED_OF ? null : sustained };
}

type Empty = Omit<PeopleGrid, 'departments' | 'sustained'>;

function emptyGrid(
  people: number,
  weeks: Pick<PeopleGrid, 'asOf' | 'origin' | 'mondays' | 'counting'>,
): Empty {
  return {
    ...weeks,
    first: new Int32Array(people),
    last: new Int32Array(people),
    recent: new Uint8Array(people),
    departmentOf: new Int32Array(people).fill(NOWHERE),
    activeWeekly: new Uint32Array(weeks.mondays.length),
    firstWeek: new Int32Array(people),
  };
}

function completeWeeks(origin: Day, asOf: Day): Day[] {
  const mondays: Day[] = [];
  for (let monday = mondayOf(origin); addDays(monday, 6) <= asOf; monday = addDays(monday, 7))
    mondays.push(monday);
  return mondays;
}

/** Adds one person to the grid; answers 1 where their use is sustained now, else 0. */
function walker(
  grid: Empty,
  departments: readonly DepartmentGrid[],
  placeOf: (name: string | null) => number,
): (user: UserFacts, person: number) => 0 | 1 {
  const { origin, asOf, mondays, counting } = grid;
  const shift = daysBetween(mondayOf(origin), origin);
  const now = daysBetween(origin, asOf);
  // Whose week it was last, so that nothing need be cleared between people.
  const seenIn = new Int32Array(mondays.length).fill(-1);
  const belongedTo = new Int32Array(mondays.length);
  const walkStay = (person: number, place: number, days: readonly Day[]): void => {
    let counted = -1;
    for (const day of days) {
      if (day > asOf) break;
      const number = daysBetween(origin, day);
      if (place !== NOWHERE) departments[place]!.first = Math.min(departments[place]!.first, number);
      const week = Math.floor((number + shift) / 7);
      if (week === counted || week >= mondays.length) continue;
      counted = week;
      if (place !== NOWHERE) departments[place]!.weekly[week]!++;
      if (seenIn[week] !== person) grid.activeWeekly[week]!++;
      seenIn[week] = person;
      belongedTo[week] = place;
    }
  };
  return (user, person) => {
    let place = NOWHERE;
    for (const stay of staysOf(user)) {
      // What is known only from days after the last complete one is not known yet.
      if (!(stay.activeDays[0]! <= asOf)) continue;
      place = placeOf(stay.department);
      walkStay(person, place, stay.activeDays);
    }
    const first = daysBetween(origin, user.activeDays[0]!);
    const last = daysBetween(
      origin,
      user.activeDays.findLast((day) => day <= asOf)!,
    );
    const week = Math.floor((first + shift) / 7);
    grid.first[person] = first;
    grid.last[person] = last;
    grid.firstWeek[person] = week < mondays.length ? week : NOWHERE;
    grid.recent[person] = last > now - RECENT_DAYS ? 1 : 0;
    grid.departmentOf[person] = place;
    if (place !== NOWHERE) {
      departments[place]!.users += 1;
      departments[place]!.active += grid.recent[person]!;
    }
    return sustain(person, week, counting, seenIn, belongedTo, departments);
  };
}

interface Stay {
  readonly department: string | null;
  readonly activeDays: readonly Day[];
}

/** Where somebody was when, the last stay last: the days in none of the departments before are the present one's. */
function staysOf({ department, activeDays, formerDepartments: former }: UserFacts): readonly Stay[] {
  if (!former) return [{ department, activeDays }];
  const before = new Set(former.flatMap((stay) => stay.activeDays));
  const since = activeDays.filter((day) => !before.has(day));
  const lastDay = (stay: Stay): Day => stay.activeDays.at(-1) ?? '';
  return [
    ...former.toSorted((a, b) => (lastDay(a) < lastDay(b) ? -1 : 1)),
    ...(since.length === 0 ? [] : [{ department, activeDays: since }]),
  ];
}

/** Notes by counting week where use is sustained, in the department where the person was seen last. */
function sustain(
  person: number,
  fromWeek: number,
  counting: readonly number[],
  seenIn: Int32Array,
  belongedTo: Int32Array,
  departments: readonly DepartmentGrid[],
): 0 | 1 {
  let [window, weeks, place, sustained]: [number, number, number, 0 | 1] = [0, 0, NOWHERE, 0];
  for (let at = 0; at < counting.length; at++) {
    const week = counting[at]!;
    if (week < fromWeek) continue;
    const isSeen = seenIn[week] === person;
    if (isSeen) place = belongedTo[week]!;
    // The last four weeks as bits, the newest the lowest.
    window = ((window << 1) | Number(isSeen)) & 0b1111;
    weeks = (window & 1) + ((window >> 1) & 1) + ((window >> 2) & 1) + (window >> 3);
    sustained = at >= SUSTAINED_OF - 1 && weeks >= SUSTAINED_WEEKS ? 1 : 0;
    if (sustained && place !== NOWHERE) departments[place]!.sustained[at]!++;
  }
  return sustained;
}
