import { createHmac } from 'node:crypto';
import type { Context, Hono } from 'hono';
import { z } from 'zod';
import { ApiError } from '../api-error.ts';
import { loadCaller } from '../security/caller.ts';
import { bearerToken, requireCaller } from './authenticate.ts';
import type { OrgEnv, Services } from './services.ts';

/** The one client secret of the local org. It protects nothing: the server answers this machine only. */
const CLIENT_SECRET = 'local-org';

const JwtClaims = z.object({ sub: z.string(), iss: z.string(), exp: z.number() });

/** Token, user information and identity. https://help.salesforce.com/s/articleView?id=xcloud.remoteaccess_oauth_flows.htm */
export function oauthRoutes(app: Hono<OrgEnv>, services: Services): void {
  app.post('/services/oauth2/token', async (context) => {
    const form = new URLSearchParams(await context.req.text());
    const username = usernameOf(services, form, context.req.header('authorization'));
    if (typeof username !== 'string') return context.json(username, 400);
    const user = findUser(services, username);
    if (user === undefined)
      return context.json(denied('invalid_grant', `user ${username} does not exist or is inactive`), 400);
    return context.json(tokenResponse(services, user, baseUrl(context)));
  });
  app.get('/services/oauth2/userinfo', (context) => {
    const { userId } = requireCaller(services, bearerToken(context));
    return context.json(identity(services, userId, baseUrl(context)));
  });
  app.get('/id/:organization/:user', (context) => {
    requireCaller(services, context.req.query('oauth_token') ?? bearerToken(context));
    if (context.req.param('organization').slice(0, 15) !== services.org.organizationId.slice(0, 15))
      throw new ApiError(404, 'NOT_FOUND', 'The requested resource does not exist');
    return context.json(identity(services, context.req.param('user'), baseUrl(context)));
  });
}

export const baseUrl = (context: Context): string =>
  `http://${context.req.header('host') ?? new URL(context.req.url).host}`;

const denied = (error: string, description: string) => ({ error, error_description: description });

/** The user that the grant names, or the refusal. */
function usernameOf(
  { org, sessions }: Services,
  form: URLSearchParams,
  authorization: string | undefined,
): string | ReturnType<typeof denied> {
  const [basicId, basicSecret] = basicCredentials(authorization);
  switch (form.get('grant_type')) {
    case 'client_credentials': {
      if ((form.get('client_secret') ?? basicSecret) !== CLIENT_SECRET)
        return denied('invalid_client', 'invalid client credentials');
      return form.get('client_id') ?? basicId ?? denied('invalid_client_id', 'client identifier invalid');
    }
    case 'urn:ietf:params:oauth:grant-type:jwt-bearer':
      return usernameOfAssertion(form.get('assertion') ?? '');
    case 'refresh_token': {
      const userId = sessions.userOfRefresh(form.get('refresh_token') ?? '');
      // Recorded: restforce spec/fixtures.
      if (userId === undefined) return denied('invalid_grant', 'expired access/refresh token');
      return String(
        org.store.get('SELECT "Username" FROM "User" WHERE "Id" = ?', userId)?.['Username'] ?? '',
      );
    }
    default:
      return denied('unsupported_grant_type', 'grant type not supported');
  }
}

function basicCredentials(authorization: string | undefined): [string?, string?] {
  const [, encoded] = /^Basic (.+)$/i.exec(authorization ?? '') ?? [];
  if (encoded === undefined) return [];
  const [id, ...secret] = Buffer.from(encoded, 'base64').toString().split(':');
  return [decodeURIComponent(id ?? ''), decodeURIComponent(secret.join(':'))];
}

/** The signature is not checked: no certificate is registered here. Clients send `exp` in milliseconds as well. */
function usernameOfAssertion(assertion: string): string | ReturnType<typeof denied> {
  try {
    const claims = JwtClaims.parse(
      JSON.parse(Buffer.from(assertion.split('.')[1] ?? '', 'base64url').toString()),
    );
    return claims.sub;
  } catch {
    return denied('invalid_grant', 'invalid assertion');
  }
}

interface UserRow {
  readonly id: string;
  readonly username: string;
}

function findUser({ org }: Services, username: string): UserRow | undefined {
  const row = org.store.get(
    'SELECT "Id", "Username" FROM "User" WHERE "Username" = ? COLLATE NOCASE AND "IsActive" = 1',
    username,
  );
  return row === undefined ? undefined : { id: String(row['Id']), username: String(row['Username']) };
}

function tokenResponse({ org, sessions }: Services, user: UserRow, base: string) {
  const id = `${base}/id/${org.organizationId}/${user.id}`;
  const issuedAt = String(org.clock.now().getTime());
  return {
    access_token: sessions.open(user.id),
    signature: createHmac('sha256', CLIENT_SECRET)
      .update(id + issuedAt)
      .digest('base64'),
    scope: 'api',
    instance_url: base,
    id,
    token_type: 'Bearer',
    issued_at: issuedAt,
  };
}

function identity({ org }: Services, userId: string, base: string) {
  const caller = loadCaller(org, userId);
  const row = org.store.get('SELECT "Name", "Email" FROM "User" WHERE "Id" = ?', caller.userId);
  return {
    sub: `${base}/id/${org.organizationId}/${caller.userId}`,
    id: `${base}/id/${org.organizationId}/${caller.userId}`,
    user_id: caller.userId,
    organization_id: org.organizationId,
    preferred_username: caller.username,
    username: caller.username,
    name: row?.['Name'] ?? null,
    email: row?.['Email'] ?? null,
    zoneinfo: caller.viewer.timeZone,
    urls: {
      rest: `${base}/services/data/v{version}/`,
      sobjects: `${base}/services/data/v{version}/sobjects/`,
    },
  };
}
