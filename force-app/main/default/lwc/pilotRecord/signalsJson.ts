// Signals__c as the sync wrote it: text from outside, believed only field by field.

export interface StoredSignal {
  readonly code: string;
  readonly state: string;
  readonly since: string;
  readonly values: Readonly<Record<string, string | number | null>>;
  readonly variant: string | null;
  readonly owner: string;
}

/** What there is to say beside, or in place of, a signal; words are the label `Pilot_Note_<key>`. */
export interface StoredNote {
  readonly key: string;
  readonly values: Readonly<Record<string, string | number | null>>;
}

export interface StoredSignals {
  /** Strongest first; those that decide the health. */
  readonly signals: readonly StoredSignal[];
  /** Paperwork, never beyond Watch. */
  readonly toTidy: readonly StoredSignal[];
  readonly note: StoredNote | null;
  /** People active a week that the policy or the criteria ask for. */
  readonly adoptionTarget: number | null;
}

type Fields = Readonly<Record<string, unknown>>;

/** Null for blank, damaged or newer text: then the page says that it cannot tell, never that all is well. */
export function parseSignals(text: string | null): StoredSignals | null {
  if (text === null) return null;
  let stored: unknown;
  try {
    stored = JSON.parse(text);
  } catch {
    return null;
  }
  if (!isFields(stored) || stored['version'] !== 1) return null;
  const signals = readList(stored['signals']);
  const toTidy = readList(stored['toTidy']);
  if (!signals || !toTidy) return null;
  const target = stored['adoptionTarget'];
  const adoptionTarget = typeof target === 'number' && Number.isFinite(target) ? target : null;
  return { signals, toTidy, note: readNote(stored['note']), adoptionTarget };
}

function readNote(entry: unknown): StoredNote | null {
  if (!isFields(entry) || typeof entry['key'] !== 'string') return null;
  const values = readValues(entry['values']);
  return values && { key: entry['key'], values };
}

/** One entry that cannot be read makes the whole list unreadable: it may be the strongest. */
function readList(list: unknown): readonly StoredSignal[] | null {
  if (!Array.isArray(list)) return null;
  const read = list.map(readSignal);
  return read.every((signal) => signal !== null) ? read : null;
}

function readSignal(entry: unknown): StoredSignal | null {
  if (!isFields(entry)) return null;
  const { code, state, since, variant, owner } = entry;
  if (typeof code !== 'string' || !/^[A-Z_]{1,40}$/.test(code)) return null;
  if (typeof state !== 'string' || typeof since !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(since))
    return null;
  const values = readValues(entry['values']);
  if (values === null) return null;
  return {
    code,
    state,
    since,
    values,
    variant: typeof variant === 'string' ? variant : null,
    owner: typeof owner === 'string' ? owner : '',
  };
}

function readValues(given: unknown): StoredNote['values'] | null {
  if (!isFields(given)) return null;
  const pairs = Object.entries(given);
  const isGood = pairs.every((pair): pair is [string, string | number | null] => isValue(pair[1]));
  return isGood ? Object.fromEntries(pairs) : null;
}

function isValue(value: unknown): value is string | number | null {
  return value === null || typeof value === 'string' || (typeof value === 'number' && Number.isFinite(value));
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
