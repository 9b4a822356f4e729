import type { ObjectModel } from '../../metadata/model.ts';
import { ApiError } from '../api-error.ts';
import { findField, findParentReference, objectOfId } from '../model-index.ts';
import type { SaveContext } from '../save/save-context.ts';
import { saveError, type SaveError, type SaveResult } from '../save/save-error.ts';
import { refused, saveRecords, type SaveInput } from '../save/save-records.ts';
import { upsertRecords } from '../save/upsert-records.ts';
import { isRecordId, toId18 } from '../store/record-id.ts';
import { DELIMITERS, parseCsv, type DelimiterName } from './csv.ts';

export type IngestOperation = 'insert' | 'update' | 'upsert' | 'delete';

export interface IngestSpec {
  readonly object: ObjectModel;
  readonly operation: IngestOperation;
  /** For upsert. */
  readonly externalIdFieldName: string | null;
  readonly columnDelimiter: DelimiterName;
  readonly lineEnding: 'LF' | 'CRLF';
}

/** The data of a job and what became of it so far. */
export interface IngestWork {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Of the rows that were saved or refused, in the same order; the others are not processed. */
  readonly results: SaveResult[];
}

/** Records of one transaction. https://developer.salesforce.com/docs/atlas.en-us.salesforce_app_limits_cheatsheet.meta/salesforce_app_limits_cheatsheet/salesforce_app_limits_platform_bulkapi.htm */
export const CHUNK = 200;
/** Sets a field to blank; an empty value leaves it alone. */
const NULL = '#N/A';

type Body = Record<string, unknown>;

/** Reads the data of a job. @throws ApiError when the whole job fails (columns, CSV, line ends) */
export function readIngest(context: SaveContext, spec: IngestSpec, csv: string): IngestWork {
  refuseLineEnd(spec, csv);
  const [header = [], ...rows] = parseCsv(csv, DELIMITERS[spec.columnDelimiter]);
  for (const column of header) requireColumn(context, spec.object, column);
  return { header, rows, results: [] };
}

/** Saves rows in chunks of 200 until `count` of them have a result. */
export function saveUpTo(context: SaveContext, spec: IngestSpec, work: IngestWork, count: number): void {
  while (work.results.length < Math.min(count, work.rows.length)) {
    const start = work.results.length;
    const end = Math.min(start + CHUNK, count);
    work.results.push(...saveChunk(context, spec, work.header, work.rows.slice(start, end)));
  }
}

function refuseLineEnd({ lineEnding }: IngestSpec, csv: string): void {
  const isCrlf = /^[^\n]*\r\n/.test(csv);
  if (csv.includes('\n') && isCrlf !== (lineEnding === 'CRLF'))
    throw new ApiError(
      400,
      'CLIENT_INPUT_ERROR',
      `ClientInputError : LineEnding is invalid on user data. Current LineEnding setting is ${lineEnding}`,
    );
}

function requireColumn({ model, permissions }: SaveContext, object: ObjectModel, column: string): void {
  const [name = '', key] = column.split('.');
  const parent = key === undefined ? undefined : findParentReference(object, name);
  const isKnown = key === undefined ? findField(object, name) !== undefined : parent !== undefined;
  const field = key === undefined ? findField(object, name) : parent;
  const isReadable =
    field !== undefined && (permissions === null || permissions.canReadField(object.name, field.name));
  const target = parent === undefined ? undefined : model.objects.get(parent.reference!.to[0]!);
  const hasKey = key === undefined || (target !== undefined && findField(target, key) !== undefined);
  if (!isKnown || !isReadable || !hasKey)
    throw new ApiError(400, 'INVALID_BATCH', `InvalidBatch : Field name not found : ${column}`);
}

function saveChunk(
  context: SaveContext,
  spec: IngestSpec,
  header: readonly string[],
  rows: readonly (readonly string[])[],
): SaveResult[] {
  const bodies = rows.map((row) => toBody(header, row));
  const { object, operation, externalIdFieldName } = spec;
  if (operation !== 'upsert') {
    const inputs = bodies.map((body) => toInput(context, object, operation, body));
    return saveRecords(context, inputs, { allOrNone: false });
  }
  const field = findField(object, externalIdFieldName ?? '');
  if (field === undefined || (!field.isExternalId && field.kind !== 'Id'))
    throw new ApiError(
      400,
      'INVALID_BATCH',
      `InvalidBatch : Field name not found : ${externalIdFieldName ?? ''}`,
    );
  const inputs = bodies.map((body) => {
    const { key, rest } = takeKey(body, field.name);
    return { key: key ?? null, body: rest };
  });
  return upsertRecords(context, object, field, inputs, { allOrNone: false });
}

function toBody(header: readonly string[], row: readonly string[]): Body {
  const body: Body = {};
  header.forEach((column, index) => {
    const text = row[index] ?? '';
    if (text === '') return;
    const value = text === NULL ? null : text;
    const [name = '', key] = column.split('.');
    body[name] = key === undefined ? value : { [key]: value };
  });
  return body;
}

function takeKey(body: Body, name: string): { key: unknown; rest: Body } {
  const found = Object.keys(body).find((each) => each.toLowerCase() === name.toLowerCase());
  if (found === undefined) return { key: undefined, rest: body };
  const { [found]: key, ...rest } = body;
  return { key, rest };
}

function toInput(
  context: SaveContext,
  object: ObjectModel,
  operation: 'insert' | 'update' | 'delete',
  body: Body,
): SaveInput {
  if (operation === 'insert') return { operation, object, body };
  const { key, rest } = takeKey(body, 'Id');
  if (typeof key !== 'string')
    return refused(
      saveError(
        'MISSING_ARGUMENT',
        `Id not specified in ${operation === 'update' ? 'an update' : 'a delete'} call`,
      ),
    );
  if (!isRecordId(key) || objectOfId(context.model, key) !== object)
    return refused(
      saveError('MALFORMED_ID', `${object.label} ID: id value of incorrect type: ${key}`, ['Id']),
    );
  return operation === 'update'
    ? { operation, object, id: toId18(key), body: rest }
    : { operation, object, id: toId18(key) };
}

/** `CODE:message:fields--`, as failed results write it. */
export function errorText({ statusCode, message, fields }: SaveError): string {
  return `${statusCode}:${message}:${fields.join(',')}${fields.length > 0 ? ' ' : ''}--`;
}
