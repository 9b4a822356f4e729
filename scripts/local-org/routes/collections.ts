import type { Hono } from 'hono';
import { z } from 'zod';
import { ApiError } from '../api-error.ts';
import { findField, findObject, objectOfId } from '../model-index.ts';
import { saveError, type SaveResult } from '../save/save-error.ts';
import { refused, saveRecords, type SaveInput } from '../save/save-records.ts';
import { upsertRecords } from '../save/upsert-records.ts';
import { isRecordId, toId18 } from '../store/record-id.ts';
import { readJson, RecordBody } from './json-body.ts';
import { query } from './query.ts';
import { keyField, visibleObject } from './records.ts';
import { saveContext, type OrgContext, type OrgEnv, type Services } from './services.ts';

const MAX_RECORDS = 200;
const MAX_CHUNKS = 10;

const Collection = z.object({
  allOrNone: z.boolean().default(false),
  records: z.array(RecordBody),
});

/** Up to 200 records a call. https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_composite_sobjects_collections.htm */
export function collectionRoutes(app: Hono<OrgEnv>, services: Services): void {
  const root = '/composite/sobjects';
  app.post(root, async (context) => saveMany(services, context, 'insert'));
  app.patch(root, async (context) => saveMany(services, context, 'update'));
  app.delete(root, (context) => deleteMany(services, context));
  app.patch(`${root}/:object/:field`, (context) => upsertMany(services, context));
  app.post(`${root}/:object`, (context) => retrieveMany(services, context));
  app.get(`${root}/:object`, (context) => {
    const split = (name: string): string[] =>
      (context.req.query(name) ?? '').split(',').filter((part) => part !== '');
    return context.json(retrieve(services, context, split('ids'), split('fields')));
  });
}

async function readCollection(context: OrgContext): Promise<z.infer<typeof Collection>> {
  const body = await readJson(context, Collection);
  refuseTooMany(body.records.length);
  return body;
}

function refuseTooMany(count: number): void {
  if (count > MAX_RECORDS)
    throw new ApiError(
      400,
      'EXCEEDED_MAX_SIZE_REQUEST',
      `record limit reached. cannot submit more than ${MAX_RECORDS} records in this request`,
    );
}

async function saveMany(
  services: Services,
  context: OrgContext,
  operation: 'insert' | 'update',
): Promise<Response> {
  const { records, allOrNone } = await readCollection(context);
  const plans = records.map((record) => plan(services, context, operation, record));
  const objects = plans.flatMap((input) => ('object' in input ? input.object : []));
  const chunks = objects.filter((object, index) => object !== objects[index - 1]).length;
  if (chunks > MAX_CHUNKS)
    throw new ApiError(
      400,
      'LIMIT_EXCEEDED',
      `Cannot have more than ${MAX_CHUNKS} chunks in a single operation. Please rearrange the data to reduce chunking.`,
    );
  const results = saveRecords(saveContext(services, context), plans, { allOrNone });
  return context.json(results.map(resultBody));
}

function plan(
  services: Services,
  context: OrgContext,
  operation: 'insert' | 'update',
  record: RecordBody,
): SaveInput {
  const { attributes, ...rest } = record;
  const type = z.object({ type: z.string() }).safeParse(attributes);
  if (!type.success) throw new ApiError(400, 'INVALID_INPUT', 'Specify attributes.type for each record');
  const object = findObject(services.org.model, type.data.type);
  if (object === undefined || !context.get('caller').permissions.canRead(object.name))
    return refused(saveError('INVALID_TYPE', `sObject type '${type.data.type}' is not supported.`));
  if (operation === 'insert') return { operation, object, body: rest };
  const { id, body } = takeKey(rest, 'id');
  if (typeof id !== 'string' || id === '')
    return refused(saveError('MISSING_ARGUMENT', 'Id not specified in an update call'));
  if (!isRecordId(id) || objectOfId(services.org.model, id) !== object)
    return refused(
      saveError('MALFORMED_ID', `${object.label} ID: id value of incorrect type: ${id}`, ['Id']),
    );
  return { operation, object, id: toId18(id), body };
}

function takeKey(record: RecordBody, name: string): { id: unknown; body: RecordBody } {
  const found = Object.keys(record).find((key) => key.toLowerCase() === name.toLowerCase());
  if (found === undefined) return { id: undefined, body: record };
  const { [found]: id, ...body } = record;
  return { id, body };
}

/** Inside collections the key is `statusCode`; a failed row has no id. */
function resultBody({ id, success, errors }: SaveResult) {
  const shown = errors.map(({ statusCode, message, fields }) => ({ statusCode, message, fields }));
  return success ? { id, success, errors: shown } : { success, errors: shown };
}

function deleteMany(services: Services, context: OrgContext): Response {
  const ids = (context.req.query('ids') ?? '').split(',').filter((id) => id !== '');
  refuseTooMany(ids.length);
  const allOrNone = context.req.query('allOrNone') === 'true';
  const plans = ids.map((id): SaveInput => {
    const object = isRecordId(id) ? objectOfId(services.org.model, id) : undefined;
    if (object === undefined) return refused(saveError('MALFORMED_ID', `malformed id ${id}`));
    return { operation: 'delete', object, id: toId18(id) };
  });
  const results = saveRecords(saveContext(services, context), plans, { allOrNone });
  return context.json(results.map(resultBody));
}

async function upsertMany(services: Services, context: OrgContext): Promise<Response> {
  const object = visibleObject(services, context);
  const field = keyField(object, context.req.param('field') ?? '');
  const { records, allOrNone } = await readCollection(context);
  const inputs = records.map(({ attributes: _, ...record }) => {
    const { id: key, body } = takeKey(record, field.name);
    return { key: key ?? null, body };
  });
  const results = upsertRecords(saveContext(services, context), object, field, inputs, {
    allOrNone,
  });
  return context.json(
    results.map((result: SaveResult) =>
      result.success ? { ...resultBody(result), created: result.created } : resultBody(result),
    ),
  );
}

const Retrieve = z.object({ ids: z.array(z.string()), fields: z.array(z.string()) });

async function retrieveMany(services: Services, context: OrgContext): Promise<Response> {
  const { ids, fields } = await readJson(context, Retrieve);
  return context.json(retrieve(services, context, ids, fields));
}

/** Records in the order of `ids`, null where there is none. */
function retrieve(
  services: Services,
  context: OrgContext,
  ids: readonly string[],
  fields: readonly string[],
): unknown[] {
  const object = visibleObject(services, context);
  if (ids.length === 0 || fields.length === 0)
    throw new ApiError(400, 'MISSING_ARGUMENT', 'ids and fields are required');
  for (const field of fields)
    if (findField(object, field.split('.')[0]!) === undefined && !field.includes('.'))
      throw new ApiError(400, 'INVALID_FIELD', `No such column '${field}' on sobject of type ${object.name}`);
  const known = ids.filter(isRecordId).map((id) => `'${toId18(id)}'`);
  const selected = [...new Set(['Id', ...fields])].join(', ');
  const { records } = query(
    services,
    context,
    `SELECT ${selected} FROM ${object.name} WHERE Id IN (${known.join(', ')})`,
  );
  const byId = new Map(records.map((record) => [String(record['Id']), record]));
  return ids.map((id) => byId.get(isRecordId(id) ? toId18(id) : id) ?? null);
}
