/** https://developer.salesforce.com/docs/platform/graphql/guide/query-status.html */
export type GraphqlErrorType =
  | 'InvalidSyntax'
  | 'ValidationError'
  | 'DataFetchingException'
  | 'OperationNotSupported'
  | 'ExecutionAborted';

/** A refusal with the type it carries on the wire; anything else thrown by a resolver is a DataFetchingException. */
export class TypedGraphqlError extends Error {
  readonly code: GraphqlErrorType;

  constructor(code: GraphqlErrorType, message: string) {
    super(message);
    this.name = 'TypedGraphqlError';
    this.code = code;
  }
}
