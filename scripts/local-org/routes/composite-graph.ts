import type { Hono } from 'hono';
import { z } from 'zod';
import { ApiError } from '../api-error.ts';
import { readJson } from './json-body.ts';
import type { OrgEnv, Services } from './services.ts';
import {
  areAllGood,
  halted,
  notProcessed,
  refuseMalformed,
  runInOrder,
  Subrequest,
  type Subresponse,
} from './subrequests.ts';

// https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_composite_graph_limits.htm
const MAX_GRAPHS = 75;
const MAX_NODES = 500;
const MAX_DEPTH = 15;
const MAX_KINDS = 15;
const MAX_FAILURES = 14;

const Graph = z.object({
  graphId: z.string().regex(/^[A-Za-z0-9]/, 'graphId begins with a letter or digit'),
  compositeRequest: z.array(Subrequest).min(1),
});
type Graph = z.infer<typeof Graph>;
const Graphs = z.object({ graphs: z.array(Graph).min(1) });

/**
 * Several composites in one call, each all or none: a graph that fails leaves the others alone. Nodes run in the order
 * given, so a reference to a later node finds nothing (whether the platform sorts them is not documented).
 * https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_composite_graph.htm
 */
export function compositeGraphRoutes(app: Hono<OrgEnv>, { org }: Services): void {
  app.post('/composite/graph', async (context) => {
    const { graphs } = await readJson(context, Graphs);
    refuseShape(graphs);
    for (const { compositeRequest } of graphs) refuseMalformed(compositeRequest);
    const answers: GraphAnswer[] = [];
    for (const graph of graphs) {
      const failures = answers.filter(({ isSuccessful }) => !isSuccessful).length;
      if (failures > MAX_FAILURES) {
        const skipped = graph.compositeRequest.map(({ referenceId }) => notProcessed(referenceId));
        answers.push(answerOf(graph, skipped));
        continue;
      }
      const run = () => runInOrder(app, context, graph.compositeRequest);
      const responses = await org.store.transactionAsync(run, areAllGood);
      answers.push(answerOf(graph, areAllGood(responses) ? responses : responses.map(halted)));
    }
    return context.json({ graphs: answers });
  });
}

interface GraphAnswer {
  readonly graphId: string;
  readonly graphResponse: { readonly compositeResponse: readonly Subresponse[] };
  readonly isSuccessful: boolean;
}

const answerOf = ({ graphId }: Graph, compositeResponse: readonly Subresponse[]): GraphAnswer => ({
  graphId,
  graphResponse: { compositeResponse },
  isSuccessful: areAllGood(compositeResponse),
});

const RECORD_URL = /^\/services\/data\/(v\d+\.\d)\/sobjects\/(\w+)(\/[^/?]+)?(\/[^/?]+)?\/?(?:\?.*)?$/;
/** Methods by the number of steps behind the object: none, an id, an external id field with its value. */
const SUPPORTED: readonly (readonly string[])[] = [
  ['POST'],
  ['DELETE', 'GET', 'PATCH'],
  ['DELETE', 'GET', 'PATCH', 'POST'],
];

function refuseShape(graphs: readonly Graph[]): void {
  const nodes = graphs.flatMap(({ compositeRequest }) => compositeRequest);
  const ids = new Set(graphs.map(({ graphId }) => graphId));
  if (ids.size < graphs.length)
    throw new ApiError(400, 'INVALID_INPUT', 'Each graph needs a graphId of its own');
  const kinds = new Set(nodes.map(kindOf)).size;
  const depth = Math.max(...graphs.map(depthOf));
  const counted = [
    [graphs.length, MAX_GRAPHS, 'graphs'],
    [nodes.length, MAX_NODES, 'nodes'],
    [kinds, MAX_KINDS, 'different nodes'],
    [depth, MAX_DEPTH, 'levels'],
  ] as const;
  for (const [count, limit, what] of counted)
    if (count > limit)
      throw new ApiError(
        400,
        'LIMIT_EXCEEDED',
        `A graph request holds at most ${limit} ${what}, not ${count}.`,
      );
}

/** "Nodes are considered different if they use … different API versions, a different HTTP method, or different types of objects." */
function kindOf({ method, url }: Subrequest): string {
  const [, version, object = '', ...steps] = RECORD_URL.exec(url) ?? [];
  const methods = SUPPORTED[steps.filter((step) => step !== undefined).length];
  if (version === undefined || methods?.includes(method) !== true)
    throw new ApiError(400, 'INVALID_INPUT', `A graph does not support ${method} ${url}`);
  return `${version} ${method} ${object.toLowerCase()}`;
}

/** The longest chain of nodes that use one another. */
function depthOf({ compositeRequest }: Graph): number {
  const depths = new Map<string, number>();
  for (const { referenceId, url, body } of compositeRequest) {
    const text = `${url} ${JSON.stringify(body ?? null)}`;
    const used = [...text.matchAll(/@\{(\w+)/g)].map(([, name = '']) => depths.get(name) ?? 0);
    depths.set(referenceId, 1 + Math.max(0, ...used));
  }
  return Math.max(...depths.values());
}
