import type { Hono } from 'hono';
import type { ObjectModel } from '../../metadata/model.ts';
import { ApiError, notFound } from '../api-error.ts';
import { findField, findObject } from '../model-index.ts';
import { findByKey } from '../save/read-values.ts';
import type { SaveResult } from '../save/save-error.ts';
import { saveRecords } from '../save/save-records.ts';
import { upsertRecords } from '../save/upsert-records.ts';
import { isRecordId, toId18 } from '../store/record-id.ts';
import { quoted } from '../store/store.ts';
import { saveErrorResponse } from './error-response.ts';
import { readJson, RecordBody } from './json-body.ts';
import { query } from './query.ts';
import { saveContext, type OrgContext, type OrgEnv, type Services } from './services.ts';

/** One record at a time. https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_sobject_retrieve.htm */
export function recordRoutes(app: Hono<OrgEnv>, services: Services): void {
  const root = '/sobjects/:object';
  app.post(root, async (context) => {
    const object = visibleObject(services, context);
    const body = await readJson(context, RecordBody);
    const [result] = saveRecords(saveContext(services, context), [{ operation: 'insert', object, body }], {
      allOrNone: true,
    });
    if (!result!.success) return saveErrorResponse(result!.errors, context);
    const location = `/services/data/v${context.get('version')}/sobjects/${object.name}/${result!.id}`;
    return context.json(success(result!), 201, { location });
  });
  app.get(`${root}/:id`, (context) => {
    const object = visibleObject(services, context);
    return context.json(readRecord(services, context, object, recordId(context)));
  });
  app.patch(`${root}/:id`, async (context) => {
    const object = visibleObject(services, context);
    const id = recordId(context);
    const body = await readJson(context, RecordBody);
    refuseIfModified(services, context, object, id);
    return change(services, context, { operation: 'update', object, id, body });
  });
  app.delete(`${root}/:id`, (context) =>
    change(services, context, {
      operation: 'delete',
      object: visibleObject(services, context),
      id: recordId(context),
    }),
  );
  app.get(`${root}/:field/:value`, (context) => {
    const object = visibleObject(services, context);
    return context.json(readRecord(services, context, object, idByKey(services, context, object)));
  });
  app.patch(`${root}/:field/:value`, (context) => upsert(services, context));
  app.delete(`${root}/:field/:value`, (context) => {
    const object = visibleObject(services, context);
    return change(services, context, { operation: 'delete', object, id: idByKey(services, context, object) });
  });
}

/** The object of the path; one that the caller may not read does not exist for it. */
export function visibleObject(
  { org }: Services,
  context: OrgContext,
  name = context.req.param('object') ?? '',
): ObjectModel {
  const object = findObject(org.model, name);
  if (object === undefined || !context.get('caller').permissions.canRead(object.name)) throw notFound();
  return object;
}

function recordId(context: OrgContext): string {
  const id = context.req.param('id') ?? '';
  if (isRecordId(id)) return toId18(id);
  throw new ApiError(
    404,
    'NOT_FOUND',
    `Provided external ID field does not exist or is not accessible: ${id}`,
  );
}

const success = ({ id }: SaveResult) => ({ id, success: true, errors: [] });

function change(
  services: Services,
  context: OrgContext,
  input: Parameters<typeof saveRecords>[1][number],
): Response {
  const [result] = saveRecords(saveContext(services, context), [input], { allOrNone: true });
  return result!.success ? context.body(null, 204) : saveErrorResponse(result!.errors, context);
}

/** Optimistic locking: If-Unmodified-Since works on rows of any object, to the second. */
function refuseIfModified({ org }: Services, context: OrgContext, object: ObjectModel, id: string): void {
  const header = context.req.header('if-unmodified-since');
  if (header === undefined) return;
  const since = Date.parse(header);
  if (Number.isNaN(since))
    throw new ApiError(400, 'INVALID_HEADER', `Invalid date in If-Unmodified-Since: ${header}`);
  const row = org.store.get(`SELECT "LastModifiedDate" FROM ${quoted(object.name)} WHERE "Id" = ?`, id);
  const modified = Math.floor(Date.parse(String(row?.['LastModifiedDate'])) / 1000) * 1000;
  if (modified > since)
    throw new ApiError(
      412,
      'PRECONDITION_FAILED',
      'The record was modified since the time of If-Unmodified-Since',
    );
}

function readRecord(services: Services, context: OrgContext, object: ObjectModel, id: string): unknown {
  const asked = context.req.query('fields');
  const { permissions } = context.get('caller');
  const all = [...object.fields.keys()].filter((field) => permissions.canReadField(object.name, field));
  const fields = asked === undefined ? all.join(', ') : asked;
  const { records } = query(services, context, `SELECT ${fields} FROM ${object.name} WHERE Id = '${id}'`);
  if (records[0] !== undefined) return records[0];
  const row = services.org.store.get(`SELECT "IsDeleted" FROM ${quoted(object.name)} WHERE "Id" = ?`, id);
  if (row?.['IsDeleted'] === 1) throw new ApiError(404, 'ENTITY_IS_DELETED', 'entity is deleted', []);
  throw notFound();
}

export function keyField(object: ObjectModel, name: string) {
  const field = findField(object, name);
  if (field !== undefined && (field.isExternalId || field.kind === 'Id')) return field;
  throw new ApiError(
    404,
    'NOT_FOUND',
    `Provided external ID field does not exist or is not accessible: ${name}`,
  );
}

function idByKey(services: Services, context: OrgContext, object: ObjectModel): string {
  const field = keyField(object, context.req.param('field') ?? '');
  const ids = findByKey(saveContext(services, context), object, field, context.req.param('value') ?? '');
  if (ids.length === 0) throw notFound();
  if (ids.length > 1)
    throw new MultipleChoices(
      ids.map((id) => `/services/data/v${context.get('version')}/sobjects/${object.name}/${id}`),
    );
  return ids[0]!;
}

/** 300 is answered with the addresses of the candidates, not with errors. */
export class MultipleChoices extends Error {
  readonly urls: readonly string[];

  constructor(urls: readonly string[]) {
    super('The external id matches several records');
    this.urls = urls;
  }
}

async function upsert(services: Services, context: OrgContext): Promise<Response> {
  const object = visibleObject(services, context);
  const field = keyField(object, context.req.param('field') ?? '');
  const key = context.req.param('value') ?? '';
  const body = await readJson(context, RecordBody);
  const save = saveContext(services, context);
  const ids = field.kind === 'Id' ? [] : findByKey(save, object, field, key);
  if (ids.length > 1)
    throw new MultipleChoices(
      ids.map((id) => `/services/data/v${context.get('version')}/sobjects/${object.name}/${id}`),
    );
  const updateOnly = context.req.query('updateOnly') === 'true';
  const [result] = upsertRecords(save, object, field, [{ key, body }], { allOrNone: true, updateOnly });
  if (!result!.success) return saveErrorResponse(result!.errors, context);
  return context.json({ ...success(result!), created: result!.created }, result!.created ? 201 : 200);
}
