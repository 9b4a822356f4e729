import type { Hono } from 'hono';
import { z } from 'zod';
import { ApiError, notFound } from '../api-error.ts';
import { DELIMITERS, writeCsv } from '../bulk/csv.ts';
import { phaseAt } from '../bulk/job-timing.ts';
import type { JobState, QueryJob } from '../bulk/jobs.ts';
import { toCsvRows } from '../bulk/query-csv.ts';
import { toId18 } from '../store/record-id.ts';
import { Delimiter, LINE_ENDS, LineEnding } from './bulk-ingest.ts';
import { readJson } from './json-body.ts';
import { query } from './query.ts';
import type { OrgContext, OrgEnv, Services } from './services.ts';

const NewJob = z.object({
  operation: z.enum(['query', 'queryAll']),
  query: z.string(),
  contentType: z.literal('CSV').default('CSV'),
  columnDelimiter: Delimiter,
  lineEnding: LineEnding,
});

const AbortedState = z.object({ state: z.literal('Aborted') });

/** Bulk API 2.0 query. https://developer.salesforce.com/docs/atlas.en-us.api_asynch.meta/api_asynch/queries.htm */
export function bulkQueryRoutes(app: Hono<OrgEnv>, services: Services): void {
  app.post('/jobs/query', async (context) => {
    const { query: soql, operation, columnDelimiter, lineEnding } = await readJson(context, NewJob);
    refuseUnsupported(soql);
    const result = query(services, context, soql, operation === 'queryAll');
    const job = services.jobs.openQuery(
      {
        query: soql,
        operation,
        object: result.object.name,
        rows: toCsvRows(result),
        delimiter: DELIMITERS[columnDelimiter],
        lineEnd: LINE_ENDS[lineEnding],
      },
      context.get('caller').userId,
      context.get('version'),
      context.get('fault'),
    );
    return context.json({ ...describeJob(job), state: 'UploadComplete' });
  });
  app.get('/jobs/query/:id', (context) => {
    const job = findJob(services, context);
    return context.json({
      ...describeJob(job),
      state: stateOf(services, job),
      jobType: 'V2Query',
      numberRecordsProcessed: stateOf(services, job) === 'JobComplete' ? job.rows.length - 1 : 0,
      ...(job.plan.errorMessage !== null && stateOf(services, job) === 'Failed'
        ? { errorMessage: job.plan.errorMessage }
        : {}),
      retries: 0,
      totalProcessingTime: 0,
    });
  });
  app.get('/jobs/query/:id/results', (context) => {
    const job = findJob(services, context);
    const state = stateOf(services, job);
    if (state !== 'JobComplete')
      throw new ApiError(400, 'INVALIDJOBSTATE', `InvalidJobState : The job is ${state}`);
    return results(job, context);
  });
  app.patch('/jobs/query/:id', async (context) => {
    const job = findJob(services, context);
    await readJson(context, AbortedState);
    const state = stateOf(services, job);
    if (state !== 'UploadComplete' && state !== 'InProgress')
      throw new ApiError(400, 'INVALIDJOBSTATE', `InvalidJobState : The job is ${state}`);
    job.isAborted = true;
    return context.json({ ...describeJob(job), state: 'Aborted' });
  });
  app.delete('/jobs/query/:id', (context) => {
    services.jobs.delete(findJob(services, context).id);
    return context.body(null, 204);
  });
}

/**
 * OFFSET and TYPEOF ("TYPEOF can’t be used in SOQL used in Bulk API") are refused by documentation, child subqueries and
 * aggregates by common knowledge. https://developer.salesforce.com/docs/atlas.en-us.soql_sosl.meta/soql_sosl/sforce_api_calls_soql_select_typeof.htm
 */
function refuseUnsupported(soql: string): void {
  const plain = soql.replace(/'(?:\\.|[^'\\])*'/g, "''");
  if (
    /\boffset\b|\btypeof\b|\bgroup\s+by\b|\(\s*select\b[^)]*\)\s*(?:,|from)|\b(?:count|sum|avg|min|max|count_distinct)\s*\(/i.test(
      plain,
    )
  )
    throw new ApiError(
      400,
      'FEATURENOTENABLED',
      'FeatureNotEnabled : The query is not supported by Bulk API 2.0 (OFFSET, TYPEOF, GROUP BY, aggregates, child subqueries)',
    );
}

function findJob({ jobs }: Services, context: OrgContext): QueryJob {
  const job = jobs.query(toId18(context.req.param('id') ?? ''));
  if (job === undefined) throw notFound();
  if (job.apiVersion !== context.get('version'))
    throw new ApiError(409, 'API_ERROR', `The job was made with version ${job.apiVersion}`);
  return job;
}

function stateOf({ jobs }: Services, { plan, isAborted }: QueryJob): JobState {
  if (isAborted) return 'Aborted';
  const { phase } = phaseAt(plan, jobs.nowMs);
  if (phase !== 'over') return phase;
  return plan.ending === 'failed' ? 'Failed' : 'JobComplete';
}

const describeJob = (job: QueryJob) => ({
  id: job.id,
  operation: job.operation,
  object: job.object,
  createdById: job.userId,
  createdDate: job.createdDate,
  systemModstamp: job.createdDate,
  concurrencyMode: 'Parallel',
  contentType: 'CSV',
  apiVersion: Number(job.apiVersion),
  lineEnding: job.lineEnd === '\n' ? 'LF' : 'CRLF',
  columnDelimiter: Object.entries(DELIMITERS).find(([, sign]) => sign === job.delimiter)?.[0],
});

/** The last page's locator is the text `null`. */
function results(job: QueryJob, context: OrgContext): Response {
  const [header = [], ...rows] = job.rows;
  const locator = context.req.query('locator');
  const start = locator === undefined ? 0 : Number(Buffer.from(locator, 'base64').toString());
  const count = Number(context.req.query('maxRecords') ?? rows.length);
  if (!Number.isInteger(start) || start < 0 || !Number.isInteger(count) || count < 0)
    throw new ApiError(400, 'INVALID_QUERY_LOCATOR', 'The locator or maxRecords is not valid');
  const page = rows.slice(start, start + count);
  const next = start + page.length;
  return context.text(writeCsv([header, ...page], job.delimiter, job.lineEnd), 200, {
    'content-type': 'text/csv',
    'Sforce-NumberOfRecords': String(page.length),
    'Sforce-Locator': next < rows.length ? Buffer.from(String(next)).toString('base64') : 'null',
  });
}
