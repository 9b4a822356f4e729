import type { Hono } from 'hono';
import { z } from 'zod';
import { executeGraphql } from '../graphql/execute.ts';
import { readJson } from './json-body.ts';
import type { OrgEnv, Services } from './services.ts';

const GraphqlRequest = z.object({
  query: z.string(),
  variables: z.record(z.string(), z.unknown()).nullish(),
  operationName: z.string().nullish(),
});

/** Answers 200 even for most errors. https://developer.salesforce.com/docs/platform/graphql/guide/query-status.html */
export function graphqlRoutes(app: Hono<OrgEnv>, { org }: Services): void {
  app.post('/graphql', async (context) => {
    const { query, variables, operationName } = await readJson(context, GraphqlRequest);
    const { permissions, viewer } = context.get('caller');
    const result = await executeGraphql(
      { query, variables: variables ?? {}, operationName: operationName ?? null },
      {
        database: org.store.database,
        model: org.model,
        viewer,
        access: permissions,
        apiVersion: context.get('version'),
        includeDeleted: false,
      },
    );
    return context.json(result);
  });
}
