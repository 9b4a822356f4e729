import type { Clock } from '../clock.ts';
import type { Store } from '../store/store.ts';
import type { IngestOutcome, IngestSpec } from './ingest-job.ts';

interface Job {
  readonly id: string;
  readonly userId: string;
  readonly createdDate: string;
  readonly apiVersion: string;
}

export type IngestState = 'Open' | 'UploadComplete' | 'JobComplete' | 'Failed' | 'Aborted';

export interface IngestJob extends Job {
  readonly spec: IngestSpec;
  state: IngestState;
  csv: string | null;
  outcome: IngestOutcome | null;
  errorMessage: string | null;
}

export interface QueryJob extends Job {
  readonly query: string;
  readonly object: string;
  /** The whole result, header first. */
  readonly rows: readonly (readonly string[])[];
  readonly delimiter: string;
  readonly lineEnd: string;
}

/** Bulk jobs of this process. */
export class Jobs {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #ingest = new Map<string, IngestJob>();
  readonly #query = new Map<string, QueryJob>();

  constructor(store: Store, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
  }

  openIngest(spec: IngestSpec, userId: string, apiVersion: string): IngestJob {
    const job: IngestJob = {
      ...this.#newJob(userId, apiVersion),
      spec,
      state: 'Open',
      csv: null,
      outcome: null,
      errorMessage: null,
    };
    this.#ingest.set(job.id, job);
    return job;
  }

  openQuery(result: Omit<QueryJob, keyof Job>, userId: string, apiVersion: string): QueryJob {
    const job: QueryJob = { ...this.#newJob(userId, apiVersion), ...result };
    this.#query.set(job.id, job);
    return job;
  }

  ingest(id: string): IngestJob | undefined {
    return this.#ingest.get(id);
  }

  query(id: string): QueryJob | undefined {
    return this.#query.get(id);
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
