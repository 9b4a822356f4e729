import { setTimeout as sleep } from 'node:timers/promises';
import { Hono, type ErrorHandler, type MiddlewareHandler, type NotFoundHandler } from 'hono';
import { ApiError, notFound, notImplemented } from '../api-error.ts';
import { metadataSoapRoutes } from '../soap/metadata-routes.ts';
import { bearerToken, requireCaller } from './authenticate.ts';
import { bulkIngestRoutes } from './bulk-ingest.ts';
import { bulkQueryRoutes } from './bulk-query.ts';
import { collectionRoutes } from './collections.ts';
import { compositeBatchRoutes } from './composite-batch.ts';
import { compositeGraphRoutes } from './composite-graph.ts';
import { compositeRoutes } from './composite.ts';
import { controlRoutes } from './control.ts';
import { deployRoutes } from './deploys.ts';
import { describeRoutes } from './describe.ts';
import { errorResponse } from './error-response.ts';
import { graphqlRoutes } from './graphql.ts';
import { injectFault } from './inject-fault.ts';
import { oauthRoutes } from './oauth.ts';
import { queryRoutes } from './query.ts';
import { MultipleChoices, recordRoutes } from './records.ts';
import { isKnownVersion, resourceRoutes, versionRoutes } from './resources.ts';
import { loadCaller } from '../security/caller.ts';
import { advanceJobs } from '../bulk/advance-jobs.ts';
import { saveContextOf, type OrgEnv, type Services } from './services.ts';
import { toolingQueryRoutes } from './tooling-query.ts';
import { treeRoutes } from './tree.ts';
import { uiObjectInfoRoutes } from './ui-object-info.ts';
import { uiRecordRoutes } from './ui-records.ts';

const DATA = '/services/data/:version{v[0-9]+\\.[0-9]+}';
/** https://developer.salesforce.com/docs/atlas.en-us.salesforce_app_limits_cheatsheet.meta/salesforce_app_limits_cheatsheet/salesforce_app_limits_platform_api.htm */
const MAX_URI_CHARACTERS = 16_384;

/** Every route of the org. A path that is not among them is refused as not implemented. */
export function createApp(services: Services): Hono<OrgEnv> {
  const app = new Hono<OrgEnv>({ getPath: canonicalPath });
  app.use(logRequest(services), guardOrigin, injectFault(services));
  versionRoutes(app);
  oauthRoutes(app, services);
  controlRoutes(app, services);
  metadataSoapRoutes(app, services);
  const data = new Hono<OrgEnv>({ getPath: canonicalPath });
  data.use(openSession(services));
  resourceRoutes(data, services);
  queryRoutes(data, services);
  deployRoutes(data, services);
  toolingQueryRoutes(data, services);
  graphqlRoutes(data, services);
  describeRoutes(data, services);
  collectionRoutes(data, services);
  compositeRoutes(data, services);
  compositeGraphRoutes(data, services);
  compositeBatchRoutes(data);
  treeRoutes(data, services);
  bulkIngestRoutes(data, services);
  bulkQueryRoutes(data, services);
  recordRoutes(data, services);
  uiRecordRoutes(data, services);
  uiObjectInfoRoutes(data, services);
  data.onError(answerError);
  data.notFound(answerUnknown);
  app.route(DATA, data);
  app.notFound(answerUnknown);
  app.onError(answerError);
  return app;
}

const answerUnknown: NotFoundHandler<OrgEnv> = (context) =>
  errorResponse(notImplemented(`${context.req.method} ${context.req.path}`), context);

const answerError: ErrorHandler<OrgEnv> = (error, context) =>
  error instanceof MultipleChoices ? context.json(error.urls, 300) : errorResponse(error, context);

/** Clients that stored an instance address with a trailing slash send `//services/…`; some end paths with one. */
function canonicalPath(request: Request): string {
  const path = new URL(request.url).pathname.replace(/\/{2,}/g, '/');
  return path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
}

const logRequest =
  ({ log, org }: Services): MiddlewareHandler<OrgEnv> =>
  async (context, next) => {
    const started = performance.now();
    await next();
    log.add({
      at: org.clock.now().toISOString(),
      method: context.req.method,
      path: context.req.path,
      // A dropped connection has no status.
      status: context.get('isDropped') === true ? 0 : context.res.status,
      milliseconds: Math.round(performance.now() - started),
      username: context.get('caller')?.username ?? null,
    });
  };

const LOOPBACK = /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?$/;

/** Answers this machine only: a page of another site that rebinds its name to 127.0.0.1 is refused. */
const guardOrigin: MiddlewareHandler<OrgEnv> = async (context, next) => {
  const host = context.req.header('host') ?? new URL(context.req.url).host;
  const origin = context.req.header('origin');
  const isLocal =
    LOOPBACK.test(host) && (origin === undefined || LOOPBACK.test(origin.replace(/^https?:\/\//, '')));
  if (!isLocal)
    throw new ApiError(
      403,
      'LOCAL_ORG_FOREIGN_HOST',
      `The local org answers 127.0.0.1 and localhost only, not ${origin ?? host}.`,
    );
  if (context.req.url.length > MAX_URI_CHARACTERS + 64)
    throw new ApiError(414, 'URI_TOO_LONG', 'The URI is longer than 16,384 characters');
  return next();
};

/** Version, token and allowance of a data request. */
const openSession =
  (services: Services): MiddlewareHandler<OrgEnv> =>
  async (context, next) => {
    const { inner } = context.env ?? {};
    if (inner !== undefined) {
      context.set('caller', inner.caller);
      context.set('version', inner.version);
      context.set('locks', inner.locks);
      return next();
    }
    const version = (context.req.param('version') ?? '').slice(1);
    if (!isKnownVersion(version)) throw notFound();
    const caller = requireCaller(services, bearerToken(context));
    context.set('caller', caller);
    context.set('version', version);
    const { usage } = services;
    const isWithin = usage.count();
    context.header('Sforce-Limit-Info', `api-usage=${usage.used}/${usage.max}`);
    if (!isWithin) throw new ApiError(403, 'REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.');
    // The body is read before the request takes its turn, so that a slow upload keeps nobody waiting.
    const isForm = context.req.header('content-type')?.startsWith('multipart/') === true;
    if (!isForm) await context.req.arrayBuffer();
    const locks = services.locks.open(context.get('fault')?.kind === 'rowLock');
    context.set('locks', locks);
    await services.turns.take(() => {
      advanceJobs(services.jobs, (job) =>
        saveContextOf(services, loadCaller(services.org, job.userId), services.locks.open(false)),
      );
      return next();
    });
    if (locks.remainingMs > 0) await sleep(locks.remainingMs);
    services.asyncPaths.schedule();
  };
