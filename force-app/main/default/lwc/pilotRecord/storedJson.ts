// JSON kept in long text fields of the pilot: text from outside, believed only field by field. Each reader answers
// null for damaged or newer text; a writer adds to what was read and never guesses.

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** `Usage_Series__c`: one point a day. */
export interface UsageSeries {
  /** Day of the first point. */
  readonly from: string;
  /** Active users a day; null where the source counts no users. */
  readonly users: readonly (number | null)[];
  readonly events: readonly number[];
  /** Why a point is no exposure, by its index: holiday, closed, incomplete. */
  readonly off: ReadonlyMap<number, string>;
}

/** `Health_Log__c`, newest first. */
export interface HealthChange {
  readonly day: string;
  readonly health: string;
  readonly codes: readonly string[];
}

/** `Closed_Days__c`: both days inclusive. */
export interface ClosedDays {
  readonly from: string;
  readonly to: string;
  readonly reason: string;
}

/** `Amendments__c`, newest first: what was changed after the criteria were signed. */
export interface Amendment {
  readonly on: string;
  readonly criterionId: string;
  /** The criterion's name then. */
  readonly name: string;
  readonly from: string;
  readonly to: string;
  readonly reason: string;
}

export function readSeries(text: string | null): UsageSeries | null {
  const stored = parse(text);
  if (stored === null) return null;
  const { from, users, events, off } = stored;
  if (!isDay(from) || !isList(users, isCountOrNull) || !isList(events, isCount)) return null;
  if (users.length !== events.length || users.length === 0 || !isList(off, isMark)) return null;
  return { from, users, events, off: new Map(off) };
}

/** Empty for a blank log. */
export function readHealthLog(text: string | null): readonly HealthChange[] | null {
  if (text === null) return [];
  const entries = parse(text)?.['entries'];
  return isList(entries, isHealthChange) ? entries : null;
}

export function readClosedDays(text: string | null): readonly ClosedDays[] | null {
  if (text === null) return [];
  const days = parse(text)?.['days'];
  return isList(days, isClosedDays) ? days : null;
}

export function writeClosedDays(days: readonly ClosedDays[]): string {
  return JSON.stringify({ version: 1, days });
}

export function readAmendments(text: string | null): readonly Amendment[] | null {
  if (text === null) return [];
  const amendments = parse(text)?.['amendments'];
  return isList(amendments, isAmendment) ? amendments : null;
}

export function writeAmendments(amendments: readonly Amendment[]): string {
  return JSON.stringify({ version: 1, amendments });
}

type Fields = Readonly<Record<string, unknown>>;

function parse(text: string | null): Fields | null {
  if (text === null) return null;
  try {
    const stored: unknown = JSON.parse(text);
    return isFields(stored) && stored['version'] === 1 ? stored : null;
  } catch {
    return null;
  }
}

function isHealthChange(value: unknown): value is HealthChange {
  return isFields(value) && isDay(value['day']) && isText(value['health']) && isList(value['codes'], isText);
}

function isClosedDays(value: unknown): value is ClosedDays {
  return isFields(value) && isDay(value['from']) && isDay(value['to']) && isText(value['reason']);
}

function isAmendment(value: unknown): value is Amendment {
  const texts: readonly (keyof Amendment)[] = ['criterionId', 'name', 'from', 'to', 'reason'];
  return isFields(value) && isDay(value['on']) && texts.every((name) => isText(value[name]));
}

function isList<T>(value: unknown, isOne: (one: unknown) => one is T): value is readonly T[] {
  return Array.isArray(value) && value.every(isOne);
}

function isMark(value: unknown): value is [number, string] {
  return Array.isArray(value) && isCount(value[0]) && isText(value[1]);
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}

function isCountOrNull(value: unknown): value is number | null {
  return value === null || isCount(value);
}

function isDay(value: unknown): value is string {
  return isText(value) && DAY.test(value) && !Number.isNaN(Date.parse(value));
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
