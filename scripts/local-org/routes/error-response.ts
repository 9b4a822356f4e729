import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { ApiError } from '../api-error.ts';
import type { SaveError } from '../save/save-error.ts';

/** Writes any refusal in Salesforce's shape: an array of errors. What nobody expected is a 500 and is logged. */
export function errorResponse(error: unknown, context: Context): Response {
  if (error instanceof ApiError) return context.json([error.toEntry()], error.status as ContentfulStatusCode);
  console.error(error);
  const message = `An unexpected error occurred in the local org: ${error instanceof Error ? error.message : String(error)}`;
  return context.json([{ message, errorCode: 'UNKNOWN_EXCEPTION' }], 500);
}

/** The refusal of a request about one record. */
export function saveErrorResponse(errors: readonly SaveError[], context: Context): Response {
  const body = errors.map(({ message, statusCode, fields }) => ({ message, errorCode: statusCode, fields }));
  return context.json(body, (errors[0]?.httpStatus ?? 400) as ContentfulStatusCode);
}
