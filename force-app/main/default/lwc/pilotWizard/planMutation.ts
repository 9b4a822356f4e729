// One mutation for a list of records: all are saved or none. No imports at run time.
// https://developer.salesforce.com/docs/platform/graphql/guide/mutations-schema.html (allOrNone),
// https://developer.salesforce.com/docs/platform/graphql/guide/mutations-references.md (`@{alias}`)
import type { FieldValue, FieldValues, Operation } from './pilotPlan';

export interface Mutation {
  readonly text: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Creates the records in their order; values travel as variables, never inside the text. Blank fields stay out. */
export function createAll(name: string, operations: readonly Operation[]): Mutation {
  const parameters = operations.map(({ alias, object }) => `$${alias}: ${object}CreateInput!`);
  const lines = operations.map(
    ({ alias, object }) => `${alias}: ${object}Create(input: $${alias}) { Record { Id } }`,
  );
  return {
    text: `mutation ${name}(${parameters.join(', ')}) { uiapi(input: { allOrNone: true }) { ${lines.join(' ')} } }`,
    variables: Object.fromEntries(
      operations.map(({ alias, object, fields }) => [alias, { [object]: withoutBlanks(fields) }]),
    ),
  };
}

function withoutBlanks(fields: FieldValues): FieldValues {
  const isFilled = ([, value]: [string, FieldValue]): boolean => value !== null && value !== '';
  return Object.fromEntries(Object.entries(fields).filter(isFilled));
}
