/** One entry of Salesforce's error body; `fields` is absent on request-level errors. */
export interface ErrorEntry {
  readonly message: string;
  readonly errorCode: string;
  readonly fields?: readonly string[];
}

/**
 * A request refused as Salesforce refuses it: the HTTP status and one entry of the body.
 * Thrown anywhere below a route, written to the wire in one place (`routes/error-response.ts`).
 */
export class ApiError extends Error {
  readonly status: number;
  readonly errorCode: string;
  readonly fields: readonly string[] | undefined;

  constructor(status: number, errorCode: string, message: string, fields?: readonly string[]) {
    super(message);
    this.name = 'ApiError';
    this.status = status;
    this.errorCode = errorCode;
    this.fields = fields;
  }

  toEntry(): ErrorEntry {
    const { message, errorCode, fields } = this;
    return fields === undefined ? { message, errorCode } : { message, errorCode, fields };
  }
}

/** What a real org may well answer and this one does not know: refused loudly instead of guessed. */
export const notImplemented = (what: string): ApiError =>
  new ApiError(501, 'LOCAL_ORG_NOT_IMPLEMENTED', `The local org does not implement ${what}.`);

// https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/errorcodes.htm
export const notFound = (): ApiError =>
  new ApiError(404, 'NOT_FOUND', 'The requested resource does not exist');
