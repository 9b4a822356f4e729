// What a form asks, as data: the dialog draws it, an action says what it means.
import type { Saved } from 'c/pilotSave';

export interface FormOption {
  readonly label: string;
  readonly value: string;
}

export interface FormField {
  /** Key in the draft; the API name where the field is one, so that the org's message finds it. */
  readonly name: string;
  readonly label: string;
  /** `taps` are a few options to press, `choice` a list to open. */
  readonly kind: 'text' | 'lines' | 'date' | 'datetime' | 'number' | 'taps' | 'choice' | 'check';
  readonly value: string | number | boolean | null;
  readonly isRequired?: boolean;
  readonly options?: readonly FormOption[];
  readonly help?: string;
  /** Earliest and latest day, least and most number. */
  readonly min?: string;
  readonly max?: string;
  /** Of a number; any by default. */
  readonly step?: string;
  readonly maxLength?: number | undefined;
}

/** Values by field name; blank is null. */
export type Draft = Readonly<Record<string, string | number | boolean | null>>;

export interface FormSpec {
  readonly heading: string;
  /** What the reader should know before typing. */
  readonly lines: readonly string[];
  readonly fields: readonly FormField[];
  readonly submit: string;
  /** What saving this draft will do, said while it is typed. */
  readonly outlook?: (draft: Draft) => string;
  readonly save: (draft: Draft) => Promise<Saved>;
}

export function draftOf(fields: readonly FormField[]): Draft {
  return Object.fromEntries(fields.map(({ name, value }) => [name, value]));
}

/** The fields with what the draft holds for each. */
export function filledIn(fields: readonly FormField[], draft: Draft): FormField[] {
  return fields.map((field) => ({ ...field, value: draft[field.name] ?? null }));
}

/** A text that was entered, or null. */
export function textOf(draft: Draft, name: string): string | null {
  const value = draft[name];
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}

export function numberOf(draft: Draft, name: string): number | null {
  const value = draft[name];
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : null;
}

export function isChecked(draft: Draft, name: string): boolean {
  return draft[name] === true;
}

/** Names of required fields that are still blank. */
export function missing(fields: readonly FormField[], draft: Draft): string[] {
  return fields
    .filter(({ name, isRequired }) => isRequired === true && (draft[name] ?? '') === '')
    .map(({ name }) => name);
}
