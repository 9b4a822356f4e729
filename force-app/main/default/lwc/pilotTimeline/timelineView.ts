// The milestones of a pilot in order of their days: no DOM.
import { calendarDays, sayTo, todayOf } from 'c/pilotReader';
import type { Reader, Say } from 'c/pilotReader';
import type { Pilot } from 'c/pilotRecord';

export interface Milestone {
  readonly key: string;
  readonly label: string;
  readonly day: string;
  /** What happened or lies ahead, for those who do not see the mark. */
  readonly state: string;
  readonly icon: string;
}

export interface TimelineView {
  readonly milestones: readonly Milestone[];
  /** Share of the planned time that has gone, 0..100; null without both dates. */
  readonly percent: number | null;
  readonly elapsed: string;
}

const DATES = [
  ['start', 'startDate'],
  ['first_end', 'originalEndDate'],
  ['end', 'endDate'],
  ['readout', 'readoutDate'],
  ['decision', 'decisionDate'],
  ['check_in', 'nextCheckIn'],
  ['price', 'priceLockEnds'],
] as const satisfies readonly (readonly [string, keyof Pilot])[];

/**
 * Every date that the pilot has, earliest first, with today among them. Of one that is closed the decision is the day it was
 * made, and what was planned for later never came; only the price still holds as long as it was agreed.
 */
export function timelineView(pilot: Pilot, reader: Reader): TimelineView {
  const say = sayTo(reader);
  const today = todayOf(reader);
  const over = pilot.ending && (pilot.ending.decidedOn ?? today);
  const dated = DATES.flatMap(([key, field]) => {
    const day = pilot.ending && key === 'decision' ? pilot.ending.decidedOn : pilot[field];
    // The end first agreed is news only once it was moved.
    if (day === null || (key === 'first_end' && day === pilot.endDate)) return [];
    return over !== null && day > over && key !== 'price' ? [] : [{ key, day }];
  });
  const all = dated.length === 0 ? [] : [...dated, { key: 'today', day: today }];
  const percent = elapsedPercent(pilot, today);
  return {
    milestones: all.sort((a, b) => a.day.localeCompare(b.day)).map((one) => milestone(one, today, say)),
    percent,
    elapsed: percent === null ? '' : say('Pilot_Time_elapsed', { percent }),
  };
}

function milestone({ key, day }: { key: string; day: string }, today: string, say: Say): Milestone {
  const state = key === 'today' ? 'now' : day < today ? 'gone' : 'ahead';
  const icons = { now: 'utility:record', gone: 'utility:check', ahead: 'utility:routing_offline' };
  return {
    key,
    label: say(`Pilot_Time_${key}`),
    day: say('Pilot_Time_day', { day }),
    state: say(`Pilot_Time_${state}`),
    icon: icons[state],
  };
}

function elapsedPercent({ startDate, endDate }: Pilot, today: string): number | null {
  if (startDate === null || endDate === null || endDate < startDate) return null;
  const share = (calendarDays(startDate, today) - 1) / calendarDays(startDate, endDate);
  return Math.round(Math.min(1, Math.max(0, share)) * 100);
}
