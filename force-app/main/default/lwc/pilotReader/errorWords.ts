// What went wrong while reading, in the reader's language.
import { LABELS } from 'c/pilotLabels';
import type { ErrorKind } from 'c/pilotErrors';

const ERROR_TEXTS: Readonly<Partial<Record<ErrorKind, string>>> = {
  'no-access': LABELS.Pilot_Panel_No_access,
  'signed-out': LABELS.Pilot_Panel_Signed_out,
  busy: LABELS.Pilot_Panel_Busy,
  offline: LABELS.Pilot_Panel_Offline,
};

/** What the reader can do about it; `otherwise` says what could not be read where nothing better is known. */
export function errorWords(kind: ErrorKind, otherwise: string): string {
  return ERROR_TEXTS[kind] ?? otherwise;
}
