import { createHash } from 'node:crypto';
import type { Hono } from 'hono';
import { ApiError, notFound } from '../api-error.ts';
import { findField } from '../model-index.ts';
import { toId18 } from '../store/record-id.ts';
import { MASTER_RECORD_TYPE, objectInfo, picklistValues } from '../ui-api/object-info.ts';
import { visibleObject } from './records.ts';
import type { OrgContext, OrgEnv, Services } from './services.ts';

/** Schema for pages. https://developer.salesforce.com/docs/atlas.en-us.uiapi.meta/uiapi/ui_api_resources_object_info.htm */
export function uiObjectInfoRoutes(app: Hono<OrgEnv>, services: Services): void {
  const root = '/ui-api/object-info/:object';
  app.get(root, (context) => {
    const object = visibleObject(services, context);
    return context.json(tagged(objectInfo(services.org.model, object, context.get('caller').permissions)));
  });
  app.get(`${root}/picklist-values/:recordType`, (context) => {
    requireMaster(context);
    const object = visibleObject(services, context);
    const { permissions } = context.get('caller');
    const fields = [...object.fields.values()].filter(
      ({ name, picklist }) => picklist !== null && permissions.canReadField(object.name, name),
    );
    const version = context.get('version');
    const picklistFieldValues = Object.fromEntries(
      fields.map((field) => [field.name, tagged(picklistValues(object, field, version))]),
    );
    return context.json(tagged({ picklistFieldValues }));
  });
  app.get(`${root}/picklist-values/:recordType/:field`, (context) => {
    requireMaster(context);
    const object = visibleObject(services, context);
    const field = findField(object, context.req.param('field'));
    const { permissions } = context.get('caller');
    if (field?.picklist == null || !permissions.canReadField(object.name, field.name)) throw notFound();
    return context.json(tagged(picklistValues(object, field, context.get('version'))));
  });
}

function requireMaster(context: OrgContext): void {
  const recordType = context.req.param('recordType') ?? '';
  if (toId18(recordType) === MASTER_RECORD_TYPE) return;
  throw new ApiError(
    400,
    'ILLEGAL_QUERY_PARAMETER_VALUE',
    `The local org has no record types but ${MASTER_RECORD_TYPE}, not ${recordType}.`,
  );
}

const tagged = <T extends object>(body: T): T & { eTag: string } => ({
  ...body,
  eTag: createHash('md5').update(JSON.stringify(body)).digest('hex'),
});
