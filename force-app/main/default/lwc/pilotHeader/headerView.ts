// What the header says, worked out from the record: no DOM, no clock of its own.
import { calendarDays, clockTime, dayIn, sayTo, todayOf, verdictWords, weekNumbers } from 'c/pilotReader';
import type { Reader, Say, Values } from 'c/pilotReader';
import type { Pilot } from 'c/pilotRecord';

export interface HeaderView {
  readonly icon: string;
  readonly tone: string;
  /** "Stalled since 3 Nov" */
  readonly headline: string;
  /** "Pilot · Sales Ops · day 37 of 54" */
  readonly about: string;
  /** "Usage to Tue 17 Nov · synced 06:10" */
  readonly data: string;
  readonly evidence: string;
  /** "+1 more · 2 to tidy"; empty when there is nothing beyond the evidence. */
  readonly more: string;
  /** "Next: ask Priya Shah (champion) what changed."; empty when nothing is to be done. */
  readonly next: string;
  /** "Active a week 0 of 25 · Criteria 1 of 4 met, 2 on pace · Decision 18 Dec · $575 K agreed to 3 Jan" */
  readonly facts: string;
}

/** As `Say`, of one day ahead: its year is left out while no reader would take it for another one. */
type SayAhead = (label: string, day: string, values: Values) => string;

/** Renders the header of one pilot for one reader at one moment. */
export function headerView(pilot: Pilot, reader: Reader): HeaderView {
  const today = todayOf(reader);
  const say = sayTo(reader);
  const sayAhead: SayAhead = (label, day, values) =>
    sayTo(reader, isNear(day, today) ? day : today)(label, values);
  const verdict = verdictWords(pilot, reader);
  const { icon, tone, headline, toTidy } = verdict;
  return {
    icon,
    tone,
    headline,
    about: joined([pilot.type, pilot.department, pilot.ending ? null : dayOf(pilot, today, say)]),
    data: dataLine(pilot, today, reader, say),
    evidence: verdict.evidence,
    more: joined([
      verdict.others > 0 ? say('Pilot_Head_more', { count: verdict.others }) : null,
      toTidy > 0 ? say('Pilot_To_tidy', { count: toTidy }) : null,
    ]),
    next:
      verdict.next === '' ? '' : say('Pilot_Head_next', { step: lowerFirst(verdict.next, reader.locale) }),
    facts: joined(factsOf(pilot, say, sayAhead)),
  };
}

function dayOf({ startDate, endDate }: Pilot, today: string, say: Say): string | null {
  if (startDate === null) return null;
  if (today < startDate) return say('Pilot_Head_starts', { start: startDate });
  if (endDate === null) return say('Pilot_Head_day', { day: calendarDays(startDate, today) });
  if (today > endDate) return say('Pilot_Head_ended', { end: endDate });
  return say('Pilot_Head_day_of', {
    day: calendarDays(startDate, today),
    days: calendarDays(startDate, endDate),
  });
}

function dataLine(pilot: Pilot, today: string, { locale, timeZone }: Reader, say: Say): string {
  return joined([usageLine(pilot, say), syncedLine(pilot.syncedAt, today, locale, timeZone, say)]);
}

function usageLine({ hasNoTelemetry, usageCompleteTo, ending }: Pilot, say: Say): string | null {
  if (hasNoTelemetry) return null;
  if (usageCompleteTo !== null) return say('Pilot_Head_usage_to', { to: usageCompleteTo });
  // Of a closed pilot none are to come.
  return ending ? null : say('Pilot_Head_no_usage');
}

function syncedLine(
  syncedAt: string | null,
  today: string,
  locale: string,
  timeZone: string,
  say: Say,
): string | null {
  const at = syncedAt === null ? null : new Date(syncedAt);
  if (at === null || Number.isNaN(at.getTime())) return null;
  const day = dayIn(at, timeZone);
  const time = clockTime(at, locale, timeZone);
  return day === today ? say('Pilot_Head_synced', { time }) : say('Pilot_Head_synced_day', { day, time });
}

function factsOf(pilot: Pilot, say: Say, sayAhead: SayAhead): (string | null)[] {
  const ahead = pilot.ending ? null : decisionFact(pilot, sayAhead);
  return [...weekNumbers(pilot, say), ahead, agreedFact(pilot, say, sayAhead)];
}

function decisionFact({ decisionDate }: Pilot, sayAhead: SayAhead): string | null {
  if (decisionDate === null) return null;
  return sayAhead('Pilot_Head_decision', decisionDate, { decision: decisionDate });
}

function agreedFact(pilot: Pilot, say: Say, sayAhead: SayAhead): string | null {
  const amount = (pilot.annualValue ?? 0) + (pilot.oneTimeValue ?? 0);
  if (amount === 0) return null;
  const to = pilot.ending ? null : pilot.priceLockEnds;
  return to === null
    ? say('Pilot_Head_agreed', { amount })
    : sayAhead('Pilot_Head_agreed_to', to, { amount, to });
}

function isNear(day: string, today: string): boolean {
  return Math.abs(calendarDays(today, day)) < 183;
}

function joined(parts: readonly (string | null)[]): string {
  return parts.filter((part) => part !== null && part !== '').join(' · ');
}

function lowerFirst(text: string, locale: string): string {
  return text.charAt(0).toLocaleLowerCase(locale) + text.slice(1);
}
