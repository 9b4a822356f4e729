import type { Hono } from 'hono';
import { z } from 'zod';
import { ApiError, notFound } from '../api-error.ts';
import { deployResult, requireDeployer } from '../deploy/deploy-result.ts';
import { toId18 } from '../store/record-id.ts';
import type { OrgEnv, Services } from './services.ts';

const Flag = z.union([z.boolean(), z.stringbool()]);
const EntityContent = z.object({
  deployOptions: z
    .object({
      checkOnly: Flag.default(false),
      rollbackOnError: Flag.default(true),
      ignoreWarnings: Flag.default(false),
    })
    .prefault({}),
});

/** Metadata deploy over REST. https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_rest_deploy.htm */
export function deployRoutes(app: Hono<OrgEnv>, services: Services): void {
  app.post('/metadata/deployRequest', async (context) => {
    const caller = context.get('caller');
    requireDeployer(caller);
    const form = await context.req.formData().catch(() => undefined);
    const content = form?.get('entity_content') ?? form?.get('json');
    const file = form?.get('file');
    if (content === null || content === undefined || !(file instanceof Blob))
      throw new ApiError(
        400,
        'INVALID_MULTIPART_REQUEST',
        'A deploy needs the parts entity_content (JSON) and file (zip).',
      );
    const options = readOptions(typeof content === 'string' ? content : await content.text());
    const deployment = services.deployments.start(
      new Uint8Array(await file.arrayBuffer()),
      options,
      caller.userId,
    );
    return context.json({ id: deployment.id, validatedDeployRequestId: null, deployOptions: options }, 201);
  });
  // An org without source tracking has no such object; the sf CLI asks before a retrieve.
  app.get('/tooling/sobjects/SourceMember/describe', () => {
    throw notFound();
  });
  app.get('/metadata/deployRequest/:id', (context) => {
    const deployment = services.deployments.find(toId18(context.req.param('id')));
    if (deployment === undefined) throw notFound();
    const withDetails = context.req.query('includeDetails') === 'true';
    return context.json({
      id: deployment.id,
      validatedDeployRequestId: null,
      deployOptions: deployment.options,
      deployResult: deployResult(deployment, withDetails),
    });
  });
}

function readOptions(text: string): z.infer<typeof EntityContent>['deployOptions'] {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new ApiError(400, 'JSON_PARSER_ERROR', error instanceof Error ? error.message : String(error));
  }
  const parsed = EntityContent.safeParse(json);
  if (parsed.success) return parsed.data.deployOptions;
  throw new ApiError(400, 'JSON_PARSER_ERROR', parsed.error.issues[0]!.message);
}
