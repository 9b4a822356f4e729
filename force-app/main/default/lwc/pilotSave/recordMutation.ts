// One mutation for a list of records: all are saved or none. No imports at run time.
// https://developer.salesforce.com/docs/platform/graphql/guide/mutations-schema.html (allOrNone),
// https://developer.salesforce.com/docs/platform/graphql/guide/mutations-references.md (`@{alias}`)

export type FieldValue = string | number | boolean | null;
export type FieldValues = Readonly<Record<string, FieldValue>>;

/** A record to make, known by its alias. */
export interface Operation {
  readonly alias: string;
  readonly object: string;
  readonly fields: FieldValues;
}

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

/** Deletes records of one object; none when one cannot be deleted. */
export function deleteAll(name: string, object: string, ids: readonly string[]): Mutation {
  const lines = ids.map((_, index) => `d${index}: ${object}Delete(input: $d${index}) { Id }`);
  const parameters = ids.map((_, index) => `$d${index}: RecordDeleteInput!`);
  return {
    text: `mutation ${name}(${parameters.join(', ')}) { uiapi(input: { allOrNone: true }) { ${lines.join(' ')} } }`,
    variables: Object.fromEntries(ids.map((Id, index) => [`d${index}`, { Id }])),
  };
}

function withoutBlanks(fields: FieldValues): FieldValues {
  const isFilled = ([, value]: [string, FieldValue]): boolean => value !== null && value !== '';
  return Object.fromEntries(Object.entries(fields).filter(isFilled));
}
