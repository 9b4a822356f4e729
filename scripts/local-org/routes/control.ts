import type { Hono } from 'hono';
import { ApiError } from '../api-error.ts';
import { FaultSpec } from '../faults/faults.ts';
import { readJson } from './json-body.ts';
import type { OrgEnv, Services } from './services.ts';

/** What no real org has: the log of requests and faults on demand. Meant for tests; no token is asked. */
export function controlRoutes(app: Hono<OrgEnv>, { log, faults, org }: Services): void {
  app.get('/local-org', (context) =>
    context.json({ organizationId: org.organizationId, now: org.clock.now().toISOString() }),
  );
  app.get('/local-org/requests', (context) => context.json({ requests: log.entries() }));
  app.delete('/local-org/requests', (context) => {
    log.clear();
    return context.body(null, 204);
  });
  app.post('/local-org/faults', async (context) => {
    const spec = await readJson(context, FaultSpec);
    try {
      faults.add(spec);
    } catch (error) {
      throw new ApiError(
        400,
        'INVALID_FAULT',
        `match is no regular expression: ${error instanceof Error ? error.message : ''}`,
      );
    }
    return context.body(null, 204);
  });
  app.delete('/local-org/faults', (context) => {
    faults.clear();
    return context.body(null, 204);
  });
}
