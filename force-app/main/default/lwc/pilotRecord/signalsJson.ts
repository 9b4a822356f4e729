// Signals__c as the sync wrote it: text from outside, believed only field by field.

export interface StoredSignal {
  readonly code: string;
  readonly state: string;
  readonly since: string;
  readonly values: Readonly<Record<string, string | number | null>>;
  readonly variant: string | null;
  readonly owner: string;
}

export interface StoredSignals {
  /** Strongest first; those that decide the health. */
  readonly signals: readonly StoredSignal[];
  /** Paperwork, never beyond Watch. */
  readonly toTidy: readonly StoredSignal[];
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
  return signals && toTidy ? { signals, toTidy } : null;
}

/** One entry that cannot be read makes the whole list unreadable: it may be the strongest. */
function readList(list: unknown): readonly StoredSignal[] | null {
  if (!Array.isArray(list)) return null;
  const read = list.map(readSignal);
  return read.every((signal) => signal !== null) ? read : null;
}

function readSignal(entry: unknown): StoredSignal | null {
  if (!isFields(entry) || !isFields(entry['values'])) return null;
  const { code, state, since, variant, owner } = entry;
  if (typeof code !== 'string' || !/^[A-Z_]{1,40}$/.test(code)) return null;
  if (typeof state !== 'string' || typeof since !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(since))
    return null;
  const pairs = Object.entries(entry['values']);
  if (!pairs.every((pair): pair is [string, string | number | null] => isValue(pair[1]))) return null;
  return {
    code,
    state,
    since,
    values: Object.fromEntries(pairs),
    variant: typeof variant === 'string' ? variant : null,
    owner: typeof owner === 'string' ? owner : '',
  };
}

function isValue(value: unknown): value is string | number | null {
  return value === null || typeof value === 'string' || (typeof value === 'number' && Number.isFinite(value));
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
