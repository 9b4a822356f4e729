// Signals in words. The page and the sync render the same sentences from the same templates, so this module
// imports nothing: templates (custom labels), locale and the reference day are arguments.

type Value = string | number | null;
type Values = Readonly<Record<string, Value>>;

/** Templates by label name. */
export type Words = Readonly<Record<string, string>>;

/** A signal as it stands in Signals__c. */
export interface WordableSignal {
  readonly code: string;
  readonly variant: string | null;
  readonly state: string;
  /** `YYYY-MM-DD` */
  readonly since: string;
  readonly values: Values;
}

/** What there is to say beside, or in place of, a signal: `tooEarly`, `active`, `snoozed` … */
export interface WordableNote {
  readonly key: string;
  readonly values: Values;
}

/** A verdict as the page reads it from the record and the sync has it in hand. */
export interface WordableVerdict {
  readonly health: string;
  readonly stalledSince: string | null;
  readonly signals: readonly WordableSignal[];
  readonly note: WordableNote | null;
}

export interface WordingOptions {
  /** Dates of this day's year are written without it; without `today` the year of the signal's since-date. */
  readonly today?: string;
  /** ISO 4217; default USD. */
  readonly currency?: string;
}

export interface SignalWords {
  /** "Stalled since 3 Nov" */
  readonly headline: string;
  /** "None of 25 users active since Mon 19 Oct." */
  readonly evidence: string;
  /** "Ask Priya Shah (champion) what changed." */
  readonly nextStep: string;
  /** All of it in one line. */
  readonly line: string;
}

/** Longest stored reason, in characters. */
export const STALL_REASON_MAX = 140;

/** The sentences of one signal in the reader's language; a template that is missing throws with its name. */
export function wordSignal(
  signal: WordableSignal,
  words: Words,
  locale: string,
  options: WordingOptions = {},
): SignalWords {
  const spoken = speak(signal, words, locale, options);
  const headline = headlineOf(signal.state, hasSince(signal) ? signal.since : null, null, spoken);
  const line = `${headline}: ${spoken.evidence}. ${spoken.nextStep}`;
  return { headline, evidence: `${capitalize(spoken.evidence, locale)}.`, nextStep: spoken.nextStep, line };
}

/**
 * `STATE since DATE: strongest evidence. Next step. (+n)`, at most 140 characters. What does not fit goes in this
 * order: names (their roles stay), the next step, the end of the evidence.
 */
export function stallReason(
  verdict: WordableVerdict,
  words: Words,
  locale: string,
  options: WordingOptions = {},
): string {
  const [strongest, ...others] = verdict.signals;
  if (!strongest) return noteLine(verdict, words, locale, options);
  const more = others.length > 0 ? ` (+${others.length})` : '';
  const since = verdict.stalledSince ?? (hasSince(strongest) ? strongest.since : null);
  const attempt = (signal: WordableSignal, isNextTold: boolean): string => {
    const spoken = speak(signal, words, locale, options);
    const headline = headlineOf(verdict.health, since, verdict.note, spoken);
    return `${headline}: ${spoken.evidence}.${isNextTold ? ` ${spoken.nextStep}` : ''}`;
  };
  const attempts = [
    () => attempt(strongest, true),
    () => attempt(withoutNames(strongest), true),
    () => attempt(strongest, false),
    () => attempt(withoutNames(strongest), false),
  ];
  const room = STALL_REASON_MAX - more.length;
  const fitting = attempts.map((make) => make()).find((text) => lengthOf(text) <= room);
  return (fitting ?? cut(attempt(withoutNames(strongest), false), room)) + more;
}

/** "2 to tidy: no check-in since 28 Oct and none booked; SSO access by Acme was due 2 Nov."; empty when there is nothing. */
export function tidyLine(
  toTidy: readonly WordableSignal[],
  words: Words,
  locale: string,
  options: WordingOptions = {},
): string {
  if (toTidy.length === 0) return '';
  const things = toTidy.map((signal) => speak(signal, words, locale, options).evidence);
  const start = fill(template(words, ['Pilot_To_tidy']), { count: toTidy.length }, words, {
    locale,
    year: '',
    currency: 'USD',
  });
  return `${start}: ${things.join('; ')}.`;
}

/** One template by its label name, filled: dates, money and numbers are written as in the signals. */
export function wordTemplate(
  name: string,
  values: Values,
  words: Words,
  locale: string,
  options: WordingOptions = {},
): string {
  return fill(template(words, [name]), values, words, contextOf(null, locale, options));
}

interface Context {
  readonly locale: string;
  readonly year: string;
  readonly currency: string;
}

interface Spoken {
  readonly evidence: string;
  readonly nextStep: string;
  readonly words: Words;
  readonly context: Context;
}

// The day on which somebody first noticed says nothing about these.
const WITHOUT_SINCE = ['NOT_LINKED', 'OVERLAP', 'SOURCE_SUSPECT'];

function hasSince(signal: WordableSignal): boolean {
  return !WITHOUT_SINCE.includes(signal.code) && !(signal.code === 'DATA_STALE' && signal.variant);
}

function speak(signal: WordableSignal, words: Words, locale: string, options: WordingOptions): Spoken {
  const context = contextOf(signal.since, locale, options);
  const say = (kind: 'Signal' | 'Next'): string => {
    const names = [`Pilot_${kind}_${signal.code}`];
    if (signal.variant)
      names.unshift(`Pilot_${kind}_${signal.code}_${signal.variant}`, `Pilot_${kind}_${signal.variant}`);
    return fill(template(words, names), signal.values, words, context);
  };
  return { evidence: say('Signal'), nextStep: say('Next'), words, context };
}

function contextOf(since: string | null, locale: string, { today, currency }: WordingOptions): Context {
  return { locale, year: (today ?? since ?? '').slice(0, 4), currency: currency ?? 'USD' };
}

function headlineOf(
  health: string,
  since: string | null,
  note: WordableNote | null,
  { words, context }: Pick<Spoken, 'words' | 'context'>,
): string {
  const state = stateName(health, words);
  const isSnoozed = note?.key === 'snoozed';
  const name = isSnoozed ? 'Pilot_Headline_snoozed' : since ? 'Pilot_Headline_since' : null;
  if (!name) return state;
  return fill(template(words, [name]), { state, since, ...(isSnoozed ? note.values : {}) }, words, context);
}

/** "At risk" in the reader's words. */
export function stateName(health: string, words: Words): string {
  return template(words, [`Pilot_Health_${health.replaceAll(' ', '_')}`]);
}

function noteLine(
  { health, note }: WordableVerdict,
  words: Words,
  locale: string,
  options: WordingOptions,
): string {
  const key = note?.key ?? 'quiet';
  const context = contextOf(
    typeof note?.values.starts === 'string' ? note.values.starts : null,
    locale,
    options,
  );
  const text = fill(template(words, [`Pilot_Note_${key}`]), note?.values ?? {}, words, context);
  return cut(`${stateName(health, words)}: ${text}`, STALL_REASON_MAX);
}

/** Values that are names of people: dropped first when a line is too long, so that the role is said instead. */
const NAMES = ['champion', 'sponsor', 'person', 'inviter'];

function withoutNames(signal: WordableSignal): WordableSignal {
  const values = Object.entries(signal.values).map(
    ([key, value]) => [key, NAMES.includes(key) ? null : value] as const,
  );
  return { ...signal, values: Object.fromEntries(values) };
}

function template(words: Words, names: readonly string[]): string {
  const found = names.map((name) => words[name]).find((text) => text !== undefined);
  if (found === undefined) throw new Error(`No text for the label ${names.at(-1)}.`);
  return found;
}

/** Replaces `{name}` and `{name:form}`; values are inserted as they are and never read as templates again. */
function fill(text: string, values: Values, words: Words, context: Context): string {
  return text.replaceAll(/\{(\w+)(?::(\w+))?\}/g, (_match, name: string, form?: string) =>
    insert(values, name, form, words, context),
  );
}

function insert(
  values: Values,
  name: string,
  form: string | undefined,
  words: Words,
  context: Context,
): string {
  const value = values[name] ?? null;
  if (form === 'every') return every(value, words, context);
  if (value === null) return template(words, [`Pilot_Fallback_${form === 'unit' ? 'number' : name}`]);
  if (form === 'role') return fill(template(words, [`Pilot_Role_${name}`]), { name: value }, words, context);
  if (form === 'word') return template(words, [`Pilot_Word_${name}_${value}`]);
  if (typeof value === 'number') return writeNumber(value, form, values.unit ?? null, words, context);
  return /^\d{4}-\d{2}-\d{2}$/.test(value) ? writeDay(value, form === 'weekday', context) : value;
}

function every(days: Value, words: Words, context: Context): string {
  if (days === 1) return template(words, ['Pilot_Every_day']);
  return fill(template(words, ['Pilot_Every_days']), { days }, words, context);
}

function writeNumber(
  value: number,
  form: string | undefined,
  unit: Value,
  words: Words,
  context: Context,
): string {
  if (form === 'money') return writeMoney(value, words, context);
  const digits =
    form === 'one' ? { minimumFractionDigits: 1, maximumFractionDigits: 1 } : { maximumFractionDigits: 2 };
  const text = plainSpaces(numberFormat(context.locale, digits).format(value));
  return form === 'unit' && unit !== null && unit !== '' ? `${text} ${unit}` : text;
}

/** Intl's no-break spaces differ between versions of its data: the stored line must not change with them. */
function plainSpaces(text: string): string {
  return text.replaceAll(/[\u00a0\u202f]/g, ' ');
}

/** "$9,500", "$575 K", "$1.25 M": no digit is lost below a thousandth of the amount. */
function writeMoney(amount: number, words: Words, { locale, currency }: Context): string {
  const size = Math.abs(amount) >= 1_000_000 ? 1_000_000 : Math.abs(amount) >= 10_000 ? 1_000 : 1;
  const suffix =
    size === 1 ? '' : ` ${template(words, [size === 1_000 ? 'Pilot_Thousand' : 'Pilot_Million'])}`;
  const style = {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    minimumFractionDigits: 0,
    maximumFractionDigits: 2,
  } as const;
  const parts = numberFormat(locale, style).formatToParts(amount / size);
  const last = parts.findLastIndex((part) => part.type === 'integer' || part.type === 'fraction');
  return plainSpaces(parts.map((part, index) => part.value + (index === last ? suffix : '')).join(''));
}

/** "3 Nov", "Mon 19 Oct"; the year only when it is another one. */
function writeDay(day: string, hasWeekday: boolean, { locale, year }: Context): string {
  const parts = dayFormat(locale).formatToParts(new Date(day));
  const part = (type: string): string =>
    (parts.find((one) => one.type === type)?.value ?? '').replace(/\.$/, '');
  const own = year !== '' && day.slice(0, 4) !== year ? ` ${day.slice(0, 4)}` : '';
  return `${hasWeekday ? `${part('weekday')} ` : ''}${part('day')} ${part('month')}${own}`;
}

// Making a formatter costs ten to thirty times as much as using one (0.79 ms and 0.03 ms on a busy machine), and a
// chart writes hundreds of days and numbers: each is made once.
const numberFormats = new Map<string, Intl.NumberFormat>();
const dayFormats = new Map<string, Intl.DateTimeFormat>();

function numberFormat(locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${locale} ${JSON.stringify(options)}`;
  const format = numberFormats.get(key) ?? new Intl.NumberFormat(locale, options);
  numberFormats.set(key, format);
  return format;
}

function dayFormat(locale: string): Intl.DateTimeFormat {
  const options = { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' } as const;
  const format = dayFormats.get(locale) ?? new Intl.DateTimeFormat(locale, options);
  dayFormats.set(locale, format);
  return format;
}

function capitalize(text: string, locale: string): string {
  const [first = '', ...rest] = text;
  return first.toLocaleUpperCase(locale) + rest.join('');
}

function lengthOf(text: string): number {
  return [...text].length;
}

function cut(text: string, room: number): string {
  return lengthOf(text) <= room
    ? text
    : `${[...text]
        .slice(0, room - 1)
        .join('')
        .trimEnd()}…`;
}
