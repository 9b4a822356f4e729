import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { MiddlewareHandler } from 'hono';
import { ApiError } from '../api-error.ts';
import type { FaultSpec } from '../faults/fault-spec.ts';
import { bearerToken } from './authenticate.ts';
import type { OrgContext, OrgEnv, Services } from './services.ts';

/** Until the first half of a broken answer is on its way. */
const HALF_SENT_MS = 10;

/** Lets a request meet the fault that was ordered for it. The control routes themselves meet none. */
export const injectFault =
  (services: Services): MiddlewareHandler<OrgEnv> =>
  async (context, next) => {
    const { pathname, search } = new URL(context.req.url);
    const isInner = context.env?.inner !== undefined;
    if (isInner || pathname.startsWith('/local-org')) return next();
    const fault = services.faults.take(`${context.req.method} ${pathname}${search}`);
    return fault === null ? next() : meet(fault, services, context, next);
  };

async function meet(
  fault: FaultSpec,
  { sessions, usage }: Services,
  context: OrgContext,
  next: () => Promise<void>,
): Promise<Response | void> {
  switch (fault.kind) {
    case 'answer':
      if (fault.when === 'after') await next();
      throw new ApiError(fault.status, fault.errorCode, fault.message);
    case 'drop':
      if (fault.when !== 'before') await next();
      if (fault.when === 'during') return void (context.res = await brokenOff(context, fault.how));
      return hangUp(context, fault.how);
    case 'slow':
      await sleep(fault.milliseconds);
      return next();
    case 'expiredSession':
      sessions.end(bearerToken(context));
      return next();
    case 'truncated':
      await next();
      context.res = await shortened(context.res, fault.keep);
      return;
    case 'limitReached':
      usage.exhaust();
      return next();
    default:
      context.set('fault', fault);
      return next();
  }
}

function socketOf(context: OrgContext): Socket {
  const socket = context.env?.incoming?.socket;
  if (socket === undefined) throw new TypeError('Only a request over the network can be dropped');
  context.set('isDropped', true);
  return socket;
}

function hangUp(context: OrgContext, how: 'reset' | 'close'): Response {
  const socket = socketOf(context);
  if (how === 'reset') socket.resetAndDestroy();
  else socket.destroy();
  return RESPONSE_ALREADY_SENT;
}

/** An answer without a body (204) has nothing to lose, and may not be given one. */
async function shortened(response: Response, keep: number): Promise<Response> {
  if (response.body === null) return response;
  const bytes = new Uint8Array(await response.arrayBuffer());
  const headers = new Headers(response.headers);
  headers.delete('content-length');
  return new Response(bytes.slice(0, Math.floor(bytes.length * keep)), { status: response.status, headers });
}

/** Half of the body, then the connection breaks; of an answer without a body nothing arrives. */
async function brokenOff(context: OrgContext, how: 'reset' | 'close'): Promise<Response> {
  const response = context.res;
  if (response.body === null) return hangUp(context, how);
  const socket = socketOf(context);
  const bytes = new Uint8Array(await response.arrayBuffer());
  const half = bytes.slice(0, Math.ceil(bytes.length / 2));
  const headers = new Headers(response.headers);
  headers.set('content-length', String(bytes.length));
  const body = new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      controller.enqueue(half);
      await sleep(HALF_SENT_MS);
      socket.resetAndDestroy();
      controller.close();
    },
  });
  return new Response(body, { status: response.status, headers });
}
