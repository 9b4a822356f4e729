import type { Hono } from 'hono';
import { z } from 'zod';
import { ApiError } from '../api-error.ts';
import { fillReferences, MissingReference } from './composite-references.ts';
import type { OrgContext, OrgEnv } from './services.ts';

const INHERITED_HEADERS = ['accept', 'authorization', 'content-type'];

/** https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_composite_composite.htm */
export const MAX_SUBREQUESTS = 25;
export const TOO_MANY = {
  errorCode: 'LIMIT_EXCEEDED',
  message: `The request can’t contain more than ${MAX_SUBREQUESTS} operations.`,
} as const;

export const METHODS = z.enum(['GET', 'POST', 'PATCH', 'PUT', 'DELETE']);

/** One request of a composite or of a graph. */
export const Subrequest = z.object({
  method: METHODS,
  url: z.string(),
  referenceId: z.string(),
  body: z.unknown().optional(),
  httpHeaders: z.record(z.string(), z.string()).default({}),
});
export type Subrequest = z.infer<typeof Subrequest>;

export interface Subresponse {
  readonly body: unknown;
  readonly httpHeaders: Readonly<Record<string, string>>;
  readonly httpStatusCode: number;
  readonly referenceId: string;
}

/**
 * What fails the whole request: a `referenceId` with other characters, one that two subrequests share, a header that
 * subrequests inherit. https://developer.salesforce.com/docs/platform/api-rest/guide/requests-composite.html,
 * https://developer.salesforce.com/docs/platform/api-rest/guide/resources-composite-subrequest-result.html
 * @throws ApiError INVALID_INPUT, INVALID_HTTP_HEADER
 */
export function refuseMalformed(requests: readonly Subrequest[]): void {
  const seen = new Set<string>();
  for (const { referenceId, httpHeaders } of requests) {
    if (!/^[A-Za-z0-9][A-Za-z0-9_]*$/.test(referenceId))
      throw new ApiError(
        400,
        'INVALID_INPUT',
        `Provided referenceId ('${referenceId}') must start with a letter or a number, and it can contain only letters, numbers and underscores ('_').`,
      );
    if (seen.has(referenceId)) throw new ApiError(400, 'INVALID_INPUT', DUPLICATE_REFERENCE);
    seen.add(referenceId);
    const forbidden = Object.keys(httpHeaders).find((name) => INHERITED_HEADERS.includes(name.toLowerCase()));
    if (forbidden !== undefined)
      throw new ApiError(400, 'INVALID_HTTP_HEADER', `Invalid header: ${forbidden}`);
  }
}

/** Recorded for trees: amp-labs/connectors providers/salesforce/test/batch/create/contacts/err-bad-request-on-second.json. */
export const DUPLICATE_REFERENCE = 'Duplicate ReferenceId provided in the request.';

/** Runs requests one after the other as the caller; a later one may use values of an earlier answer. */
export async function runInOrder(
  app: Hono<OrgEnv>,
  context: OrgContext,
  requests: readonly Subrequest[],
): Promise<Subresponse[]> {
  const answers = new Map<string, unknown>();
  const responses: Subresponse[] = [];
  for (const request of requests) {
    const response = await runOne(app, context, request, answers);
    if (response.httpStatusCode < 300) answers.set(request.referenceId, response.body);
    responses.push(response);
  }
  return responses;
}

export const areAllGood = (responses: readonly Subresponse[]): boolean =>
  responses.every(({ httpStatusCode }) => httpStatusCode < 300);

async function runOne(
  app: Hono<OrgEnv>,
  context: OrgContext,
  request: Subrequest,
  answers: ReadonlyMap<string, unknown>,
): Promise<Subresponse> {
  const { referenceId, method, httpHeaders } = request;
  const root = `/services/data/v${context.get('version')}/`;
  if (!request.url.startsWith(root))
    return refused(referenceId, 'INVALID_INPUT', `The URL does not begin with ${root}`);
  try {
    const path = fillReferences(request.url.slice(root.length), answers);
    const response = await runInside(app, context, {
      method,
      path,
      body: fillReferences(request.body, answers),
      headers: httpHeaders,
    });
    return await toSubresponse(response, referenceId);
  } catch (error) {
    if (error instanceof MissingReference) return refused(referenceId, 'PROCESSING_HALTED', error.message);
    throw error;
  }
}

export interface InnerRequest {
  readonly method: string;
  /** Below `/services/data/vNN.N/`. */
  readonly path: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly version?: string;
}

/** Runs a request within the one that holds it: as its caller, under its locks, without counting against the allowance. */
export async function runInside(
  app: Hono<OrgEnv>,
  context: OrgContext,
  { method, path, body, headers = {}, version = context.get('version') }: InnerRequest,
): Promise<Response> {
  const inner = { caller: context.get('caller'), version, locks: context.get('locks') };
  const init = {
    method,
    headers: { ...headers, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  };
  return app.fetch(new Request(`http://127.0.0.1/${path}`, init), { inner });
}

const refused = (referenceId: string, errorCode: string, message: string): Subresponse => ({
  body: [{ errorCode, message }],
  httpHeaders: {},
  httpStatusCode: 400,
  referenceId,
});

async function toSubresponse(response: Response, referenceId: string): Promise<Subresponse> {
  const location = response.headers.get('location');
  return {
    body: await bodyOf(response),
    httpHeaders: location === null ? {} : { Location: location },
    httpStatusCode: response.status,
    referenceId,
  };
}

/** The parsed body; null without one. */
export async function bodyOf(response: Response): Promise<unknown> {
  const text = await response.text();
  return text === '' ? null : (JSON.parse(text) as unknown);
}

/**
 * What became of a subrequest whose transaction was rolled back: the failed ones keep their own errors.
 * Recorded: apache/camel composite fixture.
 */
export function halted(response: Subresponse): Subresponse {
  if (response.httpStatusCode >= 300) return response;
  // A collection's body still says success for rows that were rolled back: the platform does the same.
  if (Array.isArray(response.body)) return response;
  return notProcessed(response.referenceId);
}

export const notProcessed = (referenceId: string): Subresponse =>
  refused(
    referenceId,
    'PROCESSING_HALTED',
    'The transaction was rolled back since another operation in the same transaction failed.',
  );
