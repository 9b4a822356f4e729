// Every way in which the page writes. A refusal is an answer, never an exception: the caller keeps its draft.
import { executeMutation, gql } from 'lightning/graphql';
import { createRecord, updateRecord } from 'lightning/uiRecordApi';
import { reduceErrors } from 'c/pilotErrors';
import type { ErrorKind } from 'c/pilotErrors';
import { LABELS } from 'c/pilotLabels';
import type { Mutation } from './recordMutation';

export { createAll, deleteAll } from './recordMutation';
export type { FieldValue, FieldValues, Mutation, Operation } from './recordMutation';

export interface SaveFailure {
  readonly kind: ErrorKind;
  /** What happened and what to do, in the reader's language. */
  readonly text: string;
  /** What the org said beyond that, such as the message of a validation rule; may be empty. */
  readonly detail: string;
  /** Messages that belong to one field, by its API name. */
  readonly byField: Readonly<Record<string, string>>;
}

/** What was saved. */
export type Saved = SaveFailure | null;

export type Fields = Readonly<Record<string, unknown>>;

const TEXTS: Readonly<Record<ErrorKind, string>> = {
  'no-access': LABELS.Pilot_Save_No_access,
  'signed-out': LABELS.Pilot_Save_Signed_out,
  busy: LABELS.Pilot_Save_Busy,
  offline: LABELS.Pilot_Save_Offline,
  conflict: LABELS.Pilot_Save_Conflict,
  refused: LABELS.Pilot_Save_Refused,
  unknown: LABELS.Pilot_Save_Failed,
};

/**
 * Changes one record, unless somebody changed it after `lastModified` (as the page read it; null skips the check).
 * Null when it was saved.
 */
export async function changeRecord(id: string, fields: Fields, lastModified: string | null): Promise<Saved> {
  return answered(() =>
    lastModified === null
      ? updateRecord({ fields: { Id: id, ...fields } })
      : updateRecord({ fields: { Id: id, ...fields } }, { ifUnmodifiedSince: lastModified }),
  );
}

/** Makes one record; null when it was saved. */
export async function addRecord(apiName: string, fields: Fields): Promise<Saved> {
  return answered(() => createRecord({ apiName, fields }));
}

/** Runs one mutation of several records, of which all are saved or none; null when they were. */
export async function saveTogether(mutation: object, variables: Fields): Promise<Saved> {
  return answered(async () => {
    const { errors } = await executeMutation({ query: mutation, variables });
    if (Array.isArray(errors) && errors.length > 0) throw errors;
  });
}

/** As `saveTogether`, for a mutation whose records are known only now. */
export async function saveAll({ text, variables }: Mutation): Promise<Saved> {
  const mutation = gql`
    ${text}
  `;
  return saveTogether(mutation, variables);
}

/** A failure of the page's own making, for a draft that cannot be sent. */
export function refusal(text: string, byField: Readonly<Record<string, string>> = {}): SaveFailure {
  return { kind: 'refused', text, detail: '', byField };
}

async function answered(save: () => Promise<unknown>): Promise<Saved> {
  try {
    await save();
    return null;
  } catch (error) {
    return failureOf(error);
  }
}

/** What an error of any platform module means for the reader. */
export function failureOf(error: unknown): SaveFailure {
  const { kind, messages, byField } = reduceErrors(error);
  const inFields = Object.values(byField);
  const isTold = (message: string): boolean => inFields.some((text) => text.includes(message));
  // The platform's words for a conflict tell the reader to copy the draft: here it stays.
  const detail = kind === 'conflict' ? [] : messages.filter((message) => !isTold(message));
  return { kind, text: TEXTS[kind], detail: detail.join(' '), byField };
}
