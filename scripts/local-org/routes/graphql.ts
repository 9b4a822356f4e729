import type { Hono } from 'hono';
import { z } from 'zod';
import type { ObjectModel } from '../../metadata/model.ts';
import { executeGraphql } from '../graphql/execute-graphql.ts';
import type { SaveOutcome, SavePort, SaveStep } from '../graphql/save-port.ts';
import type { SaveContext } from '../save/save-context.ts';
import { saveRecords, type SaveInput } from '../save/save-records.ts';
import { objectInfo } from '../ui-api/object-info.ts';
import { readJson } from './json-body.ts';
import { saveContext, type OrgEnv, type Services } from './services.ts';

const GraphqlRequest = z.object({
  query: z.string(),
  variables: z.record(z.string(), z.unknown()).nullish(),
  operationName: z.string().nullish(),
});

/** Answers 200 even for most errors. https://developer.salesforce.com/docs/platform/graphql/guide/query-status.html */
export function graphqlRoutes(app: Hono<OrgEnv>, services: Services): void {
  app.post('/graphql', async (context) => {
    const { query, variables = null, operationName = null } = await readJson(context, GraphqlRequest);
    const caller = context.get('caller');
    const { store, model } = services.org;
    const viewing = {
      database: store.database,
      model,
      viewer: caller.viewer,
      access: caller.permissions,
      apiVersion: context.get('version'),
      includeDeleted: false,
    };
    const save = savePort(saveContext(services, context));
    const describe = (object: ObjectModel) => objectInfo(model, object, caller.permissions);
    return context.json(executeGraphql({ query, variables, operationName }, viewing, save, describe));
  });
}

const savePort = (context: SaveContext): SavePort => ({
  transaction: (work, keep) => context.store.transaction(work, keep),
  save: (step) => saveOne(context, step),
});

function saveOne(context: SaveContext, step: SaveStep): SaveOutcome {
  const [result] = saveRecords(context, [toInput(step)], { allOrNone: true });
  const { id, errors } = result!;
  if (result!.success && id !== null) return { id };
  return { errors: errors.map(({ statusCode, message }) => ({ code: statusCode, message })) };
}

function toInput(step: SaveStep): SaveInput {
  const { object } = step;
  switch (step.operation) {
    case 'create':
      return { operation: 'insert', object, body: step.fields };
    case 'update':
      return { operation: 'update', object, id: step.id, body: step.fields };
    case 'delete':
      return { operation: 'delete', object, id: step.id };
  }
}
