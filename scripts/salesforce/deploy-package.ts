import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { API_VERSION } from './client.ts';
import type { Login } from './connect.ts';
import { ConfigError, FatalError } from './pilot-error.ts';
import { sameOrigin } from './same-origin.ts';

const started = z.object({ id: z.string() });
const failure = z.object({ fileName: z.string(), lineNumber: z.number().nullish(), problem: z.string() });
const polled = z.object({
  deployResult: z.object({
    done: z.boolean(),
    success: z.boolean(),
    numberComponentsDeployed: z.number(),
    numberComponentsTotal: z.number(),
    details: z.object({ componentFailures: z.array(failure).optional() }).nullish(),
  }),
});

/**
 * Deploys a package zip through the Metadata REST API, all or nothing, and waits for the end.
 * https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_rest_deploy.htm
 * @returns how many components were deployed
 * @throws ConfigError DEPLOY_FAILED with every component that was refused
 */
export async function deployPackage(
  login: Login,
  zip: Uint8Array,
  onProgress: (done: number, total: number) => void,
  { checkOnly = false }: { readonly checkOnly?: boolean } = {},
): Promise<number> {
  const url = sameOrigin(login.instanceUrl, `/services/data/v${API_VERSION}/metadata/deployRequest`);
  const headers = { authorization: `Bearer ${login.accessToken}` };
  const form = new FormData();
  const options = { deployOptions: { rollbackOnError: true, checkOnly, singlePackage: true } };
  form.set('json', new Blob([JSON.stringify(options)], { type: 'application/json' }));
  form.set('file', new Blob([new Uint8Array(zip)], { type: 'application/zip' }), 'package.zip');
  const { id } = started.parse(await answer(await fetch(url, { method: 'POST', headers, body: form })));
  for (let waitMs = 100; ; waitMs = Math.min(waitMs * 2, 5_000)) {
    const { deployResult } = polled.parse(
      await answer(await fetch(`${url}/${id}?includeDetails=true`, { headers })),
    );
    onProgress(deployResult.numberComponentsDeployed, deployResult.numberComponentsTotal);
    if (!deployResult.done) await sleep(waitMs);
    else if (deployResult.success) return deployResult.numberComponentsDeployed;
    else throw refused(deployResult.details?.componentFailures ?? []);
  }
}

async function answer(response: Response): Promise<unknown> {
  const text = await response.text();
  if (response.ok) return JSON.parse(text);
  throw new FatalError(
    'DEPLOY_REFUSED',
    `The org answered ${response.status} to the deploy: ${text.slice(0, 300)}`,
    {
      actions: ['Deploying needs a user with Modify Metadata Through Metadata API Functions.'],
    },
  );
}

function refused(failures: readonly z.infer<typeof failure>[]): ConfigError {
  const list = failures.map(
    ({ fileName, lineNumber, problem }) => `${fileName}${lineNumber ? `:${lineNumber}` : ''} ${problem}`,
  );
  return new ConfigError(
    'DEPLOY_FAILED',
    `The org refused ${failures.length} components; nothing was changed:\n  ${list.join('\n  ')}`,
    {
      actions: ['Run npm run verify: it names file, line and fix.'],
    },
  );
}
