// One simulated pilot: who used it on which day.
import { addDays, mondayOf, weekday } from '../../domain/day.ts';
import { holidaysOf } from '../../domain/holidays.ts';
import type { Day } from '../../domain/facts.ts';
import type { Cell } from './cells.ts';
import { POPULATION } from './population.ts';
import { beta, normal, type Random } from './random.ts';

/** The change comes with the first business day of the fifth week: a trend test has just become possible. */
export const CHANGE_WEEK = 4;
/** Thursday of this week's fourth successor is Thanksgiving 2026. */
const BEFORE_HOLIDAY = '2026-11-02';
const ORDINARY_START = '2027-01-11';

export interface DrawnUser {
  readonly days: readonly { readonly day: Day; readonly events: number }[];
}

export interface DrawnPilot {
  readonly start: Day;
  readonly end: Day;
  /** First day of a change for good; null for a healthy pilot, also one whose team is away for a week. */
  readonly changesOn: Day | null;
  readonly users: readonly DrawnUser[];
  readonly hasSponsor: boolean;
  /** Days of the check-ins that were logged. */
  readonly checkIns: readonly Day[];
}

export function drawPilot(cell: Cell, random: Random): DrawnPilot {
  const start = mondayOf(cell.region ? BEFORE_HOLIDAY : ORDINARY_START);
  const weeks = Array.from({ length: cell.weeks }, (_, week) => ({
    week,
    monday: addDays(start, 7 * week),
    factor: Math.exp(POPULATION.sharedWeekSd * normal(random)) * changeFactor(cell, week),
  }));
  const isOrdinary = cell.paperwork === 'ordinary';
  return {
    start,
    end: addDays(start, 7 * cell.weeks - 3),
    changesOn: isForGood(cell) ? addDays(start, 7 * CHANGE_WEEK) : null,
    users: Array.from({ length: cell.users }, () => drawUser(cell, weeks, random)),
    hasSponsor: !(isOrdinary && random() < POPULATION.noSponsorShare),
    checkIns: weeks.flatMap(({ monday }) =>
      isOrdinary && random() < POPULATION.noCheckInShare ? [] : [addDays(monday, 2)],
    ),
  };
}

function isForGood({ change }: Cell): boolean {
  return change === 'stop' || change === 'halving' || change === 'decay';
}

interface Week {
  readonly week: number;
  readonly monday: Day;
  readonly factor: number;
}

function changeFactor({ change, hasKickOff }: Cell, week: number): number {
  if (change === 'shutdown') return week === CHANGE_WEEK ? 0 : 1;
  if (week >= CHANGE_WEEK && change === 'stop') return 0;
  if (week >= CHANGE_WEEK && change === 'halving') return 0.5;
  if (week >= CHANGE_WEEK && change === 'decay') return POPULATION.decayFactor ** (week - CHANGE_WEEK + 1);
  return hasKickOff && week === 0 ? POPULATION.kickOffFactor : 1;
}

function drawUser(cell: Cell, weeks: readonly Week[], random: Random): DrawnUser {
  const { weeklyActivity: mean, userConcentration: k, eventsPerDay } = POPULATION;
  const chance = beta(random, mean * k, (1 - mean) * k);
  const ownDay = Math.floor(random() * 5);
  const rate = eventsPerDay * -Math.log(1 - random());
  const { isHoliday } = holidaysOf(cell.region);
  return {
    days: weeks.flatMap((week) =>
      offsets(cell, week, { chance, ownDay }, random)
        .map((offset) => addDays(week.monday, offset))
        .filter((day) => cell.rhythm !== 'Month-end' || isMonthEnd(day))
        .filter((day) => !isHoliday(day))
        .map((day) => ({ day, events: 1 + Math.floor(rate * -Math.log(1 - random())) })),
    ),
  };
}

/** The last five days of a month, when the books are closed. */
function isMonthEnd(day: Day): boolean {
  return addDays(day, 5).slice(0, 7) !== day.slice(0, 7);
}

/** Days of a week on which a user comes, 0 for Monday. */
function offsets(
  { rhythm }: Cell,
  { factor }: Week,
  { chance, ownDay }: { chance: number; ownDay: number },
  random: Random,
): number[] {
  if (rhythm === 'Weekly') return random() < POPULATION.weeklyRhythmChance * factor ? [ownDay] : [];
  if (random() >= Math.min(1, chance * factor)) return [];
  const { weekdays, dayInActiveWeek } = POPULATION;
  const days = weekdays.flatMap((weight, day) => (random() < dayInActiveWeek * weight ? [day] : []));
  return days.length > 0 ? days : [Math.floor(random() * weekdays.length)];
}

/** Mondays to Fridays from the start to the end. */
export function weekdaysOf({ start, end }: Pick<DrawnPilot, 'start' | 'end'>): Day[] {
  const days: Day[] = [];
  for (let day = start; day <= end; day = addDays(day, 1)) if (weekday(day) % 6 !== 0) days.push(day);
  return days;
}
