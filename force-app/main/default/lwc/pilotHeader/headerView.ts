// What the header says, worked out from the record: no DOM, no clock of its own.
import { tidyLine, wordSignal, wordTemplate } from 'c/pilotWording';
import type { SignalWords, WordableSignal, Words } from 'c/pilotWording';
import type { Health, Pilot } from 'c/pilotRecord';
import { calendarDays, clockTime, dayIn } from './days';

export interface Reader {
  readonly words: Words;
  readonly locale: string;
  readonly timeZone: string;
  readonly currency: string;
  readonly now: Date;
}

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
  /** What there is to tidy, in full. */
  readonly tidy: string;
  /** "Next: ask Priya Shah (champion) what changed."; empty when nothing is to be done. */
  readonly next: string;
  /** "Active a week 0 of 25 · Criteria 1 of 4 met, 2 on pace · Decision 18 Dec · $575 K agreed to 3 Jan" */
  readonly facts: string;
}

// Shape and word carry the state; the tone only repeats it.
const LOOKS: Readonly<Record<Health, { readonly icon: string; readonly tone: string }>> = {
  'On track': { icon: 'utility:success', tone: 'success' },
  Watch: { icon: 'utility:preview', tone: '' },
  'At risk': { icon: 'utility:warning', tone: 'warning' },
  Stalled: { icon: 'utility:stop', tone: 'error' },
  Unknown: { icon: 'utility:help', tone: '' },
};

type Values = Readonly<Record<string, string | number | null>>;
type Say = (name: string, values?: Values) => string;

/** Renders the header of one pilot for one reader at one moment. */
export function headerView(pilot: Pilot, reader: Reader): HeaderView {
  const { words, locale, currency, now, timeZone } = reader;
  const options = { today: dayIn(now, timeZone), currency };
  const say: Say = (name, values = {}) => wordTemplate(name, values, words, locale, options);
  const word = (signal: WordableSignal): SignalWords => wordSignal(signal, words, locale, options);
  const verdict = verdictOf(pilot, options.today, timeZone, say, word);
  const tidy = isStale(pilot) ? [] : (pilot.signals?.toTidy ?? []);
  return {
    ...LOOKS[pilot.health],
    headline: verdict.headline,
    about: joined([pilot.type, pilot.department, dayOf(pilot, options.today, say)]),
    data: dataLine(pilot, options.today, reader, say),
    evidence: verdict.evidence,
    more: joined([
      verdict.others > 0 ? say('Pilot_Head_more', { count: verdict.others }) : null,
      tidy.length > 0 ? say('Pilot_To_tidy', { count: tidy.length }) : null,
    ]),
    tidy: tidyLine(tidy, words, locale, options),
    next: verdict.next === '' ? '' : say('Pilot_Head_next', { step: lowerFirst(verdict.next, locale) }),
    facts: joined(factsOf(pilot, say)),
  };
}

interface Verdict {
  readonly headline: string;
  readonly evidence: string;
  readonly next: string;
  readonly others: number;
}

function verdictOf(
  pilot: Pilot,
  today: string,
  timeZone: string,
  say: Say,
  word: (signal: WordableSignal) => SignalWords,
): Verdict {
  const state = say(`Pilot_Health_${pilot.health.replaceAll(' ', '_')}`);
  const plain = (name: string, values: Values = {}): Verdict => {
    return { headline: state, evidence: upperFirst(say(name, values)), next: '', others: 0 };
  };
  if (pilot.healthStored === null) return plain('Pilot_Head_not_judged');
  if (isStale(pilot)) return fromSignal(staleSignal(pilot, today, timeZone), 0, word);
  if (pilot.signals === null) return plain('Pilot_Head_unreadable');
  const [strongest, ...others] = pilot.signals.signals;
  const isSnoozed = pilot.snoozedUntil !== null && pilot.snoozedUntil >= today;
  const snoozed = isSnoozed ? say('Pilot_Headline_snoozed', { state, until: pilot.snoozedUntil }) : null;
  if (!strongest) {
    const quiet = plain(...noteOf(pilot, today));
    return { ...quiet, headline: snoozed ?? quiet.headline };
  }
  const since = pilot.health === 'Stalled' ? (pilot.stalledSince ?? strongest.since) : strongest.since;
  const verdict = fromSignal({ ...strongest, state: pilot.health, since }, others.length, word);
  return { ...verdict, headline: snoozed ?? verdict.headline };
}

function fromSignal(
  signal: WordableSignal,
  others: number,
  word: (signal: WordableSignal) => SignalWords,
): Verdict {
  const { headline, evidence, nextStep } = word(signal);
  return { headline, evidence, next: nextStep, others };
}

/** The record was judged once, but its data are too old to be believed now. */
function isStale({ health, healthStored, staleAfter }: Pilot): boolean {
  return health === 'Unknown' && healthStored !== null && healthStored !== 'Unknown' && staleAfter !== null;
}

function staleSignal(pilot: Pilot, today: string, timeZone: string): WordableSignal {
  const after = pilot.staleAfter === null ? NaN : Date.parse(pilot.staleAfter);
  return {
    code: 'DATA_STALE',
    variant: pilot.usageCompleteTo === null ? 'never' : null,
    state: 'Unknown',
    since: Number.isNaN(after) ? today : dayIn(new Date(after), timeZone),
    values: { dataEnd: pilot.usageCompleteTo },
  };
}

/** What to say of a pilot of which no signal speaks. */
function noteOf(pilot: Pilot, today: string): [name: string, values: Values] {
  if (!pilot.isLive) return ['Pilot_Note_notLive', {}];
  if (pilot.startDate === null) return ['Pilot_Note_noStartDate', {}];
  if (pilot.startDate > today) return ['Pilot_Note_notStarted', {}];
  if (pilot.hasNoTelemetry) return ['Pilot_Note_noTelemetry', {}];
  const active = pilot.activeUsers7d;
  if (active === null) return ['Pilot_Note_quiet', {}];
  const users = pilot.licensedUsers ?? pilot.plannedUsers;
  return users === null ? ['Pilot_Note_activeUncounted', { active }] : ['Pilot_Note_active', { active, users }];
}

function dayOf({ startDate, endDate }: Pilot, today: string, say: Say): string | null {
  if (startDate === null) return null;
  if (today < startDate) return say('Pilot_Head_starts', { start: startDate });
  if (endDate === null) return say('Pilot_Head_day', { day: calendarDays(startDate, today) });
  if (today > endDate) return say('Pilot_Head_ended', { end: endDate });
  return say('Pilot_Head_day_of', { day: calendarDays(startDate, today), days: calendarDays(startDate, endDate) });
}

function dataLine(pilot: Pilot, today: string, { locale, timeZone }: Reader, say: Say): string {
  const usage = pilot.hasNoTelemetry
    ? null
    : pilot.usageCompleteTo === null
      ? say('Pilot_Head_no_usage')
      : say('Pilot_Head_usage_to', { to: pilot.usageCompleteTo });
  return joined([usage, syncedLine(pilot.syncedAt, today, locale, timeZone, say)]);
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

function factsOf(pilot: Pilot, say: Say): (string | null)[] {
  return [activeFact(pilot, say), criteriaFact(pilot, say), decisionFact(pilot, say), agreedFact(pilot, say)];
}

function activeFact({ activeUsers7d: active, licensedUsers, plannedUsers, signals }: Pilot, say: Say): string | null {
  if (active === null) return null;
  const users = licensedUsers ?? plannedUsers;
  if (users === null) return say('Pilot_Head_active_uncounted', { active });
  const target = signals?.signals.find((signal) => signal.code === 'LOW_ADOPTION')?.values['target'];
  return typeof target === 'number'
    ? say('Pilot_Head_active_target', { active, users, target })
    : say('Pilot_Head_active', { active, users });
}

function criteriaFact({ criteriaCount, criteriaMet, criteria }: Pilot, say: Say): string | null {
  if (criteriaCount === null || criteriaMet === null || criteriaCount === 0) return null;
  const pace = criteria?.filter((criterion) => criterion.pace === 'On pace').length ?? 0;
  const values = { met: criteriaMet, criteria: criteriaCount, pace };
  return say(pace > 0 ? 'Pilot_Head_criteria_pace' : 'Pilot_Head_criteria', values);
}

function decisionFact({ decisionDate }: Pilot, say: Say): string | null {
  return decisionDate === null ? null : say('Pilot_Head_decision', { decision: decisionDate });
}

function agreedFact({ annualValue, oneTimeValue, priceLockEnds }: Pilot, say: Say): string | null {
  const amount = (annualValue ?? 0) + (oneTimeValue ?? 0);
  if (amount === 0) return null;
  return priceLockEnds === null
    ? say('Pilot_Head_agreed', { amount })
    : say('Pilot_Head_agreed_to', { amount, to: priceLockEnds });
}

function joined(parts: readonly (string | null)[]): string {
  return parts.filter((part) => part !== null && part !== '').join(' · ');
}

function lowerFirst(text: string, locale: string): string {
  return text.charAt(0).toLocaleLowerCase(locale) + text.slice(1);
}

function upperFirst(text: string): string {
  return text.charAt(0).toLocaleUpperCase() + text.slice(1);
}
