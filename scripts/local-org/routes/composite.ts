import type { Hono } from 'hono';
import { z } from 'zod';
import { ApiError } from '../api-error.ts';
import { readJson } from './json-body.ts';
import type { OrgEnv, Services } from './services.ts';
import {
  areAllGood,
  halted,
  MAX_SUBREQUESTS,
  refuseMalformed,
  runInOrder,
  Subrequest,
  TOO_MANY,
} from './subrequests.ts';

const MAX_COLLECTIONS = 5;

const Composite = z.object({
  allOrNone: z.boolean().default(false),
  collateSubrequests: z.boolean().default(true),
  compositeRequest: z.array(Subrequest).min(1),
});

/**
 * Up to 25 subrequests in order; a later one may use values of an earlier answer. Collation is accepted and
 * not imitated: this org always runs them in the order given.
 * https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_composite_composite.htm
 */
export function compositeRoutes(app: Hono<OrgEnv>, { org }: Services): void {
  app.post('/composite', async (context) => {
    const { compositeRequest, allOrNone } = await readJson(context, Composite);
    if (compositeRequest.length > MAX_SUBREQUESTS) return context.json({ compositeResponse: [REFUSED] }, 400);
    refuseTooManyCollections(compositeRequest);
    refuseMalformed(compositeRequest);
    const run = () => runInOrder(app, context, compositeRequest);
    const responses = allOrNone ? await org.store.transactionAsync(run, areAllGood) : await run();
    return context.json({
      compositeResponse: allOrNone && !areAllGood(responses) ? responses.map(halted) : responses,
    });
  });
}

/** One answer for the whole, recorded: https://github.com/guardian/support-service-lambdas/pull/766 */
const REFUSED = { body: [TOO_MANY], httpHeaders: {}, httpStatusCode: 400, referenceId: null };

function refuseTooManyCollections(requests: readonly Subrequest[]): void {
  const heavy = requests.filter(({ url }) => /\/(?:composite\/sobjects|query|queryAll)(?:[/?]|$)/.test(url));
  if (heavy.length > MAX_COLLECTIONS)
    throw new ApiError(
      400,
      'LIMIT_EXCEEDED',
      `A composite holds at most ${MAX_COLLECTIONS} collections or queries.`,
    );
}
