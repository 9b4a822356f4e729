import type { Hono } from 'hono';
import { z } from 'zod';
import { ApiError } from '../api-error.ts';
import { flowFaultsOf, notificationsOf } from '../flow/flow-log.ts';
import { FaultSpec } from '../faults/fault-spec.ts';
import { lockForApproval, releaseFromApproval } from '../security/approval-locks.ts';
import { isRecordId, toId18 } from '../store/record-id.ts';
import { readJson } from './json-body.ts';
import type { OrgEnv, Services } from './services.ts';

const EndedSession = z.union([
  z.strictObject({ accessToken: z.string() }),
  z.strictObject({ username: z.string() }),
]);

/** What no real org has: the log of requests, faults on demand, tokens that expire, approvals without a process. Meant for tests; no token is asked. */
export function controlRoutes(
  app: Hono<OrgEnv>,
  { log, faults, org, sessions, turns, usage, asyncPaths }: Services,
): void {
  const userIdOf = (username: string): string => {
    const user = org.store.get('SELECT "Id" FROM "User" WHERE "Username" = ? COLLATE NOCASE', username);
    if (user === undefined) throw new ApiError(404, 'NOT_FOUND', `There is no user ${username}`);
    return String(user['Id']);
  };
  app.get('/local-org', (context) =>
    context.json({ organizationId: org.organizationId, now: org.clock.now().toISOString() }),
  );
  app.post('/local-org/refresh-tokens', async (context) => {
    const { username } = await readJson(context, z.object({ username: z.string() }));
    return context.json({ refreshToken: sessions.openRefresh(userIdOf(username)) });
  });
  app.post('/local-org/expire', async (context) => {
    const ended = await readJson(context, EndedSession);
    if ('username' in ended) sessions.endAll(userIdOf(ended.username));
    else sessions.end(ended.accessToken);
    return context.body(null, 204);
  });
  app.post('/local-org/approvals', async (context) => {
    const { recordId } = await readJson(context, z.object({ recordId: z.string().refine(isRecordId) }));
    lockForApproval(org.store, toId18(recordId));
    return context.body(null, 204);
  });
  app.delete('/local-org/approvals/:id', (context) => {
    releaseFromApproval(org.store, toId18(context.req.param('id')));
    return context.body(null, 204);
  });
  app.get('/local-org/requests', (context) => context.json({ requests: log.entries() }));
  app.delete('/local-org/requests', (context) => {
    log.clear();
    return context.body(null, 204);
  });
  app.get('/local-org/notifications', (context) =>
    context.json({ notifications: notificationsOf(org.store) }),
  );
  app.get('/local-org/flow-faults', (context) => context.json({ flowFaults: flowFaultsOf(org.store) }));
  app.post('/local-org/async/run', async (context) =>
    context.json({ ran: await turns.take(() => Promise.resolve(asyncPaths.run())) }),
  );
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
  app.get('/local-org/faults', (context) => context.json({ faults: faults.active() }));
  app.delete('/local-org/faults', (context) => {
    faults.clear();
    usage.restore();
    return context.body(null, 204);
  });
}
