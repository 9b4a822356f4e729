// Who reads the page and when: everything a sentence needs beside its numbers.
import currency from '@salesforce/i18n/currency';
import locale from '@salesforce/i18n/locale';
import timeZone from '@salesforce/i18n/timeZone';
import { LABELS } from 'c/pilotLabels';
import type { Reader } from './say';

export { addDays, daysOf } from './businessDays';
export type { BusinessDays } from './businessDays';
export { candidatesOf } from './candidates';
export type { Candidate } from './candidates';
export { calendarDays, clockTime, dayIn } from './days';
export { emptyWords } from './emptyWords';
export { errorWords } from './errorWords';
export { weekNumbers } from './pilotFacts';
export { businessDaysOf, holidayNote } from './workCalendar';
export { sayForRecord, sayTo, todayOf, wordingOptions } from './say';
export type { Reader, Say, Values } from './say';
export { signalWords, stateWord } from './signalWords';
export { verdictWords } from './verdictWords';
export type { VerdictWords } from './verdictWords';

/** The signed-in user at that moment. */
export function readerAt(now: Date): Reader {
  return { words: LABELS, locale, timeZone, currency, now };
}
