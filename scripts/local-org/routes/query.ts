import type { Hono } from 'hono';
import { ApiError } from '../api-error.ts';
import { runQuery, type QueryResult } from '../soql/run-query.ts';
import { columnMetadata } from './column-metadata.ts';
import type { OrgContext, OrgEnv, Services } from './services.ts';

/** SOQL over GET, in pages. https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_query.htm */
export function queryRoutes(app: Hono<OrgEnv>, services: Services): void {
  for (const resource of ['query', 'queryAll'] as const) {
    app.get(`/${resource}`, (context) => {
      const soql = context.req.query('q');
      if (soql === undefined)
        throw new ApiError(400, 'MALFORMED_QUERY', 'A query string has to be specified');
      const result = query(services, context, soql, resource === 'queryAll');
      if (context.req.query('columns') === 'true') return context.json(columnMetadata(result, soql));
      const { records, totalSize, longTexts } = result;
      // COUNT() has a size and no rows.
      if (records.length === 0) return context.json({ totalSize, done: true, records });
      const { userId } = context.get('caller');
      return context.json(
        services.cursors.firstPage(
          context.get('version'),
          { userId, records, longTexts },
          pageSize(services, context),
        ),
      );
    });
    app.get(`/${resource}/:locator`, (context) => {
      const { userId } = context.get('caller');
      const locator = context.req.param('locator');
      return context.json(
        services.cursors.nextPage(context.get('version'), userId, locator, pageSize(services, context)),
      );
    });
  }
}

/** Runs SOQL as the request's user. */
export function query(
  { org }: Services,
  context: OrgContext,
  soql: string,
  includeDeleted = false,
): QueryResult {
  const { permissions, viewer } = context.get('caller');
  return runQuery(soql, {
    database: org.store.database,
    model: org.model,
    viewer,
    access: permissions,
    apiVersion: context.get('version'),
    includeDeleted,
  });
}

/** `Sforce-Query-Options: batchSize=N` asks for 200 to 2,000 rows a page. */
function pageSize({ pageSize: standard }: Services, context: OrgContext): number {
  const asked = /batchSize\s*=\s*(\d+)/i.exec(context.req.header('sforce-query-options') ?? '')?.[1];
  return asked === undefined ? standard : Math.min(standard, Math.max(200, Number(asked)));
}
