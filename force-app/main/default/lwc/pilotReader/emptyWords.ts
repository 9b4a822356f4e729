import { LABELS } from 'c/pilotLabels';
import type { Pilot } from 'c/pilotRecord';

/** What a list without rows says. Null rows are hidden from the reader; of a closed pilot nothing is asked any more. */
export function emptyWords(
  rows: readonly unknown[] | null | undefined,
  pilot: Pilot | undefined,
  words: { readonly hidden: string; readonly empty: string },
): string {
  if (rows === null) return words.hidden;
  return pilot?.ending ? LABELS.Pilot_Closed_none : words.empty;
}
