// One mutation for all changes of a decision, and what the org answered.
import { executeMutation, gql } from 'lightning/graphql';
import { isNode } from 'c/pilotNodes';
import { failureOf } from 'c/pilotSave';
import type { SaveFailure } from 'c/pilotSave';
import { changeAll } from './decisionPlan';
import type { Change } from './decisionPlan';

export interface SavedChanges {
  readonly failure: SaveFailure | null;
  /** Ids of the created records, by alias. */
  readonly made: Readonly<Record<string, string>>;
}

/** Saves all changes or none; a failure is an answer, never an exception. */
export async function saveChanges(name: string, changes: readonly Change[]): Promise<SavedChanges> {
  const { text, variables } = changeAll(name, changes);
  const query = gql`
    ${text}
  `;
  try {
    const { data, errors } = await executeMutation({ query, variables });
    if (Array.isArray(errors) && errors.length > 0) throw errors;
    return { failure: null, made: madeIds(data) };
  } catch (error) {
    return { failure: failureOf(error), made: {} };
  }
}

function madeIds(data: unknown): Record<string, string> {
  const answers = isNode(data) && isNode(data['uiapi']) ? Object.entries(data['uiapi']) : [];
  return Object.fromEntries(
    answers.flatMap(([alias, answer]) => {
      const record = isNode(answer) ? answer['Record'] : undefined;
      const id = isNode(record) ? record['Id'] : undefined;
      return typeof id === 'string' ? [[alias, id]] : [];
    }),
  );
}
