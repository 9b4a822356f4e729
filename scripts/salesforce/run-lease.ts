import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { SalesforceClient } from './client.ts';
import { runCells, RUN_START, type RunResult } from './columns.ts';
import { cutText } from './cut-text.ts';
import type { Cells } from './difference.ts';
import { FatalError, PilotError, TransientError } from './pilot-error.ts';
import { failureOf, withRetry } from './retry.ts';
import { problemsText, RUN_WORDS } from './run-words.ts';
import { soql } from './soql.ts';
import type { Language } from './told.ts';

const OBJECT = 'PilotSyncRun__c';
/** One run per org at a time: the holder's record has this value in a unique field. */
const LEASE = 'sync';
/** What a run's record has in that field until it holds the lease. */
const STARTING = 'start-';
const RELEASED = { [RUN_START.lease]: null, [RUN_START.leaseExpiresAt]: null };

const created = z.object({ id: z.string() });
const started = z.object({ Id: z.string(), LastModifiedDate: z.string() });
const holding = z.object({ Id: z.string(), Lease_Expires_At__c: z.string().nullable() });
const held = z.object({ Lease_Key__c: z.string().nullable() });

export interface RunStart {
  readonly startedAt: Date;
  readonly mode: 'Scheduled' | 'Manual';
  readonly version: string;
  /** A holder that was silent for longer counts as dead. */
  readonly leaseMinutes: number;
  /** Of what the record says to those who open the org. */
  readonly language: Language;
}

/**
 * The run's record in the org, which is also its lock against every other machine: a unique key that expires.
 */
export class RunLease {
  readonly runId: string;
  readonly #client: SalesforceClient;
  readonly #orgNow: () => Date;
  readonly #leaseMs: number;
  readonly #language: Language;
  #renewedAtMs = performance.now();

  private constructor(client: SalesforceClient, runId: string, orgNow: () => Date, start: RunStart) {
    this.#client = client;
    this.runId = runId;
    this.#orgNow = orgNow;
    this.#leaseMs = start.leaseMinutes * 60_000;
    this.#language = start.language;
  }

  /** Takes the lease. @throws TransientError RUN_IN_PROGRESS while another run holds it. */
  static async take(client: SalesforceClient, start: RunStart): Promise<RunLease> {
    // The record is made first, which gives the org's time, and takes the key second.
    const runId = await create(client, {
      [RUN_START.startedAt]: start.startedAt.toISOString(),
      [RUN_START.outcome]: 'Running',
      [RUN_START.mode]: start.mode,
      [RUN_START.version]: start.version,
    });
    try {
      const starting = await startingRuns(client);
      const clock = orgClock(starting.find(({ Id }) => Id === runId)!.LastModifiedDate);
      const lease = new RunLease(client, runId, clock, start);
      for (let attempt = 1; ; attempt += 1) {
        if (await lease.#claim()) {
          for (const { Id } of starting)
            if (Id !== runId) await fail(client, Id, RUN_WORDS[start.language].neverBegan);
          return lease;
        }
        // Two rescuers may free the dead holder together; the unique key lets one of them in.
        if (attempt > 2 || !(await freeDeadHolder(client, clock(), start.language))) throw inProgress(client);
      }
    } catch (error) {
      await client.send('DELETE', `/sobjects/${OBJECT}/${runId}`).catch(() => undefined);
      throw error;
    }
  }

  /** Tells the org that this run is alive, at most three times per lease. @throws FatalError LEASE_LOST */
  async renewIfDue(): Promise<void> {
    if (performance.now() - this.#renewedAtMs < this.#leaseMs / 3) return;
    this.#renewedAtMs = performance.now();
    await this.assertHeld();
    await this.#client.send('PATCH', `/sobjects/${OBJECT}/${this.runId}`, {
      [RUN_START.leaseExpiresAt]: this.#expiry(),
    });
  }

  /** Takes the key; false while another run has it. Safe to repeat: the key is this record's own. */
  async #claim(): Promise<boolean> {
    const cells = { [RUN_START.lease]: LEASE, [RUN_START.leaseExpiresAt]: this.#expiry() };
    return withRetry(this.#client.retryPolicy, `PATCH ${OBJECT} ${RUN_START.lease}`, async () => {
      try {
        await this.#client.sendOnce('PATCH', `/sobjects/${OBJECT}/${this.runId}`, cells);
        return true;
      } catch (error) {
        if (failureOf(error).code === 'DUPLICATE_VALUE') return false;
        throw error;
      }
    });
  }

  #expiry(): string {
    return new Date(this.#orgNow().getTime() + this.#leaseMs).toISOString();
  }

  /** Before writing: a run that slept through its lease must not write beside its successor. */
  async assertHeld(): Promise<void> {
    const [row] = await this.#client.query(
      soql`SELECT Lease_Key__c FROM PilotSyncRun__c WHERE Id = ${this.runId}`,
      held,
    );
    if (row?.Lease_Key__c === LEASE) return;
    throw new FatalError(
      'LEASE_LOST',
      'Another run took over, because this one was silent for longer than its lease.',
      {
        actions: [
          'Nothing was written after that; the other run does the work.',
          'Raise run.lease_minutes if runs take that long.',
        ],
      },
    );
  }

  /** After a failure of the whole run: says so in its record and lets the next run in, as far as the org still answers. */
  async abandon(error: unknown, seconds: number): Promise<void> {
    const failure = {
      [RUN_START.outcome]: 'Failed',
      Message__c: failureText(error, this.#language),
      Seconds__c: seconds,
      ...RELEASED,
    };
    await this.#client.sendLast(`/sobjects/${OBJECT}/${this.runId}`, failure).catch(() => undefined);
  }

  /** Writes the result and lets the next run in. */
  async finish(result: RunResult): Promise<void> {
    await this.#client.send('PATCH', `/sobjects/${OBJECT}/${this.runId}`, {
      ...runCells(result),
      ...RELEASED,
    });
  }
}

/** An upsert by a key of its own, so that a lost answer does not leave a second record behind. */
async function create(client: SalesforceClient, cells: Cells): Promise<string> {
  const answer = await client.send(
    'PATCH',
    `/sobjects/${OBJECT}/${RUN_START.lease}/${STARTING}${randomUUID()}`,
    cells,
  );
  return created.parse(answer).id;
}

/**
 * This run, and those that neither took the lease nor could remove their record. Whoever holds the lease may close these: one that
 * is only slow is refused the key all the same.
 */
async function startingRuns(client: SalesforceClient): Promise<readonly z.infer<typeof started>[]> {
  return await client.query(
    soql`SELECT Id, LastModifiedDate FROM PilotSyncRun__c WHERE Lease_Key__c LIKE ${`${STARTING}%`}`,
    started,
  );
}

async function fail(client: SalesforceClient, runId: string, message: string): Promise<void> {
  await client.send('PATCH', `/sobjects/${OBJECT}/${runId}`, {
    [RUN_START.outcome]: 'Failed',
    Message__c: message,
    ...RELEASED,
  });
}

/** The org's time from one time stamp of its own; no machine's clock matters. */
function orgClock(stamp: string): () => Date {
  const seenMs = performance.now();
  return () => new Date(Date.parse(stamp) + performance.now() - seenMs);
}

/** Whether the lease is free now: its holder finished meanwhile, or let its lease run out and is marked as failed. */
async function freeDeadHolder(client: SalesforceClient, orgNow: Date, language: Language): Promise<boolean> {
  const query = soql`SELECT Id, Lease_Expires_At__c FROM PilotSyncRun__c WHERE Lease_Key__c = ${LEASE}`;
  const [holder] = await client.query(query, holding);
  if (!holder) return true;
  if (holder.Lease_Expires_At__c !== null && Date.parse(holder.Lease_Expires_At__c) > orgNow.getTime())
    return false;
  await fail(client, holder.Id, RUN_WORDS[language].tookOver);
  return true;
}

function failureText(error: unknown, language: Language): string {
  return error instanceof PilotError ? problemsText([error], language) : cutText(String(error), 255);
}

function inProgress(client: SalesforceClient): TransientError {
  return new TransientError('RUN_IN_PROGRESS', `Another sync is writing to ${client.instanceUrl}.`, {
    actions: [
      'Wait until it ends: the app Pilots, tab Sync Runs, shows it.',
      'A run that was killed is recovered when its lease ends.',
    ],
  });
}
