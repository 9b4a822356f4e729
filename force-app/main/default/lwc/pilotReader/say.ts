// A label filled for one reader: language, currency and how a date is written.
import { wordTemplate } from 'c/pilotWording';
import type { WordingOptions, Words } from 'c/pilotWording';
import { dayIn } from './days';

export interface Reader {
  readonly words: Words;
  readonly locale: string;
  readonly timeZone: string;
  readonly currency: string;
  readonly now: Date;
}

export type Values = Readonly<Record<string, string | number | null>>;
export type Say = (label: string, values?: Values) => string;

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

export function wordingOptions(reader: Reader): WordingOptions {
  return { today: todayOf(reader), currency: reader.currency };
}
