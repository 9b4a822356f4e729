import type { Clock } from '../clock.ts';
import type { WorkFault } from '../faults/fault-spec.ts';
import type { Store } from '../store/store.ts';
import type { IngestSpec, IngestWork } from './ingest-job.ts';
import { planJob, type JobPlan } from './job-timing.ts';

interface Job {
  readonly id: string;
  readonly userId: string;
  readonly createdDate: string;
  readonly apiVersion: string;
}

export type JobState = 'Open' | 'UploadComplete' | 'InProgress' | 'JobComplete' | 'Failed' | 'Aborted';

export interface IngestJob extends Job {
  readonly spec: IngestSpec;
  state: JobState;
  csv: string | null;
  /** From the upload's end on. */
  plan: JobPlan | null;
  work: IngestWork | null;
  errorMessage: string | null;
}

export interface QueryJob extends Job {
  readonly query: string;
  readonly operation: 'query' | 'queryAll';
  readonly object: string;
  /** The whole result, header first. */
  readonly rows: readonly (readonly string[])[];
  readonly delimiter: string;
  readonly lineEnd: string;
  readonly plan: JobPlan;
  isAborted: boolean;
}

type NewQueryJob = Omit<QueryJob, keyof Job | 'plan' | 'isAborted'>;

/** Bulk jobs of this process. */
export class Jobs {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #durationMs: number;
  readonly #ingest = new Map<string, IngestJob>();
  readonly #query = new Map<string, QueryJob>();

  constructor(store: Store, clock: Clock, durationMs: number) {
    this.#store = store;
    this.#clock = clock;
    this.#durationMs = durationMs;
  }

  openIngest(spec: IngestSpec, userId: string, apiVersion: string): IngestJob {
    const job: IngestJob = {
      ...this.#newJob(userId, apiVersion),
      spec,
      state: 'Open',
      csv: null,
      plan: null,
      work: null,
      errorMessage: null,
    };
    this.#ingest.set(job.id, job);
    return job;
  }

  openQuery(result: NewQueryJob, userId: string, apiVersion: string, fault: WorkFault | undefined): QueryJob {
    const job: QueryJob = {
      ...this.#newJob(userId, apiVersion),
      ...result,
      plan: this.newPlan(fault),
      isAborted: false,
    };
    this.#query.set(job.id, job);
    return job;
  }

  newPlan(fault: WorkFault | undefined): JobPlan {
    return planJob(this.nowMs, this.#durationMs, fault);
  }

  get nowMs(): number {
    return this.#clock.now().getTime();
  }

  ingest(id: string): IngestJob | undefined {
    return this.#ingest.get(id);
  }

  query(id: string): QueryJob | undefined {
    return this.#query.get(id);
  }

  /** Ingest jobs that may have rows to save by now. */
  running(): IngestJob[] {
    return [...this.#ingest.values()].filter(
      ({ state }) => state === 'UploadComplete' || state === 'InProgress',
    );
  }

  delete(id: string): void {
    this.#ingest.delete(id);
    this.#query.delete(id);
  }

  #newJob(userId: string, apiVersion: string): Job {
    return {
      id: this.#store.mintId('750'),
      userId,
      apiVersion,
      createdDate: this.#clock.now().toISOString().replace('Z', '+0000'),
    };
  }
}
