// The rows of the list and the filters above it: no DOM, no clock of its own.
import { calendarDays, sayTo, todayOf, verdictWords } from 'c/pilotReader';
import type { Reader, Say } from 'c/pilotReader';
import type { Pilot } from 'c/pilotRecord';
import type { Toggle } from '../pilotToggles/pilotToggles';
import { hasContradiction } from './portfolioPage';
import type { ListedPilot } from './portfolioPage';
import { HEALTHS } from './portfolioState';
import type { PortfolioState, SortKey } from './portfolioState';

/** Rows shown at once: the rest is a page further, so that 5,000 pilots are no 5,000 rows of a table. */
export const ROWS_SHOWN = 50;

export interface RowView {
  readonly id: string;
  readonly dealId: string | null;
  readonly name: string;
  readonly about: string;
  readonly icon: string;
  readonly headline: string;
  /** "None of 25 users active since Mon 19 Oct. Ask Priya Shah (champion) what changed. +1 more" */
  readonly reason: string;
  readonly decision: string;
  readonly days: string;
  readonly value: string;
  /** Empty where the dates agree. */
  readonly contradiction: string;
  readonly people: string;
}

export interface ListView {
  readonly rows: readonly RowView[];
  readonly count: number;
  /** "51 to 100 of 5,000"; empty where all fit. */
  readonly place: string;
  readonly hasPrevious: boolean;
  readonly hasNext: boolean;
}

/** The pilots that all filters but those of the buttons leave. */
export function pilotsOf(pilots: readonly ListedPilot[], { person }: PortfolioState): readonly ListedPilot[] {
  if (person === null) return pilots;
  return pilots.filter(({ manager, engineer }) => manager?.id === person || engineer?.id === person);
}

/** Everybody who supports a pilot, with the number of pilots; `''` stands for all. */
export function personOptions(pilots: readonly ListedPilot[], say: Say): { label: string; value: string }[] {
  const found = new Map<string, { name: string; count: number }>();
  for (const { manager, engineer } of pilots) {
    const people = manager?.id === engineer?.id ? [manager] : [manager, engineer];
    for (const person of people) {
      if (person === null) continue;
      const count = (found.get(person.id)?.count ?? 0) + 1;
      found.set(person.id, { name: person.name ?? person.id, count });
    }
  }
  const named = [...found].sort(([, a], [, b]) => compare(a.name, b.name));
  return [
    { label: say('Pilot_Portfolio_everybody'), value: '' },
    ...named.map(([value, of]) => ({ label: say('Pilot_Portfolio_person_count', of), value })),
  ];
}

/** How many pilots each filter would leave; a health that no pilot has is no button. */
export function filterButtons(pilots: readonly ListedPilot[], state: PortfolioState, say: Say): Toggle[] {
  const button = (id: string, text: string, isPressed: boolean): Toggle => {
    return { id, text, pressed: String(isPressed) };
  };
  const isAll = state.health === null && !state.hasContradiction;
  const contradictions = pilots.filter(hasContradiction).length;
  return [
    button('all', say('Pilot_Portfolio_any', { count: pilots.length }), isAll),
    ...HEALTHS.flatMap((health) => {
      const count = pilots.filter(({ pilot }) => pilot.health === health).length;
      const isPressed = state.health === health;
      if (count === 0 && !isPressed) return [];
      const word = say(`Pilot_Health_${health.replaceAll(' ', '_')}`);
      return [button(health, say('Pilot_Portfolio_of_state', { state: word, count }), isPressed)];
    }),
    ...(contradictions > 0 || state.hasContradiction
      ? [button('dates', say('Pilot_Portfolio_dates', { count: contradictions }), state.hasContradiction)]
      : []),
  ];
}

/** The rows of one page of the list, filtered and sorted as the state says. */
export function listView(pilots: readonly ListedPilot[], state: PortfolioState, reader: Reader): ListView {
  const chosen = chosenPilots(pilots, state).sort(orderOf(state));
  const last = Math.max(0, Math.ceil(chosen.length / ROWS_SHOWN) - 1);
  const from = Math.min(state.page, last) * ROWS_SHOWN;
  const shown = chosen.slice(from, from + ROWS_SHOWN);
  const values = { from: from + 1, to: from + shown.length, count: chosen.length };
  const say = sayTo(reader);
  return {
    rows: shown.map((one) => rowView(one, reader, say)),
    count: chosen.length,
    place: chosen.length > ROWS_SHOWN ? say('Pilot_Portfolio_place', values) : '',
    hasPrevious: from > 0,
    hasNext: from + shown.length < chosen.length,
  };
}

/** Those that the buttons leave; a new array. */
export function chosenPilots(pilots: readonly ListedPilot[], state: PortfolioState): ListedPilot[] {
  return pilots.filter(
    (one) =>
      (state.health === null || one.pilot.health === state.health) &&
      (!state.hasContradiction || hasContradiction(one)),
  );
}

type Order = (a: ListedPilot, b: ListedPilot) => number;

// A pilot without date or name comes last, whichever way the list is sorted.
const LATEST = '9999-12-31';
const ORDERS: Readonly<Record<SortKey, Order>> = {
  health: (a, b) => HEALTHS.indexOf(a.pilot.health) - HEALTHS.indexOf(b.pilot.health),
  pilot: (a, b) => compare(a.pilot.name ?? '', b.pilot.name ?? ''),
  days: (a, b) => compare(a.pilot.decisionDate ?? LATEST, b.pilot.decisionDate ?? LATEST),
  value: (a, b) => (valueOf(a.pilot) ?? 0) - (valueOf(b.pilot) ?? 0),
};

function orderOf({ sort, isDescending }: PortfolioState): Order {
  const sign = isDescending ? -1 : 1;
  return (a, b) => sign * ORDERS[sort](a, b) || ORDERS.days(a, b) || compare(a.pilot.id, b.pilot.id);
}

// A collator took 60 ms of 5,000 names; lower case is enough for finding one's way.
function compare(a: string, b: string): number {
  const [left, right] = [a.toLowerCase(), b.toLowerCase()];
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Agreed a year and once; null when nothing is, or the reader may not see it. */
function valueOf({ annualValue, oneTimeValue }: Pilot): number | null {
  const value = (annualValue ?? 0) + (oneTimeValue ?? 0);
  return value === 0 ? null : value;
}

function rowView(listed: ListedPilot, reader: Reader, say: Say): RowView {
  const { pilot, dealId, closeDate, manager, engineer } = listed;
  const { icon, headline, evidence, next, others } = verdictWords(pilot, reader);
  const value = valueOf(pilot);
  const more = others > 0 ? say('Pilot_Portfolio_more', { count: others }) : '';
  const dates = { closes: closeDate, decision: pilot.decisionDate };
  return {
    id: pilot.id,
    dealId,
    name: pilot.name ?? pilot.id,
    about: joined(' · ', [pilot.accountName, pilot.department]),
    icon,
    headline,
    reason: joined(' ', [evidence, next, more]),
    decision:
      pilot.decisionDate === null ? '' : say('Pilot_Portfolio_decide_by', { day: pilot.decisionDate }),
    days: daysText(listed, reader, say),
    value: value === null ? say('Pilot_Portfolio_no_value') : say('Pilot_Portfolio_value', { amount: value }),
    contradiction: hasContradiction(listed) ? say('Pilot_Portfolio_closes', dates) : '',
    people: joined(' · ', [
      manager?.name ? say('Pilot_Portfolio_manager', { name: manager.name }) : null,
      engineer?.name ? say('Pilot_Portfolio_engineer', { name: engineer.name }) : null,
    ]),
  };
}

function daysText({ pilot: { decisionDate } }: ListedPilot, reader: Reader, say: Say): string {
  if (decisionDate === null) return say('Pilot_Portfolio_no_date');
  const days = calendarDays(todayOf(reader), decisionDate) - 1;
  if (days === 0) return say('Pilot_Portfolio_days_zero');
  if (days > 0) return days === 1 ? say('Pilot_Portfolio_days_one') : say('Pilot_Portfolio_days', { days });
  return days === -1
    ? say('Pilot_Portfolio_days_over_one')
    : say('Pilot_Portfolio_days_over', { days: -days });
}

function joined(between: string, parts: readonly (string | null)[]): string {
  return parts.filter((part) => part !== null && part !== '').join(between);
}
