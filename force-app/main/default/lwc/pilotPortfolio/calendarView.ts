// Readouts, decisions and price locks of one month, day by day.
import { sayTo } from 'c/pilotReader';
import type { Reader, Say } from 'c/pilotReader';
import { hasContradiction } from './portfolioPage';
import type { ListedPilot } from './portfolioPage';

export interface CalendarView {
  /** "November 2026" */
  readonly month: string;
  /** `YYYY-MM` */
  readonly previous: string;
  readonly next: string;
  readonly days: readonly CalendarDay[];
}

export interface CalendarDay {
  readonly id: string;
  /** "Thu 17 Nov" */
  readonly title: string;
  /** "Decision 12 · Readout 30. The first 20 are named here."; empty while all are named. */
  readonly counts: string;
  readonly events: readonly CalendarEvent[];
}

export interface CalendarEvent {
  readonly id: string;
  readonly dealId: string | null;
  readonly kind: string;
  readonly name: string;
  /** Empty where the dates agree. */
  readonly contradiction: string;
}

/** Named on one day; the others are counted. */
const NAMED = 20;
const KINDS = [
  { label: 'Pilot_Portfolio_readout', dayOf: ({ pilot }: ListedPilot) => pilot.readoutDate },
  { label: 'Pilot_Portfolio_decision', dayOf: ({ pilot }: ListedPilot) => pilot.decisionDate },
  { label: 'Pilot_Portfolio_lock', dayOf: ({ pilot }: ListedPilot) => pilot.priceLockEnds },
] as const;

interface Due {
  readonly day: string;
  readonly label: string;
  readonly listed: ListedPilot;
}

/** What is due in `month` (`YYYY-MM`). */
export function calendarView(pilots: readonly ListedPilot[], month: string, reader: Reader): CalendarView {
  const due = pilots.flatMap((listed) =>
    KINDS.flatMap(({ label, dayOf }): Due[] => {
      const day = dayOf(listed);
      return day?.startsWith(month) === true ? [{ day, label, listed }] : [];
    }),
  );
  const days = [...new Set(due.map(({ day }) => day))].sort();
  const say = sayTo(reader);
  const first = new Date(`${month}-01T00:00:00Z`);
  const format = { month: 'long', year: 'numeric', timeZone: 'UTC' } as const;
  return {
    month: new Intl.DateTimeFormat(reader.locale, format).format(first),
    previous: monthFrom(first, -1),
    next: monthFrom(first, 1),
    days: days.map((day) =>
      dayView(
        day,
        due.filter((one) => one.day === day),
        say,
      ),
    ),
  };
}

function dayView(day: string, due: readonly Due[], say: Say): CalendarDay {
  const counts = KINDS.flatMap(({ label }) => {
    const count = due.filter((one) => one.label === label).length;
    return count === 0 ? [] : [say('Pilot_Portfolio_month_count', { kind: say(label), count })];
  });
  return {
    id: day,
    title: say('Pilot_Portfolio_weekday', { day }),
    counts:
      due.length > NAMED
        ? say('Pilot_Portfolio_month_named', { counts: counts.join(' · '), named: NAMED })
        : '',
    events: due.slice(0, NAMED).map(({ label, listed }) => ({
      id: `${label}${listed.pilot.id}`,
      dealId: listed.dealId,
      kind: say(label),
      name: listed.pilot.name ?? listed.pilot.id,
      contradiction: label.endsWith('decision') ? contradictionOf(listed, say) : '',
    })),
  };
}

function contradictionOf(listed: ListedPilot, say: Say): string {
  if (!hasContradiction(listed)) return '';
  return say('Pilot_Portfolio_closes', { closes: listed.closeDate, decision: listed.pilot.decisionDate });
}

function monthFrom(first: Date, months: number): string {
  return new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + months, 1))
    .toISOString()
    .slice(0, 7);
}
