import type { Context } from 'hono';
import { ApiError } from '../api-error.ts';
import { loadCaller, type Caller } from '../security/caller.ts';
import type { Services } from './services.ts';

export const bearerToken = (context: Context): string =>
  /^(?:Bearer|OAuth)\s+(\S+)$/i.exec(context.req.header('authorization') ?? '')?.[1] ?? '';

/** The user of an access token. @throws ApiError 401 INVALID_SESSION_ID */
export function requireCaller({ org, sessions }: Services, token: string): Caller {
  const userId = sessions.userOf(token);
  if (userId === undefined) throw new ApiError(401, 'INVALID_SESSION_ID', 'Session expired or invalid');
  return loadCaller(org, userId);
}
