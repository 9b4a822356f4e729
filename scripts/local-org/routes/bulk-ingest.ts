import type { Hono } from 'hono';
import { z } from 'zod';
import { ApiError, notFound } from '../api-error.ts';
import { advance } from '../bulk/advance-jobs.ts';
import { DELIMITERS, writeCsv, type DelimiterName } from '../bulk/csv.ts';
import { errorText } from '../bulk/ingest-job.ts';
import type { IngestJob } from '../bulk/jobs.ts';
import { toId18 } from '../store/record-id.ts';
import { readJson } from './json-body.ts';
import { visibleObject } from './records.ts';
import { saveContext, type OrgContext, type OrgEnv, type Services } from './services.ts';

export const Delimiter = z
  .enum(Object.keys(DELIMITERS) as [DelimiterName, ...DelimiterName[]])
  .default('COMMA');
export const LineEnding = z.enum(['LF', 'CRLF']).default('LF');
export const LINE_ENDS = { LF: '\n', CRLF: '\r\n' } as const;

const NewJob = z.object({
  object: z.string(),
  operation: z.enum(['insert', 'update', 'upsert', 'delete', 'hardDelete']),
  externalIdFieldName: z.string().optional(),
  contentType: z.literal('CSV').default('CSV'),
  columnDelimiter: Delimiter,
  lineEnding: LineEnding,
});
/** https://developer.salesforce.com/docs/atlas.en-us.salesforce_app_limits_cheatsheet.meta/salesforce_app_limits_cheatsheet/salesforce_app_limits_platform_bulkapi.htm */
const MAX_UPLOAD_BYTES = 100 * 1024 * 1024;
const NewState = z.object({ state: z.enum(['UploadComplete', 'Aborted']) });

/** Bulk API 2.0 ingest. https://developer.salesforce.com/docs/atlas.en-us.api_asynch.meta/api_asynch/bulk_api_2_job_ingest.htm */
export function bulkIngestRoutes(app: Hono<OrgEnv>, services: Services): void {
  const { jobs } = services;
  app.post('/jobs/ingest', async (context) => {
    const {
      object: name,
      operation,
      externalIdFieldName,
      columnDelimiter,
      lineEnding,
    } = await readJson(context, NewJob);
    if (operation === 'hardDelete')
      throw new ApiError(
        400,
        'FEATURENOTENABLED',
        'FeatureNotEnabled : hardDelete operation requires special user profile permission, please contact your system administrator',
      );
    if (operation === 'upsert' && externalIdFieldName === undefined)
      throw new ApiError(400, 'INVALIDJOB', 'InvalidJob : External ID field name is required for upsert');
    const object = visibleObject(services, context, name);
    const spec = {
      object,
      operation,
      externalIdFieldName: externalIdFieldName ?? null,
      columnDelimiter,
      lineEnding,
    };
    return context.json(
      describeJob(jobs.openIngest(spec, context.get('caller').userId, context.get('version')), false),
    );
  });
  app.put('/jobs/ingest/:id/batches', async (context) => {
    const job = findJob(services, context);
    if (job.state !== 'Open' || job.csv !== null)
      throw new ApiError(
        400,
        'INVALIDJOBSTATE',
        'InvalidJobState : The job takes one upload while it is open',
      );
    const data = await context.req.arrayBuffer();
    if (data.byteLength > MAX_UPLOAD_BYTES)
      throw new ApiError(
        413,
        'REQUEST_ENTITY_TOO_LARGE',
        `An upload holds at most ${MAX_UPLOAD_BYTES} bytes (150 MB in base64), not ${data.byteLength}.`,
      );
    job.csv = new TextDecoder().decode(data);
    return context.body(null, 201);
  });
  app.patch('/jobs/ingest/:id', async (context) => {
    const job = findJob(services, context);
    const { state } = await readJson(context, NewState);
    const isRunning = job.state === 'UploadComplete' || job.state === 'InProgress';
    if (job.state !== 'Open' && !(isRunning && state === 'Aborted'))
      throw new ApiError(400, 'INVALIDJOBSTATE', `InvalidJobState : The job is ${job.state}`);
    job.state = state;
    const answer = describeJob(job, false);
    if (state === 'UploadComplete') {
      job.plan = jobs.newPlan(context.get('fault'));
      advance(job, jobs.nowMs, saveContext(services, context));
    }
    return context.json(answer);
  });
  app.get('/jobs/ingest/:id', (context) => context.json(describeJob(findJob(services, context), true)));
  app.delete('/jobs/ingest/:id', (context) => {
    const job = findJob(services, context);
    if (job.state === 'Open' || job.state === 'InProgress')
      throw new ApiError(
        400,
        'INVALIDJOBSTATE',
        `InvalidJobState : A job that is ${job.state} cannot be deleted`,
      );
    jobs.delete(job.id);
    return context.body(null, 204);
  });
  for (const kind of ['successfulResults', 'failedResults', 'unprocessedrecords'] as const)
    app.get(`/jobs/ingest/:id/${kind}`, (context) =>
      context.text(resultCsv(findJob(services, context), kind), 200, { 'content-type': 'text/csv' }),
    );
}

function findJob({ jobs }: Services, context: OrgContext): IngestJob {
  const job = jobs.ingest(toId18(context.req.param('id') ?? ''));
  if (job === undefined) throw notFound();
  return job;
}

function describeJob(job: IngestJob, withCounts: boolean) {
  const { spec, work } = job;
  const failed = work?.results.filter(({ success }) => !success).length ?? 0;
  const counts = {
    jobType: 'V2Ingest',
    numberRecordsProcessed: work?.results.length ?? 0,
    numberRecordsFailed: failed,
    retries: 0,
    totalProcessingTime: 0,
    apiActiveProcessingTime: 0,
    apexProcessingTime: 0,
  };
  return {
    id: job.id,
    operation: spec.operation,
    object: spec.object.name,
    createdById: job.userId,
    createdDate: job.createdDate,
    systemModstamp: job.createdDate,
    state: job.state,
    ...(spec.externalIdFieldName === null ? {} : { externalIdFieldName: spec.externalIdFieldName }),
    concurrencyMode: 'Parallel',
    contentType: 'CSV',
    apiVersion: Number(job.apiVersion),
    // No leading slash: documented, and clients resolve it against the instance address.
    contentUrl: `services/data/v${job.apiVersion}/jobs/ingest/${job.id}/batches`,
    lineEnding: spec.lineEnding,
    columnDelimiter: spec.columnDelimiter,
    ...(withCounts ? counts : {}),
    ...(job.errorMessage === null ? {} : { errorMessage: job.errorMessage }),
  };
}

function resultCsv(
  job: IngestJob,
  kind: 'successfulResults' | 'failedResults' | 'unprocessedrecords',
): string {
  const { header, rows, results } = job.work ?? { header: [], rows: [], results: [] };
  const write = (all: readonly (readonly string[])[]): string =>
    writeCsv(all, DELIMITERS[job.spec.columnDelimiter], LINE_ENDS[job.spec.lineEnding]);
  if (kind === 'unprocessedrecords')
    return write(header.length === 0 ? [] : [header, ...rows.slice(results.length)]);
  const wantsSuccess = kind === 'successfulResults';
  const lines = results.flatMap(({ success, id, created, errors }, index) =>
    success === wantsSuccess
      ? [[id ?? '', success ? String(created) : errors.map(errorText).join(';'), ...rows[index]!]]
      : [],
  );
  return write([['sf__Id', wantsSuccess ? 'sf__Created' : 'sf__Error', ...header], ...lines]);
}
