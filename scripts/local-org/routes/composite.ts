import type { Hono } from 'hono';
import { z } from 'zod';
import { ApiError } from '../api-error.ts';
import { readJson } from './json-body.ts';
import { fillReferences, MissingReference } from './composite-references.ts';
import type { OrgContext, OrgEnv, Services } from './services.ts';

const MAX_SUBREQUESTS = 25;
const MAX_COLLECTIONS = 5;
const FORBIDDEN_HEADERS = ['accept', 'authorization', 'content-type'];

const Subrequest = z.object({
  method: z.enum(['GET', 'POST', 'PATCH', 'PUT', 'DELETE']),
  url: z.string(),
  referenceId: z
    .string()
    .regex(/^[A-Za-z][A-Za-z0-9_]*$/, 'referenceId takes letters, digits and underscores'),
  body: z.unknown().optional(),
  httpHeaders: z.record(z.string(), z.string()).default({}),
});
type Subrequest = z.infer<typeof Subrequest>;

const Composite = z.object({
  allOrNone: z.boolean().default(false),
  collateSubrequests: z.boolean().default(true),
  compositeRequest: z.array(Subrequest).min(1),
});

interface Subresponse {
  readonly body: unknown;
  readonly httpHeaders: Readonly<Record<string, string>>;
  readonly httpStatusCode: number;
  readonly referenceId: string;
}

/**
 * Up to 25 subrequests in order; a later one may use values of an earlier answer. Collation is accepted and
 * not imitated: this org always runs them in the order given.
 * https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_composite_composite.htm
 */
export function compositeRoutes(app: Hono<OrgEnv>, { org }: Services): void {
  app.post('/composite', async (context) => {
    const { compositeRequest, allOrNone } = await readJson(context, Composite);
    refuseTooMany(compositeRequest);
    const run = () => runInOrder(app, context, compositeRequest);
    const isGood = (responses: readonly Subresponse[]) =>
      responses.every(({ httpStatusCode }) => httpStatusCode < 300);
    const responses = allOrNone ? await org.store.transactionAsync(run, isGood) : await run();
    return context.json({
      compositeResponse: allOrNone && !isGood(responses) ? responses.map(halted) : responses,
    });
  });
}

function refuseTooMany(requests: readonly Subrequest[]): void {
  const heavy = requests.filter(({ url }) => /\/(?:composite\/sobjects|query|queryAll)(?:[/?]|$)/.test(url));
  if (requests.length > MAX_SUBREQUESTS || heavy.length > MAX_COLLECTIONS)
    throw new ApiError(
      400,
      'LIMIT_EXCEEDED',
      `A composite holds at most ${MAX_SUBREQUESTS} subrequests, ${MAX_COLLECTIONS} of them collections or queries.`,
    );
}

async function runInOrder(
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

async function runOne(
  app: Hono<OrgEnv>,
  context: OrgContext,
  request: Subrequest,
  answers: ReadonlyMap<string, unknown>,
): Promise<Subresponse> {
  const { referenceId, method, httpHeaders } = request;
  const refuse = (errorCode: string, message: string): Subresponse => ({
    body: [{ errorCode, message }],
    httpHeaders: {},
    httpStatusCode: 400,
    referenceId,
  });
  const forbidden = Object.keys(httpHeaders).find((name) => FORBIDDEN_HEADERS.includes(name.toLowerCase()));
  if (forbidden !== undefined) return refuse('INVALID_HTTP_HEADER', `Invalid header: ${forbidden}`);
  const root = `/services/data/v${context.get('version')}/`;
  if (!request.url.startsWith(root)) return refuse('INVALID_INPUT', `The URL does not begin with ${root}`);
  try {
    const url = `http://127.0.0.1/${fillReferences(request.url.slice(root.length), answers)}`;
    const body =
      request.body === undefined ? {} : { body: JSON.stringify(fillReferences(request.body, answers)) };
    const headers = { ...httpHeaders, 'content-type': 'application/json' };
    const inner = {
      caller: context.get('caller'),
      version: context.get('version'),
      locks: context.get('locks'),
    };
    const response = await app.fetch(new Request(url, { method, headers, ...body }), { inner });
    return toSubresponse(response, referenceId);
  } catch (error) {
    if (error instanceof MissingReference) return refuse('PROCESSING_HALTED', error.message);
    throw error;
  }
}

async function toSubresponse(response: Response, referenceId: string): Promise<Subresponse> {
  const text = await response.text();
  const location = response.headers.get('location');
  return {
    body: text === '' ? null : (JSON.parse(text) as unknown),
    httpHeaders: location === null ? {} : { Location: location },
    httpStatusCode: response.status,
    referenceId,
  };
}

/** Recorded: apache/camel composite fixture. The failed ones keep their own errors. */
function halted(response: Subresponse): Subresponse {
  if (response.httpStatusCode >= 300) return response;
  // A collection's body still says success for rows that were rolled back: the platform does the same.
  if (Array.isArray(response.body)) return response;
  const message = 'The transaction was rolled back since another operation in the same transaction failed.';
  return {
    ...response,
    body: [{ errorCode: 'PROCESSING_HALTED', message }],
    httpHeaders: {},
    httpStatusCode: 400,
  };
}
