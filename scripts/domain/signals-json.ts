// Signals__c: what the page renders in the reader's language. Versioned, checked, under 30,000 bytes.
import { z } from 'zod';
import type { Note, Signal } from './evaluation.ts';
import { DATA_SIGNALS, SWITCHABLE_SIGNALS } from './policy-fields.ts';

export const SIGNALS_MAX_BYTES = 30_000;

const DAY = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

const SIGNAL = z.object({
  code: z.enum([...SWITCHABLE_SIGNALS, ...DATA_SIGNALS]),
  group: z.enum(['usage', 'outcome', 'people', 'deal', 'tidy', 'data']),
  state: z.enum(['On track', 'Watch', 'At risk', 'Stalled', 'Unknown']),
  since: DAY,
  values: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
  variant: z.string().nullable(),
  owner: z.enum(['rep', 'success manager', 'sales engineer', 'operations', 'admin']),
});

const NOTE = z.object({ key: z.string(), values: SIGNAL.shape.values });

const SIGNALS = z.object({
  version: z.literal(1),
  signals: z.array(SIGNAL),
  toTidy: z.array(SIGNAL),
  note: NOTE.nullable(),
  // Texts of earlier versions lack it.
  adoptionTarget: z.number().nullable().default(null),
});

export interface StoredSignals {
  readonly signals: readonly Signal[];
  readonly toTidy: readonly Signal[];
  readonly note: Note | null;
  /** People a week that the pilot should reach; null where there is no number to fall short of. */
  readonly adoptionTarget: number | null;
}

/**
 * The text for Signals__c; equal signals give equal text. Strings from records are cut, so that no name can
 * break the byte budget (25 signals of at most 8 values, one of them of 18).
 */
export function writeSignals({ signals, toTidy, note, adoptionTarget }: StoredSignals): string {
  const text = JSON.stringify({
    version: 1,
    signals: signals.map(ordered),
    toTidy: toTidy.map(ordered),
    note,
    adoptionTarget,
  });
  const bytes = Buffer.byteLength(text);
  if (bytes < SIGNALS_MAX_BYTES) return text;
  throw new RangeError(`Signals__c would hold ${bytes} bytes, allowed are fewer than ${SIGNALS_MAX_BYTES}.`);
}

/** What a stored text says; null for blank, damaged or foreign text, which then counts as nothing stored. */
export function readSignals(text: string | null): StoredSignals | null {
  if (!text || Buffer.byteLength(text) >= SIGNALS_MAX_BYTES) return null;
  try {
    return SIGNALS.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

const VALUE_MAX_CHARACTERS = 80;

function ordered(signal: Signal): Signal {
  const entries = Object.entries(signal.values).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const values = Object.fromEntries(
    entries.map(([name, value]) => [name, typeof value === 'string' ? cut(value) : value]),
  );
  const { code, group, state, since, variant, owner } = signal;
  return { code, group, state, since, values, variant, owner };
}

function cut(text: string): string {
  // A control character takes six bytes in JSON and says nothing to a reader.
  const characters = [...text.replaceAll(/\p{Cc}/gu, ' ')];
  return characters.length <= VALUE_MAX_CHARACTERS
    ? characters.join('')
    : `${characters.slice(0, VALUE_MAX_CHARACTERS - 1).join('')}…`;
}
