import type { Hono } from 'hono';
import { z } from 'zod';
import { ApiError } from '../api-error.ts';
import { readJson } from './json-body.ts';
import { isKnownVersion } from './resources.ts';
import type { OrgContext, OrgEnv } from './services.ts';
import { bodyOf, MAX_SUBREQUESTS, METHODS, runInside, TOO_MANY } from './subrequests.ts';

const BatchRequest = z.object({ method: METHODS, url: z.string(), richInput: z.unknown().optional() });
type BatchRequest = z.infer<typeof BatchRequest>;
const Batch = z.object({
  batchRequests: z.array(BatchRequest).min(1),
  haltOnError: z.boolean().default(false),
});

interface BatchResult {
  readonly statusCode: number;
  readonly result: unknown;
}

/**
 * Up to 25 independent requests in order; nothing passes between them, and each that succeeds stays.
 * https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/requests_composite_batch.htm
 */
export function compositeBatchRoutes(app: Hono<OrgEnv>): void {
  app.post('/composite/batch', async (context) => {
    const { batchRequests, haltOnError } = await readJson(context, Batch);
    if (batchRequests.length > MAX_SUBREQUESTS) throw new ApiError(400, TOO_MANY.errorCode, TOO_MANY.message);
    const targets = batchRequests.map(targetOf);
    const results: BatchResult[] = [];
    for (const [index, request] of batchRequests.entries()) {
      const isHalted = haltOnError && results.some(isError);
      results.push(isHalted ? HALTED : await runOne(app, context, request, targets[index]!));
    }
    return context.json({ hasErrors: results.some(isError), results });
  });
}

/** The code and the status are documented, the words are not. */
const HALTED: BatchResult = {
  statusCode: 412,
  result: [{ errorCode: 'BATCH_PROCESSING_HALTED', message: 'Batch processing halted per request' }],
};

const isError = ({ statusCode }: BatchResult): boolean => statusCode >= 400;

interface Target {
  readonly version: string;
  readonly path: string;
}

/** `v66.0/sobjects/…`. "If a subrequest has an invalid method or url field" nothing is processed. */
function targetOf({ url }: BatchRequest): Target {
  const [, version = '', path = ''] = /^(?:\/?services\/data)?\/?v(\d+\.\d)\/(.+)$/.exec(url) ?? [];
  if (path === '' || !isKnownVersion(version) || path.startsWith('composite'))
    throw new ApiError(400, 'INVALID_BATCH_REQUEST', `Invalid url of a batch subrequest: ${url}`);
  return { version, path };
}

async function runOne(
  app: Hono<OrgEnv>,
  context: OrgContext,
  { method, richInput }: BatchRequest,
  target: Target,
): Promise<BatchResult> {
  const response = await runInside(app, context, { method, ...target, body: richInput });
  return { statusCode: response.status, result: await bodyOf(response) };
}
