import { z } from 'zod';
import { classifyFailure } from './classify-failure.ts';
import type { SalesforceClient } from './client.ts';
import { IncompleteText, parseCsv, writeCsv } from './csv.ts';
import type { Cell } from './difference.ts';
import { FatalError, TransientError } from './pilot-error.ts';
import { failureOf, retryDelayMs } from './retry.ts';
import type { RowResult, RowWrite, WriteBatch } from './row-write.ts';

// https://developer.salesforce.com/docs/atlas.en-us.api_asynch.meta/api_asynch/bulk_api_2_job_ingest.htm
const job = z.object({ id: z.string(), state: z.string(), errorMessage: z.string().nullish() });
type Job = z.infer<typeof job>;

/** Sets a field to blank; an empty value would leave it as it is. */
const BLANK = '#N/A';
const ENDED: ReadonlySet<string> = new Set(['JobComplete', 'Failed', 'Aborted']);
/** With the delays of `pollDelayMs` about ten minutes, after which a job counts as stalled. */
const MOST_POLLS = 36;

/** Whether a row can go into a CSV as it is: a text that means "blank" there must not. */
export function fitsBulk({ cells }: RowWrite): boolean {
  return !Object.values(cells).some((cell) => cell === BLANK);
}

/** HTTP requests that a job costs when all goes well: create, upload, close, two polls, three result files. */
export const CALLS_PER_JOB = 8;

/**
 * Writes rows by Bulk API 2.0; one result per row, in their order. What a job that failed, stalled or answered
 * incompletely did not confirm is sent again with a new job, which is safe: rows are updated by id or upserted by key.
 * A job may take longer than the run's lease: `keepAlive` is called before every look at it.
 * @throws TransientError BULK_UNFINISHED after as many jobs as the retry policy has attempts
 */
export async function writeInBulk(
  client: SalesforceClient,
  batch: Pick<WriteBatch, 'object' | 'externalId'>,
  rows: readonly RowWrite[],
  keepAlive: () => Promise<void>,
): Promise<readonly RowResult[]> {
  const results = new Map<string, RowResult>();
  const { retryPolicy } = client;
  let last = '';
  for (let attempt = 1; results.size < rows.length; attempt += 1) {
    if (attempt > retryPolicy.attempts) throw unfinished(batch.object, rows.length - results.size, last);
    if (attempt > 1) await retryPolicy.sleep(retryDelayMs(retryPolicy, attempt - 1));
    const waiting = rows.filter(({ key }) => !results.has(key));
    try {
      const ended = await runJob(client, batch, waiting, keepAlive);
      last = `job ${ended.id} ended as ${ended.state}${ended.errorMessage ? `: ${ended.errorMessage}` : ''}`;
      await readResults(client, ended, batch.externalId ?? 'Id', results);
    } catch (error) {
      if (!mayPass(error)) throw error;
      last = error instanceof Error ? error.message : String(error);
    }
  }
  return rows.map(({ key }) => results.get(key)!);
}

/** A damaged CSV, and whatever is worth repeating for a single request, is worth another job. */
function mayPass(error: unknown): boolean {
  if (error instanceof IncompleteText || error instanceof TransientError) return true;
  return classifyFailure(failureOf(error), 'request').action === 'retry';
}

async function runJob(
  client: SalesforceClient,
  { object, externalId }: Pick<WriteBatch, 'object' | 'externalId'>,
  rows: readonly RowWrite[],
  keepAlive: () => Promise<void>,
): Promise<Job> {
  const spec = {
    object,
    operation: externalId === null ? 'update' : 'upsert',
    ...(externalId === null ? {} : { externalIdFieldName: externalId }),
    contentType: 'CSV',
    lineEnding: 'LF',
  };
  const { id } = job.parse(await client.send('POST', '/jobs/ingest', spec));
  await client.uploadOnce(`/jobs/ingest/${id}/batches`, csvOf(rows, externalId ?? 'Id'));
  await client.sendOnce('PATCH', `/jobs/ingest/${id}`, { state: 'UploadComplete' });
  for (let poll = 0; poll < MOST_POLLS; poll += 1) {
    await keepAlive();
    const seen = job.parse(await client.send('GET', `/jobs/ingest/${id}`));
    if (seen.state === 'Failed') refuseOurMistake(object, seen);
    if (ENDED.has(seen.state)) return seen;
    await client.retryPolicy.sleep(pollDelayMs(poll));
  }
  // A job that goes on working beside its successor would only make the rows wait for each other.
  const abort = client.send('PATCH', `/jobs/ingest/${id}`, { state: 'Aborted' });
  return await abort.then(
    (answer) => job.parse(answer),
    () => ({ id, state: 'stalled' }),
  );
}

function pollDelayMs(poll: number): number {
  return Math.min(500 * 2 ** poll, 20_000);
}

/** A job whose columns or file the org cannot use fails every time. */
function refuseOurMistake(object: string, { errorMessage }: Job): void {
  if (!/^(InvalidBatch|ClientInputError|InvalidJob)/.test(errorMessage ?? '')) return;
  throw new FatalError('REQUEST_REFUSED', `Writing ${object} in bulk: ${errorMessage}`, {
    actions: ['Run npx pilot check.', 'If it finds nothing, report this message.'],
  });
}

function csvOf(rows: readonly RowWrite[], keyField: string): string {
  const columns = [...new Set(rows.flatMap(({ cells }) => Object.keys(cells)))];
  const line = ({ key, cells }: RowWrite): string[] => [
    key,
    ...columns.map((column) => (column in cells ? textOf(cells[column]!) : '')),
  ];
  return writeCsv([[keyField, ...columns], ...rows.map(line)]);
}

function textOf(cell: Cell): string {
  return cell === null ? BLANK : String(cell);
}

/** All three files: a job is complete also when every row failed, and rows may never have been looked at. */
async function readResults(
  client: SalesforceClient,
  { id, state }: Job,
  keyField: string,
  results: Map<string, RowResult>,
): Promise<void> {
  const read = async (file: string): Promise<Readonly<Record<string, string>>[]> => {
    const [header = [], ...rows] = parseCsv(await client.download(`/jobs/ingest/${id}/${file}`));
    return rows.map((row) => Object.fromEntries(row.map((value, index) => [header[index], value])));
  };
  for (const row of await read('successfulResults'))
    results.set(row[keyField]!, {
      id: row.sf__Id ?? null,
      success: true,
      created: row.sf__Created === 'true',
      errors: [],
    });
  for (const row of await read('failedResults'))
    results.set(row[keyField]!, { id: null, success: false, errors: [errorOf(row.sf__Error ?? '')] });
  const unprocessed = await read('unprocessedrecords');
  if (state === 'JobComplete' && unprocessed.length > 0)
    throw new IncompleteText(`job ${id} left ${unprocessed.length} rows unprocessed`);
}

/** `CODE:message:fields --`, as failed results write it. */
function errorOf(text: string): RowResult['errors'][number] {
  const match = /^([A-Z_]+):([\s\S]*):([\w, ]*?) ?--$/.exec(text);
  if (!match) return { statusCode: 'UNKNOWN', message: text };
  const [, statusCode, message, fields] = match;
  return {
    statusCode: statusCode!,
    message: message!,
    fields: fields!.split(',').filter((name) => name !== ''),
  };
}

function unfinished(object: string, left: number, last: string): TransientError {
  return new TransientError(
    'BULK_UNFINISHED',
    `Writing ${object} in bulk: ${left} rows are unconfirmed; ${last}.`,
    {
      actions: ['Run again: every write may safely be repeated.', 'See Setup > Bulk Data Load Jobs.'],
    },
  );
}
