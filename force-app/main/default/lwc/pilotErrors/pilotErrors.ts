// Every error a pilot component may get, reduced to what the reader can do about it. Recognised by status
// and type, never by text: Salesforce localises its messages.

export type ErrorKind =
  | 'no-access'
  | 'signed-out'
  | 'busy'
  | 'offline'
  /** Somebody else changed the record meanwhile. */
  | 'conflict'
  | 'refused'
  | 'unknown';

export interface PilotError {
  readonly kind: ErrorKind;
  /** What the platform said, without repeats; empty when it said nothing. */
  readonly messages: readonly string[];
  /** Those messages that belong to one field, by its API name; or to one operation of a mutation, by its alias. */
  readonly byField: Readonly<Record<string, string>>;
}

type Fields = Readonly<Record<string, unknown>>;

/**
 * Reduces GraphQL `errors`, Lightning Data Service and JavaScript errors to one kind and its messages.
 * A fetch error's body is an array for reads and an object for writes:
 * https://developer.salesforce.com/docs/platform/lwc/guide/data-error.html
 */
export function reduceErrors(error: unknown): PilotError {
  const parts = (Array.isArray(error) ? error : [error]).filter(isFields);
  const kinds = parts.map(kindOf);
  const kind = kinds.find((found) => found !== 'unknown') ?? 'unknown';
  const byField = Object.assign({}, ...parts.map(fieldMessages)) as Record<string, string>;
  return { kind, messages: [...new Set(parts.flatMap(messagesOf))], byField };
}

function kindOf(error: Fields): ErrorKind {
  const { status } = error;
  if (status === 401) return 'signed-out';
  if (isConflict(error)) return 'conflict';
  // The UI API answers 503 after too many requests in an hour.
  if (status === 503 || status === 429) return 'busy';
  if (status === 403 || status === 404) return 'no-access';
  if (status === 0 || error instanceof TypeError) return 'offline';
  if (typeof status === 'number') return 'refused';
  const type = isFields(error['extensions']) ? error['extensions']['ErrorType'] : undefined;
  // Every field of our queries is @optional, so only an object that the reader cannot see is left to
  // make a query invalid: https://developer.salesforce.com/docs/platform/graphql/guide/query-status.html
  if (type === 'ValidationError') return 'no-access';
  return type === undefined ? 'unknown' : 'refused';
}

/** `If-Unmodified-Since` did not hold: 412 of REST, or the code that Lightning Data Service passes on. */
function isConflict(error: Fields): boolean {
  const codes = [error['body'], ...asList(outputOf(error)?.['errors'])].flatMap(asList).filter(isFields);
  return error['status'] === 412 || codes.some((one) => one['errorCode'] === 'CollisionDetectedException');
}

function outputOf({ body }: Fields): Fields | undefined {
  return isFields(body) && isFields(body['output']) ? body['output'] : undefined;
}

function fieldMessages(error: Fields): Fields {
  const inFields = outputOf(error)?.['fieldErrors'];
  if (!isFields(inFields)) return operationMessage(error);
  return Object.fromEntries(
    Object.entries(inFields).map(([field, errors]) => [field, asList(errors).flatMap(messageOf).join(' ')]),
  );
}

/**
 * What GraphQL says of one operation: `paths` (plural on this platform) is `uiapi`, then the operation's alias.
 * Operations that were not run because another one failed say nothing of their own.
 */
function operationMessage(error: Fields): Fields {
  const [, alias] = asList(error['paths'] ?? error['path']);
  const [message] = messageOf(error);
  return typeof alias === 'string' && !isAborted(error) && message !== undefined ? { [alias]: message } : {};
}

function isAborted({ extensions }: Fields): boolean {
  return isFields(extensions) && extensions['ErrorType'] === 'ExecutionAborted';
}

function messagesOf(error: Fields): string[] {
  if (isAborted(error)) return [];
  const body = error['body'];
  const output = outputOf(error);
  if (output) {
    const inFields = isFields(output['fieldErrors']) ? Object.values(output['fieldErrors']).flat() : [];
    const found = [...asList(output['errors']), ...inFields].flatMap(messageOf);
    if (found.length > 0) return found;
  }
  if (body !== undefined) return asList(body).flatMap(messageOf);
  return messageOf(error);
}

function messageOf(value: unknown): string[] {
  const message = isFields(value) ? value['message'] : undefined;
  return typeof message === 'string' && message.trim() !== '' ? [message.trim()] : [];
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}
