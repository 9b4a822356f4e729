import { ApiError } from '../api-error.ts';
import type { SaveContext } from '../save/save-context.ts';
import { CHUNK, readIngest, saveUpTo } from './ingest-job.ts';
import { phaseAt } from './job-timing.ts';
import type { IngestJob, Jobs } from './jobs.ts';

/**
 * Brings every running job to where it should be by now. The org does it before it looks at a request, so that
 * whoever asks sees rows and states as if the jobs had worked in between.
 */
export function advanceJobs(jobs: Jobs, contextOf: (job: IngestJob) => SaveContext): void {
  for (const job of jobs.running()) advance(job, jobs.nowMs, contextOf(job));
}

/** JobComplete does not mean that every row was saved. */
export function advance(job: IngestJob, nowMs: number, context: SaveContext): void {
  const { plan } = job;
  if (plan === null) return;
  try {
    job.work ??= readIngest(context, job.spec, job.csv ?? '');
    const { phase, share } = phaseAt(plan, nowMs);
    const due =
      share === 1 ? job.work.rows.length : Math.floor((job.work.rows.length * share) / CHUNK) * CHUNK;
    saveUpTo(context, job.spec, job.work, Math.min(due, plan.rows));
    if (phase !== 'over') job.state = phase;
    else if (plan.ending === 'failed') fail(job, plan.errorMessage);
    else job.state = 'JobComplete';
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    fail(job, error.message);
  }
}

function fail(job: IngestJob, message: string | null): void {
  job.state = 'Failed';
  job.errorMessage = message;
}
