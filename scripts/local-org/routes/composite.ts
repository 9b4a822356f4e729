import type { Hono } from 'hono';
import { z } from 'zod';
import { ApiError } from '../api-error.ts';
import { readJson } from './json-body.ts';
import type { OrgEnv, Services } from './services.ts';
import { areAllGood, halted, refuseMalformed, runInOrder, Subrequest } from './subrequests.ts';

const MAX_SUBREQUESTS = 25;
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
    refuseTooMany(compositeRequest);
    refuseMalformed(compositeRequest);
    const run = () => runInOrder(app, context, compositeRequest);
    const responses = allOrNone ? await org.store.transactionAsync(run, areAllGood) : await run();
    return context.json({
      compositeResponse: allOrNone && !areAllGood(responses) ? responses.map(halted) : responses,
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
