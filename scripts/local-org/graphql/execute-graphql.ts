import {
  executeSync,
  getOperationAST,
  GraphQLError,
  parse,
  type DocumentNode,
  type ExecutionResult,
} from 'graphql';
import type { QueryContext } from '../soql/query-context.ts';
import { schemaOf } from './build-schema.ts';
import { TypedGraphqlError, type GraphqlErrorType } from './graphql-error.ts';
import type { GraphqlContext, MutationState } from './graphql-context.ts';
import { prepareDocument } from './prepare-document.ts';
import type { SavePort } from './save-port.ts';

export interface GraphqlRequest {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>> | null;
  readonly operationName?: string | null;
}

/** An entry of `errors`: `paths` is plural on this platform (recorded: trailheadapps/lwc-recipes, stateManager/__tests__/data/graphqlErrors.json). */
export interface GraphqlErrorEntry {
  readonly message: string;
  readonly locations: readonly { readonly line: number; readonly column: number }[];
  readonly paths: readonly (string | number)[];
  readonly extensions: { readonly ErrorType: GraphqlErrorType };
}

export interface GraphqlResponse {
  readonly data: Readonly<Record<string, unknown>> | null;
  readonly errors: readonly GraphqlErrorEntry[];
}

const MAX_LENGTH = 100_000;

/**
 * Answers a GraphQL request; refusals are in `errors` and the HTTP status stays 200. Without `save` mutations are refused.
 * A mutation is one transaction: with allOrNone (the default) one failure leaves nothing behind and
 * every operation answers null.
 */
export function executeGraphql(
  request: GraphqlRequest,
  context: QueryContext,
  save?: SavePort,
  objectInfo: GraphqlContext['objectInfo'] = null,
): GraphqlResponse {
  let parsed: DocumentNode;
  try {
    if (request.query.length > MAX_LENGTH)
      throw new GraphQLError(`The query is longer than ${MAX_LENGTH} characters`);
    parsed = parse(request.query, { maxTokens: 20_000 });
  } catch (error) {
    return refused([error], 'InvalidSyntax');
  }
  const schema = schemaOf(context.model);
  const { document, errors } = prepareDocument(parsed, schema, context.access);
  if (errors.length > 0) return refused(errors, 'ValidationError');
  const operation = getOperationAST(document, request.operationName ?? undefined);
  if (!operation)
    return refused(
      [new GraphQLError('operationName does not name an operation of the query')],
      'ValidationError',
    );
  const run = (mutation: MutationState | null) =>
    executeSync({
      schema,
      document,
      contextValue: { query: context, mutation, objectInfo } satisfies GraphqlContext,
      variableValues: request.variables ?? {},
      operationName: request.operationName ?? null,
    });
  const isMutation = operation.operation === 'mutation';
  return isMutation && save ? runMutation(run, save) : respond(run(null));
}

function runMutation(run: (state: MutationState) => ExecutionResult, port: SavePort): GraphqlResponse {
  const state: MutationState = { port, done: new Map(), allOrNone: true, hasFailed: false };
  const isKept = ({ errors = [] }: ExecutionResult) => errors.length === 0 || !state.allOrNone;
  const result = port.transaction(() => run(state), isKept);
  const response = respond(result);
  return isKept(result) || response.data === null
    ? response
    : { ...response, data: withoutResults(response.data) };
}

// `uiapi` is of a type that is never null, so what was rolled back answers null below it:
// https://developer.salesforce.com/docs/platform/graphql/guide/mutations-schema.md
function withoutResults(data: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const nulls = (operations: unknown) =>
    Object.fromEntries(Object.keys(operations as object).map((alias) => [alias, null]));
  return Object.fromEntries(Object.entries(data).map(([key, operations]) => [key, nulls(operations)]));
}

function respond({ data, errors = [] }: ExecutionResult): GraphqlResponse {
  // Without data nothing ran: the variables did not fit their types.
  const type: GraphqlErrorType = data === undefined ? 'ValidationError' : 'DataFetchingException';
  return {
    data: (data as GraphqlResponse['data']) ?? null,
    errors: errors.map((error) => toEntry(error, type)),
  };
}

const refused = (errors: readonly unknown[], type: GraphqlErrorType): GraphqlResponse => ({
  data: null,
  errors: errors.map((error) => toEntry(error, type)),
});

function toEntry(error: unknown, type: GraphqlErrorType): GraphqlErrorEntry {
  if (!(error instanceof GraphQLError)) throw error;
  const cause = error.originalError;
  // A defect of ours must not look like an answer of the platform.
  if (
    cause &&
    !(cause instanceof TypedGraphqlError) &&
    !('errorCode' in cause) &&
    !(cause instanceof GraphQLError)
  )
    throw cause;
  return {
    message: error.message,
    locations: error.locations ?? [],
    paths: error.path ?? [],
    extensions: { ErrorType: cause instanceof TypedGraphqlError ? cause.code : type },
  };
}
