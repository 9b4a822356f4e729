import { z } from 'zod';
import { classifyFailure } from './classify-failure.ts';
import type { SalesforceClient } from './client.ts';
import { cutText } from './cut-text.ts';
import { FatalError } from './pilot-error.ts';
import { retryDelayMs } from './retry.ts';
import { rowResult, type RowResult, type RowWrite, type WriteBatch } from './row-write.ts';
import { CALLS_PER_JOB, fitsBulk, writeInBulk } from './write-in-bulk.ts';

export type RowOutcome =
  | { readonly kind: 'created' | 'updated'; readonly id: string }
  | { readonly kind: 'skipped'; readonly code: string; readonly reason: string }
  | {
      readonly kind: 'failed';
      readonly code: string;
      readonly message: string;
      readonly fields: readonly string[];
      readonly fix: string;
    };

/** Salesforce documents 200 as the most rows of one collection call and accepts no more. */
export const ROWS_PER_CALL = 200;

// Salesforce takes uploads of 150 MB and advises 100, as they grow on the way; characters may take three bytes.
// https://developer.salesforce.com/docs/atlas.en-us.salesforce_app_limits_cheatsheet.meta/salesforce_app_limits_cheatsheet/salesforce_app_limits_platform_bulkapi.htm
const CHARACTERS_PER_JOB = 30_000_000;

/**
 * Writes rows of one object, many in bulk and few in calls of 200, and says for every key what became of it. Locked rows are repeated;
 * a failed row never stops the others. Rejects only when the org as a whole cannot be written to; what
 * `onOutcome` was told until then is true. `keepAlive` is called before every call and look at a job; what it throws
 * ends the writing.
 */
export async function writeRows(
  client: SalesforceClient,
  batch: WriteBatch,
  bulkFromRows: number,
  onOutcome: (key: string, outcome: RowOutcome) => void,
  keepAlive: () => Promise<void> = async () => undefined,
): Promise<void> {
  refuseRepeatedKeys(batch);
  let waiting: readonly RowWrite[] = sendable(batch.rows, onOutcome);
  for (let attempt = 1; waiting.length > 0; attempt += 1) {
    const isLast = attempt >= client.retryPolicy.attempts;
    const again: RowWrite[] = [];
    for (const { isBulk, rows } of portions(waiting, bulkFromRows)) {
      await keepAlive();
      const results = isBulk
        ? await writeInBulk(client, batch, rows, keepAlive)
        : await send(client, batch, rows);
      results.forEach((result, index) => {
        const row = rows[index]!;
        const outcome = outcomeOf(batch, row, result);
        if (outcome === 'retry' && !isLast) again.push(row);
        else onOutcome(row.key, outcome === 'retry' ? failedOutcome(result) : outcome);
      });
    }
    if (again.length > 0) await client.retryPolicy.sleep(retryDelayMs(client.retryPolicy, attempt));
    waiting = again;
  }
}

export interface Portion {
  readonly isBulk: boolean;
  readonly rows: readonly RowWrite[];
}

/** How rows are sent: bulk jobs from `bulkFromRows` rows on, else calls of 200. Costs are counted by the same rule. */
export function portions(rows: readonly RowWrite[], bulkFromRows: number): Portion[] {
  if (rows.length < bulkFromRows) return sliced(rows, ROWS_PER_CALL);
  const { fits = [], others = [] } = Object.groupBy(rows, (row) => (fitsBulk(row) ? 'fits' : 'others'));
  return [...jobs(fits), ...sliced(others, ROWS_PER_CALL)];
}

/** HTTP requests that writing these rows takes when nothing has to be repeated. */
export function callsFor(rows: readonly RowWrite[], bulkFromRows: number): number {
  return portions(rows, bulkFromRows).reduce((sum, { isBulk }) => sum + (isBulk ? CALLS_PER_JOB : 1), 0);
}

function sliced(rows: readonly RowWrite[], size: number): Portion[] {
  const starts = Array.from({ length: Math.ceil(rows.length / size) }, (_, index) => index * size);
  return starts.map((start) => ({ isBulk: false, rows: rows.slice(start, start + size) }));
}

function jobs(rows: readonly RowWrite[]): Portion[] {
  const all: { isBulk: true; rows: RowWrite[] }[] = [];
  let room = 0;
  for (const row of rows) {
    const characters = Object.values(row.cells).reduce<number>(
      (sum, cell) => sum + String(cell).length + 3,
      30,
    );
    if (characters > room) {
      all.push({ isBulk: true, rows: [] });
      room = CHARACTERS_PER_JOB;
    }
    room -= characters;
    all.at(-1)!.rows.push(row);
  }
  return all;
}

/**
 * The rows whose texts are Unicode. Half of a surrogate pair has no UTF-8: on its way it becomes U+FFFD without an error,
 * and the org would keep something else than it was given.
 */
function sendable(
  rows: readonly RowWrite[],
  onOutcome: (key: string, outcome: RowOutcome) => void,
): readonly RowWrite[] {
  const damaged = new Map(rows.map((row) => [row, damagedFields(row)]));
  for (const [{ key }, fields] of damaged) {
    if (fields.length === 0) continue;
    onOutcome(key, {
      kind: 'failed',
      code: 'TEXT_DAMAGED',
      message: `${fields.join(', ')}: the text holds half of a character (a lone surrogate), which cannot be stored.`,
      fields,
      fix: 'Correct the text where it comes from; exports cut in the middle of an emoji look like this.',
    });
  }
  return rows.filter((row) => damaged.get(row)!.length === 0);
}

function damagedFields({ key, cells }: RowWrite): string[] {
  const texts = Object.entries({ key, ...cells });
  return texts.flatMap(([name, cell]) => (typeof cell === 'string' && !cell.isWellFormed() ? [name] : []));
}

async function send(
  client: SalesforceClient,
  batch: WriteBatch,
  rows: readonly RowWrite[],
): Promise<readonly RowResult[]> {
  const { object, externalId } = batch;
  const path = externalId === null ? '/composite/sobjects' : `/composite/sobjects/${object}/${externalId}`;
  const records = rows.map(({ key, cells }) => ({
    attributes: { type: object },
    [externalId ?? 'id']: key,
    ...cells,
  }));
  const answer = z
    .array(rowResult)
    .safeParse(await client.send('PATCH', path, { allOrNone: false, records }));
  // Results come in request order and carry no key on failure: without one result per row nothing can be matched.
  if (!answer.success || answer.data.length !== rows.length) {
    throw new FatalError(
      'ANSWER_UNEXPECTED',
      `Writing ${rows.length} rows of ${object}: the answer does not list one result per row.`,
      {
        actions: ['Run again: every write may safely be repeated.', 'If it stays, report this message.'],
      },
    );
  }
  return answer.data;
}

function outcomeOf(batch: WriteBatch, row: RowWrite, result: RowResult): RowOutcome | 'retry' {
  if (result.success) {
    return {
      kind: result.created === true ? 'created' : 'updated',
      id: result.id ?? (batch.externalId === null ? row.key : ''),
    };
  }
  const error = firstError(result);
  const verdict = classifyFailure({ code: error.statusCode, message: error.message }, 'row');
  if (verdict.action === 'retry') return 'retry';
  if (verdict.action === 'skip') return { kind: 'skipped', code: verdict.code, reason: error.message };
  return failedOutcome(result);
}

/** Some messages quote the value that was refused, which may be as long as it likes. */
const MESSAGE_CHARACTERS = 300;

function failedOutcome(result: RowResult): RowOutcome {
  const error = firstError(result);
  const verdict = classifyFailure({ code: error.statusCode, message: error.message }, 'row');
  const message = cutText(`${error.statusCode}: ${error.message}`, MESSAGE_CHARACTERS);
  return { kind: 'failed', code: verdict.code, message, fields: error.fields ?? [], fix: verdict.fix };
}

function firstError(result: RowResult): RowResult['errors'][number] {
  return (
    result.errors[0] ?? { statusCode: 'UNKNOWN', message: 'Salesforce refused the row and gave no reason.' }
  );
}

// Salesforce rejects every row that shares an external id with another row of the call.
function refuseRepeatedKeys(batch: WriteBatch): void {
  const keys = new Set(batch.rows.map((row) => row.key));
  if (keys.size !== batch.rows.length)
    throw new RangeError(`A batch of ${batch.object} names one key twice.`);
}
