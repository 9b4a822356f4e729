// The fields of a form on the page, and how a failure is told at them.
import { LABELS } from 'c/pilotLabels';
import type { SaveFailure } from 'c/pilotSave';
import { missing } from './formSpec';
import type { Draft, FormField } from './formSpec';

export interface Control extends HTMLElement {
  name: string;
  setCustomValidity(message: string): void;
  reportValidity(): boolean;
  focus(): void;
}

/** What a `change` event of a field says: its name and the value entered. */
export function typedIn(event: Event): Draft {
  const { value } = (event as CustomEvent<{ value: FormField['value'] }>).detail;
  return { [(event.target as Control).name]: value };
}

/** The failure of a form with blank required fields; null when nothing is missing. */
export function blankFields(fields: readonly FormField[], draft: Draft): SaveFailure | null {
  const names = missing(fields, draft);
  if (names.length === 0) return null;
  const byField = Object.fromEntries(names.map((name) => [name, LABELS.Pilot_Form_Fill]));
  return { kind: 'refused', text: LABELS.Pilot_Form_Missing, detail: '', byField };
}

/** Puts each message at its field and the cursor into the first; what belongs to no field comes back in `detail`. */
export function pointAt(controls: readonly Control[], failure: SaveFailure): SaveFailure {
  const { byField } = failure;
  const named = new Set(controls.map(({ name }) => name));
  const elsewhere = Object.entries(byField).flatMap(([name, text]) => (named.has(name) ? [] : [text]));
  const wrong = controls.filter(({ name }) => byField[name] !== undefined);
  for (const control of wrong) say(control, byField[control.name] ?? '');
  wrong[0]?.focus();
  return { ...failure, detail: [failure.detail, ...elsewhere].filter(Boolean).join(' ') };
}

/** An empty message takes the last one away. */
export function say(control: Control, message: string): void {
  control.setCustomValidity(message);
  control.reportValidity();
}
