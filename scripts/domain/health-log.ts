// Health_Log__c: when the health changed, newest first, bounded.
import { z } from 'zod';
import type { Evaluation } from './evaluation.ts';
import type { Day } from './facts.ts';

const ENTRY = z.object({
  day: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
  health: z.enum(['On track', 'Watch', 'At risk', 'Stalled', 'Unknown']),
  /** Codes of the signals at that moment, strongest first. */
  codes: z.array(z.string().max(40)).max(30),
});
const LOG = z.object({ version: z.literal(1), entries: z.array(ENTRY) });

export type HealthLogEntry = z.infer<typeof ENTRY>;

// 120 entries with 8 codes stay far below the 30,000 bytes a text field may hold.
const MAX_ENTRIES = 120;
const MAX_CODES = 8;

/** The entries of a stored log, newest first; a damaged log counts as empty. */
export function readHealthLog(text: string | null): readonly HealthLogEntry[] {
  if (!text) return [];
  try {
    return LOG.safeParse(JSON.parse(text)).data?.entries ?? [];
  } catch {
    return [];
  }
}

/**
 * The log after a verdict: an entry is added only when the health differs from the newest one, so that a
 * second run of the same day changes nothing; a later verdict of the same day replaces that day's entry.
 */
export function writeHealthLog(
  stored: string | null,
  evaluation: Pick<Evaluation, 'health' | 'signals'>,
  today: Day,
): string {
  const entries = readHealthLog(stored);
  if (stored && entries[0]?.health === evaluation.health) return stored;
  const codes = evaluation.signals.slice(0, MAX_CODES).map((signal) => signal.code);
  const earlier = entries.filter((entry) => entry.day !== today);
  // What was replaced today may have been the only thing between two equal entries.
  const changed =
    earlier[0]?.health === evaluation.health
      ? earlier
      : [{ day: today, health: evaluation.health, codes }, ...earlier];
  return JSON.stringify({ version: 1, entries: changed.slice(0, MAX_ENTRIES) });
}
