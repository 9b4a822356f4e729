// Who reads the page and when: everything a sentence needs beside its numbers.
import currency from '@salesforce/i18n/currency';
import locale from '@salesforce/i18n/locale';
import timeZone from '@salesforce/i18n/timeZone';
import { LABELS } from 'c/pilotLabels';
import { wordSignal, wordTemplate } from 'c/pilotWording';
import type { SignalWords, WordableSignal, WordingOptions, Words } from 'c/pilotWording';
import { dayIn } from './days';

export { addBusinessDays, addDays, daysOf, isBusinessDay } from './businessDays';
export { calendarDays, clockTime, dayIn } from './days';
export { weekNumbers } from './pilotFacts';

export interface Reader {
  readonly words: Words;
  readonly locale: string;
  readonly timeZone: string;
  readonly currency: string;
  readonly now: Date;
}

export type Values = Readonly<Record<string, string | number | null>>;
export type Say = (label: string, values?: Values) => string;

/** The signed-in user at that moment. */
export function readerAt(now: Date): Reader {
  return { words: LABELS, locale, timeZone, currency, now };
}

/** The reader's calendar day, `YYYY-MM-DD`. */
export function todayOf({ now, timeZone: zone }: Reader): string {
  return dayIn(now, zone);
}

/** Fills labels for this reader; dates of `yearOf`'s year (default: today's) are written without it. */
export function sayTo(reader: Reader, yearOf = todayOf(reader)): Say {
  const options = { today: yearOf, currency: reader.currency };
  return (label, values = {}) => wordTemplate(label, values, reader.words, reader.locale, options);
}

/** As `sayTo`, for a text that stays in a record: every date with its year. */
export function sayForRecord(reader: Reader): Say {
  return sayTo(reader, '0000-01-01');
}

/** A signal in words. One that a newer sync wrote is named by its code: left out, it would look like health. */
export function signalWords(signal: WordableSignal, reader: Reader): SignalWords {
  const { words, locale: language } = reader;
  if (words[`Pilot_Signal_${signal.code}`] !== undefined) {
    return wordSignal(signal, words, language, wordingOptions(reader));
  }
  const say = sayTo(reader);
  const state = stateWord(signal.state, say);
  const headline = say('Pilot_Headline_since', { state, since: signal.since });
  const evidence = say('Pilot_Signals_Unheard', { code: signal.code });
  return { headline, evidence, nextStep: '', line: `${headline}: ${evidence}` };
}

export function wordingOptions(reader: Reader): WordingOptions {
  return { today: todayOf(reader), currency: reader.currency };
}

const STATES = ['On track', 'Watch', 'At risk', 'Stalled', 'Unknown'];

/** "At risk" in the reader's language; a state that is none of ours is Unknown. */
export function stateWord(state: string, say: Say): string {
  return say(`Pilot_Health_${STATES.includes(state) ? state.replaceAll(' ', '_') : 'Unknown'}`);
}
