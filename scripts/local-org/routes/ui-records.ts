import type { Hono } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { z } from 'zod';
import type { ObjectModel } from '../../metadata/model.ts';
import { ApiError, notFound, notImplemented } from '../api-error.ts';
import { objectOfId } from '../model-index.ts';
import { saveError, type SaveError } from '../save/save-error.ts';
import { saveRecords, type SaveInput } from '../save/save-records.ts';
import { isRecordId, toId18 } from '../store/record-id.ts';
import { quoted } from '../store/store.ts';
import { readFieldPaths } from '../ui-api/field-paths.ts';
import { representRecord, selectedColumns } from '../ui-api/record-representation.ts';
import { errorWithOutput } from '../ui-api/write-error.ts';
import { readJson, RecordBody } from './json-body.ts';
import { query } from './query.ts';
import { visibleObject } from './records.ts';
import { saveContext, type OrgContext, type OrgEnv, type Services } from './services.ts';

const NewRecord = z.object({ apiName: z.string(), fields: RecordBody });
const ChangedRecord = z.object({ fields: RecordBody });

/** One record as pages read and write it. https://developer.salesforce.com/docs/atlas.en-us.uiapi.meta/uiapi/ui_api_resources_record_get.htm */
export function uiRecordRoutes(app: Hono<OrgEnv>, services: Services): void {
  app.get('/ui-api/records/:id', (context) => {
    const id = recordId(context);
    if (context.req.query('layoutTypes') !== undefined) throw notImplemented('layoutTypes of UI API records');
    const [fields, optionalFields] = [listOf(context, 'fields'), listOf(context, 'optionalFields')];
    if (fields.length + optionalFields.length === 0)
      throw new ApiError(400, 'MISSING_ARGUMENT', 'fields, optionalFields or layoutTypes must be given');
    return context.json(
      readRecord(services, context, objectOf(services, context, id), id, fields, optionalFields),
    );
  });
  app.post('/ui-api/records', async (context) => {
    const { apiName, fields } = await readJson(context, NewRecord);
    const object = visibleObject(services, context, apiName);
    return save(services, context, { operation: 'insert', object, body: fields }, fields);
  });
  app.patch('/ui-api/records/:id', async (context) => {
    const id = recordId(context);
    const { fields } = await readJson(context, ChangedRecord);
    const object = objectOf(services, context, id);
    const { Id: _, ...body } = fields;
    const collision = findCollision(services, context, object, id);
    if (collision !== null) return refuse(context, object, [collision]);
    return save(services, context, { operation: 'update', object, id, body }, body);
  });
  app.delete('/ui-api/records/:id', (context) => {
    const id = recordId(context);
    const object = objectOf(services, context, id);
    return save(services, context, { operation: 'delete', object, id }, {});
  });
}

const listOf = (context: OrgContext, name: string): string[] =>
  (context.req.query(name) ?? '').split(',').filter((part) => part.trim() !== '');

function recordId(context: OrgContext): string {
  const id = context.req.param('id') ?? '';
  if (isRecordId(id)) return toId18(id);
  throw new ApiError(400, 'ILLEGAL_QUERY_PARAMETER_VALUE', `recordId should be a valid record ID: ${id}`);
}

function objectOf({ org }: Services, context: OrgContext, id: string): ObjectModel {
  const object = objectOfId(org.model, id);
  if (object === undefined || !context.get('caller').permissions.canRead(object.name)) throw notFound();
  return object;
}

function readRecord(
  services: Services,
  context: OrgContext,
  object: ObjectModel,
  id: string,
  fields: readonly string[],
  optionalFields: readonly string[],
) {
  const { model } = services.org;
  const { permissions: access, viewer } = context.get('caller');
  const tree = readFieldPaths({ model, access }, object, fields, optionalFields);
  const columns = selectedColumns(model, object, tree).join(', ');
  const { records } = query(services, context, `SELECT ${columns} FROM ${object.name} WHERE Id = '${id}'`);
  if (records[0] === undefined) throw notFound();
  return representRecord(model, object, tree, records[0], viewer.timeZone);
}

function save(services: Services, context: OrgContext, input: SaveInput, sent: RecordBody): Response {
  if (input.operation === 'refused') throw new TypeError('A refused input is no write of the UI API');
  const { object } = input;
  const [result] = saveRecords(saveContext(services, context), [input], { allOrNone: true });
  const { id, errors } = result!;
  if (!result!.success || id === null) return refuse(context, object, errors);
  if (input.operation === 'delete') return context.body(null, 204);
  // The platform answers the layout's fields; without layouts these are the ones sent, and the name.
  const named = object.fields.has('Name') ? ['Name'] : [];
  const shown = [...named, ...Object.keys(sent)].map((field) => `${object.name}.${field}`);
  const record = readRecord(services, context, object, id, [], shown);
  return context.json(record, input.operation === 'insert' ? 201 : 200);
}

const refuse = (context: OrgContext, object: ObjectModel, errors: readonly SaveError[]): Response => {
  const body = errorWithOutput(object, errors);
  return context.json(body, body.statusCode as ContentfulStatusCode);
};

/**
 * `ifUnmodifiedSince` of updateRecord, to the precision of the header. Code and text: glade-sh/glade, a capture of
 * an org at API 59; the status is ours.
 */
function findCollision(
  { org }: Services,
  context: OrgContext,
  object: ObjectModel,
  id: string,
): SaveError | null {
  const header = context.req.header('if-unmodified-since');
  if (header === undefined) return null;
  const since = Date.parse(header);
  if (Number.isNaN(since))
    throw new ApiError(400, 'INVALID_HEADER', `Invalid date in If-Unmodified-Since: ${header}`);
  const row = org.store.get(
    `SELECT r."LastModifiedDate" AS "at", u."Name" AS "who" FROM ${quoted(object.name)} r LEFT JOIN "User" u ON u."Id" = r."LastModifiedById" WHERE r."Id" = ?`,
    id,
  );
  if (row === undefined) return null;
  const precisionMs = /\.\d{3}/.test(header) ? 1 : 1000;
  if (Math.floor(Date.parse(String(row['at'])) / precisionMs) * precisionMs <= since) return null;
  return saveError(
    'CollisionDetectedException',
    `This record was modified by ${row['who'] ?? 'another user'} during your edit session. Make a note of the data you entered, then reload the record and enter your updates again.`,
    [],
    409,
  );
}
